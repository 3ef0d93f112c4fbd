// The sandbox's data: the documented samples, and as many made-up records around them as anyone asks for. Nothing is stored:
// a record is computed from its number when it is asked for, and its number from its key.
import type { Endpoint } from '../core/endpoint.ts';
import type { Field } from '../core/fields.ts';
import { isText, type Json, type JsonObject, textOrNumber } from '../core/json.ts';
import { isFilteredByKey, type KeyValues, mainKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { readAmount, recordFactor } from './amounts.ts';
import { hashText, hashWith } from './dice.ts';
import { openSample, type Sample } from './envelope.ts';
import { reshapeId } from './ids.ts';
import { listKeys, resolveKeys } from './known-keys.ts';
import { sampleTimeMs } from './moments.ts';
import { collectPools, type Pools } from './pools.ts';
import { makeRecord } from './record.ts';
import type { Scene, Stage } from './scene.ts';
import { languageOf } from './texts.ts';
import { recordTimeMs } from './times.ts';
import type { Language } from './words.ts';

/** Made-up rows of a list that is not asked for by a key. */
const listRows = 240;
/** Numbers the records of one customer may take. */
const groupSize = 32;
/** Different values of a field that lists can be filtered by. */
const filterValues = 24;

/** Keys the sandbox knows: at most `count`, the documented ones first. None for an endpoint without keys. */
export function sampleKeys(provider: Provider, endpoint: Endpoint, count: number): KeyValues[] {
  return recordsOf(provider).keys(endpoint, count);
}

const opened = new WeakMap<Provider, Records>();

/** The records of a provider; made ready on first use. */
export function recordsOf(provider: Provider): Records {
  let records = opened.get(provider);
  if (records === undefined) {
    records = new Records(provider);
    opened.set(provider, records);
  }
  return records;
}

interface Prepared {
  readonly sample: Sample;
  readonly stage: Stage;
  /** Rows of a list without keys: the same for every call. */
  list?: readonly JsonObject[];
}

/** The records of one provider. */
export class Records {
  readonly #provider: Provider;
  readonly #pools: Pools;
  readonly #seed: number;
  readonly #language: Language;
  readonly #constant: ReadonlySet<string>;
  /** Some key selects several records, so records come in groups: the customers. */
  readonly #grouped: boolean;
  readonly #prepared = new Map<Endpoint, Prepared>();

  constructor(provider: Provider) {
    const samples = provider.endpoints.map(({ example }) => example).join('\n');
    this.#provider = provider;
    this.#pools = collectPools(provider);
    this.#seed = hashText(provider.name);
    this.#language = languageOf(samples);
    this.#constant = tenantIds(samples);
    this.#grouped = provider.endpoints.some(isFilteredByKey);
  }

  /** The documented sample of an endpoint. */
  sample(endpoint: Endpoint): Sample {
    return this.#prepare(endpoint).sample;
  }

  /** The number of the record the keys name, or the first parameter whose value is not known. */
  resolve(endpoint: Endpoint, keys: KeyValues): number | { readonly unknown: string } {
    return resolveKeys(endpoint, keys, this.#pools);
  }

  /** Known keys; at most `count`, the documented ones first. */
  keys(endpoint: Endpoint, count: number): KeyValues[] {
    return listKeys(endpoint, count, this.#pools);
  }

  /** The record with a number. */
  record(endpoint: Endpoint, number: number): JsonObject {
    const { rows } = this.sample(endpoint);
    const main = mainKey(endpoint);
    const own = main && this.#pools.forKey(endpoint, main.parameter).at(number);
    return (number < 0 && this.#documented(endpoint, own)) || this.#make(endpoint, number, rowAt(rows, number), 0, own);
  }

  /** All records of a list; with an owner, those of one value of a filter key. */
  rows(endpoint: Endpoint, owner: number | undefined): readonly JsonObject[] {
    const prepared = this.#prepare(endpoint);
    const { rows, isList } = prepared.sample;
    if (owner === undefined) {
      prepared.list ??= [...rows.map(row => this.#withElements(endpoint, row)), ...this.#madeRows(endpoint, isList ? listRows : 0)];
      return prepared.list;
    }
    if (owner < 0) return rows;
    const count = endpoint.paging === undefined ? 2 + (owner % 6) : 8 + (owner % 23);
    // Beyond the sample's rows its last one goes on, instalment after instalment.
    const last = rows.length - 1;
    return Array.from({ length: count }, (_, at) =>
      this.#make(endpoint, owner * groupSize + at, rowAt(rows, Math.min(at, last)), Math.max(0, at - last)),
    );
  }

  /** The documented record itself; asked for by another documented key it carries that one. */
  #documented(endpoint: Endpoint, own: string | undefined): JsonObject | undefined {
    const { rows } = this.sample(endpoint);
    const main = mainKey(endpoint);
    const field = main?.key.field;
    const named = field === undefined ? undefined : rows.find(row => row[field] === own);
    if (named !== undefined) return named;
    const isExample = main !== undefined && endpoint.exampleKeys?.some(keys => keys[main.parameter] === own);
    const [first] = rows;
    if (!isExample || first === undefined || own === undefined) return undefined;
    return field === undefined ? first : { ...first, [field]: own };
  }

  #make(endpoint: Endpoint, number: number, row: JsonObject, later: number, own?: string): JsonObject {
    const scene = this.#scene(endpoint, number, later);
    const field = mainKey(endpoint)?.key.field;
    const like = field === undefined ? null : (row[field] ?? null);
    if (own !== undefined && isText(like)) scene.renamed.set(like, own);
    return makeRecord(endpoint.fields, row, scene);
  }

  #madeRows(endpoint: Endpoint, count: number): JsonObject[] {
    const { rows } = this.sample(endpoint);
    return Array.from({ length: count }, (_, number) => this.#make(endpoint, number, rowAt(rows, number), 0));
  }

  #scene(endpoint: Endpoint, number: number, later: number): Scene {
    const { stage } = this.#prepare(endpoint);
    const person = hashWith(this.#seed, this.#grouped ? Math.floor(number / groupSize) : number);
    // Rows of a list without keys are not one person's: each has a time and amounts of its own.
    const group = endpoint.keys === undefined ? hashWith(this.#seed, number) : person;
    return {
      stage,
      number,
      group,
      person,
      later,
      language: this.#language,
      seed: hashWith(this.#seed, `record ${number}`),
      factor: recordFactor(group, stage.mainCents),
      timeMs: recordTimeMs(hashWith(group, 'time')),
      parts: [1, 0],
      renamed: new Map(),
      link: (name, field) => this.#link(endpoint, number, name, field),
    };
  }

  /** The id a field of a record refers to: things with one number belong together. */
  #link(endpoint: Endpoint, number: number, name: string, field: Field | undefined): string | undefined {
    if (Object.values(endpoint.params ?? {}).some(({ filters }) => filters === name)) {
      const like = this.sample(endpoint).rows[0]?.[name] ?? null;
      return isText(like) ? reshapeId(like, hashWith(this.#seed, `${name} ${number % filterValues}`)) : undefined;
    }
    const target = this.#pools.forField(name, field);
    const wanted = number < 0 ? 1000 - number : number;
    return target?.pool.at(target.isFilter ? Math.floor(wanted / groupSize) : wanted);
  }

  /** A batch whose elements are not documented holds a few records of a neighbouring object. */
  #withElements(endpoint: Endpoint, row: JsonObject): JsonObject {
    const neighbour = this.#provider.endpoints.find(other => other.paging !== undefined && typeof other.path !== 'string');
    if (neighbour === undefined || endpoint.paging !== undefined || typeof endpoint.path === 'string') return row;
    const filled = Object.entries(row).map(([name, value]): [string, Json] =>
      Array.isArray(value) && value.length === 0 ? [name, this.#madeRows(neighbour, 3)] : [name, value],
    );
    return Object.fromEntries(filled);
  }

  #prepare(endpoint: Endpoint): Prepared {
    let prepared = this.#prepared.get(endpoint);
    if (prepared === undefined) {
      const sample = openSample(this.#provider, endpoint);
      prepared = { sample, stage: stageOf(endpoint, sample.rows, this.#constant) };
      this.#prepared.set(endpoint, prepared);
    }
    return prepared;
  }
}

function rowAt(rows: readonly JsonObject[], number: number): JsonObject {
  return rows[Math.abs(number) % rows.length] ?? {};
}

function stageOf(endpoint: Endpoint, rows: readonly JsonObject[], constant: ReadonlySet<string>): Stage {
  const times = rows.map(row => sampleTimeMs(endpoint.fields, row)).filter(ms => ms !== undefined);
  const amounts = rows.flatMap(row => amountTexts(endpoint, row));
  const seen = rows.map(row => new Set(Object.values(row).filter(isText)));
  const repeated = seen.flatMap((texts, at) => [...texts].filter(text => seen.some((others, other) => other !== at && others.has(text))));
  return {
    baseMs: times.length === 0 ? Date.UTC(2024, 0, 15) : Math.min(...times),
    padded: amounts.some(text => /\.\d0$/.test(text)),
    mainCents: Math.max(0, ...amounts.map(text => Math.abs(readAmount(text)?.cents ?? 0))),
    rows: isFilteredByKey(endpoint) ? Math.max(1, rows.length) : 1,
    shared: new Set(repeated),
    constant,
  };
}

function amountTexts(endpoint: Endpoint, row: JsonObject): string[] {
  return Object.entries(row).flatMap(([name, value]) => {
    if (endpoint.fields[name]?.kind !== 'money') return [];
    const text = textOrNumber(value);
    return text === undefined ? [] : [text];
  });
}

/** What stands before the colon of compound ids (`corporation:staff`) is the tenant, the same in all records. */
function tenantIds(samples: string): ReadonlySet<string> {
  return new Set([...samples.matchAll(/"([\w$-]+):[\w$-]+"/g)].map(match => match[1] ?? ''));
}
