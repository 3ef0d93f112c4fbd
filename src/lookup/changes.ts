// Delivers what a comparison of two exports finds, like the rows of any call.
import type { JsonObject } from '../core/json.ts';
import { type Comparison, type Counts, compare } from '../diff/comparison.ts';
import { type FailedKey, readFailedKeys } from '../diff/errors-file.ts';
import { endWith, openInput } from '../files/open-input.ts';
import { unreadable } from '../files/unreadable.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { Context } from './context.ts';
import { deliver } from './delivery.ts';

const rowsPerPage = 1000;

/** Writes the changes and counts them. Text for people is nothing where nothing changed: cron then sends no mail. */
export async function deliverChanges(context: Context, plan: RunPlan, comparison: Comparison, counts: Counts): Promise<void> {
  const pages = pagesOf(comparison, counts);
  const first = await pages.next();
  const { many, destination } = plan.output;
  if (first.done && many.format.forPeople && destination.kind === 'stdout') return;
  const all = async function* (): AsyncGenerator<readonly JsonObject[]> {
    if (!first.done) yield first.value;
    yield* pages;
  };
  await deliver(context, plan, all(), { keys: {}, byKey: false, hold: false, signal: comparison.signal });
}

async function* pagesOf(comparison: Comparison, counts: Counts): AsyncGenerator<readonly JsonObject[]> {
  let page: JsonObject[] = [];
  for await (const change of compare(comparison, counts)) {
    page.push({ ...change });
    if (page.length < rowsPerPage) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The keys that a list of `--errors` names; none without one. */
export function failedKeys(path: string | undefined, signal: AbortSignal): AsyncIterable<FailedKey> {
  return path === undefined ? none() : readFailedKeys(bytesOf(path, signal), path);
}

async function* none(): AsyncGenerator<never> {}

async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const opened = await openInput(path, { signal });
    endWith(opened.bytes, signal);
    yield* opened.bytes;
  }
  yield* unreadable(bytes(), path);
}
