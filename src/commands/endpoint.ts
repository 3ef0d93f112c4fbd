// The generic endpoint command: one literal and one request in, a plan made, and the plan handed to the room that carries it out.
import { describeStreams } from '../console/streams.ts';
import { LoanqError, SignalError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Context } from '../lookup/context.ts';
import type { FirstPack } from '../lookup/dry-run.ts';
import type { Fetcher } from '../lookup/fetcher.ts';
import type { Follower } from '../lookup/follow/follower.ts';
import type { OpenProfile, Use } from '../lookup/profile.ts';
import { planFiles } from '../plan/files.ts';
import { type CheckedRequest, checkRequest, planRun, type Request, type RunPlan } from '../plan/run-plan.ts';

/** Runs one endpoint call: returns the exit name; throws what ended the call. */
export async function runEndpoint(context: Context, request: Request): Promise<ExitName> {
  const { provider, endpoint } = request;
  try {
    const run = await prepare(context, request);
    return await run();
  } catch (error) {
    const nameable = error instanceof LoanqError && !(error instanceof SignalError);
    throw nameable ? error.with({ provider: provider.name, endpoint: endpoint.name }) : error;
  }
}

/** What is left to do once nothing of the request, the configuration and the profile stands in the way. */
type Run = () => Promise<ExitName>;

/** A batch that ends before it begins leaves no summary of an earlier run standing. */
async function prepare(context: Context, request: Request): Promise<Run> {
  try {
    return await open(context, checkRequest(await withHeadings(request), describeStreams(context.runtime)));
  } catch (error) {
    const files = planFiles(request.options);
    if (files.summary !== undefined && error instanceof LoanqError) {
      const { summarizeFailedStart } = await import('../batch/report.ts');
      await summarizeFailedStart(context, files, error);
    }
    throw error;
  }
}

/** A heading is taken for its field. */
async function withHeadings(request: Request): Promise<Request> {
  if ((request.options.fields ?? request.options.sort ?? request.options.until) === undefined) return request;
  const { withFieldNames } = await import('./fields.ts');
  return { ...request, options: await withFieldNames(request, request.options) };
}

async function open(context: Context, request: CheckedRequest): Promise<Run> {
  const { provider, source } = request;
  if (source.kind === 'saved') {
    const { runSaved } = await import('../lookup/run.ts');
    return () => runSaved(context, planRun(request, undefined));
  }
  const { openProfile } = await import('../lookup/profile.ts');
  const opened = await openProfile(context, provider, source, useOf(request));
  try {
    const plan = planRun(request, opened.profile);
    return plan.action === 'dry-run' ? await dryRun(context, plan, opened) : await call(context, plan, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function useOf({ action, endpoint }: CheckedRequest): Use {
  if (action === 'dry-run') return 'dry-run';
  return endpoint.credential === 'none' ? 'open-call' : 'call';
}

async function dryRun(context: Context, plan: RunPlan, opened: OpenProfile): Promise<Run> {
  const { printDryRun } = await import('../lookup/dry-run.ts');
  // Only several keys share a call.
  const firstPack: FirstPack = async (...keys) => (await import('../batch/keys/source.ts')).firstPack(...keys);
  return () => printDryRun(context, plan, opened, firstPack).finally(() => opened.close());
}

async function call(context: Context, plan: RunPlan, opened: OpenProfile): Promise<Run> {
  const { openSession } = await import('../lookup/session.ts');
  const session = await openSession(context, plan.provider, opened, plan.limits, plan.endpoint);
  const run = async (): Promise<ExitName> => {
    const { Fetcher } = await import('../lookup/fetcher.ts');
    const fetcher = new Fetcher(context, session, plan);
    if (plan.batch !== undefined && plan.origin !== undefined) context.messages.place(plan.origin, plan.profile?.environment);
    if (plan.watch !== undefined) return (await import('../lookup/watch/run.ts')).runWatch(context, plan, plan.watch, fetcher);
    const follower = await followerOf(context, plan, fetcher);
    if (plan.batch !== undefined)
      return (await import('../batch/run.ts')).runBatch(context, plan, plan.batch, follower?.fetcher(fetcher) ?? fetcher);
    const { runLookup, runRaw } = await import('../lookup/run.ts');
    return plan.raw ? runRaw(context, plan, fetcher) : runLookup(context, plan, fetcher, follower);
  };
  const close = async (): Promise<void> => {
    await session.close();
    await opened.close();
  };
  try {
    if (!plan.raw) await session.warn();
    return () => run().finally(close);
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function followerOf(context: Context, plan: RunPlan, { session, drift }: Fetcher): Promise<Follower | undefined> {
  if (plan.follow.length === 0) return undefined;
  const { Follower } = await import('../lookup/follow/follower.ts');
  return new Follower(context, session, plan, drift);
}
