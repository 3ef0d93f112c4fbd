// The sandbox's data: the documented samples, and made-up records around them. Nothing is stored: a record is computed from
// its keys when it is asked for, and what is computed for one endpoint depends on no other endpoint.
import type { Endpoint } from '../core/endpoint.ts';
import { getPath, isText, type JsonObject, makeNumber, textOrNumber, withMember } from '../core/json.ts';
import { isFilteredByKey, type KeyValues, mainKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { openSample, type Sample } from './envelope.ts';
import { makeId, owners, wantedSize } from './ids.ts';
import { type FoundKeys, idsIn, isOwnId, Pools, poolOfKey } from './pools.ts';
import { hashOf } from './prng.ts';
import { makeRecord, type RecordSeed } from './record.ts';

/** Made-up rows of a list: of one that no key asks for, of one that a key filters, and of such a one without pages. */
const listRows = 240;
const pagedRows = 25;
const wholeRows = 6;
/** Different values of a field that lists can be filtered by. */
const filterValues = 24;
/** Made-up records lie up to two years before the documented one, and hold up to so many times its amounts. */
const spanDays = 730;
const maxFactor = 97;
/** Numbers apart: rows of one list, and different ids of one kind in a sample. Both keep the owner of what they refer to. */
const rowStep = owners * 10_007;
const idStep = owners * 1009;

/** Keys the sandbox knows: at most `count`, the documented ones first. None for an endpoint without keys. */
export function sampleKeys(provider: Provider, endpoint: Endpoint, count: number): KeyValues[] {
  return recordsOf(provider).keys(endpoint, count);
}

const opened = new WeakMap<Provider, MockRecords>();

/** The records of a provider; made ready on first use. */
export function recordsOf(provider: Provider): MockRecords {
  const records = opened.get(provider) ?? new MockRecords(provider);
  opened.set(provider, records);
  return records;
}

/** The records of one provider. */
export class MockRecords {
  readonly #provider: Provider;
  readonly #pools: Pools;
  readonly #samples = new Map<Endpoint, Sample>();
  readonly #sampleIds = new Map<Endpoint, ReadonlyMap<string, readonly string[]>>();
  readonly #lists = new Map<Endpoint, readonly JsonObject[]>();

  constructor(provider: Provider) {
    this.#provider = provider;
    this.#pools = new Pools(provider);
  }

  /** The documented sample of an endpoint. */
  sample(endpoint: Endpoint): Sample {
    const sample = this.#samples.get(endpoint) ?? openSample(this.#provider, endpoint);
    this.#samples.set(endpoint, sample);
    return sample;
  }

  /** The thing that keys name, or the first parameter whose value is not known. */
  find(endpoint: Endpoint, keys: KeyValues): FoundKeys | { readonly unknown: string } {
    const found = this.#pools.find(endpoint, keys);
    // What a person is also known by, such as a phone number, has no pool: the sample's own ones are known.
    const { key, parameter = '' } = mainKey(endpoint) ?? {};
    const field = key?.fieldBy && key.field;
    if (!('unknown' in found) || field === undefined) return found;
    const isKnown = this.sample(endpoint).rows.some(row => textOrNumber(getPath(row, field)) === keys[parameter]);
    return isKnown ? { keys, number: 0 } : found;
  }

  /** Known keys; at most `count`, the documented ones first. */
  keys(endpoint: Endpoint, count: number): KeyValues[] {
    return this.#pools.list(endpoint, count);
  }

  /** The record that keys name: the documented one where they do, which then carries the key asked for. */
  record(endpoint: Endpoint, found: FoundKeys): JsonObject {
    const { rows } = this.sample(endpoint);
    const [first = {}] = rows;
    const main = mainKey(endpoint);
    if (main === undefined) return first;
    const own = found.keys[main.parameter] ?? '';
    const { field } = main.key;
    const named = rows.find(row => field !== undefined && textOrNumber(getPath(row, field)) === own);
    if (named !== undefined) return named;
    const made = isExample(endpoint, found) ? first : this.#make(endpoint, first, found, 0);
    return field === undefined ? made : withMember(made, field, isText(getPath(first, field)) ? own : makeNumber(own));
  }

  /** All rows of a list that no key asks for: the documented ones first. */
  list(endpoint: Endpoint): readonly JsonObject[] {
    const { rows, isList } = this.sample(endpoint);
    // A list without pages is a short one.
    const more = isList && endpoint.paging !== undefined ? listRows : 0;
    const all = this.#lists.get(endpoint) ?? [...rows, ...this.#again(endpoint, { keys: {}, number: 0 }, more)];
    this.#lists.set(endpoint, all);
    return all;
  }

  /** The rows of such a list that have one of these ids: more of them are known than it shows. */
  listed(endpoint: Endpoint, ids: readonly string[]): readonly JsonObject[] {
    const { rows } = this.sample(endpoint);
    const own = Object.keys(endpoint.fields).find(name => isOwnId(endpoint, name)) ?? '';
    return ids.flatMap(asked => {
      const found = this.#pools.findRow(endpoint, asked);
      if (found === undefined) return [];
      const [like = {}] = rows;
      const named = rows.find(row => textOrNumber(row[own] ?? null) === found.id);
      const made = found.number === 0 ? like : this.#make(endpoint, like, { keys: {}, number: 0 }, found.number);
      return [named ?? { ...made, [own]: found.id }];
    });
  }

  /** The rows that a key filters: the documented ones for the documented key. */
  rows(endpoint: Endpoint, found: FoundKeys): readonly JsonObject[] {
    if (isExample(endpoint, found)) return this.sample(endpoint).rows;
    return this.#again(endpoint, found, endpoint.paging === undefined ? wholeRows : pagedRows);
  }

  /** The documented rows again and again, each time under other ids: one more loan of the customer. */
  #again(endpoint: Endpoint, found: FoundKeys, count: number): JsonObject[] {
    const { rows } = this.sample(endpoint);
    // Whole rounds: half a schedule would not add up to its loan.
    return Array.from({ length: rows.length === 0 ? 0 : Math.ceil(count / rows.length) * rows.length }, (_, at) =>
      this.#make(endpoint, rows[at % rows.length] ?? {}, found, 1 + Math.floor(at / rows.length)),
    );
  }

  #make(endpoint: Endpoint, like: JsonObject, found: FoundKeys, round: number): JsonObject {
    return makeRecord(endpoint.fields, like, this.#seed(endpoint, like, found, round), endpoint.name);
  }

  /** Different ids of a sample by the pool they refer to. */
  #ids(endpoint: Endpoint): ReadonlyMap<string, readonly string[]> {
    let ids = this.#sampleIds.get(endpoint);
    if (ids === undefined) {
      const all = this.sample(endpoint).rows.flatMap(row => idsIn(endpoint.fields, row, endpoint.name));
      ids = new Map(all.map(({ pool }) => [pool, [...new Set(all.filter(one => one.pool === pool).map(({ id }) => id))]]));
      this.#sampleIds.set(endpoint, ids);
    }
    return ids;
  }

  #seed(endpoint: Endpoint, like: JsonObject, { keys, number }: FoundKeys, round: number): RecordSeed {
    const hash = hashOf(this.#provider.name, endpoint.name, ...Object.values(keys), round);
    const filters = new Set(Object.values(endpoint.params ?? {}).map(({ filters: field }) => field));
    const given = givenIds(endpoint, like, keys);
    const own = number + round * (isFilteredByKey(endpoint) ? rowStep : 1);
    const ids = this.#ids(endpoint);
    const nth = (pool: string, text: string) => ids.get(pool)?.indexOf(text) ?? 0;
    // Amounts and days go by the number that the ids of a record share: what an instalment says is what its loan says of it.
    const shared = hashOf(this.#provider.name, own % wantedSize);
    const isFirst = own === 0;
    return {
      hash,
      factor: isFirst ? 1 : 1 + (shared % maxFactor),
      // A list that goes on behind the highest time so far begins with the documented record.
      daysBack: endpoint.paging?.kind === 'cursor' ? -round : mainKey(endpoint) === undefined ? round : isFirst ? 0 : shared % spanDays,
      idFor: (name, pool, text) => {
        // What stands before a colon elsewhere (`corporation:staff`) is the tenant, the same in all records.
        const asked = given.get(text);
        // A document may call two things `xxx`: what is looked up elsewhere is not the key.
        const isKey = asked !== undefined && (asked.pool === pool || !this.#pools.has(pool));
        const fixed = (isKey ? asked.id : undefined) ?? (endpoint.example.includes(`"${text}:`) ? text : undefined);
        if (fixed !== undefined) return fixed;
        const row = filters.has(name) && !isOwnId(endpoint, name) ? 1 + (round % filterValues) : own;
        return row === 0 ? text : makeId(`${this.#provider.name} ${pool}`, text, row + nth(pool, text) * idStep);
      },
    };
  }
}

/** Whether these are keys of the documented sample. */
function isExample(endpoint: Endpoint, { keys }: FoundKeys): boolean {
  const main = mainKey(endpoint)?.parameter ?? '';
  return endpoint.exampleKeys?.some(example => example[main] === keys[main]) === true;
}

/** The keys of the documented sample, wherever it repeats them → the keys asked for. */
function givenIds(
  endpoint: Endpoint,
  like: JsonObject,
  keys: KeyValues,
): ReadonlyMap<string, { readonly id: string; readonly pool: string }> {
  return new Map(
    Object.entries(endpoint.keys ?? {}).flatMap(([parameter, { field }]) => {
      const asked = keys[parameter] ?? '';
      const documented = field === undefined ? endpoint.exampleKeys?.[0]?.[parameter] : textOrNumber(getPath(like, field));
      return documented === undefined ? [] : [[documented, { id: asked, pool: poolOfKey(endpoint, parameter) }] as const];
    }),
  );
}
