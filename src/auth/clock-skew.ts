// A wrong clock explains many rejected signatures and tokens: the provider's `date` header shows it.
import type { HttpResponse } from '../core/request.ts';
import { say, type Words } from '../core/say.ts';

const worthSayingMs = 60_000;

/** How far this machine's clock is ahead of the answer's `date` (negative: behind); 0 up to a minute, and without a usable date. */
export function clockSkewMs(response: Pick<HttpResponse, 'date'>, now: Date): number {
  const skew = now.getTime() - Date.parse(response.date ?? '');
  return Math.abs(skew) > worthSayingMs ? skew : 0;
}

/** A sentence for a rejected credential when the clocks differ by more than a minute. */
export function clockSkewHint(response: Pick<HttpResponse, 'date'>, now: Date): Words | undefined {
  const skew = clockSkewMs(response, now);
  if (skew === 0) return undefined;
  const seconds = Math.round(Math.abs(skew) / 1000);
  return skew > 0
    ? say`the clock of this machine is off by ${seconds} s (ahead): set it right and try again`
    : say`the clock of this machine is off by ${seconds} s (behind): set it right and try again`;
}
