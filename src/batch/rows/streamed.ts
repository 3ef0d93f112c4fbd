// Rows of a batch that go straight out: to stdout, or to a file of a run that cannot be resumed.
import { setTimeout as sleep } from 'node:timers/promises';
import { createByteFilter } from '../../auth/secret.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Words } from '../../core/say.ts';
import type { FileSink } from '../../files/atomic-file.ts';
import type { Sink } from '../../files/sink.ts';
import type { Context } from '../../lookup/context.ts';
import type { Outcome } from '../../lookup/outcome.ts';
import { filtered } from '../../output/destination.ts';
import { measuredRows, type Row, rowsOf } from '../../output/rows.ts';
import { sortRows } from '../../output/sort.ts';
import { needsRows, openWriter, type RowOrigin, type RunWriter } from '../../output/writer.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import type { BatchOutput, DeliveredKey } from './batch-output.ts';

/** How long a reader that may have stopped reading is waited for at the end of a stopped run. */
const longestFlushMs = 500;

/** A file that is written without a journal. */
interface PlainFile {
  readonly file: FileSink;
  readonly partial: string;
}

export class StreamedOutput implements BatchOutput {
  readonly alreadyDelivered = 0;
  readonly isDone = undefined;
  readonly gaveUpAt = [];
  hasRows = false;
  readonly #sink: Sink;
  #writer: RunWriter | undefined;
  readonly #undelivered = { missing: 0, failed: 0 };
  /** Rows to be sorted. */
  #held: Row[] = [];
  /** Rows from which the columns are told. */
  #first: Row[] = [];

  constructor(
    readonly context: Context,
    readonly plan: RunPlan,
    readonly origin: RowOrigin,
    readonly to: { readonly stdout: Sink } | PlainFile,
  ) {
    this.#sink = filtered('file' in to ? to.file : to.stdout, createByteFilter(context.secrets), origin.signal);
  }

  /** Whole rows are worth keeping; a table or sorted rows are nothing before their end. */
  get kept(): string | undefined {
    const { many, order } = this.plan.output;
    const isWorthIt = this.hasRows && many.format.wholeRows && order === undefined;
    return isWorthIt && 'file' in this.to ? this.to.partial : undefined;
  }

  async *earlierRows(): AsyncGenerator<string> {}

  async deliver({ key, records }: DeliveredKey): Promise<number> {
    const { explode, order } = this.plan.output;
    const rows = records.flatMap(record => rowsOf(record, key.values, explode));
    if (rows.length > 0) this.hasRows = true;
    if (order === undefined) await this.#write(rows);
    else for (const row of rows) this.#held.push(row);
    return rows.length;
  }

  fail({ kind }: Exclude<Outcome, { kind: 'delivered' }>): void {
    this.#undelivered[kind] += 1;
  }

  async checkpoint(): Promise<void> {}

  async giveUpAt(): Promise<void> {}

  async seal(ending: ExitName): Promise<void> {
    const { order } = this.plan.output;
    await this.#write(order === undefined ? [] : sortRows(this.#held, order.column, order.descending), true);
    await this.#sink.write(this.#writer?.end() ?? '');
    if ('file' in this.to && this.plan.replacesFile.has(ending)) await this.to.file.sync();
  }

  publish(ending: ExitName): Promise<void> {
    return 'file' in this.to && !this.plan.replacesFile.has(ending) ? this.stop() : this.#sink.commit();
  }

  notes(): readonly Words[] {
    return this.origin.notes.sentences();
  }

  durable(counted: number): number {
    return 'file' in this.to && this.kept === undefined ? 0 : counted;
  }

  async stop(): Promise<void> {
    if ('file' in this.to) {
      return this.to.file.abandon({ keepPartial: this.kept !== undefined });
    }
    // What a terminal or a pipe already has stays; a reader that has stopped reading is not waited for.
    const flushed = this.#sink.commit().catch(() => undefined);
    await Promise.race([flushed, sleep(longestFlushMs, undefined, { ref: false })]);
  }

  async #write(rows: readonly Row[], isLast = false): Promise<void> {
    if (this.#writer !== undefined) return this.#sink.write(await this.#writer.rows(rows));
    const { output } = this.plan;
    const first = [...this.#first, ...rows];
    if (needsRows(output.many) && first.length < measuredRows && !isLast) {
      this.#first = first;
      return;
    }
    this.#first = [];
    this.#writer = await openWriter(output, output.many, this.#described(), first);
    await this.#sink.write(this.#writer.begin());
    await this.#sink.write(await this.#writer.rows(first));
  }

  /** A page says at its end of how many keys there is nothing. */
  #described(): RowOrigin {
    const { facts } = this.origin;
    return facts === undefined ? this.origin : { ...this.origin, facts: () => ({ ...facts(), undelivered: () => this.#undelivered }) };
  }
}
