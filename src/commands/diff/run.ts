// `loanq diff <old> <new>`: two exports are opened and recognized, and what changed is delivered like the rows of any call.
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { changesEndpoint, noProvider } from '../../diff/changes.ts';
import { type Comparison, type Counts, compare, nothingYet } from '../../diff/comparison.ts';
import { readFailedKeys } from '../../diff/errors-file.ts';
import { type ExportFile, openExport } from '../../diff/export-file.ts';
import { recognize } from '../../diff/recognition.ts';
import { changeSentence, shownValue } from '../../diff/words.ts';
import { endWith, openInput } from '../../files/open-input.ts';
import { unreadable } from '../../files/unreadable.ts';
import type { Context } from '../../lookup/context.ts';
import { deliver } from '../../lookup/delivery.ts';
import { checkRequest, planRun, type RunPlan } from '../../plan/run-plan.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

/** Compares two exports. 24 with --fail-changed where anything changed. */
export async function runDiff(context: Context, called: CalledCommand): Promise<ExitName> {
  const [oldPath = '', newPath = ''] = called.args;
  const { signal } = context.runtime;
  const { errors, ...options } = called.options;
  const request = { provider: noProvider, endpoint: changesEndpoint, keys: [], params: {}, options };
  const plan = planRun(checkRequest(request, called.streams), undefined);
  const old = await openExport(oldPath, signal);
  try {
    const latest = await openExport(newPath, signal);
    try {
      return await run(context, plan, { called, old, latest, errors });
    } finally {
      await latest.close();
    }
  } finally {
    await old.close();
  }
}

interface Opened {
  readonly called: CalledCommand;
  readonly old: ExportFile;
  readonly latest: ExportFile;
  readonly errors: string | undefined;
}

async function run(context: Context, plan: RunPlan, { called, old, latest, errors }: Opened): Promise<ExitName> {
  const { signal } = context.runtime;
  const { endpoint, exactText, failChanged } = called.own;
  const wanted = typeof endpoint === 'string' ? endpoint : undefined;
  const recognized = recognize(await allProviders(context.providers), [old, latest], wanted);
  const counts = nothingYet();
  if (recognized !== undefined) {
    if (errors !== undefined && recognized.asked.length === 0) {
      throw new UsageError(`the exports do not have the keys that ${errors} names`, {
        hint: 'csv and tsv have them as a rule; json and ndjson need --with-request where a record does not repeat its key',
      });
    }
    const comparison: Comparison = {
      recognized,
      old,
      new: latest,
      failed: errors === undefined ? none() : readFailedKeys(bytesOf(errors, signal), errors),
      isGuarded: called.options.csvGuard !== 'off',
      exactText: exactText === true,
      show: shownValue(plan.output.many.masked),
      signal,
    };
    await deliverChanges(context, plan, comparison, counts);
  }
  context.messages.note(changeSentence(counts));
  const { added, changed, gone, unknown } = counts;
  return failChanged === true && added + changed + gone + unknown > 0 ? 'partial' : 'ok';
}

const rowsPerPage = 1000;

/** Text for people is nothing where nothing changed: cron then sends no mail. */
async function deliverChanges(context: Context, plan: RunPlan, comparison: Comparison, counts: Counts): Promise<void> {
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

async function* none(): AsyncGenerator<never> {}

async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield* unreadable(
    (async function* () {
      const { bytes } = await openInput(path, { signal });
      endWith(bytes, signal);
      yield* bytes;
    })(),
    path,
  );
}
