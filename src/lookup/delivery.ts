// Delivers the rows of one lookup: nothing before all of it is there, or page by page where the output allows it.
import { createStepFilter } from '../auth/secret.ts';
import { NotFoundError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { JsonObject } from '../core/json.ts';
import type { KeyValues } from '../core/keys.ts';
import { say, type Words } from '../core/say.ts';
import type { ListPart } from '../http/pages.ts';
import { type Output, openOutput, type Writing } from '../output/destination.ts';
import { FieldNotes } from '../output/field-notes.ts';
import { HeldRows } from '../output/held-rows.ts';
import { cellOf, measuredRows, type Row } from '../output/rows.ts';
import { Sums } from '../output/sums.ts';
import { needsRows, openWriter, type RunWriter } from '../output/writer.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { cleanRow } from './clean.ts';
import type { Context } from './context.ts';
import { resultFacts } from './result-facts.ts';
import { resultOrigin } from './result-origin.ts';

export interface Delivery {
  /** Keys that the rows carry. */
  readonly keys: KeyValues;
  /** One record may be shown as a list of its fields. */
  readonly byKey: boolean;
  /** Nothing is written before everything is there: a lookup that fails leaves 0 bytes on stdout. */
  readonly hold: boolean;
  /** What the provider has more of than the rows; asked once they are there. */
  readonly part?: () => ListPart | undefined;
  /** Ends the run, whatever it waits for. */
  readonly signal: AbortSignal;
  /** Called before rows are written; may throw. */
  readonly check?: () => void;
  /** Awaited before a file takes its name. */
  readonly settle?: (() => Promise<void>) | undefined;
}

/** Writes the rows of all pages. With --out, a missing record still leaves a whole, empty file. */
export async function deliver(
  context: Context,
  plan: RunPlan,
  pages: AsyncIterable<readonly JsonObject[]>,
  delivery: Delivery,
): Promise<ExitName> {
  if (plan.output.lacksFields) {
    const { wantsFields } = await import('./offered-fields.ts');
    throw wantsFields(plan, await firstOf(pages), delivery.keys, context.secrets);
  }
  const output = await openOutput(
    { ...context, settle: delivery.settle, paged: pagedIn(context) },
    plan.output.destination,
    delivery.signal,
  );
  const rows = new Rows(context, plan, output, delivery);
  try {
    const missing = await rows.takeAll(pages);
    await rows.end();
    await output.commit();
    for (const sentence of rows.totals()) context.messages.note(sentence);
    if (missing) throw missing;
    if (rows.count === 0 && plan.failEmpty) throw new NotFoundError(say`no rows`);
    if (rows.count === 0 && plan.output.terminal !== undefined) context.messages.note(say`no rows`);
    for (const sentence of rows.notes.sentences()) context.messages.note(sentence);
    return 'ok';
  } catch (error) {
    return output.failed(error);
  }
}

/** A pager is loaded only where there is a terminal that it may be wanted for. */
function pagedIn({ runtime, messages }: Context): Writing['paged'] {
  return async (pager, terminal) => {
    const { PagedSink } = await import('../console/pager.ts');
    return new PagedSink({ runtime, warn: sentence => messages.warn(sentence) }, pager, pager, terminal);
  };
}

async function firstOf<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  for await (const page of pages) return page;
  return [];
}

class Rows {
  count = 0;
  readonly notes = new FieldNotes();
  readonly sums: Sums;
  #waiting: HeldRows;
  #writer: RunWriter | undefined;

  constructor(
    readonly context: Context,
    readonly plan: RunPlan,
    readonly output: Output,
    readonly delivery: Delivery,
  ) {
    this.#waiting = new HeldRows(plan.output);
    this.sums = new Sums([...plan.output.sums, ...plan.output.totals]);
  }

  /** Returns the error of a missing record whose file is written all the same. */
  async takeAll(pages: AsyncIterable<readonly JsonObject[]>): Promise<NotFoundError | undefined> {
    // A record may be several rows.
    let left = this.plan.rowLimit ?? Number.POSITIVE_INFINITY;
    try {
      for await (const page of pages) {
        left -= this.#waiting.add(page, this.delivery.keys, left);
        this.count += page.length;
        if (this.#mayWrite && this.#waiting.count > this.#leastWaiting) await this.#flush(false);
        if (left === 0) break;
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof NotFoundError) || !this.output.isFile || !this.plan.replacesFile.has(error.code)) throw error;
      return error;
    }
  }

  async end(): Promise<void> {
    await this.#flush(this.delivery.byKey && this.#writer === undefined && this.#waiting.count === 1);
    await this.output.sink.write(this.#writer?.end() ?? '');
  }

  /** The only record of a lookup by key is shown in another form; columns of the data are told from many rows. */
  get #leastWaiting(): number {
    return this.#writer === undefined && needsRows(this.plan.output.many) ? measuredRows : 1;
  }

  /** Of a single row nobody needs a total that nobody asked for. */
  totals(): readonly Words[] {
    if (this.plan.output.sums.length === 0 && this.count < 2) return [];
    const isPart = this.delivery.part?.() !== undefined;
    return this.sums.sentences().map(sentence => (isPart ? say`${sentence}, of these rows only` : sentence));
  }

  get #mayWrite(): boolean {
    return (!this.delivery.hold || this.output.isFile) && this.plan.output.order === undefined;
  }

  async #flush(isOne: boolean): Promise<void> {
    const { output: plan, provider, endpoint } = this.plan;
    const { sink } = this.output;
    this.delivery.check?.();
    const waiting = this.#waiting;
    this.#waiting = new HeldRows(plan);
    if (this.#writer === undefined) {
      const clean = createStepFilter(this.context.secrets);
      const origin = {
        provider,
        endpoint,
        maskSecrets: (row: Row) => cleanRow(row, clean),
        notes: this.notes,
        described: () => resultOrigin(this.context, this.plan),
        facts: () => ({ ...resultFacts(this.context, this.plan), ...(this.delivery.part && { part: this.delivery.part }) }),
        signal: this.delivery.signal,
      };
      this.#writer = await openWriter(plan, isOne ? plan.one : plan.many, origin, waiting.portions());
      await sink.write(this.#writer.begin());
    }
    for (const rows of waiting.portions()) {
      for (const row of rows) this.sums.add(column => cellOf(row, column));
      await sink.write(await this.#writer.rows(rows));
    }
  }
}
