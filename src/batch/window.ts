// The ordered window: many units of work under way at once, results handed out in input order, memory bounded.

export interface WindowOptions<T> {
  /** Units worked on at a time. */
  readonly width: number;
  /** How much may be begun but not yet handed out, by `size`: how far fast ones may run ahead of a slow one. Default 16 × width. */
  readonly ahead?: number;
  /** What a unit counts for in `ahead`: the keys of a shared call. Default 1. */
  readonly size?: (unit: T) => number;
  /** Ends the run at once, whatever it waits for; its reason is thrown after all results that are ready. */
  readonly signal?: AbortSignal;
}

/**
 * Works on one unit; the signal ends with the run, so that nothing goes on behind it. `free` may be called before the end, when what is
 * left is no longer to hold up the next unit.
 */
export type Work<T, R> = (unit: T, signal: AbortSignal, free: () => void) => Promise<R>;

/** A unit that was begun, in the order of the units. */
interface Slot<R> {
  readonly size: number;
  settled?: { readonly ok: true; readonly result: R } | { readonly ok: false; readonly error: unknown };
}

type Source = { readonly state: 'open' } | { readonly state: 'ended' } | { readonly state: 'broken'; readonly error: unknown };

/**
 * Works on units from a lazy source, which may give several at a time, and yields their results in the order of the units, as many at once as are ready.
 * Reads the source only as far as the window reaches. A unit that throws ends the run when its turn comes: all results
 * before it have been handed out. A source that is being read when the run ends early is the caller's to close.
 */
export async function* inOrder<T, R>(units: AsyncIterable<readonly T[]>, options: WindowOptions<T>, work: Work<T, R>): AsyncGenerator<R[]> {
  const window = new Window(units[Symbol.asyncIterator](), options, work);
  try {
    for (let ready = await window.next(); ready !== undefined; ready = await window.next()) yield ready;
  } finally {
    await window.close();
  }
}

class Window<T, R> {
  readonly #slots: Slot<R>[] = [];
  readonly #stop = new AbortController();
  readonly #working = new Set<Promise<void>>();
  /** Units that hold up others: those that are worked on but for those that said that they no longer do. */
  #busy = 0;
  readonly #ahead: number;
  /** Sizes of all slots together. */
  #held = 0;
  #reading = false;
  #hasFailed = false;
  #source: Source = { state: 'open' };
  /** What the source gave last, as far as it has not been begun. */
  #units: Iterator<T, unknown> = [][Symbol.iterator]();
  #wake: () => void = () => undefined;

  constructor(
    readonly source: AsyncIterator<readonly T[]>,
    readonly options: WindowOptions<T>,
    readonly work: Work<T, R>,
  ) {
    this.#ahead = options.ahead ?? options.width * 16;
    options.signal?.addEventListener('abort', this.#onAbort);
  }

  /** The results at the head that are ready, at least one; undefined at the end. */
  async next(): Promise<R[] | undefined> {
    const { signal } = this.options;
    for (;;) {
      const ready = this.#takeReady();
      if (ready.length > 0) {
        void this.#fill();
        return ready;
      }
      const head = this.#slots[0];
      if (head?.settled?.ok === false) throw head.settled.error;
      if (signal?.aborted) throw signal.reason;
      if (head === undefined && this.#source.state === 'broken') throw this.#source.error;
      if (head === undefined && this.#source.state === 'ended') return undefined;
      const change = new Promise<void>(resolve => {
        this.#wake = resolve;
      });
      void this.#fill();
      await change;
    }
  }

  /** Ends what is under way. A read under way is not waited for: it may never end. */
  async close(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.#onAbort);
    const isReading = this.#reading;
    this.#source = { state: 'ended' };
    this.#stop.abort();
    await Promise.all(this.#working);
    if (!isReading) await this.source.return?.();
  }

  readonly #onAbort = (): void => {
    this.#stop.abort(this.options.signal?.reason);
    this.#wake();
  };

  #takeReady(): R[] {
    const ready: R[] = [];
    for (const { settled, size } of this.#slots) {
      if (settled?.ok !== true) break;
      ready.push(settled.result);
      this.#held -= size;
    }
    this.#slots.splice(0, ready.length);
    return ready;
  }

  /**
   * Whether more units may begin: none does after the signal, or a fast source would keep the run alive for ever; and none
   * behind a unit that threw, whose result would never be handed out.
   */
  get #isOpen(): boolean {
    return this.#source.state === 'open' && !this.#hasFailed && this.options.signal?.aborted !== true;
  }

  get #hasRoom(): boolean {
    return this.#isOpen && this.#busy < this.options.width && this.#held < this.#ahead;
  }

  async #fill(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#hasRoom) {
        const unit = this.#units.next();
        if (!unit.done) this.#begin(unit.value);
        else await this.#readUnits();
      }
    } catch (error) {
      this.#endSource({ state: 'broken', error });
    } finally {
      this.#reading = false;
    }
  }

  async #readUnits(): Promise<void> {
    const next = await this.source.next();
    if (next.done) this.#endSource({ state: 'ended' });
    else this.#units = next.value[Symbol.iterator]();
  }

  #endSource(how: Source): void {
    if (this.#source.state !== 'open') return;
    this.#source = how;
    this.#wake();
  }

  #begin(unit: T): void {
    const slot: Slot<R> = { size: this.options.size?.(unit) ?? 1 };
    this.#slots.push(slot);
    this.#held += slot.size;
    this.#busy += 1;
    let isFree = false;
    const free = (): void => {
      if (isFree) return;
      isFree = true;
      this.#busy -= 1;
      void this.#fill();
    };
    const settle = (settled: NonNullable<Slot<R>['settled']>): void => {
      slot.settled = settled;
      this.#hasFailed ||= !settled.ok;
      this.#working.delete(task);
      free();
      this.#wake();
    };
    const task = this.work(unit, this.#stop.signal, free).then(
      result => settle({ ok: true, result }),
      error => settle({ ok: false, error }),
    );
    this.#working.add(task);
  }
}
