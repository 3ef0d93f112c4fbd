// A provider is a literal, too: host, ways in, headers of every call, how it words failures, and its endpoints.
import type { Endpoint, Failure, HeaderValue } from './endpoint.ts';

/** Where a credential goes. Whatever fills the place is marked secret in the plan. */
export type Place =
  | { readonly query: string }
  /** `prefix` is put before the value: `Bearer `. */
  | { readonly header: string; readonly prefix?: string };

/** One call of a token exchange. `{name}` in paths and bodies is a credential, a setting or a value taken by an earlier step. */
export interface TokenStep {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Members of the JSON body; a member whose `{credential}` is not configured is left out. */
  readonly json?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values taken from the answer: the first dotted place that holds text. `accessToken`, `refreshToken` and `expires` are known. */
  readonly take: Readonly<Record<string, readonly string[]>>;
  /** Members the documented answer has beside, by dotted place, as the document prints them: for the sandbox. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** How to read `expires`. */
export type Expiry = 'epoch-ms' | 'seconds' | 'jwt';

/** A way into a provider. The first whose credentials a profile has is used. */
export type Scheme =
  /** A ready token from the profile. `jwt`: its `exp` claim may be read to warn. */
  | {
      readonly kind: 'token';
      readonly credential: string;
      readonly place: Place;
      readonly jwt?: true;
      /** The token of the document's own calls: with it they work against the sandbox as they stand. */
      readonly sample?: string;
    }
  /** Tokens obtained by documented calls, cached and renewed. */
  | {
      readonly kind: 'exchange';
      readonly credentials: readonly string[];
      readonly optional?: readonly string[];
      readonly place: Place;
      readonly login: readonly TokenStep[];
      readonly refresh?: TokenStep;
      readonly revoke?: TokenStep;
      readonly expiry: Expiry;
      /** A login is never tried twice: failures lock the account. */
      readonly lockout?: true;
      /** Credential that is sealed with the tenant's RSA public key (RSA-OAEP, SHA-256) when the profile has it. */
      readonly seal?: { readonly credential: string; readonly publicKey: string };
    }
  /** ES512 signature over every request (QI Tech). */
  | {
      readonly kind: 'es512';
      readonly client: string;
      readonly key: string;
      /** Settings of a profile that shape it, by their names there. */
      readonly settings: {
        /** A choice: `v2` (the default) or `legacy`. */
        readonly variant: string;
        /** The provider's public key; without it answers are not verified. */
        readonly publicKey: string;
        /** A choice, what to do with an answer that is not signed: `refuse` (the default) or `warn`. */
        readonly unsigned: string;
      };
    };

export type ExchangeScheme = Extract<Scheme, { readonly kind: 'exchange' }>;

/** Credentials a scheme cannot do without, in the order of its document. */
export function requiredCredentials(scheme: Scheme): readonly string[] {
  if (scheme.kind === 'token') return [scheme.credential];
  return scheme.kind === 'exchange' ? scheme.credentials : [scheme.client, scheme.key];
}

/** A provider as the registry sees it. */
export interface ProviderLiteral {
  /** The CLI word. */
  readonly name: string;
  readonly title: string;
  readonly docs: string;
  readonly baseUrl: string;
  readonly schemes: readonly Scheme[];
  /** Credentials that may be shown: e-mail addresses and client ids. */
  readonly open?: readonly string[];
  /** Further keys a profile of this provider may have, and what they are. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Headers of every call beside the credential. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  readonly failure: FailureShape;
  /** Failures any endpoint can meet; an endpoint's own come first. */
  readonly failures?: readonly Failure[];
  /** A harmless documented call that proves the credential, for `auth status --check`. */
  readonly test?: {
    readonly method: 'GET';
    readonly path: string;
    /** An answer of the documented shape, for the sandbox. */
    readonly answer?: string;
  };

  readonly endpoints: readonly Endpoint[];
}

/** A key a profile of the provider may have beside the common ones. `max` bounds a `count`; `choices` are the words of a `choice`. */
export interface Setting {
  readonly type: 'text' | 'ip' | 'count' | 'choice' | 'key' | 'paths';
  readonly about: string;
  readonly choices?: readonly string[];
  readonly max?: number;
}

/** How a provider words a failure. Dotted places in the body, tried in order. */
export interface FailureShape {
  readonly code: readonly string[];
  readonly message: readonly string[];
  /** A body is a success only if each stated place is absent or holds one of these texts. */
  readonly success?: readonly { readonly at: string; readonly is: readonly string[]; readonly required?: true }[];
  /** A 404 without a documented code is a missing record; false: it is a wrong address. */
  readonly notFoundBy404: boolean;
}

export type Provider = ProviderLiteral;

/** Declares a provider. */
export function defineProvider(literal: ProviderLiteral): Provider {
  return literal;
}
