// One lookup: a record by its key, or the pages of a list, from the provider or from a saved answer.
import { hostOf } from '../config/profile.ts';
import { PartialError, ResponseError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { JsonObject } from '../core/json.ts';
import { isList, type KeyValues } from '../core/keys.ts';
import { say } from '../core/say.ts';
import type { Drift } from '../decode/drift.ts';
import { createClock, Deadline } from '../http/clock.ts';
import { writeResult } from '../output/destination.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { keepTrail } from './audit.ts';
import type { Context } from './context.ts';
import { deliver } from './delivery.ts';
import { openDrift, refuseDrift, warnDrift, withDrift } from './drift.ts';
import type { Fetcher } from './fetcher.ts';
import type { Follower } from './follow/follower.ts';
import { partSentence } from './part.ts';
import type { Asked, Found } from './related.ts';
import { openSaved } from './saved.ts';
import { tellFound } from './tell-found.ts';
import { withWaiting } from './waiting.ts';

/** Looks up one key or one list. Throws what ended it. */
export async function runLookup(context: Context, plan: RunPlan, fetcher: Fetcher, follower?: Follower): Promise<ExitName> {
  const keys = plan.keys.kind === 'one' ? plan.keys.keys : {};
  const list = isList(plan.endpoint);
  await keepTrail(plan, fetcher.session);
  const read = list ? fetcher.pages(plan.keys.kind === 'one' ? [keys] : [], plan.rowLimit) : fetchOne(fetcher, keys);
  const followed = follower === undefined ? read : follower.pages(read, keys);
  const shown: JsonObject[] = [];
  const isNoted = !list || context.onFound !== undefined;
  const pages = waitingFor(context, plan, fetcher, isNoted ? noting(followed, shown) : followed);
  const settle = settleOf(fetcher);
  const ending = await withDrift(fetcher.drift, () =>
    withDeadline(context, fetcher.session.deadline, signal =>
      deliver(context, plan, pages, { keys, byKey: !list, hold: true, signal, settle, part: () => fetcher.part }),
    ),
  );
  if (plan.origin !== undefined) context.messages.place(plan.origin, plan.profile?.environment);
  if (fetcher.part !== undefined) context.messages.note(say`${partSentence(plan.endpoint.name, fetcher.part)}: --all`);
  for (const sentence of follower?.followed.sentences() ?? []) context.messages.note(sentence);
  warnDrift(context, plan, fetcher.drift);
  const found = { system: systemOf(plan, fetcher), endpoint: plan.endpoint, keys, records: shown, part: fetcher.part };
  if (!list && plan.output.terminal !== undefined && plan.output.one.format.name === 'record' && shown.length === 1)
    await tellRelated(context, found);
  tellFound(context, found);
  return ending;
}

async function* noting<T>(pages: AsyncIterable<readonly T[]>, into: T[]): AsyncGenerator<readonly T[]> {
  for await (const page of pages) {
    into.push(...page);
    yield page;
  }
}

/** Whoever reads a record goes on from it. */
async function tellRelated({ messages }: Context, found: Found): Promise<void> {
  const { relatedCommands } = await import('./related.ts');
  const commands = relatedCommands([found]);
  if (commands.length === 0) return;
  messages.note(say`related:`);
  for (const command of commands) messages.note(`  ${command}`);
}

function systemOf({ provider, source }: RunPlan, { session: { profile } }: Fetcher): Asked {
  return { provider, profile, host: hostOf(profile), config: source.kind === 'profile' ? source.config : undefined };
}

/** Pages as they come; what they are waited for is shown. */
async function* waitingFor<T>(context: Context, { talk }: RunPlan, { session }: Fetcher, pages: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    for (;;) {
      const next = await withWaiting(
        context,
        talk,
        () => [session],
        () => pages.next(),
      );
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await pages.return(undefined);
  }
}

async function* fetchOne(fetcher: Fetcher, keys: KeyValues): AsyncGenerator<readonly JsonObject[]> {
  const [outcome] = await fetcher.fetch([{ ordinal: 0, values: keys }]);
  if (outcome === undefined) throw new ResponseError(say`no outcome`);
  if (outcome.kind !== 'delivered') throw outcome.error;
  yield outcome.records;
}

/** Writes the body of one answer as it came. */
export async function runRaw(context: Context, plan: RunPlan, fetcher: Fetcher): Promise<ExitName> {
  const keys = plan.keys.kind === 'one' ? [plan.keys.keys] : [];
  await keepTrail(plan, fetcher.session);
  const body = await withWaiting(
    context,
    plan.talk,
    () => [fetcher.session],
    () => fetcher.raw(keys),
  );
  const writing = { ...context, settle: settleOf(fetcher) };
  return withDeadline(context, fetcher.session.deadline, signal => writeResult(writing, plan.output.destination, body, signal));
}

/** What was looked up is in the audit trail on the disk before its file has its name. */
function settleOf({ session }: Fetcher): () => Promise<void> {
  return async () => session.audit?.sync();
}

/** A signal of the system or the deadline ends the work, whatever it waits for. */
async function withDeadline<T>({ runtime }: Context, deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const bound = deadline.bind(runtime.signal);
  try {
    return await work(bound.signal);
  } finally {
    bound.release();
  }
}

/** Decodes a saved answer in place of a call. */
export async function runSaved(context: Context, plan: RunPlan): Promise<ExitName> {
  const drift = openDrift(() => context);
  return withDrift(drift, () => deliverSaved(context, plan, drift));
}

async function deliverSaved(context: Context, plan: RunPlan, drift: Drift): Promise<ExitName> {
  const { provider, endpoint, strict, rowLimit } = plan;
  const call = { provider: provider.name, endpoint: endpoint.name };
  const deadline = new Deadline(createClock(context.runtime), plan.limits.deadlineMs);
  const check = () => {
    if (strict) refuseDrift(drift, call);
  };
  const { ending, missing } = await withDeadline(context, deadline, async signal => {
    const input = openSaved(context, plan, drift, signal);
    const keys = input.request;
    const ending = await deliver(context, plan, input.records, { keys, byKey: true, hold: false, signal, check });
    return { ending, missing: rowLimit === undefined ? input.missing() : [] };
  });
  warnDrift(context, plan, drift);
  if (missing.length === 0) return ending;
  throw new PartialError(say`not in the saved answer`, { ...call, keys: missing });
}
