// The form of the facts files: what a provider's pages say, typed from the page and not from the literal, so that tests can hold
// one against the other. Nothing of the program imports one.

/** An answer that a page prints or describes as a failure, and what it has to become. */
export interface FailureFact {
  readonly about: string;
  readonly status: number;
  /** Content type; JSON when absent. */
  readonly type?: string;
  readonly body: string;
  readonly exit: 4 | 21 | 22 | 25 | 27;
  /** The provider's own code, as it must be reported. */
  readonly code?: string;
}

/** What the page of an endpoint says: `<endpoint>.facts.ts`, beside the literal. */
export interface EndpointFacts {
  /** The arguments, as help has them: `<wallet-key> <entry-keys...>`. */
  readonly usage: string;
  /** The request for the documented keys, without its credential; `/path-of-the-profile` where none is published. */
  readonly request: string;
  /** Options that the call cannot do without, as the page's own request has them. */
  readonly options?: readonly string[];
  /** The JSON body of that request, where it has one. */
  readonly body?: string;
  /** Where each parameter goes, its documented name, and its choices: `form method manual automatic`. */
  readonly params?: readonly string[];
  /** Fields whose values are personal, and why: `bank.account_no: account`. */
  readonly personal?: readonly string[];
  /** Keys of the printed record, nested ones dotted, separated by blanks. */
  readonly keys: string;
  /** Members of the printed answer whose text must not change: `"amount": 10.0`. */
  readonly printed: readonly string[];
  readonly failures?: readonly FailureFact[];
}

/** What a provider's pages say of all its calls: `provider.facts.ts`. */
export interface ProviderFacts {
  readonly baseUrl: string;
  /** The ways in, the preferred one first, with their credentials: `exchange: email password`. */
  readonly schemes: readonly string[];
  /** The calls of token exchanges: `PUT /login`. */
  readonly tokenCalls?: readonly string[];
  readonly failures: readonly FailureFact[];
  /** Failures of the documented login, and what a profile for it holds. */
  readonly login?: {
    readonly path: string;
    readonly credentials: Readonly<Record<string, string>>;
    readonly failures: readonly FailureFact[];
  };
}
