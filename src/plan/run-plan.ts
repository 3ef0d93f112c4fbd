// The plan of a run: everything that can be decided before the first byte is sent, decided here and nowhere else. A pure function of
// options, profile, endpoint and streams; behind it nobody asks options or streams again.
import { originOf, type Profile } from '../config/profile.ts';
import type { Streams } from '../console/streams.ts';
import { type Endpoint, optionName } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { writeInstant } from '../core/instant-param.ts';
import { keyedBy } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { say, type Words } from '../core/say.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { type BatchPlan, planBatch } from './batch.ts';
import { type Follow, planFollow } from './follow.ts';
import { isBatch, type KeysPlan, planKeys } from './keys.ts';
import { type Limits, planLimits } from './limits.ts';
import { flagOf, type OptionName, type Options } from './options.ts';
import { type OutputPreferences, planOutput } from './output.ts';
import { section } from './section.ts';
import { planSource, type Source } from './source.ts';
import { planTalk, type Talk } from './talk.ts';
import { planWatch, type WatchPlan, withWatchFormat } from './watch.ts';

/** One endpoint call as the command line asks for it. */
export interface Request {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  /** Key arguments as given, `-` included. */
  readonly keys: readonly string[];
  /** Parameters given, by documented name. */
  readonly params: Readonly<Record<string, string>>;
  readonly options: Options;
}

/** What a run does with its keys. */
export type Action = 'lookup' | 'batch' | 'raw' | 'dry-run' | 'saved';

/** A request that could be told from any that cannot be meant, without a profile. */
export interface CheckedRequest extends Omit<Request, 'keys'> {
  readonly source: Source;
  readonly action: Action;
  readonly keys: KeysPlan;
  /** Key arguments as given: with a saved answer they select. */
  readonly givenKeys: readonly string[];
  readonly streams: Streams;
  readonly talk: Talk;
}

export interface RunPlan {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly source: Source;
  /** Under which profile, and where it asks; undefined with a saved answer. */
  readonly profile: { readonly name: string; readonly baseUrl: string; readonly environment?: string } | undefined;
  /** Said behind a result on a terminal; undefined where nobody reads it. */
  readonly origin: Words | undefined;
  readonly action: Action;
  /** The body of the answer as it came, instead of its rows. */
  readonly raw: boolean;
  readonly keys: KeysPlan;
  readonly givenKeys: readonly string[];
  readonly limits: Limits;
  /** Rows of a list: undefined for its first page, Infinity for every page. */
  readonly rowLimit: number | undefined;
  readonly output: OutputPlan;
  /** Fields whose things are asked for, too; each behind the one it is reached by. */
  readonly follow: readonly Follow[];
  /** The record is asked for again and again. */
  readonly watch: WatchPlan | undefined;
  /** Of a run over many keys only. */
  readonly batch: BatchPlan | undefined;
  /** Any drift from the documented shape is an error. */
  readonly strict: boolean;
  /** A record that drifts is kept back alone. */
  readonly quarantine: boolean;
  /** A run without a row ends with 21. */
  readonly failEmpty: boolean;
  /** After any other ending the file that was there stays. */
  readonly replacesFile: ReadonlySet<ExitName>;
  readonly talk: Talk;
}

const replacesFile: ReadonlySet<ExitName> = new Set(['ok', 'not-found', 'partial']);

const planRows = section(['limit', 'all'], ({ limit, all }) => (all ? Number.POSITIVE_INFINITY : limit));

const planChecks = section(['strict', 'onDrift', 'failEmpty', 'raw'], options => ({
  raw: options.raw ?? false,
  strict: options.strict ?? options.onDrift === 'fail',
  quarantine: options.onDrift === 'quarantine',
  failEmpty: options.failEmpty ?? false,
}));

const planAction = section(['dryRun', 'raw'], ({ dryRun, raw }, source: Source, keys: KeysPlan): Action => {
  if (raw && isBatch(keys)) throw new UsageError(say`--raw is for one key only`);
  if (source.kind === 'saved') return 'saved';
  if (dryRun) return 'dry-run';
  return raw ? 'raw' : isBatch(keys) ? 'batch' : 'lookup';
});

/** Parameters as they are sent: a day or a time that a person has given becomes what the provider wants. */
const planParams = section(['tz'], ({ tz }, { params = {} }: Endpoint, given: Request['params']): Request['params'] => {
  const sent = Object.entries(given).map(([name, value]) => {
    const instant = params[name]?.instant;
    return [name, instant === undefined ? value : writeInstant(`--${optionName(name)}`, value, instant, tz)] as const;
  });
  return Object.freeze(Object.fromEntries(sent));
});

const sections = [
  planSource,
  planKeys,
  planTalk,
  planAction,
  planLimits,
  planRows,
  planFollow,
  planWatch,
  planOutput,
  planBatch,
  planChecks,
] as const;

type ReadName = (typeof sections)[number]['reads'][number];
/** An option that no section reads makes this line fail to compile. */
const everyOptionIsRead: [Exclude<OptionName, ReadName>] extends [never] ? true : Exclude<OptionName, ReadName> = true;

/** The options that endpoint calls read. */
export const endpointReads: readonly OptionName[] = everyOptionIsRead ? sections.flatMap(({ reads }) => [...reads]) : [];

/** Checks a request as far as that goes without a profile. Throws UsageError. */
export function checkRequest({ keys: givenKeys, ...asked }: Request, streams: Streams): CheckedRequest {
  const given = { ...asked, options: withWatchFormat(asked.options, streams) };
  const { provider, options, params } = given;
  const endpoint = keyedBy(given.endpoint, params);
  const request = { ...given, endpoint, params: planParams(options, endpoint, params) };
  const source = planSource(options);
  const keys = source.kind === 'saved' ? ({ kind: 'none' } as const) : planKeys(options, provider, endpoint, givenKeys, streams);
  if (source.kind !== 'saved') refuseMisplaced(options, keys);
  const checked: CheckedRequest = {
    ...request,
    source,
    keys,
    givenKeys,
    streams,
    action: planAction(options, source, keys),
    talk: planTalk(options, streams),
  };
  planWatch(options, endpoint, keys, source, undefined);
  planOutput(options, endpoint, {}, streams, planFollow(options, provider, endpoint));
  return checked;
}

/** The plan of a checked request under its profile; a saved answer needs none. Throws UsageError. */
export function planRun({ options, streams, ...request }: CheckedRequest, profile: Profile | undefined): RunPlan {
  const { provider, endpoint, params, source, action, keys, givenKeys, talk } = request;
  const follow = planFollow(options, provider, endpoint);
  const output = planOutput(options, endpoint, preferencesOf(profile), streams, follow);
  const batch =
    isBatch(keys) && profile !== undefined
      ? planBatch(options, { keys, provider, endpoint, params, profile, source, output, talk, streams })
      : undefined;
  return Object.freeze({
    provider,
    endpoint,
    params,
    source,
    profile: profile && planProfile(profile),
    origin: planOrigin(profile, source, output, streams),
    action,
    keys,
    givenKeys,
    limits: Object.freeze(planLimits(options, profile, batch === undefined ? 'lookup' : 'batch')),
    rowLimit: planRows(options),
    output,
    follow,
    watch: planWatch(options, endpoint, keys, source, profile?.tz),
    batch,
    ...planChecks(options),
    replacesFile,
    talk,
  });
}

function planProfile({ name, baseUrl, environment }: Profile): RunPlan['profile'] {
  return Object.freeze({ name, baseUrl, ...(environment !== undefined && { environment }) });
}

/** Whoever reads a result has to know where it is from, and that the sandbox makes its data up. */
function planOrigin(profile: Profile | undefined, source: Source, { terminal }: OutputPlan, { stderr }: Streams): Words | undefined {
  if (source.kind === 'sandbox') return terminal !== undefined || stderr.isTerminal ? say`sandbox: made-up data` : undefined;
  return terminal === undefined || profile === undefined ? undefined : originOf(profile);
}

function preferencesOf(profile: Profile | undefined): OutputPreferences {
  return profile ?? {};
}

/** Options that speak of a batch where there is none, and the other way round. */
function refuseMisplaced(options: Options, keys: KeysPlan): void {
  const forBatch = (['unique', 'expect', 'shard', 'errors', 'summary', 'resume', 'against'] as const).find(
    name => options[name] !== undefined,
  );
  if (forBatch !== undefined && !isBatch(keys)) {
    throw new UsageError(say`${flagOf(forBatch)} is for a batch: more than one key, or keys from - or --ids-from`);
  }
  if (isBatch(keys) && (options.all ?? options.limit) !== undefined) throw new UsageError(say`--all and --limit are for one lookup`);
}
