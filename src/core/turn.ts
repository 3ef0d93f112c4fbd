// Long work in portions, so that timers, signals and other requests have their turn in between: an answer may have 16 MiB.

/** Work that can be interrupted. Each step says how much it did: characters, bytes, or about as many for an element. */
export type Steps<T> = Generator<number, T, undefined>;

/** So much is done at a time: some milliseconds of work. */
export const turnSize = 256 * 1024;
/** What an element of a list or object counts for beside its text. */
export const elementSize = 16;

/** Does the work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does the work in portions; a small one takes no turn of the event loop. Throws the signal's reason when it ends before the work. */
export async function inTurns<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (let done = 0; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    done += step.value;
    if (done < turnSize) continue;
    done = 0;
    await takeTurn(signal);
  }
}

/** Lets everything that waits have its turn, between two parts of long work. Throws the signal's reason when it has ended. */
export async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
  // The first may still come before the loop has looked for signals and sockets.
  await nextTurn();
  await nextTurn();
  signal?.throwIfAborted();
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}

/** Waits for work, but not past the signal, whose reason is thrown; the work then goes on unheard. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
