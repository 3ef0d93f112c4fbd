// `--follow`: puts the things that records name into them, under `_follow`, between what was decoded and the rows.
import { LoanqError, ResponseError, UsageError } from '../../core/errors.ts';
import { getPath, isObject, type Json, type JsonObject, textOrNumber } from '../../core/json.ts';
import { checkKey, type KeyValues } from '../../core/keys.ts';
import { say } from '../../core/say.ts';
import { shownKeys } from '../../core/shown-keys.ts';
import type { Drift } from '../../decode/drift.ts';
import { followMember } from '../../output/columns.ts';
import { rowsOf, valueAt } from '../../output/rows.ts';
import type { Follow } from '../../plan/follow.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import { callFacts } from '../advice.ts';
import type { Context } from '../context.ts';
import type { KeyFetcher } from '../outcome.ts';
import type { Session } from '../session.ts';
import { FollowCounts } from './counts.ts';
import { Things } from './things.ts';

/** Records that one key, or the page of a list, was answered with. */
interface Group {
  readonly records: readonly JsonObject[];
  readonly keys: KeyValues;
}

/** The records with their things; or why that of one could not be asked for. */
type Attached = { readonly records: readonly JsonObject[]; readonly followed: FollowCounts } | { readonly error: LoanqError };

/** A row while things are put into it. */
interface Row {
  readonly group: number;
  readonly record: JsonObject;
  readonly keys: KeyValues;
  /** By the name of the followed field; `keys`: by which it was asked for. */
  readonly things: Map<string, { readonly record: JsonObject; readonly keys: KeyValues }>;
}

export class Follower {
  /** Of the pages that were read. */
  readonly followed = new FollowCounts();
  readonly #things: Things;

  constructor(
    readonly context: Context,
    readonly session: Session,
    readonly plan: Pick<RunPlan, 'endpoint' | 'follow' | 'output' | 'strict' | 'quarantine' | 'limits'>,
    drift: Drift,
  ) {
    this.#things = new Things(context, session, plan, drift);
  }

  /** Pages of one lookup; throws where a thing could not be asked for. */
  async *pages(pages: AsyncIterable<readonly JsonObject[]>, keys: KeyValues): AsyncGenerator<readonly JsonObject[]> {
    for await (const records of pages) {
      const [attached] = await this.#attach([{ records, keys }], this.context.runtime.signal);
      if (attached === undefined) continue;
      if ('error' in attached) throw attached.error;
      this.followed.add(attached.followed);
      yield attached.records;
    }
  }

  /** The same for the keys of a batch: a key fails where a thing could not be asked for. */
  fetcher(inner: KeyFetcher): KeyFetcher {
    // The answer is not all that a key waits for here, so nobody is told of it.
    const fetch: KeyFetcher['fetch'] = async (keys, signal = this.context.runtime.signal) => {
      const outcomes = await inner.fetch(keys, signal);
      const delivered = outcomes.filter(outcome => outcome.kind === 'delivered');
      const groups = delivered.map(({ records, key }) => ({ records, keys: key.values }));
      const attached = await this.#attach(groups, signal);
      return outcomes.map(outcome => {
        const own = outcome.kind === 'delivered' ? attached[delivered.indexOf(outcome)] : undefined;
        if (own === undefined) return outcome;
        return 'error' in own ? { kind: 'failed', key: outcome.key, error: own.error } : { ...outcome, ...own };
      });
    };
    return {
      session: inner.session,
      drift: inner.drift,
      get stats() {
        return inner.stats;
      },
      fetch,
    };
  }

  async #attach(groups: readonly Group[], signal: AbortSignal): Promise<Attached[]> {
    const { follow, output } = this.plan;
    const rows = groups.flatMap(({ records, keys }, group): Row[] =>
      records
        .flatMap(record => [...rowsOf(record, keys, output.explode)])
        .map(({ record }) => ({ group, record, keys, things: new Map() })),
    );
    const counts = groups.map(() => new FollowCounts());
    const errors = new Map<number, LoanqError>();
    for (const one of follow) {
      const failed = await this.#followOne(
        one,
        rows.filter(({ group }) => !errors.has(group)),
        counts,
        signal,
      );
      for (const [group, error] of failed) if (!errors.has(group)) errors.set(group, error);
    }
    return groups.map((_, group) => {
      const error = errors.get(group);
      if (error !== undefined) return { error };
      const own = rows.filter(row => row.group === group);
      return { records: own.map(row => withThings(row, follow)), followed: counts[group] ?? new FollowCounts() };
    });
  }

  /** Asks for what one field of these rows names. Returns the failures, by group. */
  async #followOne(
    follow: Follow,
    rows: readonly Row[],
    counts: readonly FollowCounts[],
    signal: AbortSignal,
  ): Promise<(readonly [group: number, error: LoanqError])[]> {
    const failed: (readonly [number, LoanqError])[] = [];
    const wanted: { readonly row: Row; readonly keys: KeyValues }[] = [];
    const note = (row: Row, became: 'found' | 'missing' | 'none') => counts[row.group]?.note(follow.name, follow.endpoint.name, became);
    for (const row of rows) {
      const keys = this.#keysOf(follow, row);
      if (keys instanceof LoanqError) failed.push([row.group, keys]);
      else if (keys === undefined) note(row, 'none');
      else wanted.push({ row, keys });
    }
    const things = await this.#things.get(
      follow,
      wanted.map(({ keys }) => keys),
      signal,
    );
    for (const [at, { row, keys }] of wanted.entries()) {
      const thing = things[at];
      if (thing?.kind === 'failed') failed.push([row.group, this.#told(thing.error, follow, row, keys)]);
      else note(row, thing?.kind ?? 'missing');
      if (thing?.kind === 'found') row.things.set(follow.name, { record: thing.record, keys });
    }
    return failed;
  }

  /** By which keys the thing is asked for; undefined where the row names none. */
  #keysOf(follow: Follow, row: Row): KeyValues | LoanqError | undefined {
    const { lead, endpoint, from } = follow;
    const holder = from === undefined ? row : row.things.get(from);
    if (holder === undefined) return undefined;
    const value = lead.request ? holder.keys[lead.path[0] ?? ''] : valueAt(holder.record, lead.path);
    if (value === undefined || value === null || value === '') return undefined;
    const { route } = lead;
    const id = idIn(value, route.by === 'filter' ? route.field : endpoint.keys?.[route.parameter]?.field);
    const { grammar } = (route.by === 'key' ? endpoint.keys?.[route.parameter] : endpoint.params?.[route.parameter]) ?? {};
    try {
      const checked = grammar === undefined ? id : checkKey(route.parameter, { arg: '', about: '', grammar }, id);
      if (checked !== id) throw new UsageError(say`${route.parameter} is not as it would be asked for`);
      const carried = route.by === 'key' ? route.carried.map(parameter => [parameter, holder.keys[parameter] ?? ''] as const) : [];
      return { ...Object.fromEntries(carried), [route.parameter]: id };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return this.#failure(new ResponseError(say`${follow.name} names no ${endpoint.name}: ${error.said}`), row);
    }
  }

  #told(error: LoanqError, { name, endpoint }: Follow, row: Row, keys: KeyValues): LoanqError {
    const { status, providerCode, requestId, attempts, hint } = error.facts;
    const known = Object.entries({ status, providerCode, requestId, attempts, hint }).filter(([, fact]) => fact !== undefined);
    const thing = [endpoint.name, ...Object.values(shownKeys(endpoint, keys))].join(' ');
    return this.#failure(new LoanqError(error.code, say`${name} leads to ${thing}: ${error.said}`, Object.fromEntries(known)), row);
  }

  #failure(error: LoanqError, { keys }: Row): LoanqError {
    return error.with(
      callFacts({ session: this.session, endpoint: this.plan.endpoint, keys: Object.keys(keys).length === 0 ? [] : [keys] }),
    );
  }
}

/** The id itself, or that of a thing which a provider has put in the place of its id. */
function idIn(value: Json, field: string | undefined): string {
  return textOrNumber(isObject(value) && textOrNumber(value) === undefined ? getPath(value, field ?? '') : value) ?? '';
}

/** The same members for every row: null where there is no such thing. */
function withThings({ record, things }: Row, follow: readonly Follow[]): JsonObject {
  const followed = Object.fromEntries(follow.map(({ name }) => [name, things.get(name)?.record ?? null]));
  return { ...record, [followMember]: followed };
}
