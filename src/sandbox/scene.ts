// What one made-up record differs by from the documented one and from all others.
import type { EnumField, Field } from '../core/fields.ts';
import { hashWith } from './dice.ts';
import type { TextSource } from './texts.ts';

/** What is the same for all records of an endpoint. */
export interface Stage {
  /** Earliest "created" time of the sample; all its times are moved relative to it. */
  readonly baseMs: number;
  /** All amounts are written with two decimals. */
  readonly padded: boolean;
  /** The largest documented amount. */
  readonly mainCents: number;
  /** Sample rows; more than one row tells a story, so states follow the rows in place of cycling. */
  readonly rows: number;
  /** Texts in more than one sample row: the same in all rows of a group. */
  readonly shared: ReadonlySet<string>;
  /** Ids that never change: the tenant's. */
  readonly constant: ReadonlySet<string>;
}

/** What makes one record differ from another. */
export interface Scene extends TextSource {
  readonly stage: Stage;
  /** Number of the record; enums cycle by it. */
  readonly number: number;
  /** Hash of the group (customer) the record belongs to. */
  readonly group: number;
  readonly factor: number;
  readonly timeMs: number;
  /** How many instalments later than the sample's row this one is. */
  readonly later: number;
  /** Into how many parts amounts are split (elements of a list), and which part this is. */
  readonly parts: readonly [parts: number, part: number];
  /** Documented id → the id that stands for it in this record. */
  readonly renamed: Map<string, string>;
  /** The id a field refers to, if it refers to something that can be looked up. */
  readonly link: (name: string, field: Field | undefined) => string | undefined;
}

/** Sample rows in a sequence (instalment after instalment) are kept as they are told. */
export function tellsStory({ stage }: Scene): boolean {
  return stage.rows > 1;
}

/** The code of an enum field: codes take turns from record to record, but not where the sample rows tell a story. */
export function codeFor(name: string, { values }: EnumField, like: string, scene: Scene): string {
  if (tellsStory(scene)) return like;
  const codes = Object.keys(values);
  const at = Math.abs(scene.number + scene.later + (hashWith(0, name) % codes.length));
  return codes[at % codes.length] ?? like;
}

/** What a time without a value, and the flags beside it, are about: `revert_date`, `revert_sent_to_gl`. */
export function eventOf(name: string): string {
  return /^[a-z]+/.exec(name)?.[0] ?? name;
}

/** Whether in this record such a thing has happened. */
export function hasHappened(name: string, scene: Scene): boolean {
  return hashWith(scene.seed, `${eventOf(name)} event`) % 8 === 0;
}
