// The generic endpoint command: one literal and one request in, a plan made, and the plan handed to the room that carries it out.
import { describeStreams } from '../console/streams.ts';
import { LoanqError, SignalError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Context } from '../lookup/context.ts';
import { type CheckedRequest, checkRequest, planRun, type Request } from '../plan/run-plan.ts';

/** Runs one endpoint call: returns the exit name; throws what ended the call. */
export async function runEndpoint(context: Context, request: Request): Promise<ExitName> {
  const { provider, endpoint } = request;
  try {
    return await carryOut(context, checkRequest(request, describeStreams(context.runtime)));
  } catch (error) {
    const nameable = error instanceof LoanqError && !(error instanceof SignalError);
    throw nameable ? error.with({ provider: provider.name, endpoint: endpoint.name }) : error;
  }
}

async function carryOut(context: Context, request: CheckedRequest): Promise<ExitName> {
  const { provider, source } = request;
  if (source.kind === 'saved') {
    const { runSaved } = await import('../lookup/run.ts');
    return runSaved(context, planRun(request, undefined));
  }
  const { openProfile } = await import('../lookup/profile.ts');
  const opened = await openProfile(context, provider, source, request.action === 'dry-run' ? 'dry-run' : 'call');
  try {
    const plan = planRun(request, opened.profile);
    if (plan.action === 'dry-run') {
      const { printDryRun } = await import('../lookup/dry-run.ts');
      const { firstPack } = await import('../batch/keys/source.ts');
      return await printDryRun(context, plan, opened, firstPack);
    }
    const { openSession } = await import('../lookup/session.ts');
    const session = await openSession(context, provider, opened, plan.limits);
    try {
      const { Fetcher } = await import('../lookup/fetcher.ts');
      const fetcher = new Fetcher(context, session, plan);
      if (plan.raw) return await (await import('../lookup/run.ts')).runRaw(context, plan, fetcher);
      for (const warning of await session.authenticator.warnings()) context.messages.warn(warning);
      if (plan.batch !== undefined) return await (await import('../batch/run.ts')).runBatch(context, plan, plan.batch, fetcher);
      return await (await import('../lookup/run.ts')).runLookup(context, plan, fetcher);
    } finally {
      await session.close();
    }
  } finally {
    await opened.close();
  }
}
