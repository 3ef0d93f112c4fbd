// `--against`: what a batch tells beside its export, for people: how it differs from an earlier one.
import { normalize } from 'node:path';
import type { Streams } from '../console/streams.ts';
import { UsageError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { changesEndpoint } from '../diff/changes.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { type OutputPreferences, planOutput } from './output.ts';
import { section } from './section.ts';

export interface AgainstPlan {
  /** The earlier export. */
  readonly old: string;
  /** The new one. */
  readonly out: string;
  /** Its failed keys: without them nothing could be told to be gone. */
  readonly errors: string;
  /** There may be no earlier one: it is the file that the run writes anew each night. */
  readonly mayBeMissing: boolean;
  /** How the changes are written, on standard output. */
  readonly output: OutputPlan;
}

export const planAgainst = section(
  ['against', 'out', 'errors', 'labels', 'noHeader', 'showPersonal', 'lang', 'noColor'],
  (options, { many }: OutputPlan, preferences: OutputPreferences, streams: Streams): AgainstPlan | undefined => {
    const { against, out, errors, labels, noHeader, showPersonal, lang, noColor } = options;
    if (against === undefined) return undefined;
    if (out === undefined) throw new UsageError(say`--against needs --out: the new export is compared when it is there`);
    if (errors === undefined) throw new UsageError(say`--against needs --errors: a key that failed is told apart from one that is gone`);
    if (!many.format.wholeRows || labels || noHeader) {
      throw new UsageError(say`--against reads the new export back`, {
        hint: say`-o csv, tsv, json or ndjson, without --labels and --no-header`,
      });
    }
    const look = { ...(showPersonal && { showPersonal }), ...(lang && { lang }), ...(noColor && { noColor }) };
    return Object.freeze({
      old: against,
      out,
      errors,
      mayBeMissing: normalize(against) === normalize(out),
      output: planOutput(look, changesEndpoint, { ...preferences, output: undefined }, streams),
    });
  },
);
