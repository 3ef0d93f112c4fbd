// Rows of a batch on their way out. With --out and a key file, a journal beside the file makes the run resumable.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type ByteFilter, createByteFilter } from '../auth/secret.ts';
import { type Fingerprint, removeJournal } from '../batch/journal.ts';
import { type Frame, type JournaledFile, openJournaledFile } from '../batch/journaled-file.ts';
import { digestKeys } from '../batch/key-lines.ts';
import { acquireLock, type Lock } from '../batch/lock.ts';
import { UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { openFile } from '../sink/file.ts';
import type { Sink } from '../sink/sink.ts';
import { openStdout } from '../sink/stdout.ts';
import { checkTarget } from '../sink/target.ts';
import type { Row } from '../view/rows.ts';
import type { Writer } from '../view/writer.ts';
import type { Outcome } from './asker.ts';
import type { Connection } from './connect.ts';
import type { Context } from './context.ts';
import type { KeySource } from './key-source.ts';
import type { Format, Invocation } from './options.ts';
import { filtered } from './output.ts';
import type { Presentation } from './presentation.ts';

export interface BatchOutput {
  /** Keys that an interrupted run has delivered. */
  readonly alreadyDelivered: number;
  readonly isDone: ((ordinal: number) => Promise<boolean>) | undefined;
  /** Writes the rows of a key; the number of rows. */
  deliver(outcome: Extract<Outcome, { kind: 'delivered' }>): Promise<number>;
  fail(outcome: Exclude<Outcome, { kind: 'delivered' }>): Promise<void>;
  /** The run reached its end: the output becomes final where the ending allows it. */
  finish(ending: ExitName): Promise<void>;
  /** The run was stopped: flushes what was delivered. Never throws. */
  stop(): Promise<void>;
}

const final: ReadonlySet<ExitName> = new Set(['ok', 'not-found', 'partial']);
const journalled: ReadonlySet<Format> = new Set(['json', 'ndjson', 'csv', 'tsv']);

/** Opens the output of a batch and takes its lock. Throws before anything is sent when it cannot be written or resumed. */
export async function openBatchOutput(
  context: Context,
  presentation: Presentation,
  connection: Connection,
  source: KeySource,
  invocation: Invocation,
): Promise<BatchOutput> {
  const { runtime, options } = context;
  const format = presentation.format(false);
  const { out, clobber } = options.output;
  if (out === undefined) return new StreamedOutput(context, presentation, format, openStdout(runtime.stdout), undefined);
  const target = await checkTarget(out, { clobber, uid: runtime.uid });
  const lock = await acquireLock(target.lock, runtime.processes);
  try {
    const resumable = source.kind === 'stream' && source.from !== '-' && journalled.has(format) && presentation.order === undefined;
    if (!resumable) {
      if (options.batch.resume) throw new UsageError(`--resume needs -o csv, tsv, json or ndjson, not ${format}`);
      await removeJournal(target);
      return new StreamedOutput(context, presentation, format, await openFile(target), lock);
    }
    const fingerprint = await fingerprintOf(context, connection, source, format, invocation);
    const writer = await presentation.writer(format);
    const file = await openJournaledFile(target, {
      fingerprint,
      frame: frameOf(format, writer.begin()),
      resume: options.batch.resume,
      monotonicMs: runtime.monotonicMs,
    });
    return new JournalledOutput(context, presentation, writer, format, file, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** What must be the same for --resume; pacing may differ. */
async function fingerprintOf(
  { options }: Context,
  { profile }: Connection,
  source: Extract<KeySource, { kind: 'stream' }>,
  format: Format,
  invocation: Invocation,
): Promise<Fingerprint> {
  const { fields, explode, header, labels, bom, delimiter, guard, tz, mask, withRequest, lang } = options.output;
  const { column, unique, shard } = options.batch;
  const look = JSON.stringify([header, labels, bom, delimiter, guard, tz, mask, withRequest, labels ? lang : undefined, explode]);
  return {
    endpoint: `${invocation.provider} ${invocation.endpoint}`,
    'key file': await digestKeys(createReadStream(source.from), source.from),
    keys: JSON.stringify([source.fixed, column ?? '', unique]),
    profile: `${profile.name} ${profile.baseUrl}`,
    format,
    fields: (fields ?? []).join(','),
    parameters: JSON.stringify(Object.entries(invocation.params).sort()),
    shard: shard === undefined ? '' : `${shard.index}/${shard.count}`,
    'output options': createHash('sha256').update(look).digest('hex').slice(0, 16),
  };
}

function rowsOf(outcome: Extract<Outcome, { kind: 'delivered' }>, presentation: Presentation): Row[] {
  return outcome.records.flatMap(record => presentation.explode({ record, request: outcome.key.values }));
}

/** Rows that go straight out: to stdout, or to a file that is not resumable. */
class StreamedOutput implements BatchOutput {
  readonly alreadyDelivered = 0;
  readonly isDone = undefined;
  readonly #sink: Sink;
  #writer: Writer | undefined;
  #held: Row[] = [];

  constructor(
    context: Context,
    readonly presentation: Presentation,
    readonly format: Format,
    readonly inner: Sink,
    readonly lock: Lock | undefined,
  ) {
    this.#sink = filtered(inner, createByteFilter(context.secrets));
  }

  async deliver(outcome: Extract<Outcome, { kind: 'delivered' }>): Promise<number> {
    const rows = rowsOf(outcome, this.presentation);
    if (this.presentation.order === undefined) await this.#write(rows);
    else this.#held.push(...rows);
    return rows.length;
  }

  async fail(): Promise<void> {}

  async finish(ending: ExitName): Promise<void> {
    await this.#write(this.presentation.sort(this.#held));
    await this.#sink.write(this.#writer?.end() ?? '');
    if (this.lock !== undefined && !final.has(ending)) return this.stop();
    await this.#sink.commit();
    await this.lock?.release();
  }

  async stop(): Promise<void> {
    // What a terminal or a pipe already has stays; a file that is not whole goes.
    if (this.lock === undefined) await this.#sink.commit().catch(() => undefined);
    else await this.#sink.abandon();
    await this.lock?.release();
  }

  async #write(rows: Row[]): Promise<void> {
    if (this.#writer === undefined) {
      this.#writer = await this.presentation.writer(this.format);
      await this.#sink.write(this.#writer.begin());
    }
    await this.#sink.write(this.#writer.rows(rows));
  }
}

/** Rows in a file whose journal says which keys are done. */
class JournalledOutput implements BatchOutput {
  readonly #filter: ByteFilter;

  constructor(
    context: Context,
    readonly presentation: Presentation,
    readonly writer: Writer,
    readonly format: Format,
    readonly file: JournaledFile,
    readonly lock: Lock,
  ) {
    this.#filter = createByteFilter(context.secrets);
  }

  get alreadyDelivered(): number {
    return this.file.delivered;
  }

  readonly isDone = (ordinal: number): Promise<boolean> => this.file.isDelivered(ordinal);

  async deliver(outcome: Extract<Outcome, { kind: 'delivered' }>): Promise<number> {
    const rows = rowsOf(outcome, this.presentation);
    // The writer puts a comma before all rows but its first; where the rows end up decides that here.
    const text = this.format === 'json' ? this.writer.rows(rows).replace(/^,/, '') : this.writer.rows(rows);
    const bytes = Buffer.concat([this.#filter.push(Buffer.from(text)), this.#filter.end()]);
    await this.file.deliver(outcome.key.ordinal, bytes.length === 0 ? [] : [bytes]);
    return rows.length;
  }

  fail(outcome: Exclude<Outcome, { kind: 'delivered' }>): Promise<void> {
    return this.file.fail(outcome.key.ordinal, outcome.error.code);
  }

  async finish(ending: ExitName): Promise<void> {
    if (!final.has(ending)) return this.stop();
    await this.file.commit();
    await this.lock.release();
  }

  async stop(): Promise<void> {
    await this.file.stop();
    await this.lock.release();
  }
}

/** What a format writes around the rows of a key. */
function frameOf(format: Format, head: string): Frame {
  if (format !== 'json') return { head, first: '', between: '', tail: '', emptyTail: '' };
  return { head, first: '', between: ',', tail: '\n]\n', emptyTail: ']\n' };
}
