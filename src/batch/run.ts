// A batch: keys in, rows out in input order, every key accounted for. What stops it leaves whole rows and, with --out, a journal.

import { errorSentence } from '../console/report.ts';
import { checkStdin } from '../console/stdin.ts';
import { stdoutIsClosed } from '../console/stdout.ts';
import { DeadlineError, LoanqError, SignalError, TemporaryError, WriteError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { JsonObject } from '../core/json.ts';
import { say } from '../core/say.ts';
import type { Lock } from '../files/lock.ts';
import { refuseTrail } from '../lookup/audit.ts';
import type { Context } from '../lookup/context.ts';
import type { KeyFetcher, Outcome } from '../lookup/outcome.ts';
import { maskRecord } from '../output/mask.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { readBack } from '../output/read-back.ts';
import { cellOf, measuredRows, rowsOf } from '../output/rows.ts';
import { Sums } from '../output/sums.ts';
import type { BatchPlan } from '../plan/batch.ts';
import type { ManyKeys } from '../plan/keys.ts';
import type { PackRules } from '../plan/packs.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { Accounts } from './accounts.ts';
import { type Against, openAgainst } from './against.ts';
import { type CheckedKey, feedKeys, packKeys } from './keys/feed.ts';
import { type BatchKeys, firstKey, openKeys } from './keys/source.ts';
import { workersWithinLimit } from './open-files.ts';
import { Patience } from './patience.ts';
import { type Progress, startProgress } from './progress.ts';
import { type BatchReport, type FailedKey, openBatchReport, summarizeFailedStart } from './report.ts';
import type { BatchOutput, DeliveredKey } from './rows/batch-output.ts';
import { type Claim, claimOutput, openBatchOutput } from './rows/output.ts';
import { refuseSharedFiles } from './shared-files.ts';
import { Tally } from './tally.ts';
import { inOrder } from './window.ts';

/** Runs a batch to its end, or throws what stopped it after everything delivered has been flushed. */
export async function runBatch(context: Context, plan: RunPlan, batch: BatchPlan, fetcher: KeyFetcher): Promise<ExitName> {
  const bound = fetcher.session.deadline.bind(context.runtime.signal);
  let claim: Claim | undefined;
  let against: Against | undefined;
  const { audit } = fetcher.session;
  const { out, errors, summary } = batch.files;
  try {
    // Not even the summary of a run that is refused takes that place.
    await refuseTrail(audit, { '--summary': summary });
    const open = await failingLoudly(context, batch, async () => {
      await refuseClosedStreams(context, plan, batch.keys);
      await refuseTrail(audit, { '--out': out, '--errors': errors });
      if (plan.output.lacksFields) throw await fieldsWanted(context, plan, batch, fetcher);
      const replacesKeys = await refuseSharedFiles(batch.files);
      // Before anything else is opened: a run that is refused touches nothing of the one that holds the output.
      claim = await claimOutput(context, plan);
      if (batch.against !== undefined) against = await openAgainst(context, plan, batch.against);
      return { ...(await openAll(context, plan, batch, { claim, replacesKeys }, bound.signal)), against };
    });
    // Another run that has taken over the output ends this one at its next beat.
    const signal = claim === undefined ? bound.signal : AbortSignal.any([bound.signal, claim.lock.lost]);
    return await new Batch(context, plan, batch, fetcher, open).run(signal);
  } finally {
    await against?.close();
    bound.release();
    await claim?.lock.release();
  }
}

/** Asks for one key, to name the fields that a head of columns could have. */
async function fieldsWanted(context: Context, plan: RunPlan, batch: BatchPlan, fetcher: KeyFetcher): Promise<LoanqError> {
  const key = await firstKey(await openKeys(context, plan.endpoint, batch), plan);
  const [outcome] = key === undefined ? [] : await fetcher.fetch([key]);
  const { wantsFields } = await import('../lookup/offered-fields.ts');
  return wantsFields(plan, outcome?.kind === 'delivered' ? outcome.records : [], key?.values ?? {}, context.secrets);
}

/** What ends a run before its first key is in its summary, too. */
async function failingLoudly<T>(context: Context, { files }: BatchPlan, begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    if (error instanceof LoanqError) await summarizeFailedStart(context, files, error);
    throw error;
  }
}

async function openAll(
  context: Context,
  plan: RunPlan,
  batch: BatchPlan,
  { claim, replacesKeys }: { readonly claim: Claim | undefined; readonly replacesKeys: boolean },
  signal: AbortSignal,
): Promise<Omit<Open, 'against'>> {
  const keys = await openKeys(context, plan.endpoint, batch);
  const report = await openBatchReport(context, plan, batch, { replacesKeys, lock: claim?.lock, signal });
  try {
    const output = await openBatchOutput(context, plan, batch, keys, claim, signal);
    return { keys, report, output, sums: await sumEarlier(plan.output, output), lock: claim?.lock };
  } catch (error) {
    await report.abandon();
    throw error;
  }
}

/** The totals of a resumed run begin with the rows that are there. */
async function sumEarlier(plan: OutputPlan, output: BatchOutput): Promise<Sums> {
  const sums = new Sums(plan.sums);
  if (plan.sums.length === 0 || output.alreadyDelivered === 0) return sums;
  for await (const piece of output.earlierRows()) for (const row of readBack(plan, piece)) sums.add(row);
  return sums;
}

async function refuseClosedStreams({ runtime }: Context, { output }: RunPlan, keys: ManyKeys): Promise<void> {
  if (output.destination.kind === 'stdout' && (await stdoutIsClosed(runtime.platform)))
    throw new WriteError(say`standard output is closed`);
  if (keys.kind === 'stream' && keys.from === '-') await checkStdin(runtime.platform);
}

/** What became of a key, and how it was given. */
interface KeyResult {
  readonly outcome: Outcome;
  readonly given: readonly string[];
  /** A key that was refused before anything was sent says nothing about the provider. */
  readonly wasAsked: boolean;
}

/** What is open while a batch runs. */
interface Open {
  readonly keys: BatchKeys;
  readonly report: BatchReport;
  readonly output: BatchOutput;
  readonly sums: Sums;
  readonly against: Against | undefined;
  /** Of the output file. */
  readonly lock: Lock | undefined;
}

const shownErrors = 20;

/** Keys that may be begun but not yet written: 16 a worker, and where keys share calls, two calls a worker. */
function aheadOf(width: number, packs: PackRules | undefined): number {
  return width * Math.max(16, 2 * (packs?.size ?? 1));
}

class Batch {
  readonly #tally: Tally;
  readonly #accounts: Accounts;
  readonly #patience: Patience;
  #progress: Progress | undefined;

  constructor(
    readonly context: Context,
    readonly plan: RunPlan,
    readonly batch: BatchPlan,
    readonly fetcher: KeyFetcher,
    readonly open: Open,
  ) {
    this.#tally = new Tally(open.output.alreadyDelivered, open.sums);
    this.#accounts = new Accounts(context, plan, fetcher, this.#tally, open);
    this.#patience = new Patience(open.output.gaveUpAt);
  }

  /** The signal ends the run: a signal of the system, or the deadline. */
  async run(signal: AbortSignal): Promise<ExitName> {
    let stopped: unknown;
    try {
      await this.#work(signal);
    } catch (error) {
      stopped = this.#causeOf(error);
    }
    this.open.keys.close();
    this.#progress?.stop();
    return this.#accounts.close(stopped);
  }

  /** After a signal report the signal, not what it broke; a deadline is the run's, not that of the key it happened to meet. */
  #causeOf(error: unknown): unknown {
    const { signal } = this.context.runtime;
    if (signal.aborted && signal.reason instanceof SignalError) return signal.reason;
    return error instanceof DeadlineError ? new DeadlineError(error.message) : error;
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { keys, output } = this.open;
    const { endpoint } = this.plan;
    const { shard, unique, expect, packs } = this.batch;
    const total = await keys.survey(signal);
    this.#progress = await startProgress(this.context, this.plan, this.batch, this.#tally, {
      total,
      rowsOnScreen: this.#showsRows(total),
      pause: () => this.fetcher.session.pause(),
    });
    const checked = feedKeys(keys.read(), { endpoint, shard, unique, expect, isDone: output.isDone });
    const width = await this.#width();
    const window = { width, ahead: aheadOf(width, packs), size: (pack: readonly CheckedKey[]) => pack.length, signal };
    for await (const ready of inOrder(packKeys(checked, endpoint, packs), window, (...work) => this.#fetch(...work))) {
      for (const results of ready) await this.#takeAll(results);
      await output.checkpoint();
      this.#progress.update();
    }
  }

  /** Whether rows go to a terminal as they come; a small table and sorted rows come at the end. */
  #showsRows(total: number | undefined): boolean {
    const { rowsOnScreen } = this.batch;
    return rowsOnScreen === 'always' || (rowsOnScreen === 'many' && (total === undefined || total > measuredRows));
  }

  async #width(): Promise<number> {
    const wanted = this.plan.limits.concurrency;
    const width = await workersWithinLimit(wanted, this.context.runtime.platform);
    if (width < wanted) this.context.messages.warn(say`the limit of open files (ulimit -n) leaves room for ${width} requests at a time`);
    return width;
  }

  async #fetch(pack: readonly CheckedKey[], signal: AbortSignal, free: () => void): Promise<KeyResult[]> {
    const good = pack.filter(({ error }) => error === undefined).map(({ key }) => key);
    const outcomes = good.length === 0 ? [] : await this.fetcher.fetch(good, signal, free);
    const byOrdinal = new Map(outcomes.map(outcome => [outcome.key.ordinal, outcome]));
    return pack.map(({ key, given, error }) => {
      if (error !== undefined) return { outcome: { kind: 'failed', key, error: this.#refused(error) }, given, wasAsked: false };
      const outcome = byOrdinal.get(key.ordinal);
      if (outcome === undefined) throw new LoanqError('internal', say`a key got no outcome`);
      return { outcome, given: Object.values(key.values), wasAsked: true };
    });
  }

  /** A key that was never asked for fails as a key of this call, like any other. */
  #refused(error: LoanqError): LoanqError {
    const { provider, endpoint } = this.plan;
    return error.with({ provider: provider.name, endpoint: endpoint.name, attempts: 0 });
  }

  /** Takes what came of one call. */
  async #takeAll(results: readonly KeyResult[]): Promise<void> {
    for (const result of results) await this.#take(result);
    const asked = results.filter(({ wasAsked }) => wasAsked).map(({ outcome }) => outcome);
    const row = this.#patience.count(asked);
    if (row === undefined) return;
    await this.open.output.giveUpAt(row);
    throw new TemporaryError(say`20 calls in a row failed temporarily: the run was stopped`);
  }

  async #take({ outcome, given }: KeyResult): Promise<void> {
    const { output } = this.open;
    const tally = this.#tally;
    if (outcome.kind === 'delivered') {
      tally.deliver(await output.deliver(outcome));
      if (outcome.followed !== undefined) tally.followed.add(outcome.followed);
      if (this.plan.output.sums.length > 0) this.#sum(outcome);
      if (outcome.part !== undefined) tally.firstPagesOnly += 1;
      for (const { record, error } of outcome.held ?? [])
        await this.#account({ given, line: outcome.key.line, record: this.#masked(record) }, error);
      if (outcome.unanswered !== undefined && outcome.unanswered.length > 0) {
        tally.incomplete += 1;
        for (const error of outcome.unanswered) await this.#account({ given, line: outcome.key.line }, error);
      }
      return;
    }
    if (outcome.kind === 'missing') tally.miss();
    else tally.fail(outcome.error.code);
    output.fail(outcome);
    const record = outcome.kind === 'failed' && outcome.record !== undefined ? this.#masked(outcome.record) : undefined;
    await this.#account({ given, line: outcome.key.line, record }, outcome.error);
  }

  async #account(key: FailedKey, error: LoanqError): Promise<void> {
    if (key.record !== undefined) this.#tally.quarantined += 1;
    await this.open.report.add(key, error);
    this.#tell(error);
  }

  /** A record that is kept back is no plainer than one that is delivered. */
  #masked(record: JsonObject): JsonObject {
    return this.plan.output.many.masked ? maskRecord(record, this.plan.endpoint.fields) : record;
  }

  #sum({ key, records }: DeliveredKey): void {
    const { sums } = this.#tally;
    if (sums.columns.length === 0) return;
    for (const record of records) {
      for (const row of rowsOf(record, key.values, this.plan.output.explode)) sums.add(column => cellOf(row, column));
    }
  }

  #tell(error: LoanqError): void {
    const { missing, failed } = this.#tally.totals;
    const told = missing + failed + this.#tally.incomplete;
    if (this.open.report.listsErrors || told > shownErrors + 1) return;
    this.#progress?.makeRoom();
    if (told <= shownErrors) this.context.messages.error(errorSentence(error));
    else this.context.messages.error(say`more keys failed; --errors <file> lists them all`);
  }
}
