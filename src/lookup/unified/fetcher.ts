// Asks every system that could own an id, side by side, and joins what they say: to a batch it is a fetcher like any other.
import type { Endpoint } from '../../core/endpoint.ts';
import { ConfigError, type LoanqError, NotFoundError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import type { KeyTuple, KeyValues } from '../../core/keys.ts';
import type { Provider } from '../../core/provider.ts';
import { inEnglish, joined, say, type Words } from '../../core/say.ts';
import type { ListPart } from '../../http/pages.ts';
import type { Context } from '../context.ts';
import { openDrift } from '../drift.ts';
import type { CallStats, KeyFetcher, Outcome } from '../outcome.ts';
import { stopsRun } from '../stops-run.ts';
import { fitId, refuseLookalike } from './grammar.ts';
import { noProfile } from './profiles.ts';
import { unifiedRow } from './row.ts';
import { isOfOneSystem, type System, type Systems } from './systems.ts';

/** What one endpoint of one system said about an id. */
export interface Said {
  readonly system: System;
  readonly endpoint: Endpoint;
  readonly keys: KeyValues;
  readonly answer:
    | { readonly kind: 'found'; readonly records: readonly JsonObject[]; readonly part: ListPart | undefined }
    | { readonly kind: 'missing' }
    | { readonly kind: 'failed'; readonly error: LoanqError };
}

/** Who was not asked, and why. */
export interface NotAsked {
  readonly provider: Provider;
  readonly why: Words;
}

/** Everything that is known of an id after everybody has answered. */
export interface Findings {
  readonly said: readonly Said[];
  readonly notAsked: readonly NotAsked[];
  /** Of systems that should have been asked and could not be. */
  readonly problems: readonly LoanqError[];
}

export interface FetcherOptions {
  readonly systems: Systems;
  /** Values of the options that leading keys name. */
  readonly given: Readonly<Record<string, string>>;
  /** What the endpoints declare personal is hidden in the rows. */
  readonly masked: boolean;
  readonly deadline: KeyFetcher['session']['deadline'];
}

/** Where several failed and none delivered, the code that the run ends with: the first of these that occurred. */
const worst: readonly ExitName[] = ['trust', 'bad-response', 'temporary', 'refused', 'config', 'auth', 'usage'];

export class SystemsFetcher implements KeyFetcher {
  readonly session: KeyFetcher['session'];
  /** Systems that would refuse every further id in the same way. */
  readonly #dead = new Map<System, LoanqError>();

  constructor(
    readonly context: Context,
    readonly options: FetcherOptions,
  ) {
    const { deadline, systems } = options;
    const pause = () => systems.systems.map(({ session }) => session?.pause()).find(one => one !== undefined);
    this.session = { deadline, audit: systems.audit, pause };
  }

  get drift() {
    const all = openDrift(() => this.context);
    for (const { fetchers } of this.options.systems.systems) for (const { drift } of fetchers) all.add(drift);
    return all;
  }

  get stats(): CallStats {
    const total = { requests: 0, logins: 0, retries: 0 };
    for (const { session } of this.options.systems.systems) {
      total.requests += session?.sent.requests ?? 0;
      total.logins += session?.sent.logins ?? 0;
      total.retries += session?.retrier.retries ?? 0;
    }
    return total;
  }

  async fetch(keys: readonly KeyTuple[], signal = this.context.runtime.signal): Promise<Outcome[]> {
    return Promise.all(keys.map(key => this.#outcome(key, signal)));
  }

  async #outcome(key: KeyTuple, signal: AbortSignal): Promise<Outcome> {
    const id = key.values.id ?? '';
    try {
      const findings = await this.ask(id, signal);
      const { systems } = this.options.systems;
      const [dead] = this.#dead.values();
      if (dead !== undefined && this.#dead.size === systems.length) throw new StoppedError(dead);
      return outcomeOf(key, id, findings, this.options.masked);
    } catch (error) {
      if (error instanceof StoppedError) throw error.stopped;
      if (error instanceof UsageError || error instanceof ConfigError) return { kind: 'failed', key, error };
      throw error;
    }
  }

  /** Throws UsageError for an id that is none, ConfigError where nobody is set up who could know it, and what ends the run. */
  async ask(id: string, signal: AbortSignal): Promise<Findings> {
    const { systems, given } = this.options;
    refuseLookalike(systems.providers, id);
    const asked: Promise<Said>[] = [];
    const notAsked: NotAsked[] = [];
    const problems: LoanqError[] = [];
    for (const { provider, profiles, notAsked: why, problem } of systems.chosen) {
      const fit = fitId(provider, id, given);
      if (fit.notAsked !== undefined) notAsked.push({ provider, why: fit.notAsked });
      if (fit.candidates.length === 0) continue;
      if (problem !== undefined) problems.push(problem.with({ keys: [id] }));
      if (profiles.length === 0 && problem === undefined) notAsked.push({ provider, why: why ?? noProfile });
      for (const system of systems.systems.filter(one => one.provider === provider)) {
        for (const { endpoint, keys } of fit.candidates) asked.push(this.#askOne(system, endpoint, keys, signal));
      }
    }
    if (asked.length === 0 && problems.length === 0) throw nobodyAsked(id, notAsked);
    return { said: await Promise.all(asked), notAsked, problems };
  }

  async #askOne(system: System, endpoint: Endpoint, keys: KeyValues, signal: AbortSignal): Promise<Said> {
    const said = (answer: Said['answer']): Said => ({ system, endpoint, keys, answer });
    const failed = (error: LoanqError): Said => said({ kind: 'failed', error: this.#named(error, system, endpoint, keys) });
    const dead = this.#dead.get(system);
    if (dead !== undefined) return failed(dead);
    try {
      const fetcher = await system.fetcher(endpoint);
      const [outcome] = await fetcher.fetch([{ ordinal: 0, values: keys }], signal);
      if (outcome?.kind === 'delivered') return said({ kind: 'found', records: outcome.records, part: outcome.part });
      return outcome?.kind === 'failed' ? failed(outcome.error) : said({ kind: 'missing' });
    } catch (error) {
      if (signal.aborted || !isOfOneSystem(error)) throw error;
      if (stopsRun(error)) this.#dead.set(system, error);
      return failed(error);
    }
  }

  #named(error: LoanqError, { provider, profile }: System, endpoint: Endpoint, keys: KeyValues): LoanqError {
    return error.with({ provider: provider.name, profile: profile.name, endpoint: endpoint.name, keys: Object.values(keys) });
  }
}

/** Every system refuses: the run ends with the first refusal. */
class StoppedError extends Error {
  constructor(readonly stopped: LoanqError) {
    super('stopped');
  }
}

/** Rows of everything that was found. An empty list says that the key is known. */
export function rowsOf(id: string, said: readonly Said[], masked: boolean): JsonObject[] {
  return said.flatMap(({ system, endpoint, keys, answer }) =>
    answer.kind !== 'found'
      ? []
      : answer.records.map(record => {
          const at = { key: id, provider: system.provider.name, profile: system.profile.name, host: system.host, endpoint, request: keys };
          return unifiedRow(record, at, masked);
        }),
  );
}

/** Failures of all systems, each told once whatever was asked of it, the one that decides the exit code first. */
export function failuresOf({ said, problems }: Findings): LoanqError[] {
  const all = [...said.flatMap(({ answer }) => (answer.kind === 'failed' ? [answer.error] : [])), ...problems];
  const nameOf = ({ facts: { provider, profile }, message }: LoanqError) => JSON.stringify([provider, profile, message]);
  const failures = [...new Map(all.toReversed().map(error => [nameOf(error), error])).values()].toReversed();
  const rank = ({ code }: LoanqError): number => (worst.includes(code) ? worst.indexOf(code) : -1);
  return failures.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether an endpoint knows the id. */
export function isFound({ answer }: Said): boolean {
  return answer.kind === 'found';
}

function outcomeOf(key: KeyTuple, id: string, findings: Findings, masked: boolean): Outcome {
  const { said } = findings;
  const failures = failuresOf(findings);
  if (said.some(isFound)) {
    const part = said.map(({ answer }) => (answer.kind === 'found' ? answer.part : undefined)).find(one => one !== undefined);
    return { kind: 'delivered', key, records: rowsOf(id, said, masked), part, unanswered: failures };
  }
  const [first] = failures;
  if (first !== undefined) return { kind: 'failed', key, error: first };
  return { kind: 'missing', key, error: new NotFoundError(say`not found in ${places(said)}`, { endpoint: 'lookup', keys: [id] }) };
}

/** Where was asked: `Crego LMS (crego, preprod.api.crego.io)`. */
export function places(said: readonly Said[]): string {
  const names = new Set(said.map(({ system }) => placeOf(system)));
  return [...names].join(', ');
}

export function placeOf({ provider, profile, host }: System): string {
  if (host === 'sandbox') return `${provider.title} (sandbox)`;
  return `${provider.title} (${[profile.name, host, ...(profile.environment === undefined ? [] : [profile.environment])].join(', ')})`;
}

function nobodyAsked(id: string, notAsked: readonly NotAsked[]): LoanqError {
  const hint = say`not asked: ${reasons(notAsked)}`;
  const isConfigured = !notAsked.some(({ why }) => why === noProfile);
  const facts = { keys: [id], hint };
  return isConfigured
    ? new UsageError(say`no system could be asked for this id`, facts)
    : new ConfigError(say`no system is set up that could have this id`, facts);
}

/** `FinCode FinLend, Crego LMS: other ids (a UUID); Interlace: no profile (loanq config init)`. */
export function reasons(notAsked: readonly NotAsked[]): Words {
  const titles = new Map<string, { readonly why: Words; readonly names: string[] }>();
  for (const { provider, why } of notAsked) {
    const known = titles.get(inEnglish(why)) ?? { why, names: [] };
    titles.set(inEnglish(why), { why, names: [...known.names, provider.title] });
  }
  return joined(
    [...titles.values()].map(({ why, names }) => say`${names.join(', ')}: ${why}`),
    say`; `,
  );
}
