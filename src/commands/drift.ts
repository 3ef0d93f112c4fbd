// Tells once, at the end of a call, where answers differed from the document.
import { type Drift, describeDrift } from '../decode/shape.ts';
import type { Context } from './context.ts';
import type { Presentation } from './presentation.ts';

export function warnDrift({ say }: Context, { provider, endpoint }: Presentation, drift: Drift): void {
  const sentence = describeDrift(drift);
  if (sentence !== undefined) say.warn(`${provider.name} ${endpoint.name}: ${sentence}`);
}
