// The files that a batch is given by name. Known before there is a plan: what ends a run early must leave no books of an earlier one.
import { section } from './section.ts';

export interface BatchFiles {
  readonly out: string | undefined;
  readonly errors: string | undefined;
  readonly summary: string | undefined;
  /** The key file; undefined for standard input. */
  readonly keys: string | undefined;
  /** The earlier export. */
  readonly against: string | undefined;
}

export const planFiles = section(
  ['out', 'errors', 'summary', 'idsFrom', 'against'],
  ({ out, errors, summary, idsFrom, against }): BatchFiles => {
    return { out, errors, summary, keys: idsFrom === '-' ? undefined : idsFrom, against };
  },
);
