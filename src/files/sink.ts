// What every output looks like to those who write it: standard output and files.

/** Where rendered bytes go. Calls must not overlap: await one before the next. */
export interface Sink {
  /**
   * Accepts bytes; resolves when more may follow (back-pressure).
   * Throws WriteError, or SignalError `broken-pipe` when the reader is gone.
   */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Bytes accepted so far. They may still wait in memory until `commit`. */
  readonly offset: number;
  /** Hands every accepted byte to the operating system and makes the output final. */
  commit(): Promise<void>;
  /** Ends the output without making it final. Never throws. */
  abandon(): Promise<void>;
}

/** Writes smaller than this are gathered into one. */
export const blockBytes = 65_536;

/** A chunk as bytes. */
export function toBytes(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
