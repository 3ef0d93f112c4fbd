// Which ids exist: one pool for every thing a path asks by, shared by all endpoints that ask for the same thing,
// and the pools that fields of answers refer to.
import type { Endpoint, Key } from '../core/endpoint.ts';
import type { Field, Fields } from '../core/fields.ts';
import { isObject, isText, type JsonObject } from '../core/json.ts';
import { isFilteredByKey, mainKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { openSample } from './envelope.ts';
import { type IdPool, makePool } from './ids.ts';

/** The ids of a provider. */
export interface Pools {
  /** Ids of a path parameter. */
  forKey(endpoint: Endpoint, parameter: string): IdPool;
  /** Ids a field refers to; undefined when nothing can be looked up by them. */
  forField(name: string, field: Field | undefined): { readonly pool: IdPool; readonly isFilter: boolean } | undefined;
}

interface Entry {
  readonly documented: Set<string>;
  readonly key: Key;
  /** Asked for by it, an endpoint answers several records. */
  isFilter: boolean;
  pool?: IdPool;
}

/** Parameter names that say nothing about what is meant. */
const bare = new Set(['id', 'ids', 'key', 'code', 'no', 'number']);
const exampleShape = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const plainShape = 'ID_3Kq0X7mZt1w';

/** Collects the pools of a provider: documented keys first, then whatever the samples refer to. */
export function collectPools(provider: Provider): Pools {
  const entries = new Map<string, Entry>();
  for (const endpoint of provider.endpoints) {
    for (const [parameter, key] of Object.entries(endpoint.keys ?? {})) {
      const name = poolName(endpoint, parameter);
      const entry = entries.get(name) ?? { documented: new Set<string>(), key, isFilter: false };
      entries.set(name, entry);
      if (parameter === mainKey(endpoint)?.parameter && isFilteredByKey(endpoint)) entry.isFilter = true;
      for (const id of documentedKeys(provider, endpoint, parameter, key)) entry.documented.add(id);
    }
  }
  const entryOfField = (name: string, field: Field | undefined): Entry | undefined => {
    const target = field?.kind === 'id' ? provider.endpoints.find(({ name: word }) => word === field.of) : undefined;
    const byName = target ?? provider.endpoints.find(({ name: word, keys }) => keys !== undefined && plain(word) === plain(name));
    const parameter = byName && Object.keys(byName.keys ?? {}).at(-1);
    if (target === undefined && entries.has(plain(name))) return entries.get(plain(name));
    return byName && parameter !== undefined ? entries.get(poolName(byName, parameter)) : undefined;
  };
  for (const endpoint of provider.endpoints) {
    for (const row of openSample(provider, endpoint).rows) {
      eachId(endpoint.fields, row, (name, field, id) => void entryOfField(name, field)?.documented.add(id));
    }
  }
  const open = (name: string, entry: Entry): IdPool => {
    const { grammar } = entry.key;
    const shape = grammar.pattern.test(exampleShape) ? exampleShape : plainShape;
    entry.pool ??= makePool(`${provider.name} ${name}`, [...entry.documented], shape, grammar.ignoreCase === true);
    return entry.pool;
  };
  return {
    forKey: (endpoint, parameter) => {
      const name = poolName(endpoint, parameter);
      const entry = entries.get(name);
      if (entry === undefined) throw new RangeError(`${endpoint.name} has no key ${parameter}`);
      return open(name, entry);
    },
    forField: (name, field) => {
      const entry = entryOfField(name, field);
      const found = entry && [...entries].find(([, other]) => other === entry);
      return found && { pool: open(...found), isFilter: found[1].isFilter };
    },
  };
}

function documentedKeys(provider: Provider, endpoint: Endpoint, parameter: string, { field }: Key): string[] {
  const given = (endpoint.exampleKeys ?? []).flatMap(keys => keys[parameter] ?? []);
  if (field === undefined) return given;
  return [...given, ...openSample(provider, endpoint).rows.flatMap(row => textOf(row, field))];
}

function textOf(row: JsonObject, name: string): string[] {
  const value = row[name] ?? null;
  return isText(value) ? [value] : [];
}

function eachId(fields: Fields, row: JsonObject, visit: (name: string, field: Field | undefined, id: string) => void): void {
  for (const [name, value] of Object.entries(row)) {
    const field = fields[name];
    if (isText(value) && value !== '' && (field?.kind === 'id' || field?.kind === 'any')) visit(name, field, value);
    else if (field?.kind === 'group' && isObject(value)) eachId(field.fields, value, visit);
    else if (field?.kind === 'list' && field.fields !== undefined && Array.isArray(value)) {
      for (const element of value.filter(isObject)) eachId(field.fields, element, visit);
    }
  }
}

/** The same thing may be `customer-id` at one endpoint and `customerId` at the next. */
function poolName(endpoint: Endpoint, parameter: string): string {
  return bare.has(plain(parameter)) ? `${endpoint.name}.${plain(parameter)}` : plain(parameter);
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}
