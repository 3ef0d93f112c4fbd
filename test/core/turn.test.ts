import { describe, expect, test } from 'vitest';
import { finish, inTurns, type Steps, turnSize } from '../../src/core/turn.ts';
import { turnsDuring } from '../runner/turns.ts';

function* work(steps: number, size: number, seen: number[] = []): Steps<string> {
  for (let step = 1; step <= steps; step += 1) {
    seen.push(step);
    yield size;
  }
  return 'done';
}

const { signal } = new AbortController();

describe('work in steps', () => {
  test('is done at once where nothing waits', () => {
    expect(finish(work(10, turnSize))).toBe('done');
  });

  test('that is small takes no turn', async () => {
    expect(await turnsDuring(() => inTurns(work(10, turnSize / 10 - 1), signal))).toEqual({ result: 'done', turns: 0 });
  });

  test('that is large lets others have a turn after each portion', async () => {
    const { result, turns } = await turnsDuring(() => inTurns(work(30, turnSize / 3), signal));
    expect(result).toBe('done');
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  test('ends with the signal, and goes no further', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    setImmediate(() => abort.abort(new Error('ended')));
    await expect(inTurns(work(10, turnSize, seen), abort.signal)).rejects.toThrow('ended');
    expect(seen).toEqual([1]);
  });
});
