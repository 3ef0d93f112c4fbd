import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/batch/window.ts';

async function* count(to: number, read?: (n: number) => void): AsyncGenerator<number[]> {
  for (let n = 0; n < to; n += 1) {
    read?.(n);
    yield [n];
  }
}

/** Promises resolved by hand, so that the order of finishing is the test's own. */
function gates(size: number) {
  return Array.from({ length: size }, withResolvers);
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('inOrder', () => {
  it('hands results out in input order whatever finished first', async () => {
    const open = gates(3);
    const seen: number[] = [];
    const run = (async () => {
      for await (const n of inOrder(count(3), { width: 3 }, async n => {
        await open[n]?.promise;
        return n;
      }))
        seen.push(...n);
    })();
    open[2]?.resolve();
    open[1]?.resolve();
    open[0]?.resolve();
    await run;
    expect(seen).toEqual([0, 1, 2]);
  });

  it('works on no more than the width at a time and reads no further than the window', async () => {
    let active = 0;
    let most = 0;
    let read = 0;
    const window = inOrder(
      count(1000, n => (read = n)),
      { width: 4, ahead: 8 },
      async n => {
        active += 1;
        most = Math.max(most, active);
        await new Promise(setImmediate);
        active -= 1;
        return n;
      },
    );
    for (let taken = 0; taken < 10; taken += 1) await window.next();
    await window.return(undefined);
    expect(most).toBe(4);
    expect(read).toBeLessThanOrEqual(10 + 8);
  });

  it('takes what a source gives together one by one, and asks for more when all of it has begun', async () => {
    const log: string[] = [];
    async function* source(): AsyncGenerator<number[]> {
      for (const given of [[0, 1, 2], [], [3, 4]]) {
        log.push(`gives ${given.join()}`);
        yield given;
      }
    }
    const open = gates(5);
    const window = inOrder(source(), { width: 2 }, async n => {
      log.push(`begins ${n}`);
      await open[n]?.promise;
      return n;
    });
    const first = window.next();
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    expect(log).toEqual(['gives 0,1,2', 'begins 0', 'begins 1']);
    for (const { resolve } of open) resolve();
    const seen = [...((await first).value ?? [])];
    for await (const ready of window) seen.push(...ready);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(log.slice(3)).toEqual(['begins 2', 'gives ', 'gives 3,4', 'begins 3', 'begins 4']);
  });

  it('begins the next unit once one says that it holds it up no more, and keeps the order', async () => {
    const begun: number[] = [];
    const open = gates(3);
    const window = inOrder(count(3), { width: 1 }, async (n, _signal, free) => {
      begun.push(n);
      if (n === 0) free();
      if (n === 0) free();
      await open[n]?.promise;
      return n;
    });
    const first = window.next();
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    expect(begun).toEqual([0, 1]);
    open[0]?.resolve();
    expect((await first).value).toEqual([0]);
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    // That the first has ended frees nobody a second time.
    expect(begun).toEqual([0, 1]);
    for (const { resolve } of open) resolve();
    expect((await window.next()).value).toEqual([1]);
    expect((await window.next()).value).toEqual([2]);
    expect((await window.next()).done).toBe(true);
  });

  it('waits at its end for units that hold up no others', async () => {
    const ended: number[] = [];
    const run = async () => {
      for await (const _ of inOrder(count(2), { width: 1 }, async (n, signal, free) => {
        if (n === 0) {
          free();
          await new Promise(setImmediate);
          throw new Error('first');
        }
        free();
        await new Promise(resolve => signal.addEventListener('abort', resolve));
        ended.push(n);
      }));
    };
    await expect(run()).rejects.toThrow('first');
    expect(ended).toEqual([1]);
  });

  it('counts what units hold, not units: shared calls reach no further ahead than their keys allow', async () => {
    const begun: number[] = [];
    const window = inOrder(count(100), { width: 4, ahead: 8, size: n => (n < 2 ? 3 : 20) }, async n => {
      begun.push(n);
      if (n === 0) await new Promise(() => undefined);
    });
    void window.next();
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    expect(begun).toEqual([0, 1, 2]);
  });

  it('throws a failed unit when its turn comes, after all results before it', async () => {
    const seen: number[] = [];
    const run = async () => {
      for await (const n of inOrder(count(10), { width: 10 }, async n => {
        if (n === 3) throw new Error('third');
        return n;
      }))
        seen.push(...n);
    };
    await expect(run()).rejects.toThrow('third');
    expect(seen).toEqual([0, 1, 2]);
  });

  it('begins nothing behind a failed unit, however long the ones before it take', async () => {
    const begun: number[] = [];
    const head = withResolvers();
    const run = async () => {
      for await (const _ of inOrder(count(100), { width: 2 }, async n => {
        begun.push(n);
        if (n === 1) throw new Error('second');
        if (n === 0) await head.promise;
      }));
    };
    const running = run();
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    head.resolve();
    await expect(running).rejects.toThrow('second');
    expect(begun).toEqual([0, 1]);
  });

  it('passes a failing source on after the results before it', async () => {
    async function* broken(): AsyncGenerator<number[]> {
      yield [1];
      throw new Error('unreadable');
    }
    const seen: number[] = [];
    const run = async () => {
      for await (const n of inOrder(broken(), { width: 4 }, async n => {
        await new Promise(setImmediate);
        return n;
      }))
        seen.push(...n);
    };
    await expect(run()).rejects.toThrow('unreadable');
    expect(seen).toEqual([1]);
  });

  it('ends work under way when one unit fails, and waits until it has ended', async () => {
    const ended: number[] = [];
    const allBegun = withResolvers();
    const run = async () => {
      for await (const _ of inOrder(count(4), { width: 4 }, async (n, signal) => {
        if (n === 0) {
          await allBegun.promise;
          throw new Error('first');
        }
        if (n === 3) allBegun.resolve();
        await new Promise(resolve => signal.addEventListener('abort', resolve));
        ended.push(n);
      }));
    };
    await expect(run()).rejects.toThrow('first');
    expect(ended).toEqual([1, 2, 3]);
  });

  it('is ended by its signal while the source has nothing to give, after the results that are ready', async () => {
    const abort = new AbortController();
    async function* stalling(): AsyncGenerator<number[]> {
      yield [1];
      await new Promise(() => undefined);
    }
    const seen: number[] = [];
    const run = async () => {
      for await (const ready of inOrder(stalling(), { width: 4, signal: abort.signal }, async n => n)) {
        seen.push(...ready);
        abort.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(seen).toEqual([1]);
  });

  it('begins nothing after its signal, though the source gives without end', async () => {
    const abort = new AbortController();
    let begun = 0;
    async function* endless(): AsyncGenerator<number[]> {
      for (;;) yield [1];
    }
    const run = async () => {
      for await (const _ of inOrder(endless(), { width: 4, ahead: 8, signal: abort.signal }, async n => {
        begun += 1;
        if (begun === 100) abort.abort(new Error('enough'));
        return n;
      }));
    };
    await expect(run()).rejects.toThrow('enough');
    expect(begun).toBe(100);
  });

  it('hands out together what became ready together', async () => {
    const open = gates(5);
    const window = inOrder(count(5), { width: 5 }, async n => {
      await open[n]?.promise;
      return n;
    });
    const first = window.next();
    for (const n of [3, 1, 2]) open[n]?.resolve();
    await new Promise(setImmediate);
    open[0]?.resolve();
    expect((await first).value).toEqual([0, 1, 2, 3]);
    open[4]?.resolve();
    expect((await window.next()).value).toEqual([4]);
    expect((await window.next()).done).toBe(true);
  });
});
