// What authorising means to the rest of the program, and what every scheme is built from.
import type { CallProfile } from '../core/profile.ts';
import type { Provider } from '../core/provider.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Words } from '../core/say.ts';
import type { Scheme } from '../core/scheme.ts';
import type { Processes } from '../files/lock.ts';
import type { CredentialReader } from './credential-reader.ts';
import type { Logout } from './token-session.ts';

/** Authorises the requests of one profile. */
export interface Authenticator {
  /** The plan with its credential, marked secret. Called before every attempt: signatures carry the time. May log in. */
  authenticate(plan: RequestPlan): Promise<RequestPlan>;
  /** The same without sending anything: a token that would have to be obtained first stands as a placeholder. */
  preview(plan: RequestPlan): Promise<RequestPlan>;
  /** Verifies and unwraps a signed answer; `plan` is the authorised one. Throws ResponseError for one that cannot be trusted. */
  check(response: HttpResponse, plan: RequestPlan): Promise<HttpResponse>;
  /**
   * After the provider rejected the credential: true when there is a new one and the call should be replayed, once.
   * `response` is what `check` returned. Throws AuthError when the login that should have brought a new one was refused.
   */
  rejected(response: HttpResponse): Promise<boolean>;
  /** One sentence on why a credential may have been rejected. */
  hint(response: HttpResponse): Promise<Words | undefined>;
  /** What is known about the credential, for `auth status`. */
  describe(): Promise<AuthDescription>;
  /** What a user should know now, one sentence each. */
  warnings(): Promise<readonly Words[]>;
  login(): Promise<'not-needed' | AuthDescription>;
  logout(): Promise<'not-needed' | Logout>;
}

export interface AuthDescription {
  readonly kind: Scheme['kind'];
  /** `ready token`, `login with email and password`, `ES512 signature (v2)`. */
  readonly about: string;
  /** Names of the credentials in use. */
  readonly credentials: readonly string[];
  /** Exchanges: a token of an earlier login is at hand. */
  readonly cached?: boolean;
  readonly expiresAt?: Date;
  /** Signatures: what is done with those of answers. */
  readonly answers?: AnswerCheck;
}

/**
 * `unverified`: the provider's public key is not known. `verified`: neither a record nor "not found" is taken from an answer without
 * a good signature. `verified-if-signed`: an unsigned answer is taken, with a warning.
 */
export type AnswerCheck = 'unverified' | 'verified' | 'verified-if-signed';

export interface AuthenticatorOptions {
  readonly provider: Provider;
  readonly profile: CallProfile;
  /** Of the profile; the first scheme they satisfy is used. */
  readonly credentials: CredentialReader;
  readonly send: (plan: RequestPlan) => Promise<HttpResponse>;
  /** Told every secret that arrives on the way, so that no stream shows it. */
  readonly protect: (secret: string) => void;
  /** Told what a user should know of an answer, one sentence. */
  readonly warn: (sentence: Words) => void;
  readonly clock: Pick<Runtime, 'now' | 'monotonicMs'>;
  readonly signal: AbortSignal;
  readonly tokens: 'memory' | { readonly stateDir: string; readonly uid: number | undefined; readonly processes: Processes };
}
