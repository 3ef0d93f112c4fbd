// No more requests at once than there are sockets. Node's agent would let the others wait inside, and hand a socket on to them
// before what came behind an answer has been read (surplus.ts).
import { onAbort } from './clock.ts';

export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Runs the work once a slot is free, first come first served. The slot is free again when the work ends, or says that it needs it no
   * more. An abort while waiting rejects with the signal's reason.
   */
  async use<T>(signal: AbortSignal, work: (leave: () => void) => Promise<T>): Promise<T> {
    await this.#take(signal);
    let hasLeft = false;
    const leave = () => {
      if (hasLeft) return;
      hasLeft = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
    try {
      return await work(leave);
    } finally {
      leave();
    }
  }

  async #take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        unfollow();
        resolve();
      };
      const unfollow = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason);
      });
      this.#waiting.push(enter);
    });
  }
}
