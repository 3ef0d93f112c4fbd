// Every failure a user can meet. A stage throws its own class and never prints; core/report.ts words it.
// The message says what failed, in one sentence without the "error:" label and without any secret.
import { type ExitName, exitCodes } from './exit-codes.ts';
import { inEnglish, say, type Words } from './say.ts';

/** What is known about the failed call. All of it may be shown; none of it may hold a secret. */
export interface ErrorFacts {
  readonly provider?: string;
  readonly endpoint?: string;
  /** Under which profile, where a run asks several. */
  readonly profile?: string;
  /** The keys the failure is about, as the user gave them. */
  readonly keys?: readonly string[];
  /** HTTP status of the provider's answer. */
  readonly status?: number;
  /** The provider's own error code, e.g. `CIN000078`. */
  readonly providerCode?: string;
  /** Id by which the provider can find the call in its logs. */
  readonly requestId?: string;
  /** Requests sent for this key, retries included. */
  readonly attempts?: number;
  /** How often each field differed from the documented shape until then. */
  readonly drift?: Readonly<Record<string, number>>;
  /** How many fields more differed, at least. */
  readonly driftMore?: number;
  /** One sentence that says what to do. */
  readonly hint?: string;
}

/** The facts as they are given: a hint of ours can be put into another language. */
export type GivenFacts = Omit<ErrorFacts, 'hint'> & { readonly hint?: Words };

/** Base of every failure with a documented exit code. `message` and `facts` are English; `said` and `given` are what people read. */
export class LoanqError extends Error {
  override readonly name: string = 'LoanqError';
  readonly facts: ErrorFacts;
  /** The message as it was said: another failure that passes it on hands this one over. */
  declare readonly said: Words;
  /** The facts with the hint as it was said. */
  declare readonly given: GivenFacts;

  constructor(
    readonly code: ExitName,
    said: Words,
    given: GivenFacts = {},
  ) {
    super(inEnglish(said));
    this.facts = inEnglishFacts(given);
    // Not enumerable: two failures are the same if they say the same.
    Object.defineProperties(this, { said: { value: said }, given: { value: given, configurable: true } });
  }

  get exit(): number {
    return exitCodes[this.code].exit;
  }

  get retryable(): boolean {
    return exitCodes[this.code].retryable;
  }

  /** The same failure with more facts; facts already known win. */
  with(facts: GivenFacts): this {
    const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
    const given = { ...facts, ...this.given };
    Object.defineProperty(copy, 'facts', { value: inEnglishFacts(given), enumerable: true });
    return Object.defineProperty(copy, 'given', { value: given, configurable: true });
  }
}

function inEnglishFacts({ hint, ...facts }: GivenFacts): ErrorFacts {
  return hint === undefined ? facts : { ...facts, hint: inEnglish(hint) };
}

function errorClass<N extends ExitName>(code: N, name: string) {
  return class extends LoanqError {
    override readonly name = name;
    constructor(said: Words, given?: GivenFacts) {
      super(code, said, given);
    }
  };
}

/** 2: bad flag, argument or key; nothing was sent. */
export class UsageError extends errorClass('usage', 'UsageError') {}
/** 4: the provider rejected the credential. */
export class AuthError extends errorClass('auth', 'AuthError') {}
/** 20: the configuration, a secret source or a base URL is unusable. */
export class ConfigError extends errorClass('config', 'ConfigError') {}
/** 21: the provider knows none of the keys. */
export class NotFoundError extends errorClass('not-found', 'NotFoundError') {}
/** 22: a permanent error of the provider. */
export class RefusedError extends errorClass('refused', 'RefusedError') {}
/** 23: an output cannot be written. */
export class WriteError extends errorClass('write', 'WriteError') {}
/** 24: a batch ended with some keys delivered and some not. */
export class PartialError extends errorClass('partial', 'PartialError') {}
/** 25: the network or the provider is not available now. */
export class TemporaryError extends errorClass('temporary', 'TemporaryError') {}
/** 26: keys or a saved answer cannot be read. */
export class InputError extends errorClass('input', 'InputError') {}
/** 27: the answer cannot be used. */
export class ResponseError extends errorClass('bad-response', 'ResponseError') {}
/** 28: `--deadline` passed. */
export class DeadlineError extends errorClass('deadline', 'DeadlineError') {}
/** 29: another run writes the same output. */
export class LockedError extends errorClass('locked', 'LockedError') {}
/** 60: TLS, redirect or host cannot be trusted. */
export class TrustError extends errorClass('trust', 'TrustError') {}

/** 129, 130, 141, 143: the run was ended from outside. */
export class SignalError extends LoanqError {
  override readonly name = 'SignalError';
  constructor(code: 'hangup' | 'interrupted' | 'broken-pipe' | 'terminated') {
    super(code, code === 'broken-pipe' ? say`the reader closed the pipe` : say`ended by ${signalNames[code]}`);
  }
}

const signalNames = { hangup: 'SIGHUP', interrupted: 'SIGINT', terminated: 'SIGTERM' } as const;
