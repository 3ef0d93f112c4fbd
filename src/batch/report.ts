// What a batch leaves besides its rows: one JSON line per key not delivered, and the run in figures.
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createByteFilter } from '../auth/secret.ts';
import { type LoanqError, UsageError } from '../core/errors.ts';
import { type ExitName, exitCodes } from '../core/exit-codes.ts';
import { writeJson } from '../core/json.ts';
import { openFile } from '../files/atomic-file.ts';
import type { Sink } from '../files/sink.ts';
import { checkTarget } from '../files/target.ts';
import type { RetryStats } from '../http/retry.ts';
import type { Context } from '../lookup/context.ts';
import { filtered } from '../output/destination.ts';
import type { Destination } from '../output/output-plan.ts';
import type { BatchPlan } from '../plan/batch.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { BatchKeys } from './keys/source.ts';
import type { Tally } from './tally.ts';

/** The run in figures. */
export interface Figures {
  readonly tally: Tally;
  readonly stats: RetryStats;
  readonly seconds: number;
}

export interface BatchReport {
  /** Whether --errors lists what fails, so that stderr need not. */
  readonly listsErrors: boolean;
  add(keys: readonly string[], error: LoanqError): Promise<void>;
  /** Makes both files final, however the run ended. Throws WriteError, after having written what it can. */
  finish(ending: ExitName, wasStopped: boolean, figures: Figures): Promise<void>;
  /** Gives both up: the run did not begin. */
  abandon(): Promise<void>;
}

/**
 * Opens `--errors` and `--summary`; the files appear when the run ends. Throws before anything is sent when they cannot be
 * written, or when two files of the run are one.
 */
export async function openBatchReport(context: Context, plan: RunPlan, batch: BatchPlan, keys: BatchKeys): Promise<BatchReport> {
  const { errors, summary } = batch;
  const replacesKeys = await refuseSharedFiles(plan.output.destination, batch, keys);
  const opened: Sink[] = [];
  try {
    const list = errors === undefined ? undefined : await openSideFile(context, errors);
    if (list) opened.push(list);
    const figures = summary === undefined ? undefined : await openSideFile(context, summary);
    return new SideFiles(list, figures, Object.keys(plan.endpoint.keys ?? {}).length === 1, replacesKeys);
  } catch (error) {
    for (const sink of opened) await sink.abandon();
    throw error;
  }
}

class SideFiles implements BatchReport {
  constructor(
    readonly list: Sink | undefined,
    readonly summary: Sink | undefined,
    readonly hasSingleKeys: boolean,
    /** The keys are read from the file that --errors names: it must not lose those that a stopped run did not reach. */
    readonly replacesKeys: boolean,
  ) {}

  get listsErrors(): boolean {
    return this.list !== undefined;
  }

  async add(keys: readonly string[], error: LoanqError): Promise<void> {
    const { status, providerCode, attempts } = error.facts;
    const line = {
      key: this.hasSingleKeys ? (keys[0] ?? '') : [...keys],
      code: error.code,
      exit: error.exit,
      ...(status !== undefined && { status }),
      ...(providerCode !== undefined && { providerCode }),
      message: error.message,
      ...(attempts !== undefined && { attempts }),
    };
    await this.list?.write(`${writeJson(line)}\n`);
  }

  async finish(ending: ExitName, wasStopped: boolean, figures: Figures): Promise<void> {
    const written = await Promise.allSettled([this.#finishList(wasStopped), this.#finishSummary(ending, figures)]);
    const failure = written.find(result => result.status === 'rejected');
    if (failure) throw failure.reason;
  }

  async abandon(): Promise<void> {
    await this.list?.abandon();
    await this.summary?.abandon();
  }

  async #finishList(wasStopped: boolean): Promise<void> {
    if (wasStopped && this.replacesKeys) await this.list?.abandon();
    else await this.list?.commit();
  }

  async #finishSummary(ending: ExitName, { tally, stats, seconds }: Figures): Promise<void> {
    const figures = {
      code: ending,
      exit: exitCodes[ending].exit,
      ...tally.totals,
      earlier: tally.earlier,
      rows: tally.rows,
      failures: Object.fromEntries(tally.failures),
      requests: stats.requests,
      retries: stats.retries,
      seconds: Math.round(seconds * 1000) / 1000,
    };
    await this.summary?.write(`${writeJson(figures, 2)}\n`);
    await this.summary?.commit();
  }
}

async function openSideFile(context: Context, path: string): Promise<Sink> {
  const target = await checkTarget(path, { clobber: true, uid: context.runtime.uid });
  return filtered(await openFile(target), createByteFilter(context.secrets));
}

/** Suffixes of the temporary files next to each output. */
const besides: Readonly<Record<string, readonly string[]>> = {
  '--out': ['.partial', '.ordered', '.journal', '.lock'],
  '--errors': ['.partial'],
  '--summary': ['.partial'],
};

/**
 * Throws UsageError when two files of the run are one, or one is made beside another, except that --errors may replace the key
 * file when the run has ended: what is left to do then stays in one place. Returns whether it does.
 */
async function refuseSharedFiles(destination: Destination, { errors, summary }: BatchPlan, keys: BatchKeys): Promise<boolean> {
  const out = destination.kind === 'file' ? destination.path : undefined;
  const given = Object.entries({ '--out': out, '--errors': errors, '--summary': summary, '--ids-from': keys.file?.path });
  const files: { readonly option: string; readonly real: string }[] = [];
  let replacesKeys = false;
  for (const [option, path] of given) {
    if (path === undefined) continue;
    const real = await realPath(path);
    for (const other of files) {
      const same = other.real === real;
      if (same && other.option === '--errors' && option === '--ids-from') replacesKeys = true;
      else if (same) throw new UsageError(`${other.option} and ${option} name the same file`);
    }
    files.push({ option, real });
  }
  for (const { option, real } of files) {
    const maker = files.find(other => besides[other.option]?.some(ending => `${other.real}${ending}` === real));
    if (maker) throw new UsageError(`${option} names ${basename(real)}, a file that the run makes for ${maker.option}`);
  }
  return replacesKeys;
}

/** A path without links, also of a file that is not there yet. */
async function realPath(path: string): Promise<string> {
  const directory = () => realpath(dirname(path)).then(real => join(real, basename(path)));
  return realpath(path)
    .catch(directory)
    .catch(() => resolve(path));
}
