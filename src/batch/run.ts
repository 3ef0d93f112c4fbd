// A batch: keys in, rows out in input order, every key accounted for. What stops it leaves whole rows and, with --out, a journal.

import { visible } from '../console/escape.ts';
import { errorSentence, reportError } from '../console/report.ts';
import { checkStdin } from '../console/stdin.ts';
import { stdoutIsClosed } from '../console/stdout.ts';
import { DeadlineError, LoanqError, PartialError, SignalError, TemporaryError, UsageError, WriteError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Context } from '../lookup/context.ts';
import { warnDrift } from '../lookup/drift.ts';
import type { Fetcher, Outcome } from '../lookup/fetcher.ts';
import type { Connection } from '../lookup/session.ts';
import type { Presentation } from '../output/presentation.ts';
import { measuredRows } from '../output/writer.ts';
import type { Invocation } from '../plan/options.ts';
import { type CheckedKey, feedKeys, type PackRules, packKeys } from './keys/feed.ts';
import { type BatchKeys, type ManyKeys, openKeys, packRules } from './keys/source.ts';
import { workersWithinLimit } from './open-files.ts';
import { type Progress, startProgress } from './progress.ts';
import { type BatchReport, openBatchReport } from './report.ts';
import { type BatchOutput, openBatchOutput } from './rows/output.ts';
import { summarySentence, Tally } from './tally.ts';
import { inOrder } from './window.ts';

/** Runs a batch to its end, or throws what stopped it after everything delivered has been flushed. */
export async function runBatch(
  context: Context,
  presentation: Presentation,
  connection: Connection,
  fetcher: Fetcher,
  source: ManyKeys,
  invocation: Invocation,
): Promise<ExitName> {
  await refuseClosedStreams(context, source);
  const keys = await openKeys(context, source, presentation);
  const report = await openBatchReport(context, presentation.endpoint, keys);
  const bound = connection.deadline.bind(context.runtime.signal);
  try {
    const output = await openBatchOutput(context, presentation, connection, keys, invocation, bound.signal);
    return await new Batch(context, presentation, connection, fetcher, keys, report, output).run(bound.signal);
  } catch (error) {
    await report.abandon();
    throw error;
  } finally {
    bound.release();
  }
}

async function refuseClosedStreams({ runtime, options }: Context, source: ManyKeys): Promise<void> {
  if (options.output.out === undefined && (await stdoutIsClosed(runtime.platform))) throw new WriteError('standard output is closed');
  if (source.kind !== 'stream' || source.from !== '-') return;
  if (runtime.stdin.isTTY) {
    throw new UsageError('keys come from standard input, but it is a terminal', { hint: 'pipe the keys in, or give --ids-from <file>' });
  }
  await checkStdin(runtime.platform);
}

/** What became of a key, and how it was given. */
interface Told {
  readonly outcome: Outcome;
  readonly given: readonly string[];
}

const shownErrors = 20;

/** Keys that may be begun but not yet written: 16 a worker, and where keys share calls, two calls a worker. */
function aheadOf(width: number, packs: PackRules | undefined): number {
  return width * Math.max(16, 2 * (packs?.size ?? 1));
}

class Batch {
  readonly #tally: Tally;
  readonly #startedMs: number;
  #progress: Progress | undefined;

  constructor(
    readonly context: Context,
    readonly presentation: Presentation,
    readonly connection: Connection,
    readonly fetcher: Fetcher,
    readonly keys: BatchKeys,
    readonly report: BatchReport,
    readonly output: BatchOutput,
  ) {
    this.#tally = new Tally(output.alreadyDelivered);
    this.#startedMs = context.runtime.monotonicMs();
  }

  /** The signal ends the run: a signal of the system, or the deadline. */
  async run(signal: AbortSignal): Promise<ExitName> {
    let stopped: unknown;
    try {
      await this.#work(signal);
    } catch (error) {
      stopped = this.#causeOf(error);
    }
    this.keys.close();
    this.#progress?.stop();
    return this.#end(stopped);
  }

  /** After a signal, whatever else broke is its echo; a deadline is the run's, not that of the key it happened to meet. */
  #causeOf(error: unknown): unknown {
    const { signal } = this.context.runtime;
    if (signal.aborted && signal.reason instanceof SignalError) return signal.reason;
    return error instanceof DeadlineError ? new DeadlineError(error.message) : error;
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { endpoint } = this.presentation;
    const { shard, unique, expect } = this.context.options.batch;
    const packs = packRules(this.presentation, this.connection);
    const total = await this.keys.survey(signal);
    const prospect = { total, packs, rate: this.connection.rate, rowsOnScreen: this.#showsRows(total) };
    this.#progress = await startProgress(this.context, this.#tally, prospect);
    const fed = feedKeys(this.keys.read(), { endpoint, shard, unique, expect, total, isDone: this.output.isDone });
    const width = await this.#width();
    const window = { width, ahead: aheadOf(width, packs), size: (pack: readonly CheckedKey[]) => pack.length, signal };
    for await (const ready of inOrder(packKeys(fed, endpoint, packs), window, (pack, end) => this.#ask(pack, end))) {
      for (const told of ready.flat()) await this.#take(told);
      await this.output.claim();
      this.#progress.update();
    }
  }

  /** Whether rows go to a terminal as they come; a small table and sorted rows come at the end. */
  #showsRows(total: number | undefined): boolean {
    const { onTerminal, order } = this.presentation;
    if (!onTerminal || this.context.options.output.out !== undefined || order !== undefined) return false;
    return this.presentation.format(false) !== 'table' || total === undefined || total > measuredRows;
  }

  async #width(): Promise<number> {
    const wanted = this.connection.concurrency;
    const width = await workersWithinLimit(wanted, this.context.runtime.platform);
    if (width < wanted) this.context.messages.warn(`the limit of open files (ulimit -n) leaves room for ${width} requests at a time`);
    return width;
  }

  async #ask(pack: readonly CheckedKey[], signal: AbortSignal): Promise<Told[]> {
    const good = pack.filter(fed => fed.error === undefined);
    const answers =
      good.length === 0
        ? []
        : await this.fetcher.ask(
            good.map(fed => fed.key),
            signal,
          );
    const byOrdinal = new Map(answers.map(outcome => [outcome.key.ordinal, outcome]));
    return pack.map(({ key, given, error }) => {
      if (error !== undefined) return { outcome: { kind: 'failed', key, error: this.#refused(error) }, given };
      const outcome = byOrdinal.get(key.ordinal);
      if (outcome === undefined) throw new LoanqError('internal', 'a key got no outcome');
      return { outcome, given: Object.values(key.values) };
    });
  }

  /** A key that was never asked for fails as a key of this call, like any other. */
  #refused(error: LoanqError): LoanqError {
    const { provider, endpoint } = this.presentation;
    return error.with({ provider: provider.name, endpoint: endpoint.name, attempts: 0 });
  }

  async #take({ outcome, given }: Told): Promise<void> {
    const tally = this.#tally;
    if (outcome.kind === 'delivered') {
      tally.deliver(await this.output.deliver(outcome));
      return;
    }
    if (outcome.kind === 'missing') tally.miss();
    else tally.fail(outcome.error.code);
    this.output.fail(outcome);
    await this.report.add(given, outcome.error);
    this.#tell(outcome.error);
    if (tally.isHopeless) throw new TemporaryError('20 keys in a row failed temporarily: the run was stopped');
  }

  #tell(error: LoanqError): void {
    const { missing, failed } = this.#tally.totals;
    if (this.report.listsErrors || missing + failed > shownErrors + 1) return;
    this.#progress?.makeRoom();
    if (missing + failed <= shownErrors) this.context.messages.error(errorSentence(error));
    else this.context.messages.error('more keys failed; --errors <file> lists them all');
  }

  /** Makes the output final, or gives it up, and accounts for the run. */
  async #end(stopped: unknown): Promise<ExitName> {
    let failure = stopped;
    const ending = this.#tally.ending(this.context.options.batch.failEmpty && !this.output.hasRows);
    if (failure === undefined) failure = await failureOf(() => this.output.finish(ending));
    if (failure !== undefined) await this.output.stop();
    const figures = { tally: this.#tally, stats: this.fetcher.parts.retrier.stats, seconds: this.#seconds };
    const code = failure === undefined ? ending : failure instanceof LoanqError ? failure.code : 'internal';
    const unreported = await failureOf(() => this.report.finish(code, failure !== undefined, figures));
    return this.#account(failure ?? unreported, ending);
  }

  /** The last line counts the keys; with --error-format json it is an object, also where the keys alone tell the exit code. */
  #account(failure: unknown, ending: ExitName): ExitName {
    const { messages, options } = this.context;
    if (failure instanceof SignalError && failure.code === 'broken-pipe') throw failure;
    warnDrift(this.context, this.presentation, this.fetcher.drift);
    const { requests, retries } = this.fetcher.parts.retrier.stats;
    const sentence = summarySentence(this.#tally.totals, this.#seconds, requests, retries);
    if (failure === undefined && ending === 'ok') {
      messages.note(sentence);
      return ending;
    }
    const asJson = options.talk.errorFormat === 'json';
    if (failure instanceof LoanqError && !asJson) messages.write(reportError(this.#worded(failure), 'text', visible).text);
    messages.write(`${sentence}\n`);
    if (failure === undefined && asJson) throw ending === 'partial' ? new PartialError(sentence) : new LoanqError(ending, sentence);
    if (failure === undefined) return ending;
    if (failure instanceof LoanqError && !asJson) return failure.code;
    throw failure instanceof LoanqError ? this.#worded(failure) : failure;
  }

  /** A failure with the call it ended, and with what there is to do about it. */
  #worded(failure: LoanqError): LoanqError {
    const { kept, isDone } = this.output;
    const { provider, endpoint } = this.presentation;
    const hint = isDone === undefined ? `the rows so far are in ${kept}` : 'the same call with --resume goes on from here';
    return failure.with({
      ...(!(failure instanceof SignalError) && { provider: provider.name, endpoint: endpoint.name }),
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
