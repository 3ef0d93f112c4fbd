// Numbers that look like chance and are the same in every run, so that a case that fails can be made again.

/** A source of whole numbers from 0 to below a bound. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
