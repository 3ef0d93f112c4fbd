// The ordered window: many units of work under way at once, results handed out in input order, memory bounded.

export interface WindowOptions {
  /** Units worked on at a time. */
  readonly width: number;
  /** Units begun but not yet handed out: how far fast ones may run ahead of a slow one. Default 16 × width. */
  readonly ahead?: number;
}

/**
 * Works on units from a lazy source and yields their results in the order of the units. Reads the source only as far as
 * the window reaches. A unit that throws ends the run when its turn comes: all results before it have been handed out.
 */
export async function* inOrder<T, R>(units: AsyncIterable<T>, options: WindowOptions, work: (unit: T) => Promise<R>): AsyncGenerator<R> {
  const { width, ahead = width * 16 } = options;
  const source = units[Symbol.asyncIterator]();
  const begun: Promise<R>[] = [];
  let active = 0;
  let ended = false;
  let filling: Promise<void> | undefined;
  let broken: { readonly error: unknown } | undefined;

  const fill = async (): Promise<void> => {
    while (!ended && active < width && begun.length < ahead) {
      const next = await source.next();
      if (next.done) {
        ended = true;
        return;
      }
      active += 1;
      const result = work(next.value).finally(() => {
        active -= 1;
        refill();
      });
      // The failure is thrown when its turn comes; until then it must not count as unhandled.
      result.catch(() => undefined);
      begun.push(result);
    }
  };
  const refill = (): void => {
    filling ??= fill()
      .catch(error => {
        broken = { error };
        ended = true;
      })
      .finally(() => {
        filling = undefined;
      });
  };

  try {
    for (;;) {
      refill();
      if (begun.length === 0) await filling;
      const head = begun[0];
      if (head === undefined) {
        if (broken) throw broken.error;
        if (ended) return;
        continue;
      }
      const result = await head;
      begun.shift();
      yield result;
    }
  } finally {
    ended = true;
    await source.return?.();
  }
}
