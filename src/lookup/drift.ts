// Tells once, at the end of a call, where answers differed from the document.
import { type Drift, describeDrift } from '../decode/shape.ts';
import type { Presentation } from '../output/presentation.ts';
import type { Context } from './context.ts';

export function warnDrift({ messages }: Context, { provider, endpoint }: Presentation, drift: Drift): void {
  const sentence = describeDrift(drift);
  if (sentence !== undefined) messages.warn(`${provider.name} ${endpoint.name}: ${sentence}`);
}
