// The keys of a batch: opened, read lazily, counted beforehand where they can be read twice, and packed into calls.
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Endpoint } from '../../core/endpoint.ts';
import { UsageError } from '../../core/errors.ts';
import { type KeyTuple, type KeyValues, mainKey } from '../../core/keys.ts';
import type { Runtime } from '../../core/runtime.ts';
import { say } from '../../core/say.ts';
import { endWith, openInput } from '../../files/open-input.ts';
import type { BatchPlan } from '../../plan/batch.ts';
import type { ManyKeys } from '../../plan/keys.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import { assertEnough, feedKeys, isOurs, type KeyInput, packKeys } from './feed.ts';
import { KeyFile } from './key-file.ts';
import { readKeys } from './table.ts';

export interface BatchKeys {
  /** The regular file the keys come from: only such a run can be resumed, for the same keys can be read again. */
  readonly file: Pick<KeyFile, 'path' | 'digest'> | undefined;
  /**
   * Reads a key file to its end before anything is sent, so that a damaged or short one costs no request. Returns the
   * number of keys of this run; undefined where the keys can be read only once. Throws InputError, UsageError, or what the
   * signal says: a large file takes its time.
   */
  survey(signal: AbortSignal): Promise<number | undefined>;
  /** Keys that come together, as they come. */
  read(): AsyncIterable<readonly KeyInput[]>;
  /** Ends a read that is under way. */
  close(): void;
}

export async function openKeys(
  { runtime }: { readonly runtime: Pick<Runtime, 'stdin'> },
  endpoint: Endpoint,
  plan: Pick<BatchPlan, 'keys' | 'shard' | 'expect'>,
): Promise<BatchKeys> {
  const { keys } = plan;
  if (keys.kind === 'arguments') return givenKeys(plan, endpoint, keys.keys);
  return new StreamedKeys(runtime.stdin, endpoint, plan, keys, (await isReadOnce(keys.from)) ? undefined : new KeyFile(keys.from));
}

/** Whether reading uses the keys up, as with a pipe or `<(command)`. What cannot be looked at is found out when it is read. */
async function isReadOnce(from: string): Promise<boolean> {
  if (from === '-') return true;
  const found = await stat(from).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function givenKeys({ shard, expect }: Pick<BatchPlan, 'shard' | 'expect'>, endpoint: Endpoint, keys: readonly KeyValues[]): BatchKeys {
  return {
    file: undefined,
    survey: async () => {
      if (expect !== undefined) assertEnough(keys.length, expect);
      return keys.filter(values => isOurs({ given: Object.values(values) }, endpoint, shard)).length;
    },
    async *read() {
      yield keys.map(values => ({ given: Object.values(values) }));
    },
    close: () => undefined,
  };
}

class StreamedKeys implements BatchKeys {
  readonly #end = new AbortController();
  #survey: Promise<number | undefined> | undefined;

  constructor(
    readonly stdin: Readable,
    readonly endpoint: Endpoint,
    readonly plan: Pick<BatchPlan, 'shard' | 'expect'>,
    readonly source: Extract<ManyKeys, { kind: 'stream' }>,
    readonly file: KeyFile | undefined,
  ) {}

  survey(signal: AbortSignal): Promise<number | undefined> {
    this.#survey ??= this.#count(signal);
    return this.#survey;
  }

  async #count(signal: AbortSignal): Promise<number | undefined> {
    const { shard, expect } = this.plan;
    if (this.file === undefined) return undefined;
    let count = 0;
    let ours = 0;
    for await (const rows of this.#rows(this.file.readFirst(signal), signal)) {
      count += rows.length;
      ours += rows.filter(row => isOurs(row, this.endpoint, shard)).length;
    }
    if (expect !== undefined) assertEnough(count, expect);
    return ours;
  }

  read(): AsyncIterable<readonly KeyInput[]> {
    const { signal } = this.#end;
    return this.#rows(this.file?.readAgain(signal) ?? this.#readOnce(signal));
  }

  /** Nobody waits for a writer that has more to say. */
  close(): void {
    this.#end.abort();
  }

  async *#readOnce(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (this.source.from !== '-') {
      yield* (await openInput(this.source.from, { signal })).bytes;
      return;
    }
    endWith(this.stdin, signal);
    yield* this.stdin;
  }

  async *#rows(bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): AsyncGenerator<readonly KeyInput[]> {
    const { from, fixed, column } = this.source;
    const parameters = Object.keys(this.endpoint.keys ?? {}).slice(fixed.length);
    const fileName = from === '-' ? 'standard input' : from;
    const grammar = mainKey(this.endpoint)?.key.grammar;
    const isKey = (text: string): boolean => grammar?.pattern.test(text) === true && (grammar.likely?.pattern.test(text) ?? true);
    const rules = { parameters, fixed, fileName, isKey, ...(column !== undefined && { column }), ...(signal && { signal }) };
    for await (const rows of readKeys(bytes, rules)) {
      yield rows.map(({ values, line, problem }) => ({ given: [...fixed, ...values], line, ...(problem !== undefined && { problem }) }));
    }
  }
}

/** The first key of a run that can be asked for; reading it may use the keys up. Undefined when there is none. */
export async function firstKey(keys: BatchKeys, { endpoint, batch }: RunPlan): Promise<KeyTuple | undefined> {
  try {
    for await (const fed of feedKeys(keys.read(), { endpoint, shard: batch?.shard, unique: false })) {
      const good = fed.find(({ error }) => error === undefined);
      if (good !== undefined) return good.key;
    }
    return undefined;
  } finally {
    keys.close();
  }
}

/** The keys of the first call of a batch. */
export async function firstPack(
  { endpoint, batch }: RunPlan,
  { keys }: Extract<ManyKeys, { kind: 'arguments' }>,
): Promise<readonly KeyValues[]> {
  const { shard, unique = false, packs, expect } = batch ?? {};
  const fed = feedKeys(givenKeys({ shard, expect }, endpoint, keys).read(), { endpoint, shard, unique });
  for await (const [pack] of packKeys(fed, endpoint, packs)) if (pack !== undefined) return pack.map(({ key }) => key.values);
  throw new UsageError(say`--dry-run shows one request: no key is in this shard`);
}
