// What a batch leaves besides its rows: one JSON line per key not delivered, and the run in figures.
import { unlink } from 'node:fs/promises';
import { createByteFilter, createMessageFilter } from '../auth/secret.ts';
import type { Endpoint } from '../core/endpoint.ts';
import type { LoanqError } from '../core/errors.ts';
import { type ExitName, exitCodes } from '../core/exit-codes.ts';
import { type Json, type JsonObject, writeJson } from '../core/json.ts';
import { shownTuple } from '../core/shown-keys.ts';
import type { Lock } from '../files/lock.ts';
import type { Sink } from '../files/sink.ts';
import type { Context } from '../lookup/context.ts';
import type { FollowCount } from '../lookup/follow/counts.ts';
import { filtered } from '../output/destination.ts';
import type { Total } from '../output/sums.ts';
import type { BatchPlan } from '../plan/batch.ts';
import type { BatchFiles } from '../plan/files.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { refuseSharedFiles } from './shared-files.ts';
import { openSideFile, type SideFile } from './side-file.ts';

/** The run in figures. */
export interface Figures {
  readonly keys: number;
  readonly delivered: number;
  readonly missing: number;
  readonly failed: number;
  /** Keys that an interrupted run has delivered. */
  readonly earlier: number;
  readonly rows: number;
  /** Delivered keys whose list goes on behind its first page. */
  readonly firstPagesOnly: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Records that were kept back by --on-drift quarantine: they are in --errors. */
  readonly quarantined: number;
  /** How often each field differed from the documented shape, how many more did, and in which way. */
  readonly drift: Readonly<Record<string, number>>;
  readonly driftMore: number;
  readonly driftKinds: Record<string, string[]>;
  /** Exact totals of the fields asked for with --sum; of the whole output, also where the run was resumed. */
  readonly sums?: Total[];
  /** Of each followed field: rows whose thing was found, rows whose thing is not there, rows that name none; of this run. */
  readonly followed?: Record<string, FollowCount>;
  readonly requests: number;
  readonly logins: number;
  readonly retries: number;
  readonly seconds: number;
}

const nothing: Figures = {
  keys: 0,
  delivered: 0,
  missing: 0,
  failed: 0,
  earlier: 0,
  rows: 0,
  firstPagesOnly: 0,
  failures: {},
  quarantined: 0,
  drift: {},
  driftMore: 0,
  driftKinds: {},
  requests: 0,
  logins: 0,
  retries: 0,
  seconds: 0,
};

/** A key as it was given, and where. */
export interface FailedKey {
  readonly given: readonly string[];
  readonly line?: number | undefined;
  /** What was answered, where that is kept back. */
  readonly record?: JsonObject | undefined;
}

export interface BatchReport {
  /** Whether --errors lists what fails, so that stderr need not. */
  readonly listsErrors: boolean;
  add(key: FailedKey, error: LoanqError): Promise<void>;
  /** Makes both files durable; called again, only the summary is written anew. Throws WriteError, after having written what it can. */
  finish(ending: ExitName, wasStopped: boolean, figures: Figures): Promise<void>;
  /** The output has its name: the list of what failed takes the place of the key file, if --errors names it. */
  replaceKeys(): Promise<void>;
  /** Gives both up: the run did not begin. Never throws. */
  abandon(): Promise<void>;
}

export interface ReportRules {
  /** The keys are read from the file that --errors names: it must not lose those that a stopped run did not reach. */
  readonly replacesKeys: boolean;
  /** Of the output: a run that has lost it leaves the books to the one that has it now. */
  readonly lock: Lock | undefined;
  /** Ends a wait for the reader of a pipe. */
  readonly signal: AbortSignal;
}

/**
 * Opens `--errors` and `--summary`; the files appear when the run ends, and yesterday's summary is gone from now on. Throws before
 * anything is sent when they cannot be written.
 */
export async function openBatchReport(
  context: Context,
  { provider, endpoint }: RunPlan,
  batch: BatchPlan,
  rules: ReportRules,
): Promise<BatchReport> {
  const { errors, summary } = batch.files;
  const opened: Sink[] = [];
  try {
    const list = errors === undefined ? undefined : await open(context, errors, rules);
    if (list) opened.push(list.sink);
    const figures = summary === undefined ? undefined : await open(context, summary, rules);
    if (figures) opened.push(figures.sink);
    await rules.lock?.confirm();
    if (figures?.target !== undefined) await unlink(figures.target.path).catch(() => undefined);
    const call = `${provider.name} ${endpoint.name}`;
    return new SideFiles(context, list?.sink, figures?.sink, summary, { call, endpoint, ...rules });
  } catch (error) {
    for (const sink of opened) await sink.abandon();
    throw error;
  }
}

/** The list goes back in as a key file, whose lines may not be longer: a record that is too large for it is left out. */
const longestLine = 20_000;

/** No key is as long: what is cut there is still none. */
const longestKey = 300;

class SideFiles implements BatchReport {
  #isListed = false;
  #isSummed = false;

  constructor(
    readonly context: Context,
    readonly list: Sink | undefined,
    readonly figures: Sink | undefined,
    readonly summary: string | undefined,
    readonly rules: ReportRules & { readonly call: string; readonly endpoint: Endpoint },
  ) {}

  get listsErrors(): boolean {
    return this.list !== undefined;
  }

  async add({ given, line: number, record }: FailedKey, error: LoanqError): Promise<void> {
    const parameters = Object.keys(this.rules.endpoint.keys ?? {});
    // One more than there can be is as wrong as many more.
    const keys = shownTuple(this.rules.endpoint, given)
      .slice(0, parameters.length + 1)
      .map(cutKey);
    // What is masked or cut cannot be read back: its line leads to it.
    const isOther = number !== undefined && (keys.length < given.length || keys.some((key, at) => key !== given[at]));
    const { status, providerCode, attempts, provider, profile } = error.facts;
    const clean = createMessageFilter(this.context.secrets);
    const line = {
      key: parameters.length === 1 ? (keys[0] ?? '') : keys,
      ...(isOther && { line: number }),
      code: error.code,
      exit: error.exit,
      ...(profile !== undefined && provider !== undefined && { provider, profile }),
      ...(status !== undefined && { status }),
      ...(providerCode !== undefined && { providerCode: clean(providerCode) }),
      message: clean(error.message),
      ...(attempts !== undefined && { attempts }),
    };
    const whole = record === undefined ? '' : writeJson({ ...line, record });
    await this.list?.write(`${whole === '' || whole.length > longestLine ? writeJson(line) : whole}\n`);
  }

  async finish(ending: ExitName, wasStopped: boolean, figures: Figures): Promise<void> {
    const written = await Promise.allSettled([this.#finishList(wasStopped), this.#finishSummary(ending, figures)]);
    const failure = written.find(result => result.status === 'rejected');
    if (failure) throw failure.reason;
  }

  async replaceKeys(): Promise<void> {
    if (this.rules.replacesKeys) await this.list?.commit();
  }

  async abandon(): Promise<void> {
    await this.list?.abandon();
    await this.figures?.abandon();
  }

  async #finishList(wasStopped: boolean): Promise<void> {
    if (this.#isListed || (this.rules.replacesKeys && !wasStopped)) return;
    this.#isListed = true;
    if (this.rules.replacesKeys) await this.list?.abandon();
    else await this.list?.commit();
  }

  async #finishSummary(ending: ExitName, figures: Figures): Promise<void> {
    if (this.summary === undefined) return;
    const sink = this.#isSummed ? (await open(this.context, this.summary, this.rules)).sink : this.figures;
    this.#isSummed = true;
    const ended = this.context.runtime.now().toISOString();
    await sink?.write(summaryText(ending, figures, { endpoint: this.rules.call, ended }));
    await sink?.commit();
  }
}

/** The sign at its end is that of no key, and no blank that would be trimmed away. */
function cutKey(key: string): string {
  return key.length > longestKey ? `${key.slice(0, longestKey)}…` : key;
}

function summaryText(ending: ExitName, figures: Figures, run: JsonObject = {}): string {
  const members: Json = { code: ending, exit: exitCodes[ending].exit, ...run, ...figures };
  return `${writeJson(members, 2)}\n`;
}

async function open(
  { runtime, secrets }: Context,
  path: string,
  { lock, signal }: Pick<ReportRules, 'lock' | 'signal'>,
): Promise<SideFile> {
  const { sink, target } = await openSideFile(path, { uid: runtime.uid, signal, ...(lock && { held: lock }) });
  return { sink: filtered(sink, createByteFilter(secrets)), target };
}

/**
 * The summary of a run that ended before it could begin, such as by a profile that cannot be used. Nothing is written where the
 * run was refused because another one holds its output, or where the summary names another file of the run. Never throws.
 */
export async function summarizeFailedStart(context: Context, files: BatchFiles, error: LoanqError): Promise<void> {
  if (files.summary === undefined || error.code === 'locked') return;
  try {
    await refuseSharedFiles(files);
    const { sink } = await open(context, files.summary, { lock: undefined, signal: context.runtime.signal });
    await sink.write(summaryText(error.code, nothing));
    await sink.commit();
  } catch {
    // What ended the run is told; the summary was only asked for beside it.
  }
}
