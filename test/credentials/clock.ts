// Lets a run of the program live in the future, so that a token of an hour can be near its end without waiting.
import type { Home } from '../runner/home.ts';

/** Environment of a run whose wall clock is ahead by so many seconds. Waits and limits go by another clock and stay as they are. */
export async function laterBy(seconds: number, home: Home): Promise<{ NODE_OPTIONS: string }> {
  const shift = `const Real = Date, ahead = ${seconds * 1000};
globalThis.Date = class Date extends Real {
  constructor(...given) { super(...(given.length === 0 ? [Real.now() + ahead] : given)); }
  static now() { return Real.now() + ahead; }
};`;
  const file = await home.write(`later-${seconds}.cjs`, shift);
  return { NODE_OPTIONS: `--require ${file}` };
}
