// Lines of NDJSON that are laid out like others before them, made into records without being parsed. Only the members that
// somebody asks for are in such a record; its shape is checked as that of any other.
import type { Endpoint } from '../core/endpoint.ts';
import type { JsonObject } from '../core/json.ts';
import { JsonLayout } from '../core/json-layout.ts';
import type { Drift } from './drift.ts';
import { checkShape, looksAtValue } from './shape.ts';

/** As many as files have in turn: lists of one and of two, groups that may be null. */
const mostLayouts = 4;
/** Trying pays while no more than one line in so many is laid out anew, but for the first ones. */
const hitsForMiss = 8;
const firstMisses = 64;
/** To learn a layout takes as long as to parse some ten lines: behind the first ones only one miss in so many is learned. */
const missesToLearn = 16;

export class AlikeLines {
  /** The one that fitted last comes first. */
  readonly #layouts: JsonLayout[] = [];
  #credit = firstMisses * hitsForMiss;
  #misses = 0;

  /** `wanted`: names of the members that somebody asks for; absent where all are. */
  constructor(
    readonly endpoint: Endpoint,
    readonly wanted: ReadonlySet<string> | undefined,
  ) {}

  /** The record of a line; undefined where it has to be parsed. Throws what the check of its shape throws. */
  take(line: Buffer, drift: Drift): JsonObject | undefined {
    if (this.#credit < 0) return undefined;
    for (let at = 0; at < this.#layouts.length; at++) {
      const layout = this.#layouts[at];
      if (layout === undefined || !layout.read(line)) continue;
      if (at > 0) this.#layouts.unshift(...this.#layouts.splice(at, 1));
      this.#credit += 1;
      checkShape(this.endpoint, layout.standIn, drift);
      return layout.take();
    }
    this.#credit -= hitsForMiss;
    this.#misses += 1;
    return undefined;
  }

  /** Remembers the layout of a line that is one bare record. */
  learn(line: Uint8Array, record: JsonObject): void {
    if (this.#credit < 0 || (this.#misses > firstMisses && this.#misses % missesToLearn !== 0)) return;
    const { endpoint, wanted } = this;
    const looksAt = (path: readonly string[]): boolean => looksAtValue(endpoint.fields, path);
    const layout = JsonLayout.of(line, record, { wants: name => wanted?.has(name) ?? true, looksAt });
    if (layout === undefined) return;
    this.#layouts.unshift(layout);
    this.#layouts.splice(mostLayouts);
  }
}
