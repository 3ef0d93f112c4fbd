// Tells once, at the end of a call, where answers differed from the document.
import { type Drift, describeDrift } from '../decode/shape.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { Context } from './context.ts';

export function warnDrift({ messages }: Context, { provider, endpoint }: Pick<RunPlan, 'provider' | 'endpoint'>, drift: Drift): void {
  const sentence = describeDrift(drift);
  if (sentence !== undefined) messages.warn(`${provider.name} ${endpoint.name}: ${sentence}`);
}
