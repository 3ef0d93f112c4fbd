// Secrets that no print shows, and the last gate before any stream: a filter that masks every loaded secret
// however it is spelled. Bytes that are no secret pass unchanged.
import { inspect } from 'node:util';
import { redacted } from '../core/redacted.ts';
import { say, type Words } from '../core/say.ts';
import { finish, type Steps, takeTurn, turnSize } from '../core/turn.ts';
import { type Automaton, buildAutomaton } from './secret-automaton.ts';
import { Matcher, type Span } from './secret-matcher.ts';
import { patternsOf } from './secret-patterns.ts';

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
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}

/** The secrets loaded in this run. Filters see those added later, too. */
export class SecretRegister {
  readonly #forms = new Map<string, readonly number[]>();
  readonly #numbers = new Set<string>();
  #automaton: Automaton | undefined;

  add(secret: Secret): Secret {
    if (secret.open) return secret;
    const { forms, numbers } = patternsOf(secret.reveal());
    for (const [text, form] of forms) {
      if (this.#forms.has(text)) continue;
      this.#forms.set(text, form);
      this.#automaton = undefined;
    }
    for (const text of numbers) this.#numbers.add(text);
    return secret;
  }

  /** Finds all of them but those that look like numbers. Another object once there are more; undefined while there are none. */
  get automaton(): Automaton | undefined {
    if (this.#forms.size > 0) this.#automaton ??= buildAutomaton([...this.#forms.values()]);
    return this.#automaton;
  }

  /** Secrets that look like amounts, numbers or dates. Grows only. */
  get numbers(): ReadonlySet<string> {
    return this.#numbers;
  }
}

/** Where secrets are kept, and who is told of one that cannot be kept out of everything. */
export interface Protection {
  readonly register: SecretRegister;
  readonly warn: (sentence: Words) => void;
}

/** Adds a secret. One that looks like an amount is looked for in messages only: a result with a wrong amount would be worse. */
export function protectSecret(secret: Secret, what: Words, { register, warn }: Protection): Secret {
  const known = register.numbers.size;
  register.add(secret);
  if (register.numbers.size > known)
    warn(say`the ${what} looks like a number: results are not searched for it, because amounts would be masked`);
  return secret;
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

/** Passes bytes through a filter, many of them in turns with what else waits. Throws the signal's reason when it ends. */
export async function filterInTurns(filter: ByteFilter, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (bytes.length <= turnSize) return filter.push(bytes);
  const ready: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += turnSize) {
    await takeTurn(signal);
    ready.push(filter.push(bytes.subarray(at, at + turnSize)));
  }
  return Buffer.concat(ready);
}

/** The same for bytes that are there as a whole; nothing is held back. */
export async function filterWhole(filter: ByteFilter, bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  const ready = await filterInTurns(filter, bytes, signal);
  const rest = filter.end();
  return rest.length === 0 ? ready : Buffer.concat([ready, rest]);
}

/** Masks loaded secrets of 8 characters and more in a text. */
export function createFilter(register: SecretRegister): (text: string) => string {
  const filter = createStepFilter(register);
  return text => finish(filter(text));
}

/** The same in steps, for texts that may be long. */
export function createStepFilter(register: SecretRegister): (text: string) => Steps<string> {
  return function* (text) {
    const { automaton } = register;
    if (automaton === undefined) return text;
    const matcher = new Matcher(automaton);
    for (let at = 0; at < text.length; at += turnSize) {
      const portion = text.slice(at, at + turnSize);
      matcher.feed(codesOf(portion), 0, at);
      yield portion.length;
    }
    let cursor = 0;
    const pieces = matcher.finish().map(({ start, end }) => {
      const piece = text.slice(cursor, start) + redacted;
      cursor = end;
      return piece;
    });
    return pieces.length === 0 ? text : pieces.join('') + text.slice(cursor);
  };
}

/** The same for what is said to people: there a secret that looks like a number is masked, too, where it is not part of a longer one. */
export function createMessageFilter(register: SecretRegister): (text: string) => string {
  const filter = createFilter(register);
  return text => [...register.numbers].reduce((masked, number) => maskNumber(masked, number), filter(text));
}

function maskNumber(text: string, number: string): string {
  if (!text.includes(number)) return text;
  const literal = number.replace(/[.+/]/g, '\\$&');
  return text.replace(new RegExp(`(?<!\\d|\\d[.,])${literal}(?!\\d|[.,]\\d)`, 'g'), redacted);
}

/** Masks loaded secrets of 8 characters and more in a stream. */
export function createByteFilter(register: SecretRegister): ByteFilter {
  return new StreamFilter(register);
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
  #automaton: Automaton | undefined;
  #matcher: Matcher | undefined;

  constructor(readonly register: SecretRegister) {}

  push(chunk: Uint8Array): Uint8Array {
    const matcher = this.#currentMatcher();
    if (matcher === undefined) return chunk;
    const data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    matcher.feed(data, this.#held.length, this.#base);
    const safe = Math.min(matcher.firstOpen ?? Number.POSITIVE_INFINITY, this.#base + data.length);
    const ready = this.#masked(matcher.spans, data, safe);
    // A copy: the chunk belongs to the caller.
    this.#held = new Uint8Array(data.subarray(safe - this.#base));
    this.#base = safe;
    return ready;
  }

  end(): Uint8Array {
    this.#matcher?.drop();
    const ready = this.#masked(this.#matcher?.spans ?? [], this.#held, this.#base + this.#held.length);
    this.#base += this.#held.length;
    this.#held = new Uint8Array();
    return ready;
  }

  /** Once there are more secrets, what is held back is read again for all of them. */
  #currentMatcher(): Matcher | undefined {
    const { automaton } = this.register;
    if (automaton === undefined || automaton === this.#automaton) return this.#matcher;
    const matcher = new Matcher(automaton);
    // A secret whose mask has been written goes on.
    matcher.spans = this.#matcher?.spans.filter(({ shown }) => shown) ?? [];
    matcher.feed(this.#held, 0, this.#base);
    this.#automaton = automaton;
    this.#matcher = matcher;
    return matcher;
  }

  /** The data before `safe`, its secrets masked. A secret that goes on behind it is masked once. */
  #masked(spans: Span[], data: Uint8Array, safe: number): Uint8Array {
    if (spans.length === 0) return data.subarray(0, safe - this.#base);
    const pieces: Uint8Array[] = [];
    let cursor = this.#base;
    let done = 0;
    for (const span of spans) {
      if (span.start >= safe) break;
      pieces.push(data.subarray(cursor - this.#base, span.start - this.#base));
      if (!span.shown) pieces.push(Buffer.from(redacted));
      cursor = Math.min(span.end, safe);
      if (span.end > safe) {
        span.start = safe;
        span.shown = true;
        break;
      }
      done += 1;
    }
    spans.splice(0, done);
    pieces.push(data.subarray(cursor - this.#base, safe - this.#base));
    return Buffer.concat(pieces);
  }
}
