// The things that records name: each is asked for once, under the session of the run, and kept as long as there is room.
import type { Endpoint } from '../../core/endpoint.ts';
import { LoanqError, NotFoundError, ResponseError, UsageError } from '../../core/errors.ts';
import { type JsonObject, textOrNumber, writeJson } from '../../core/json.ts';
import { type KeyValues, sameKey } from '../../core/keys.ts';
import { say } from '../../core/say.ts';
import type { Drift } from '../../decode/drift.ts';
import { Slots } from '../../http/slots.ts';
import { type Follow, followPacks } from '../../plan/follow.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import type { Context } from '../context.ts';
import { Fetcher } from '../fetcher.ts';
import type { Outcome } from '../outcome.ts';
import type { Session } from '../session.ts';
import { stopsRun } from '../stops-run.ts';
import { DriftOf } from './drift-of.ts';

/** What became of a thing. */
export type Thing =
  | { readonly kind: 'found'; readonly record: JsonObject }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: LoanqError };

/** Of all things that are kept: as JSON they have so many characters. Those that were not wanted for longest go first. */
const mostCharacters = 16 * 1024 * 1024;
/** What a thing takes beside its text. */
const perThing = 200;

interface Wanted {
  readonly name: string;
  readonly keys: KeyValues;
}

export class Things {
  readonly #kept = new Map<string, { readonly thing: Thing; readonly size: number }>();
  readonly #underWay = new Map<string, Promise<Thing>>();
  readonly #fetchers = new Map<Endpoint, Fetcher>();
  readonly #slots: Slots;
  #size = 0;

  constructor(
    readonly context: Context,
    readonly session: Session,
    readonly plan: Pick<RunPlan, 'strict' | 'quarantine' | 'limits'>,
    readonly drift: Drift,
    readonly most = mostCharacters,
  ) {
    this.#slots = new Slots(plan.limits.concurrency);
  }

  /** The things of these keys, in their order. Throws only what stops a run. */
  async get(follow: Follow, keys: readonly KeyValues[], signal: AbortSignal): Promise<Thing[]> {
    const wanted = keys.map(one => ({ name: nameOf(follow.endpoint, one), keys: one }));
    const fresh = new Map<string, Wanted>();
    for (const one of wanted) if (!this.#kept.has(one.name) && !this.#underWay.has(one.name)) fresh.set(one.name, one);
    for (const pack of this.#packs(follow, [...fresh.values()])) this.#begin(follow, pack, signal);
    return Promise.all(wanted.map(({ name }) => this.#recall(name) ?? this.#underWay.get(name) ?? never(name)));
  }

  #begin(follow: Follow, pack: readonly Wanted[], signal: AbortSignal): void {
    const answers = this.#slots.use(signal, () => this.#ask(follow, pack, signal));
    for (const [at, { name }] of pack.entries()) {
      const answer = answers.then(things => things[at] ?? never(name));
      this.#underWay.set(name, answer);
      const end = (thing?: Thing): void => {
        this.#underWay.delete(name);
        if (thing !== undefined) this.#keep(name, thing);
      };
      answer.then(end, () => end());
    }
  }

  /** A key that was wanted again goes last. */
  #recall(name: string): Thing | undefined {
    const kept = this.#kept.get(name);
    if (kept === undefined) return undefined;
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    return kept.thing;
  }

  /** What may be over later is asked for again. */
  #keep(name: string, thing: Thing): void {
    if (thing.kind === 'failed' && thing.error.code === 'temporary') return;
    const size = perThing + name.length + (thing.kind === 'found' ? writeJson(thing.record).length : 0);
    this.#kept.set(name, { thing, size });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= this.most) return;
      this.#kept.delete(oldest);
      this.#size -= freed;
    }
  }

  /** Keys share calls as in a batch. */
  #packs(follow: Follow, wanted: readonly Wanted[]): Wanted[][] {
    const { size, maxCharacters = Number.POSITIVE_INFINITY } = followPacks(follow, this.session.profile) ?? { size: 1 };
    const packs: Wanted[][] = [];
    let characters = 0;
    for (const one of wanted) {
      const length = Object.values(one.keys).join(',').length + 1;
      const last = packs.at(-1);
      characters = last === undefined || last.length >= size || characters + length > maxCharacters ? 0 : characters;
      if (last === undefined || characters === 0) packs.push([one]);
      else last.push(one);
      characters += length;
    }
    return packs;
  }

  async #ask({ endpoint, lead: { route } }: Follow, pack: readonly Wanted[], signal: AbortSignal): Promise<Thing[]> {
    try {
      if (route.by === 'filter') return await Promise.all(pack.map(({ keys }) => this.#find(endpoint, keys, route.field)));
      const outcomes = await this.#fetcher(endpoint).fetch(
        pack.map(({ keys }, ordinal) => ({ ordinal, values: keys })),
        signal,
      );
      return outcomes.map(thingOf);
    } catch (error) {
      return pack.map(() => failedThing(error));
    }
  }

  /** The row of a list that was narrowed to it. A list that has rows, but not this one, was not narrowed: nothing is known then. */
  async #find(endpoint: Endpoint, params: KeyValues, field: string): Promise<Thing> {
    const [[parameter = '', id = ''] = []] = Object.entries(params);
    const { grammar } = endpoint.params?.[parameter] ?? {};
    try {
      const fetcher = new Fetcher(this.context, this.session, { endpoint, params, ...this.#call(endpoint) });
      for await (const rows of fetcher.pages([], undefined)) {
        const isSame = (named: string) => (grammar === undefined ? named === id : sameKey({ arg: '', about: '', grammar }, named, id));
        const [record] = rows.filter(row => isSame(textOrNumber(row[field]) ?? ''));
        if (record !== undefined) return { kind: 'found', record };
        if (rows.length > 0) throw new ResponseError(say`the list that was to have it alone has others`);
      }
      return { kind: 'missing' };
    } catch (error) {
      return failedThing(error);
    }
  }

  #fetcher(endpoint: Endpoint): Fetcher {
    const known = this.#fetchers.get(endpoint);
    if (known !== undefined) return known;
    const fetcher = new Fetcher(this.context, this.session, { endpoint, params: {}, ...this.#call(endpoint) });
    this.#fetchers.set(endpoint, fetcher);
    return fetcher;
  }

  /** Nothing is followed before the run has had an answer: its credential has worked. */
  #call({ name }: Endpoint) {
    return { strict: this.plan.strict || this.plan.quarantine, proven: true, drift: new DriftOf(this.drift, `${name}: `) };
  }
}

/** Spellings of one id are one thing. */
function nameOf({ name, keys = {}, params = {} }: Endpoint, values: KeyValues): string {
  const spelled = Object.entries(values).map(([parameter, value]) => {
    const grammar = (keys[parameter] ?? params[parameter])?.grammar;
    return [parameter, grammar?.ignoreCase ? value.toLowerCase() : value];
  });
  return JSON.stringify([name, spelled]);
}

function thingOf(outcome: Outcome): Thing {
  if (outcome.kind === 'missing') return { kind: 'missing' };
  if (outcome.kind === 'failed') return { kind: 'failed', error: outcome.error };
  const [record, ...others] = outcome.records;
  if (record === undefined) return { kind: 'missing' };
  return others.length === 0 ? { kind: 'found', record } : failedThing(new ResponseError(say`several records have this id`));
}

/** What ends a run ends it here, too; but an id of a provider is no mistake of the user. */
function failedThing(error: unknown): Thing {
  if (error instanceof NotFoundError) return { kind: 'missing' };
  if (error instanceof UsageError) return { kind: 'failed', error: new ResponseError(error.said) };
  if (!(error instanceof LoanqError) || stopsRun(error)) throw error;
  return { kind: 'failed', error };
}

function never(name: string): never {
  throw new LoanqError('internal', say`a followed thing got no answer: ${name}`);
}
