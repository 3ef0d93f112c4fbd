// What only a run over many keys decides: which keys are its own, what it leaves beside its rows, how it can be resumed, how it tells
// how far it is.
import { createHash } from 'node:crypto';
import type { Profile } from '../config/profile.ts';
import type { Streams } from '../console/streams.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import { say } from '../core/say.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { type AgainstPlan, planAgainst } from './against.ts';
import { type BatchFiles, planFiles } from './files.ts';
import type { ManyKeys } from './keys.ts';
import { type PackRules, planPacks } from './packs.ts';
import { section } from './section.ts';
import { type Shard, splitName } from './shard-option.ts';
import type { Source } from './source.ts';
import type { Talk } from './talk.ts';

export interface BatchPlan {
  readonly keys: ManyKeys;
  readonly unique: boolean;
  /** Fewer keys end the run with 26. */
  readonly expect: number | undefined;
  readonly shard: Shard | undefined;
  /** Undefined: a call per key. */
  readonly packs: PackRules | undefined;
  readonly files: BatchFiles;
  /** How the export differs from an earlier one is told at the end. */
  readonly against: AgainstPlan | undefined;
  readonly resume: boolean;
  /** The format and order allow a journal beside `--out`; a key file that can be read twice is the other condition. */
  readonly canJournal: boolean;
  /** What must be the same for --resume, beside the bytes of the key file. Pacing may differ. */
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly progress: 'none' | 'lines' | 'bar' | 'plain-bar';
  /** Rows on the terminal that messages go to are the progress; those of a small table come at its end. */
  readonly rowsOnScreen: 'never' | 'many' | 'always';
}

/** What a batch is planned from, beside its options. */
export interface BatchFacts {
  readonly keys: ManyKeys;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly source: Source;
  readonly output: OutputPlan;
  readonly talk: Talk;
  readonly streams: Streams;
}

export const planBatch = section(
  ['unique', 'expect', 'shard', 'resume', 'noColor', ...planFiles.reads, ...planAgainst.reads],
  (options, facts: BatchFacts): BatchPlan => {
    const { keys, endpoint, profile, output, talk, streams } = facts;
    const { format } = output.many;
    const unique = options.unique ?? false;
    if (options.resume) refuseUnwrittenSums(output);
    const hasBar = streams.stderr.isTerminal && !streams.isDumb && talk.level === 'normal';
    return Object.freeze({
      keys,
      unique,
      expect: options.expect,
      shard: options.shard,
      packs: planPacks(endpoint, profile),
      files: Object.freeze(planFiles(options)),
      against: planAgainst(options, output, profile, streams),
      resume: options.resume ?? false,
      canJournal: output.destination.kind === 'file' && format.wholeRows && output.order === undefined,
      fingerprint: Object.freeze(fingerprintOf(facts, unique, options.shard)),
      progress: talk.level === 'quiet' ? 'none' : !hasBar ? 'lines' : options.noColor || streams.isAscii ? 'plain-bar' : 'bar',
      rowsOnScreen: rowsOnScreen(output, streams),
    });
  },
);

/** A resumed run reads what the earlier one has written: a total of a field that is not written would leave rows out. */
function refuseUnwrittenSums({ sums, many }: OutputPlan): void {
  const written = new Set(many.columns.map(({ name }) => name));
  const missing = sums.flatMap(({ column, currency }) => [column, ...(currency ? [currency] : [])]).find(({ name }) => !written.has(name));
  if (missing === undefined) return;
  throw new UsageError(say`--sum with --resume needs ${missing.name} among the --fields: rows of an earlier run are read back`);
}

function rowsOnScreen({ terminal, order, many }: OutputPlan, { stderr }: Streams): BatchPlan['rowsOnScreen'] {
  if (terminal === undefined || order !== undefined || !stderr.isTerminal) return 'never';
  return many.format.name === 'table' ? 'many' : 'always';
}

function fingerprintOf({ keys, provider, endpoint, params, profile, source, output }: BatchFacts, unique: boolean, shard?: Shard) {
  const { many, text, fields, explode, follow, language } = output;
  const { header, labels, bom, delimiter, guard, withRequest, decimal, numbers } = text;
  const zone = many.zone === 'UTC' ? undefined : many.zone;
  const look = [
    header,
    labels,
    bom,
    delimiter,
    guard,
    zone,
    many.masked,
    withRequest,
    labels ? language : undefined,
    explode,
    decimal,
    numbers,
  ];
  return {
    endpoint: `${provider.name} ${endpoint.name}`,
    keys: JSON.stringify(keys.kind === 'stream' ? [keys.fixed, keys.column ?? '', unique] : []),
    // The embedded sandbox has another port in every run.
    profile: source.kind === 'sandbox' ? '--sandbox' : `${profile.name} ${profile.baseUrl}`,
    format: many.format.name,
    fields: fields?.join(',') ?? (many.format.reads === 'columns' ? digestOf(many.columns.map(({ name }) => name)) : ''),
    ...(follow.length > 0 && { follow: follow.map(({ name }) => name).join(',') }),
    parameters: JSON.stringify(Object.entries(params).sort()),
    shard: shard === undefined ? '' : splitName(shard),
    'output options': digestOf(look),
  };
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
