// Rows of a batch in a file whose journal says which keys are done.
import { type ByteFilter, createByteFilter, filterWhole } from '../../auth/secret.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Format } from '../../core/formats.ts';
import type { Lock } from '../../files/lock.ts';
import type { Context } from '../../lookup/context.ts';
import type { Outcome } from '../../lookup/fetcher.ts';
import type { Presentation } from '../../output/presentation.ts';
import type { Writer } from '../../output/writer.ts';
import type { JournaledFile } from '../journal/file.ts';
import { type BatchOutput, isFinal, rowsOf } from './output.ts';

export class JournalledOutput implements BatchOutput {
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

  get hasRows(): boolean {
    return this.file.hasRows;
  }

  get kept(): string {
    return this.file.target.partial;
  }

  readonly isDone = (ordinal: number): Promise<boolean> => this.file.isDelivered(ordinal);

  async deliver(outcome: Extract<Outcome, { kind: 'delivered' }>): Promise<number> {
    const rows = rowsOf(outcome, this.presentation);
    // The writer puts a comma before all rows but its first; where the rows end up decides that here.
    const text = this.format === 'json' ? this.writer.rows(rows).replace(/^,/, '') : this.writer.rows(rows);
    const bytes = filterWhole(this.#filter, Buffer.from(text));
    await this.file.add(outcome.key.ordinal, bytes.length === 0 ? [] : [bytes]);
    return rows.length;
  }

  fail(outcome: Exclude<Outcome, { kind: 'delivered' }>): void {
    this.file.addFailed(outcome.key.ordinal, outcome.error.code);
  }

  claim(): Promise<void> {
    return this.file.claim();
  }

  async finish(ending: ExitName): Promise<void> {
    if (!isFinal(ending)) return this.stop();
    await this.file.commit();
    await this.lock.release();
  }

  async stop(): Promise<void> {
    await this.file.stop();
    await this.lock.release();
  }
}
