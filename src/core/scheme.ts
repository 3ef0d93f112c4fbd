// How a provider lets somebody in, as data: where a credential goes, and how it is obtained or made.

/** Where a credential goes, as OpenAPI says it. Whatever is put there is marked secret in the plan. */
export interface CredentialLocation {
  readonly in: 'query' | 'header';
  readonly name: string;
  /** Put before the value of a header: `Bearer `. */
  readonly prefix?: string;
}

/** One call of a token exchange. `{name}` in paths and bodies is a credential, a setting or a value extracted by an earlier step. */
export interface TokenStep {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Members of the JSON body; a member whose `{credential}` is not configured is left out. */
  readonly json?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values to read from the answer: the first dotted path that holds text. `accessToken`, `refreshToken` and `expires` are known. */
  readonly extract: Readonly<Record<string, readonly string[]>>;
  /** Further members of the documented answer, by dotted path, as the document prints them: for the sandbox. */
  readonly extraSample?: Readonly<Record<string, string>>;
}

/** How to read `expires`. */
export type Expiry = 'epoch-ms' | 'seconds' | 'jwt';

/** One way to authenticate. The first whose credentials a profile has is used. */
export type Scheme =
  /** A ready token from the profile. `jwt`: its `exp` claim may be read to warn. */
  | {
      readonly kind: 'token';
      /** What it is to somebody who has to choose: `a ready token`. */
      readonly about?: string;
      readonly credential: string;
      readonly location: CredentialLocation;
      readonly jwt?: true;
      /** The token of the document's own calls: with it they work against the sandbox as they stand. */
      readonly sample?: string;
    }
  /** Tokens obtained by documented calls, cached and renewed. */
  | {
      readonly kind: 'exchange';
      readonly about?: string;
      readonly credentials: readonly string[];
      readonly optional?: readonly string[];
      readonly location: CredentialLocation;
      readonly login: readonly TokenStep[];
      readonly refresh?: TokenStep;
      readonly revoke?: TokenStep;
      readonly expiry: Expiry;
      /** A login is never tried twice: failures lock the account. */
      readonly lockout?: true;
      /** Credential that is encrypted (RSA-OAEP, SHA-256) with the tenant's public key, a setting, when the profile has it. */
      readonly encrypt?: { readonly credential: string; readonly publicKey: string };
    }
  /** ES512 signature over every request (QI Tech). */
  | {
      readonly kind: 'es512';
      readonly about?: string;
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

export type TokenScheme = Extract<Scheme, { readonly kind: 'token' }>;
export type ExchangeScheme = Extract<Scheme, { readonly kind: 'exchange' }>;
export type SignatureScheme = Extract<Scheme, { readonly kind: 'es512' }>;

/** Credentials a scheme cannot do without, in the order of its document. */
export function requiredCredentials(scheme: Scheme): readonly string[] {
  if (scheme.kind === 'token') return [scheme.credential];
  return scheme.kind === 'exchange' ? scheme.credentials : [scheme.client, scheme.key];
}

/** Credentials a scheme takes where a profile has them. */
export function optionalCredentials(scheme: Scheme): readonly string[] {
  return scheme.kind === 'exchange' ? (scheme.optional ?? []) : [];
}
