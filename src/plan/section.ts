// A part of the plan together with the options it reads. It is handed no others, so the lists of what commands read cannot lie.
import type { OptionName, Options } from './options.ts';

export interface Section<N extends OptionName, A extends readonly unknown[], T> {
  (options: Pick<Options, N>, ...facts: A): T;
  readonly reads: readonly N[];
}

export function section<const N extends OptionName, A extends readonly unknown[], T>(
  reads: readonly N[],
  decide: (options: Pick<Options, N>, ...facts: A) => T,
): Section<N, A, T> {
  return Object.assign((options: Pick<Options, N>, ...facts: A) => decide(options, ...facts), { reads });
}
