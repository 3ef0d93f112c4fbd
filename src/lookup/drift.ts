// Tells where answers differed from the document: once in words at the end of a call, and as data with what ended it.
import { createMessageFilter } from '../auth/secret.ts';
import { type ErrorFacts, LoanqError, ResponseError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { Drift } from '../decode/drift.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { Context } from './context.ts';

/** Where the drift of a run is counted. The context is asked when there is drift. */
export function openDrift(context: () => Context): Drift {
  let hide: ((text: string) => string) | undefined;
  return new Drift(text => {
    hide ??= createMessageFilter(context().secrets);
    return hide(text);
  });
}

/** Throws ResponseError where there is drift. */
export function refuseDrift(drift: Drift, facts: ErrorFacts = {}): void {
  const sentence = drift.describe();
  if (sentence !== undefined) throw new ResponseError(sentence, { ...facts, ...drift.facts() });
}

/** Warns of drift. A strict run has told it as errors. */
export function warnDrift(
  { messages }: Context,
  { provider, endpoint, strict }: Pick<RunPlan, 'provider' | 'endpoint' | 'strict'>,
  drift: Drift,
): void {
  const sentence = strict ? undefined : drift.describe();
  if (sentence !== undefined) messages.warn(say`${provider.name} ${endpoint.name}: ${sentence}`);
}

/** The result of the work; an error of it carries the drift so far. */
export async function withDrift<T>(drift: Drift, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LoanqError && !drift.isEmpty ? error.with(drift.facts()) : error;
  }
}
