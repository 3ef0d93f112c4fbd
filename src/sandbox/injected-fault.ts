// Trouble on purpose: what networks and busy providers do to a call, from a seeded generator, so that a run with faults can be repeated.
import { prng } from './prng.ts';

/** `garbage` ends in the middle of the body; `page` is a proxy's page of markup with status 200. */
export type InjectedFault = 'unavailable' | 'too-many' | 'reset' | 'garbage' | 'page';

export interface FaultPlan {
  /** What befalls the next request, if anything. */
  readonly next: () => InjectedFault | undefined;
  /** How long the next answer is held back. */
  readonly delayMs: () => number;
}

export interface FaultSettings {
  readonly latencyMs: number;
  /** Share of requests that meet a fault, 0 to 1. */
  readonly faultRate: number;
  readonly faults: readonly InjectedFault[];
  readonly seed: number;
}

export function planFaults({ latencyMs, faultRate, faults, seed }: FaultSettings): FaultPlan {
  const roll = prng(seed);
  return {
    next: () => {
      if (faultRate <= 0) return undefined;
      const [befalls, which] = [roll(), roll()];
      return befalls < faultRate ? faults[Math.floor(which * faults.length)] : undefined;
    },
    // Between half and one and a half times the latency asked for: answers overtake each other.
    delayMs: () => (latencyMs <= 0 ? 0 : latencyMs * (0.5 + roll())),
  };
}
