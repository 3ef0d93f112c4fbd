// The end of a batch: the output becomes final or is given up, the side files are written, and the last line counts the keys.
import { visible } from '../console/escape.ts';
import { lineAfter } from '../console/messages.ts';
import { reportError } from '../console/report.ts';
import { LoanqError, LockedError, PartialError, SignalError, WriteError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { say } from '../core/say.ts';
import type { Lock } from '../files/lock.ts';
import type { Context } from '../lookup/context.ts';
import { warnDrift } from '../lookup/drift.ts';
import type { KeyFetcher } from '../lookup/outcome.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { Against } from './against.ts';
import type { BatchReport } from './report.ts';
import type { BatchOutput } from './rows/batch-output.ts';
import { countedKeys, summarySentence, type Tally } from './tally.ts';

export class Accounts {
  readonly #startedMs: number;

  constructor(
    readonly context: Context,
    readonly plan: RunPlan,
    readonly fetcher: KeyFetcher,
    readonly tally: Tally,
    readonly open: {
      readonly report: BatchReport;
      readonly output: BatchOutput;
      readonly lock: Pick<Lock, 'confirm'> | undefined;
      readonly against?: Pick<Against, 'tell'> | undefined;
    },
  ) {
    this.#startedMs = context.runtime.monotonicMs();
  }

  /**
   * Accounts for the run, then makes its output final. The books are on the disk before the output takes its name: a kill in
   * between loses no error line. `stopped`: what ended the run before its end.
   */
  async close(stopped: unknown): Promise<ExitName> {
    const { output } = this.open;
    const ending = this.tally.ending(this.plan.failEmpty && !output.hasRows);
    const failure = stopped ?? (await failureOf(() => this.#finish(ending)));
    if (failure === undefined) {
      const { against } = this.open;
      if (against !== undefined && this.plan.replacesFile.has(ending)) await against.tell();
      return this.#tell(undefined, ending);
    }
    await output.stop();
    return this.#tell(await this.#accountFor(failure), ending);
  }

  /** Where the lock is lost, the books are those of the run that has it now, and what could not be written was lost with it. */
  async #accountFor(failure: unknown): Promise<unknown> {
    const { lock, report } = this.open;
    const loss = await failureOf(async () => lock?.confirm());
    if (loss instanceof LockedError) {
      await report.abandon();
      return failure instanceof WriteError ? loss : failure;
    }
    // What ended the run is told, whatever else fails now.
    await failureOf(() => this.#report(failure instanceof LoanqError ? failure.code : 'internal', true));
    return failure;
  }

  async #finish(ending: ExitName): Promise<void> {
    const { lock, output, report } = this.open;
    await lock?.confirm();
    await output.seal(ending);
    await lock?.confirm();
    await this.fetcher.session.audit?.sync();
    await this.#report(ending, false);
    await output.publish(ending);
    await report.replaceKeys();
  }

  #report(code: ExitName, isStopped: boolean): Promise<void> {
    const { output, report } = this.open;
    const { totals, earlier, rows, firstPagesOnly, failures, quarantined } = this.tally;
    const delivered = code === 'write' ? output.durable(totals.delivered) : totals.delivered;
    const drift = { drift: {}, driftMore: 0, ...this.fetcher.drift.facts(), driftKinds: this.fetcher.drift.kinds() };
    const counts = { ...totals, delivered, earlier, rows, firstPagesOnly, failures: Object.fromEntries(failures), quarantined };
    const sums = this.plan.output.sums.length > 0 ? { sums: this.tally.sums.facts() } : {};
    const followed = this.plan.follow.length > 0 ? { followed: this.tally.followed.facts() } : {};
    const figures = { ...counts, ...drift, ...sums, ...followed, ...this.fetcher.stats };
    return report.finish(code, isStopped, { ...figures, seconds: Math.round(this.#seconds * 1000) / 1000 });
  }

  /** The last line counts the keys; with --error-format json it is an object, also where the keys alone tell the exit code. */
  #tell(failure: unknown, ending: ExitName): ExitName {
    const { messages } = this.context;
    if (failure instanceof SignalError && failure.code === 'broken-pipe') throw failure;
    warnDrift(this.context, this.plan, this.fetcher.drift);
    for (const sentence of this.open.output.notes()) messages.note(sentence);
    const { firstPagesOnly } = this.tally;
    if (firstPagesOnly > 0)
      messages.note(say`first page only for ${countedKeys(firstPagesOnly)} with more · all of one: --all with that key alone`);
    for (const sentence of this.tally.sums.sentences()) messages.note(sentence);
    for (const sentence of this.tally.followed.sentences()) messages.note(sentence);
    const { quarantined } = this.tally;
    if (quarantined > 0)
      messages.note(say`${quarantined === 1 ? say`1 row` : say`${quarantined} rows`} kept back, in ${this.plan.batch?.files.errors ?? ''}`);
    const { requests, retries } = this.fetcher.stats;
    const sentence = summarySentence(this.tally.totals, this.#seconds, requests, retries);
    if (failure === undefined && ending === 'ok') {
      messages.note(sentence);
      return ending;
    }
    const asJson = this.plan.talk.errorFormat === 'json';
    if (failure instanceof LoanqError && !asJson)
      messages.write((...look) => {
        const { text } = reportError(this.#worded(failure), 'text', visible, ...look);
        return `${lineAfter(failure, this.context.runtime.stderr)}${text}`;
      });
    messages.write(wording => `${wording.words(sentence)}\n`);
    const drift = this.fetcher.drift.facts();
    if (failure === undefined && asJson)
      throw ending === 'partial' ? new PartialError(sentence, drift) : new LoanqError(ending, sentence, drift);
    if (failure === undefined) return ending;
    if (failure instanceof LoanqError && !asJson) return failure.code;
    throw failure instanceof LoanqError ? this.#worded(failure) : failure;
  }

  /** A failure with the call it ended, and with what there is to do about it. */
  #worded(failure: LoanqError): LoanqError {
    const { kept, isDone } = this.open.output;
    const { provider, endpoint } = this.plan;
    const hint = isDone === undefined ? say`the rows so far are in ${kept ?? ''}` : say`the same call with --resume goes on from here`;
    return failure.with({
      ...(!(failure instanceof SignalError) && { provider: provider.name, endpoint: endpoint.name }),
      ...this.fetcher.drift.facts(),
      ...(kept !== undefined && { hint }),
    });
  }

  get #seconds(): number {
    return (this.context.runtime.monotonicMs() - this.#startedMs) / 1000;
  }
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}
