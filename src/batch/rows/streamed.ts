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
import { HeldRows } from '../../output/held-rows.ts';
import { measuredRows } from '../../output/rows.ts';
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
  /** Rows to be sorted, or from which the columns are told. */
  #waiting: HeldRows;

  constructor(
    readonly context: Context,
    readonly plan: RunPlan,
    readonly origin: RowOrigin,
    readonly to: { readonly stdout: Sink } | PlainFile,
  ) {
    this.#waiting = new HeldRows(plan.output);
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
    const rows = this.#waiting.add(records, key.values);
    if (rows > 0) this.hasRows = true;
    if (this.#mayWrite) await this.#write();
    return rows;
  }

  fail({ kind }: Exclude<Outcome, { kind: 'delivered' }>): void {
    this.#undelivered[kind] += 1;
  }

  async checkpoint(): Promise<void> {}

  async giveUpAt(): Promise<void> {}

  async seal(ending: ExitName): Promise<void> {
    await this.#write();
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

  /** Rows that are sorted come at the end; so do those of a short table whose columns are told from them. */
  get #mayWrite(): boolean {
    const { many, order } = this.plan.output;
    return order === undefined && (this.#writer !== undefined || !needsRows(many) || this.#waiting.count >= measuredRows);
  }

  async #write(): Promise<void> {
    const { output } = this.plan;
    const waiting = this.#waiting;
    this.#waiting = new HeldRows(output);
    if (this.#writer === undefined) {
      this.#writer = await openWriter(output, output.many, this.#described(), waiting.portions());
      await this.#sink.write(this.#writer.begin());
    }
    for (const rows of waiting.portions()) await this.#sink.write(await this.#writer.rows(rows));
  }

  /** A page says at its end of how many keys there is nothing. */
  #described(): RowOrigin {
    const { facts } = this.origin;
    return facts === undefined ? this.origin : { ...this.origin, facts: () => ({ ...facts(), undelivered: () => this.#undelivered }) };
  }
}
