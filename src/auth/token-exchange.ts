// Tokens by documented calls: login, refresh and revocation, all from the provider's literal.
import { AuthError, ResponseError, TemporaryError } from '../core/errors.ts';
import type { CallProfile } from '../core/profile.ts';
import { isOpenCredential, type Provider } from '../core/provider.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import { inEnglish, say, type Words } from '../core/say.ts';
import type { ExchangeScheme, Expiry, TokenStep } from '../core/scheme.ts';
import { adviceOf, isRetryableStatus, markFault } from '../http/faults.ts';
import { clockSkewMs } from './clock-skew.ts';
import { encryptValue } from './encryption.ts';
import { extractValues } from './exchange-answer.ts';
import { planStep, stepUses, type TemplateValue, type TemplateValues } from './exchange-step.ts';
import { jwtExpiryMs } from './jwt.ts';

/** A token as obtained. Times are epoch milliseconds by this machine's clock. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly obtainedAt: number;
  /** Absent when the provider does not state one: then the token is used until it is rejected. */
  readonly expiresAt?: number;
}

/** The calls of one profile. They throw AuthError when refused, TemporaryError when the provider is not available. */
export interface TokenExchange {
  login(): Promise<Tokens>;
  /** Whether a refresh can work at all: it needs a refresh token, and some need the access token to be alive. */
  canRefresh(tokens: Tokens, alive: boolean): boolean;
  refresh(tokens: Tokens): Promise<Tokens>;
  readonly canRevoke: boolean;
  revoke(tokens: Tokens): Promise<void>;
}

export interface ExchangeOptions {
  readonly provider: Provider;
  readonly scheme: ExchangeScheme;
  readonly profile: CallProfile;
  /** Values of the configured credentials, by name. */
  readonly credentials: ReadonlyMap<string, string>;
  /** The tenant's public key; without it no credential is encrypted. */
  readonly encryptionKey?: string;
  readonly send: (plan: RequestPlan) => Promise<HttpResponse>;
  readonly now: () => Date;
  /** Told every secret an answer brings, before it can be shown anywhere. */
  readonly protect: (secret: string) => void;
}

interface StepResult {
  readonly response: HttpResponse;
  readonly values: ReadonlyMap<string, string>;
}

/** The exchange of a profile, from its provider's scheme. */
export function createTokenExchange(options: ExchangeOptions): TokenExchange {
  const { scheme, now } = options;
  return {
    login: async () => {
      const known = baseValues(options);
      const obtained = new Map<string, string>();
      let last: HttpResponse | undefined;
      for (const step of scheme.login) {
        const { response, values } = await runStep(options, 'login', step, known);
        last = response;
        for (const [name, value] of values) {
          obtained.set(name, value);
          known.set(name, { value, secret: true });
        }
      }
      return readTokens(obtained, scheme.expiry, last, now());
    },
    canRefresh: (tokens, alive) =>
      scheme.refresh !== undefined && tokens.refreshToken !== undefined && (alive || !stepUses(scheme.refresh, 'accessToken')),
    refresh: async tokens => {
      if (scheme.refresh === undefined) throw new AuthError(say`the provider documents no token refresh`);
      const { response, values } = await runStep(options, 'refresh', scheme.refresh, tokenValues(options, tokens));
      const kept: [string, string][] = tokens.refreshToken === undefined ? [] : [['refreshToken', tokens.refreshToken]];
      return readTokens(new Map([...kept, ...values]), scheme.expiry, response, now());
    },
    canRevoke: scheme.revoke !== undefined,
    revoke: async tokens => {
      if (scheme.revoke !== undefined) await runStep(options, 'revoke', scheme.revoke, tokenValues(options, tokens));
    },
  };
}

/** Settings, and the configured credentials (one of them encrypted where the profile has the tenant's key). */
function baseValues({ scheme, profile, credentials, provider, encryptionKey }: ExchangeOptions): Map<string, TemplateValue> {
  const values = new Map<string, TemplateValue>(Object.entries(profile.settings).map(([name, value]) => [name, { value }]));
  for (const [name, value] of credentials) values.set(name, { value, ...(!isOpenCredential(provider, name) && { secret: true as const }) });
  const { encrypt } = scheme;
  const plain = encrypt && credentials.get(encrypt.credential);
  if (encrypt && encryptionKey !== undefined && plain !== undefined) {
    values.set(encrypt.credential, {
      value: encryptValue(plain, encryptionKey, say`${encrypt.publicKey} of profile "${profile.name}"`),
      secret: true,
    });
  }
  return values;
}

function tokenValues(options: ExchangeOptions, tokens: Tokens): TemplateValues {
  const values = baseValues(options);
  values.set('accessToken', { value: tokens.accessToken, secret: true });
  if (tokens.refreshToken !== undefined) values.set('refreshToken', { value: tokens.refreshToken, secret: true });
  return values;
}

const sentences = { login: say`login failed`, refresh: say`token refresh failed`, revoke: say`logout failed` } as const;

async function runStep(
  options: ExchangeOptions,
  role: keyof typeof sentences,
  step: TokenStep,
  known: TemplateValues,
): Promise<StepResult> {
  const { provider, profile, scheme, now, protect } = options;
  const sentence = sentences[role];
  const hint = say`check ${scheme.credentials.join(', ')} and baseUrl of profile "${profile.name}"`;
  try {
    const response = await options.send(planStep(step, profile.baseUrl, known));
    const values = extractValues({ provider, sentence, duringLogin: role === 'login', hint, sent: known, now }, step, response);
    for (const [name, value] of values) if (name !== 'expires') protect(value);
    return { response, values };
  } catch (error) {
    throw withAdvice(error, sentence, scheme.lockout === true);
  }
}

/**
 * A failure that may pass says which call it was, and carries the retry loop's advice: an ordinary login is worth another try,
 * one that may lock the account is not.
 */
function withAdvice(error: unknown, sentence: Words, once: boolean): unknown {
  const advice = adviceOf(error)?.advice;
  if (error instanceof ResponseError && advice !== undefined && once) return new ResponseError(error.said, error.given);
  if (!(error instanceof TemporaryError)) return error;
  const message = error.message.startsWith(inEnglish(sentence)) ? error.said : say`${sentence}: ${error.said}`;
  const told = new TemporaryError(message, error.given);
  if (once) return told;
  const { status } = error.facts;
  const when = status === undefined || isRetryableStatus(status) ? 'yes' : 'no';
  return markFault({ error: told, advice: advice ?? { when, timeout: false } });
}

function readTokens(obtained: ReadonlyMap<string, string>, expiry: Expiry, answer: HttpResponse | undefined, now: Date): Tokens {
  const accessToken = obtained.get('accessToken');
  if (accessToken === undefined) throw new ResponseError(say`login failed: the answer has no accessToken`);
  const refreshToken = obtained.get('refreshToken');
  const life = lifeMs(expiry, obtained.get('expires'), accessToken, answer, now);
  return {
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    obtainedAt: now.getTime(),
    ...(life !== undefined && { expiresAt: now.getTime() + life }),
  };
}

/** Remaining life. Absolute times are read against the provider's own clock: a wrong clock here must not make every token look expired. */
function lifeMs(
  expiry: Expiry,
  stated: string | undefined,
  token: string,
  answer: HttpResponse | undefined,
  now: Date,
): number | undefined {
  const theirNow = now.getTime() - clockSkewMs(answer ?? {}, now);
  const absolute = expiry === 'jwt' ? (jwtExpiryMs(token) ?? Number.NaN) : Number(stated);
  const life = expiry === 'seconds' ? Number(stated) * 1000 : absolute - theirNow;
  return Number.isFinite(life) && life > 0 ? life : undefined;
}
