// What a batch leaves besides its rows: one JSON line per key not delivered, and the run in figures.

import { createByteFilter } from '../auth/secret.ts';
import type { Tally } from '../batch/tally.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { LoanqError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { exitCodes } from '../core/exit-codes.ts';
import { writeJson } from '../core/json.ts';
import type { RetryStats } from '../http/retry.ts';
import { openFile } from '../sink/file.ts';
import type { Sink } from '../sink/sink.ts';
import { checkTarget } from '../sink/target.ts';
import type { Context } from './context.ts';
import { filtered } from './output.ts';

export interface ErrorList {
  readonly isOpen: boolean;
  add(keys: readonly string[], error: LoanqError): Promise<void>;
  close(): Promise<void>;
}

/** Opens `--errors`. The file appears when the run ends, however it ends; --ids-from accepts it back. */
export async function openErrorList(context: Context, endpoint: Endpoint): Promise<ErrorList> {
  const path = context.options.batch.errors;
  if (path === undefined) return { isOpen: false, add: async () => undefined, close: async () => undefined };
  const sink = await openSideFile(context, path);
  const single = Object.keys(endpoint.keys ?? {}).length === 1;
  return {
    isOpen: true,
    add: async (keys, error) => {
      const { status, providerCode, attempts } = error.facts;
      const line = {
        key: single ? (keys[0] ?? '') : [...keys],
        code: error.code,
        exit: error.exit,
        ...(status !== undefined && { status }),
        ...(providerCode !== undefined && { providerCode }),
        message: error.message,
        ...(attempts !== undefined && { attempts }),
      };
      await sink.write(`${writeJson(line)}\n`);
    },
    close: () => sink.commit(),
  };
}

/** Writes `--summary`: counts per outcome, requests, retries and seconds. */
export async function writeSummary(context: Context, tally: Tally, stats: RetryStats, seconds: number, end: unknown): Promise<void> {
  const path = context.options.batch.summary;
  if (path === undefined) return;
  const code: ExitName =
    end instanceof LoanqError ? end.code : typeof end === 'string' && end in exitCodes ? (end as ExitName) : 'internal';
  const summary = {
    code,
    exit: exitCodes[code].exit,
    ...tally.totals,
    earlier: tally.earlier,
    rows: tally.rows,
    failures: Object.fromEntries(tally.failures),
    requests: stats.requests,
    retries: stats.retries,
    seconds: Math.round(seconds * 1000) / 1000,
  };
  const sink = await openSideFile(context, path);
  await sink.write(`${writeJson(summary, 2)}\n`);
  await sink.commit();
}

async function openSideFile(context: Context, path: string): Promise<Sink> {
  const target = await checkTarget(path, { clobber: true, uid: context.runtime.uid });
  return filtered(await openFile(target), createByteFilter(context.secrets));
}
