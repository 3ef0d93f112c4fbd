// The keys of a batch: opened, read lazily, counted beforehand where they can be read twice, and packed into calls.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Endpoint } from '../../core/endpoint.ts';
import { UsageError } from '../../core/errors.ts';
import { type KeyValues, mainKey } from '../../core/keys.ts';
import type { Context } from '../../lookup/context.ts';
import type { Connection } from '../../lookup/session.ts';
import type { Presentation } from '../../output/presentation.ts';
import type { KeySource } from '../../plan/key-source.ts';
import { assertEnough, feedKeys, isOurs, type KeyInput, type PackRules, packKeys } from './feed.ts';
import { readKeys } from './table.ts';

export type ManyKeys = Extract<KeySource, { kind: 'arguments' | 'stream' }>;

export interface BatchKeys {
  /** The regular file the keys come from: only such a run can be resumed, for the same keys can be read again. */
  readonly file: string | undefined;
  /** Leading keys given as arguments. */
  readonly fixed: readonly string[];
  /**
   * Reads a key file to its end before anything is sent, so that a damaged or short one costs no request. Returns the
   * number of keys of this run; undefined where the keys can be read only once. Throws InputError, UsageError, or what the
   * signal says: a large file takes its time.
   */
  survey(signal: AbortSignal): Promise<number | undefined>;
  read(): AsyncIterable<KeyInput>;
  /** Ends a read that is under way. */
  close(): void;
}

export async function openKeys(context: Context, source: ManyKeys, presentation: Presentation): Promise<BatchKeys> {
  if (source.kind === 'arguments') return givenKeys(context, presentation.endpoint, source.keys);
  return new StreamedKeys(context, source, presentation, (await isReadOnce(source.from)) ? undefined : source.from);
}

/** Whether reading uses the keys up, as with a pipe or `<(command)`. What cannot be looked at is found out when it is read. */
async function isReadOnce(from: string): Promise<boolean> {
  if (from === '-') return true;
  const found = await stat(from).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function givenKeys({ options }: Context, endpoint: Endpoint, keys: readonly KeyValues[]): BatchKeys {
  const { shard, expect } = options.batch;
  return {
    file: undefined,
    fixed: [],
    survey: async () => {
      if (expect !== undefined) assertEnough(keys.length, expect);
      return keys.filter(values => isOurs({ given: Object.values(values) }, endpoint, shard)).length;
    },
    async *read() {
      for (const values of keys) yield { given: Object.values(values) };
    },
    close: () => undefined,
  };
}

class StreamedKeys implements BatchKeys {
  readonly fixed: readonly string[];
  #open: Readable | undefined;
  #survey: Promise<number | undefined> | undefined;

  constructor(
    readonly context: Context,
    readonly source: Extract<KeySource, { kind: 'stream' }>,
    readonly presentation: Presentation,
    readonly file: string | undefined,
  ) {
    this.fixed = source.fixed;
  }

  survey(signal: AbortSignal): Promise<number | undefined> {
    this.#survey ??= this.#count(signal);
    return this.#survey;
  }

  async #count(signal: AbortSignal): Promise<number | undefined> {
    const { shard, expect } = this.context.options.batch;
    if (this.file === undefined) return undefined;
    let count = 0;
    let ours = 0;
    for await (const raw of this.#rows(createReadStream(this.file), signal)) {
      count += 1;
      if (isOurs(raw, this.presentation.endpoint, shard)) ours += 1;
    }
    if (expect !== undefined) assertEnough(count, expect);
    return ours;
  }

  read(): AsyncIterable<KeyInput> {
    const { from } = this.source;
    this.#open = from === '-' ? this.context.runtime.stdin : createReadStream(from);
    return this.#rows(this.#open);
  }

  close(): void {
    this.#open?.destroy();
  }

  async *#rows(bytes: Readable, signal?: AbortSignal): AsyncGenerator<KeyInput> {
    const { from, fixed } = this.source;
    const parameters = Object.keys(this.presentation.endpoint.keys ?? {}).slice(fixed.length);
    const { column } = this.context.options.batch;
    const fileName = from === '-' ? 'standard input' : from;
    const rules = { parameters, fixed, fileName, ...(column !== undefined && { column }), ...(signal && { signal }) };
    for await (const row of readKeys(bytes, rules)) {
      yield { given: [...fixed, ...row.values], line: row.line, ...(row.problem !== undefined && { problem: row.problem }) };
    }
  }
}

const defaultPackSize = 20;
const maxUrlCharacters = 4000;
/** Room left for the credential in the query. */
const reservedForQuery = 300;

/** The keys of the first call of a batch. */
export async function firstPack(
  context: Context,
  connection: Connection,
  endpoint: Endpoint,
  source: Extract<KeySource, { kind: 'arguments' }>,
): Promise<readonly KeyValues[]> {
  const { shard, unique } = context.options.batch;
  const fed = feedKeys(givenKeys(context, endpoint, source.keys).read(), { endpoint, shard, unique });
  for await (const pack of packKeys(fed, endpoint, packRules({ endpoint }, connection))) return pack.map(({ key }) => key.values);
  throw new UsageError('--dry-run shows one request: no key is in this shard');
}

/** How keys share calls; undefined where each key has its own. */
export function packRules({ endpoint }: Pick<Presentation, 'endpoint'>, { profile }: Connection): PackRules | undefined {
  if (mainKey(endpoint)?.key.many !== 'packed') return undefined;
  const template = typeof endpoint.path === 'string' ? endpoint.path : '';
  const room = maxUrlCharacters - profile.baseUrl.length - template.length - reservedForQuery;
  return { size: Number(profile.settings.packSize ?? defaultPackSize), maxCharacters: room };
}
