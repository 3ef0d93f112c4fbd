// When a run gives up: every call failing, and a run that is resumed goes on behind the keys at which the last one stopped.
import { expect, it } from 'vitest';
import type { KeyRange } from '../../src/batch/journal/section.ts';
import { Patience } from '../../src/batch/patience.ts';
import { TemporaryError } from '../../src/core/errors.ts';
import type { Outcome } from '../../src/lookup/outcome.ts';

const failed = (n: number): Outcome => ({ kind: 'failed', key: { ordinal: n, values: {} }, error: new TemporaryError('down') });
const delivered = (n: number): Outcome => ({ kind: 'delivered', key: { ordinal: n, values: {} }, records: [] });

/** The call at which it gives up, and because of which keys. */
function givesUp(calls: readonly (readonly Outcome[])[], earlier: readonly KeyRange[] = []): { call: number; row: KeyRange } | undefined {
  const patience = new Patience(earlier);
  for (const [call, asked] of calls.entries()) {
    const row = patience.count(asked);
    if (row !== undefined) return { call, row };
  }
  return undefined;
}

const calls = (count: number, from = 0) => Array.from({ length: count }, (_, at) => [failed(from + at)]);

it('gives up at the twentieth call in a row, and names all of them', () => {
  expect(givesUp(calls(19))).toBeUndefined();
  expect(givesUp(calls(25))).toEqual({ call: 19, row: [0, 19] });
  expect(givesUp([...calls(19), [delivered(19)], ...calls(20, 20)])).toEqual({ call: 39, row: [20, 39] });
});

it('a call of many keys is one, and one key that was answered is enough', () => {
  expect(givesUp(calls(20).map((_, at) => [failed(3 * at), failed(3 * at + 1), failed(3 * at + 2)]))).toEqual({ call: 19, row: [0, 59] });
  expect(givesUp(calls(60).map((_, at) => [failed(2 * at), delivered(2 * at + 1)]))).toBeUndefined();
});

it('keys at which a run has given up prove nothing, from the first to the last of them, and begin no row', () => {
  expect(givesUp(calls(39), [[0, 19]])).toBeUndefined();
  expect(givesUp(calls(40), [[0, 19]])).toEqual({ call: 39, row: [20, 39] });
  expect(givesUp(calls(40), [[10, 29]])).toEqual({ call: 39, row: [0, 39] });
});

it('a call that asks for other keys as well does', () => {
  const packs = Array.from({ length: 20 }, (_, at) => [failed(2 * at), failed(2 * at + 1)]);
  expect(givesUp(packs, [[1, 38]])).toBeUndefined();
  expect(givesUp([...packs, [failed(40)], ...calls(17, 41)], [[1, 38]])).toEqual({ call: 37, row: [0, 57] });
});
