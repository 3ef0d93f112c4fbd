// Which ids exist: one pool for every thing a path asks by, shared by all endpoints that ask for the same thing. Pools go by
// name, and a field refers to the pool of its name, so an endpoint that is new finds its ids in the records that were there.
import { type Endpoint, type Key, plainId } from '../core/endpoint.ts';
import type { Field, Fields } from '../core/fields.ts';
import { isObject, isText, type JsonObject, textOrNumber } from '../core/json.ts';
import { type KeyValues, mainKey } from '../core/keys.ts';
import { namesId } from '../core/personal.ts';
import type { Provider } from '../core/provider.ts';
import { openSample } from './envelope.ts';
import { type IdPool, makePool, owners } from './ids.ts';

/** Known keys, as the provider spells them, and the number of the thing the last of them names. */
export interface FoundKeys {
  readonly keys: KeyValues;
  readonly number: number;
}

const exampleUuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const examplePlain = 'ID_3Kq0X7mZt1w';
/** Names that say nothing about what is meant: they mean the endpoint's own thing. */
const bare = new Set(['id', 'ids', 'key', 'code', 'no', 'number']);

/** Collects the pools of a provider: documented keys first, then whatever the samples refer to. */
export class Pools {
  readonly #provider: Provider;
  readonly #pools = new Map<string, IdPool>();

  constructor(provider: Provider) {
    this.#provider = provider;
    const keys: { endpoint: Endpoint; parameter: string; key: Pick<Key, 'grammar'>; name: string }[] = provider.endpoints.flatMap(
      endpoint =>
        Object.entries(endpoint.keys ?? {}).map(([parameter, key]) => ({ endpoint, parameter, key, name: poolOfKey(endpoint, parameter) })),
    );
    const referred = provider.endpoints.flatMap(endpoint =>
      openSample(provider, endpoint).rows.flatMap(row => idsIn(endpoint.fields, row, endpoint.name)),
    );
    // A list that no key asks for, but a parameter by its own ids, is where other records lead to as well.
    for (const endpoint of provider.endpoints) {
      const own = ownFilter(endpoint);
      if (own !== undefined) keys.push({ endpoint, parameter: own, key: { grammar: plainId }, name: plain(endpoint.name) });
    }
    for (const { name, key } of keys) {
      if (this.#pools.has(name)) continue;
      const asked = keys.filter(other => other.name === name);
      const documented = asked.flatMap(({ endpoint, parameter }) =>
        (endpoint.exampleKeys ?? []).flatMap(values => values[parameter] ?? []),
      );
      const [first = exampleFor(key), ...others] = new Set([
        ...documented,
        ...referred.flatMap(({ pool, id }) => (pool === name ? id : [])),
      ]);
      this.#pools.set(name, makePool(`${provider.name} ${name}`, [first, ...others], key.grammar.ignoreCase === true));
    }
  }

  /** The thing that keys name, or the first parameter whose value is not known: an entry is known only in its own wallet. */
  find(endpoint: Endpoint, asked: KeyValues): FoundKeys | { readonly unknown: string } {
    const keys: Record<string, string> = {};
    let outer: { readonly parameter: string; readonly id: string } | undefined;
    let number = 0;
    for (const parameter of Object.keys(endpoint.keys ?? {})) {
      const found = this.#ofKey(endpoint, parameter).find(asked[parameter] ?? '');
      if (found === undefined) return { unknown: parameter };
      if (outer !== undefined && this.#owner(endpoint, parameter, found, outer.parameter) !== outer.id) return { unknown: parameter };
      keys[parameter] = found.id;
      outer = { parameter, id: found.id };
      number = found.number;
    }
    return { keys, number };
  }

  /** Whether things of this kind are looked up somewhere. */
  has(pool: string): boolean {
    return this.#pools.has(pool);
  }

  /** The id of a row of a list that a parameter asks for by it, as the provider spells it, and its number. */
  findRow(endpoint: Endpoint, id: string): ReturnType<IdPool['find']> {
    return this.#pools.get(plain(endpoint.name))?.find(id);
  }

  /** Known keys of an endpoint, the documented ones first; at most `count`. */
  list(endpoint: Endpoint, count: number): KeyValues[] {
    const parameters = Object.keys(endpoint.keys ?? {});
    const main = mainKey(endpoint)?.parameter;
    if (main === undefined) return [];
    const pool = this.#ofKey(endpoint, main);
    const made = Array.from({ length: Math.max(0, Math.min(count, pool.size) - pool.documented.length) }, (_, at) => pool.at(at + 1));
    // The endpoint's own come first: other endpoints have documented ids of the pool, too.
    const own = (endpoint.exampleKeys ?? []).flatMap(keys => keys[main] ?? []);
    return [...new Set([...own, ...pool.documented, ...made])].slice(0, count).map(id => {
      const keys: Record<string, string> = { [main]: id };
      let inner = { parameter: main, id, number: pool.find(id)?.number ?? 0 };
      for (const parameter of parameters.slice(0, -1).reverse()) {
        const owner = this.#owner(endpoint, inner.parameter, inner, parameter);
        keys[parameter] = owner;
        inner = { parameter, id: owner, number: this.#ofKey(endpoint, parameter).find(owner)?.number ?? 0 };
      }
      return Object.fromEntries(parameters.map(parameter => [parameter, keys[parameter] ?? '']));
    });
  }

  /** The outer thing (wallet) that an inner one (entry) belongs to; what is documented belongs to what is documented with it. */
  #owner(endpoint: Endpoint, inner: string, { id, number }: { id: string; number: number }, outer: string): string {
    const documented =
      endpoint.exampleKeys?.find(keys => keys[inner] === id) ?? (number % owners === 0 ? endpoint.exampleKeys?.[0] : undefined);
    return documented?.[outer] ?? this.#ofKey(endpoint, outer).at(number % owners);
  }

  #ofKey(endpoint: Endpoint, parameter: string): IdPool {
    const pool = this.#pools.get(poolOfKey(endpoint, parameter));
    if (pool === undefined) throw new RangeError(`${this.#provider.name} ${endpoint.name} has no key ${parameter}`);
    return pool;
  }
}

/** The same thing may be `customer-id` at one endpoint and `customerId` at the next; an `id` is that of the thing it stands in. */
export function poolOfField(name: string, field: Field | undefined, thing: string): string {
  const target = field?.kind === 'id' || field?.kind === 'any' ? field.of : undefined;
  return plain(target ?? (bare.has(plain(name)) ? thing : name));
}

/** A key that the record repeats is the thing itself, and called like the endpoint that looks it up, or that it says to. */
export function poolOfKey(endpoint: Endpoint, parameter: string): string {
  const { of, field: repeated } = endpoint.keys?.[parameter] ?? {};
  const field = fieldAt(endpoint.fields, repeated ?? '');
  const target = of ?? (field?.kind === 'id' ? field.of : undefined);
  if (target !== undefined) return plain(target);
  const isOwn = repeated !== undefined || bare.has(plain(parameter));
  return plain(isOwn ? endpoint.name : parameter);
}

function fieldAt(fields: Fields, path: string): Field | undefined {
  const [name = '', ...rest] = path.split('.');
  const field = fields[name];
  if (rest.length === 0) return field;
  return field?.kind === 'group' ? fieldAt(field.fields, rest.join('.')) : undefined;
}

/** Every id of a record with the pool it refers to. */
export function idsIn(fields: Fields, row: JsonObject, thing: string): { readonly pool: string; readonly id: string }[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const field = fields[name];
    const inner = innerFields(field);
    const objects = inner === undefined ? [] : [value].flat().filter(isObject);
    if (inner !== undefined && (field !== undefined || objects.length > 0)) return objects.flatMap(element => idsIn(inner, element, name));
    const isId = field === undefined ? namesId(name) : field.kind === 'id' || (field.kind === 'any' && isText(value));
    const id = isId ? textOrNumber(value) : undefined;
    return id === undefined || id === '' ? [] : [{ pool: poolOfField(name, field, thing), id }];
  });
}

/** Fields of what is inside; of what no document declares, none is known, but it has ids and times all the same. */
export function innerFields(field: Field | undefined): Fields | undefined {
  if (field === undefined) return {};
  return field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
}

/** The parameter by which a list that has no key is asked for the row with an id. */
export function ownFilter(endpoint: Endpoint): string | undefined {
  if (mainKey(endpoint) !== undefined) return undefined;
  return Object.entries(endpoint.params ?? {}).find(([, { filters }]) => filters !== undefined && isOwnId(endpoint, filters))?.[0];
}

/** Whether a field is the id of the endpoint's own thing. */
export function isOwnId(endpoint: Endpoint, name: string): boolean {
  const field = endpoint.fields[name];
  return field?.kind === 'id' && poolOfField(name, field, endpoint.name) === plain(endpoint.name);
}

function exampleFor({ grammar }: Pick<Key, 'grammar'>): string {
  return grammar.pattern.test(exampleUuid) ? exampleUuid : examplePlain;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}
