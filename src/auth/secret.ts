// Secrets that no print shows, and the last gate before any stream: a filter that masks every loaded secret
// however it is spelled. Bytes that are no secret pass unchanged.
import { inspect } from 'node:util';
import { Matcher, patternsOf } from './secret-matcher.ts';

export const mask = '[redacted]';

/** A value that only `reveal` shows. */
export class Secret {
  readonly #value: string;
  /** Not confidential (an e-mail address, a client id): never masked. */
  readonly open: boolean;

  constructor(value: string, options: { readonly open?: boolean } = {}) {
    this.#value = value;
    this.open = options.open ?? false;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

/** The secrets loaded in this run. Filters see those added later, too. */
export class SecretRegister {
  readonly #patterns = new Set<string>();

  add(secret: Secret): Secret {
    if (!secret.open) for (const pattern of patternsOf(secret.reveal())) this.#patterns.add(pattern);
    return secret;
  }

  /** Texts to look for. Grows only. */
  get patterns(): ReadonlySet<string> {
    return this.#patterns;
  }
}

/** Filters one stream of bytes; chunks may end anywhere. */
export interface ByteFilter {
  /**
   * What can be written now. Held back is only an end that may be the beginning of a secret;
   * no secret is looked for across line breaks, so a chunk that ends with one is never held back.
   */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back. */
  end(): Uint8Array;
}

/** Passes bytes that are there as a whole through a filter; nothing is held back. */
export function filterWhole(filter: ByteFilter, bytes: Uint8Array): Buffer {
  return Buffer.concat([filter.push(bytes), filter.end()]);
}

/** Masks loaded secrets of 8 characters and more in a text. */
export function createFilter(register: SecretRegister): (text: string) => string {
  const matcher = new Matcher(register.patterns);
  return text => {
    if (register.patterns.size === 0) return text;
    matcher.feed(codesOf(text), 0, 0);
    const spans = matcher.finish();
    let cursor = 0;
    const pieces = spans.map(({ start, end }) => {
      const piece = text.slice(cursor, start) + mask;
      cursor = end;
      return piece;
    });
    return spans.length === 0 ? text : pieces.join('') + text.slice(cursor);
  };
}

/** Masks loaded secrets of 8 characters and more in a stream. */
export function createByteFilter(register: SecretRegister): ByteFilter {
  return new StreamFilter(new Matcher(register.patterns));
}

function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) codes[index] = text.charCodeAt(index);
  return codes;
}

class StreamFilter implements ByteFilter {
  #held: Uint8Array = new Uint8Array();
  /** Place of the first held byte in the stream. */
  #base = 0;
  readonly #matcher: Matcher;

  constructor(matcher: Matcher) {
    this.#matcher = matcher;
  }

  push(chunk: Uint8Array): Uint8Array {
    const data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#matcher.feed(data, this.#held.length, this.#base);
    const safe = Math.min(this.#matcher.firstOpen ?? Number.POSITIVE_INFINITY, this.#base + data.length);
    const ready = this.#masked(data, safe);
    // A copy: the chunk belongs to the caller.
    this.#held = new Uint8Array(data.subarray(safe - this.#base));
    this.#base = safe;
    return ready;
  }

  end(): Uint8Array {
    this.#matcher.drop();
    const ready = this.#masked(this.#held, this.#base + this.#held.length);
    this.#base += this.#held.length;
    this.#held = new Uint8Array();
    return ready;
  }

  /** The data before `safe`, its secrets masked. A secret that goes on behind it is masked once. */
  #masked(data: Uint8Array, safe: number): Uint8Array {
    const spans = this.#matcher.spans;
    if (spans.length === 0) return data.subarray(0, safe - this.#base);
    const pieces: Uint8Array[] = [];
    let cursor = this.#base;
    for (let span = spans[0]; span !== undefined && span.start < safe; span = spans[0]) {
      pieces.push(data.subarray(cursor - this.#base, span.start - this.#base));
      if (!span.shown) pieces.push(Buffer.from(mask));
      cursor = Math.min(span.end, safe);
      if (span.end > safe) {
        spans[0] = { start: safe, end: span.end, shown: true };
        break;
      }
      spans.shift();
    }
    pieces.push(data.subarray(cursor - this.#base, safe - this.#base));
    return Buffer.concat(pieces);
  }
}
