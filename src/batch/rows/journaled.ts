// Rows of a batch in a file whose journal says which keys are done.
import { type ByteFilter, createByteFilter, filterWhole } from '../../auth/secret.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Words } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import type { Outcome } from '../../lookup/outcome.ts';
import type { FieldNotes } from '../../output/field-notes.ts';
import { HeldRows } from '../../output/held-rows.ts';
import type { RunText } from '../../output/writer.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import type { JournaledFile } from '../journal/file.ts';
import type { KeyRange } from '../journal/section.ts';
import type { BatchOutput, DeliveredKey } from './batch-output.ts';

export class JournaledOutput implements BatchOutput {
  readonly #filter: ByteFilter;
  readonly #goesOn: boolean;

  constructor(
    context: Context,
    readonly plan: RunPlan,
    readonly text: RunText,
    readonly file: JournaledFile,
    readonly said: FieldNotes,
    readonly signal: AbortSignal,
  ) {
    this.#filter = createByteFilter(context.secrets);
    this.#goesOn = file.hasRows;
  }

  get alreadyDelivered(): number {
    return this.file.delivered;
  }

  get hasRows(): boolean {
    return this.file.hasRows;
  }

  get gaveUpAt(): readonly KeyRange[] {
    return this.file.journal.stops;
  }

  get kept(): string {
    return this.file.target.partial;
  }

  readonly isDone = (ordinal: number): Promise<boolean> => this.file.isDelivered(ordinal);

  earlierRows(): AsyncIterable<string> {
    return this.file.rows();
  }

  async deliver({ key, records }: DeliveredKey): Promise<number> {
    const rows = new HeldRows(this.plan.output);
    const count = rows.add(records, key.values);
    await this.file.add(key.ordinal, this.#texts(rows));
    return count;
  }

  async *#texts(rows: HeldRows): AsyncGenerator<Uint8Array> {
    for (const portion of rows.portions()) yield filterWhole(this.#filter, Buffer.from(await this.text.rows(portion)), this.signal);
  }

  fail({ key, error }: Exclude<Outcome, { kind: 'delivered' }>): void {
    this.file.addFailed(key.ordinal, error.code);
  }

  checkpoint(): Promise<void> {
    return this.file.claim();
  }

  giveUpAt(row: KeyRange): Promise<void> {
    return this.file.noteStop(row);
  }

  async seal(ending: ExitName): Promise<void> {
    if (this.plan.replacesFile.has(ending)) await this.file.seal();
  }

  publish(ending: ExitName): Promise<void> {
    return this.plan.replacesFile.has(ending) ? this.file.publish() : this.stop();
  }

  stop(): Promise<void> {
    return this.file.stop();
  }

  notes(): readonly Words[] {
    // Rows of an interrupted run are not looked through again: what none of these has, those may have.
    return this.#goesOn ? [] : this.said.sentences();
  }

  durable(): number {
    return this.file.delivered;
  }
}
