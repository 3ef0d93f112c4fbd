// Failures of the transport in our own words. The HTTP library's text is never shown: it holds URLs, and with them tokens.
import { ConfigError, LoanqError, ResponseError, TemporaryError, TrustError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';

/** What the retry loop needs to know about a failure: may it be tried again, and was time lost on it? */
export interface RetryAdvice {
  readonly when: 'yes' | 'once' | 'no';
  readonly timeout: boolean;
}

/** A failure in our words, and whether to try again. */
export interface Fault {
  readonly error: LoanqError;
  readonly advice: RetryAdvice;
}

/** How far an attempt came, and what it was allowed. */
export interface AttemptFacts {
  readonly host: string;
  /** `host:port` of the proxy the attempt goes through. */
  readonly proxy: string | undefined;
  /**
   * `waiting`: no connection yet. `tunnelled`: connected to the proxy, not yet to the host.
   * `connected`: the request can be sent. `answered`: the header of the answer is in.
   */
  readonly stage: 'waiting' | 'tunnelled' | 'connected' | 'answered';
  readonly limits: TimeLimits;
}

/** Limits of the phases of one attempt, and of the whole attempt. */
export interface TimeLimits {
  readonly lookupMs: number;
  readonly connectMs: number;
  readonly secureConnectMs: number;
  readonly headersMs: number;
  readonly attemptMs: number;
}

const again: RetryAdvice = { when: 'yes', timeout: false };
const onceMore: RetryAdvice = { when: 'once', timeout: false };
const never: RetryAdvice = { when: 'no', timeout: false };
const afterTimeout: RetryAdvice = { when: 'yes', timeout: true };

const adviceMark = Symbol('retry advice');

/** The error of a fault, with the advice attached where `adviceOf` finds it, also on copies made by `with`. */
export function markFault({ error, advice }: Fault): LoanqError {
  return Object.defineProperty(error, adviceMark, { value: advice });
}

/** The fault a thrown error stands for; undefined when it is none of the transport's. */
export function adviceOf(error: unknown): Fault | undefined {
  if (!(error instanceof LoanqError)) return undefined;
  const advice: RetryAdvice | undefined = Reflect.get(error, adviceMark);
  return advice && { error, advice };
}

const retryableStatuses = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

export function isRetryableStatus(status: number): boolean {
  return retryableStatuses.has(status);
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** The error for an answer that must not be read on, whatever its body; undefined for any other. */
export function refuseStatus(status: number, location: string | undefined, url: URL): LoanqError | undefined {
  if (redirectStatuses.has(status)) {
    return new TrustError(say`${url.hostname} answered with a redirect (${status}) ${redirectTarget(location, url)}`, {
      status,
      hint: say`redirects are never followed; if the address is right, set it as baseUrl of the profile`,
    });
  }
  if (status >= 200 && status < 600 && status !== 206 && (status < 300 || status >= 400)) return undefined;
  return new ResponseError(say`${url.hostname} answered with status ${status}, which is no answer to this request`, { status });
}

/** Names the origin only: path, query and user info may echo a secret. */
function redirectTarget(location: string | undefined, url: URL): Words {
  if (location === undefined) return say`without a target`;
  if (!URL.canParse(location, url.href)) return say`to an unreadable address`;
  const target = new URL(location, url);
  if (target.protocol === 'https:' || target.protocol === 'http:') return say`to ${target.origin}`;
  return target.protocol === 'file:' ? say`to a file` : say`to something that is not HTTP`;
}

/** Words a failed attempt and says whether another one may help. */
export function classifyFailure(failure: unknown, facts: AttemptFacts): Fault {
  const { code, timeoutOf, text } = describe(failure);
  if (timeoutOf !== undefined) return timeoutFault(timeoutOf, facts);
  const proxyFault = facts.stage === 'waiting' && facts.proxy !== undefined ? classifyProxyAnswer(text, facts.proxy) : undefined;
  return proxyFault ?? tlsFault(code, text, facts) ?? answerFault(code, facts) ?? networkFault(code, facts) ?? unknownFault(code);
}

interface Description {
  readonly code: string;
  /** Phase that ran out of time, in the HTTP library's words. */
  readonly timeoutOf: string | undefined;
  /** Text of the innermost error; matched against, never shown. */
  readonly text: string;
}

/** Looks through wrappers, and through the AggregateError of a host with several addresses. */
function describe(failure: unknown): Description {
  if (!(failure instanceof Error)) return { code: '', timeoutOf: undefined, text: '' };
  const event: unknown = Reflect.get(failure, 'event');
  const code: unknown = Reflect.get(failure, 'code');
  const inner: unknown = failure instanceof AggregateError ? failure.errors.at(-1) : (endOfBody(failure) ?? failure.cause);
  const below = describe(inner);
  const ownCode = typeof code === 'string' && code !== 'ERR_GOT_REQUEST_ERROR' ? code : '';
  return {
    code: below.code || ownCode,
    timeoutOf: failure.name === 'TimeoutError' && typeof event === 'string' ? event : below.timeoutOf,
    text: below.text || failure.message,
  };
}

/** What ended the body of an answer: where it could not be unpacked, the HTTP library itself may say only that it broke off. */
function endOfBody(failure: Error): unknown {
  const response: unknown = Reflect.get(failure, 'response');
  const errored: unknown = typeof response === 'object' && response !== null ? Reflect.get(response, 'errored') : undefined;
  return errored instanceof Error ? errored : undefined;
}

/** The fault of a phase that ran out of time: `lookup`, `connect`, `secureConnect`, `response`, or the whole `request`. */
export function timeoutFault(phase: string, { host, proxy, stage, limits }: AttemptFacts): Fault {
  const words: Record<string, Words> = {
    lookup: say`no address of ${host} found within ${seconds(limits.lookupMs)}`,
    connect: say`cannot reach ${host}: no connection within ${seconds(limits.connectMs)}`,
    secureConnect: say`cannot reach ${host}: no TLS connection within ${seconds(limits.secureConnectMs)}`,
    response: say`no answer from ${host} within ${seconds(limits.headersMs)}`,
    request:
      stage === 'answered'
        ? say`the answer of ${host} was not complete within ${seconds(limits.attemptMs)}`
        : say`no answer from ${host}${proxy === undefined ? '' : say` through the proxy ${proxy}`} within ${seconds(limits.attemptMs)}`,
  };
  return { error: new TemporaryError(words[phase] ?? say`no answer from ${host} in time`), advice: afterTimeout };
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

/** hpagent gives no codes: its two texts are all there is. */
function classifyProxyAnswer(text: string, proxy: string): Fault | undefined {
  if (text === 'Proxy timeout') return { error: new TemporaryError(say`the proxy ${proxy} does not answer`), advice: afterTimeout };
  const status = /^Bad response: (\d{3})$/.exec(text)?.[1];
  if (status === undefined) return undefined;
  if (status === '407') {
    const hint = say`put them into the proxy variable: http://user:password@host:port`;
    return {
      error: new ConfigError(say`the proxy ${proxy} asks for a user name and a password, or refuses those it got`, { hint }),
      advice: never,
    };
  }
  const advice = isRetryableStatus(Number(status)) ? again : never;
  return { error: new TemporaryError(say`the proxy ${proxy} refused to connect (status ${status})`), advice };
}

const certificateWords: Readonly<Record<string, Words>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: say`its certificate is self-signed`,
  SELF_SIGNED_CERT_IN_CHAIN: say`its certificate comes from an unknown authority`,
  UNABLE_TO_GET_ISSUER_CERT: say`its certificate comes from an unknown authority`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: say`its certificate comes from an unknown authority`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: say`its certificate comes from an unknown authority`,
  CERT_HAS_EXPIRED: say`its certificate has expired`,
  CERT_NOT_YET_VALID: say`its certificate is not valid yet (is the clock of this machine right?)`,
  CERT_REVOKED: say`its certificate is revoked`,
  ERR_TLS_CERT_ALTNAME_INVALID: say`its certificate is for another name`,
};

const otherTrustCode = /^(?:CERT_|CRL_|INVALID_|PATH_LENGTH_|HOSTNAME_|UNABLE_TO_|ERROR_IN_CERT|ERR_TLS_|ERR_SSL_|EPROTO$)/;
const notTls = /wrong version number|packet length too long|http request|record layer failure/;

function tlsFault(code: string, text: string, { host, proxy, stage }: AttemptFacts): Fault | undefined {
  const certificate = certificateWords[code];
  if (certificate === undefined && !otherTrustCode.test(code)) return undefined;
  const peer = proxy !== undefined && stage === 'waiting' ? say`the proxy ${proxy}` : host;
  const hint = say`if the certificate is right, name its authority with caFile in the profile`;
  if (certificate !== undefined) return { error: new TrustError(say`${peer} cannot be trusted: ${certificate}`, { hint }), advice: never };
  if (!notTls.test(text)) return { error: new TrustError(say`${peer} cannot be trusted: the TLS handshake failed`), advice: never };
  if (proxy !== undefined && stage === 'tunnelled') {
    return { error: new TemporaryError(say`the proxy ${proxy} answers itself instead of connecting to ${host}`), advice: again };
  }
  return { error: new TrustError(say`${peer} cannot be trusted: it does not speak TLS on this port`), advice: never };
}

/** Answers that broke off or cannot be read. */
function answerFault(code: string, { host, proxy, stage }: AttemptFacts): Fault | undefined {
  if (isNoHttp(code)) {
    if (stage === 'waiting' && proxy !== undefined) {
      return { error: new TemporaryError(say`the proxy ${proxy} does not answer in HTTP`), advice: onceMore };
    }
    const isTooLarge = code === 'HPE_HEADER_OVERFLOW';
    const reason = isTooLarge ? say`the answer of ${host} has headers of more than 16 KiB` : say`the answer of ${host} is not valid HTTP`;
    return { error: new ResponseError(reason), advice: onceMore };
  }
  if (/^(?:Z_|ERR__?ERROR_|ERR_BROTLI|ZSTD_)/.test(code)) {
    return { error: new ResponseError(say`the compressed answer of ${host} is damaged`), advice: onceMore };
  }
  const cut = code === 'ERR_HTTP_CONTENT_LENGTH_MISMATCH' || (stage === 'answered' && isConnectionLoss(code));
  return cut ? { error: new ResponseError(say`the answer of ${host} broke off`), advice: again } : undefined;
}

/** The other side closed the connection, however it did it. */
export function isConnectionLoss(code: string): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** What came is not HTTP, as Node's parser sees it. */
export function isNoHttp(code: string): boolean {
  return code.startsWith('HPE_');
}

/** The innermost error code of a failure, '' without one. */
export function failureCode(failure: unknown): string {
  return describe(failure).code;
}

const networkWords: Readonly<Record<string, Words>> = {
  ECONNREFUSED: say`connection refused`,
  ECONNRESET: say`connection reset`,
  ECONNABORTED: say`connection aborted`,
  EPIPE: say`connection closed`,
  ETIMEDOUT: say`connection timed out`,
  ENOTFOUND: say`no such host name`,
  EAI_AGAIN: say`the name server does not answer`,
  ENETUNREACH: say`network unreachable`,
  EHOSTUNREACH: say`host unreachable`,
  ERR_SOCKET_CONNECTION_TIMEOUT: say`connection timed out`,
  ERR_STREAM_PREMATURE_CLOSE: say`connection closed`,
  EMFILE: say`too many open files`,
  EACCES: say`blocked on this machine`,
  EPERM: say`blocked on this machine`,
};

const adviceByCode: Readonly<Record<string, RetryAdvice>> = {
  ENOTFOUND: onceMore,
  EACCES: never,
  EPERM: never,
  ETIMEDOUT: afterTimeout,
  ERR_SOCKET_CONNECTION_TIMEOUT: afterTimeout,
};

function networkFault(code: string, { host, proxy, stage }: AttemptFacts): Fault | undefined {
  const words = networkWords[code] ?? (/^E[A-Z]+(?:_[A-Z]+)?$/.test(code) && !code.startsWith('ERR_') ? code : undefined);
  if (words === undefined) return undefined;
  const advice = adviceByCode[code] ?? again;
  if (stage === 'answered') return { error: new TemporaryError(say`the answer of ${host} broke off: ${words}`), advice };
  if (stage === 'connected') return { error: new TemporaryError(say`${host} did not answer: ${words}`), advice };
  const peer = proxy !== undefined && stage === 'waiting' ? say`the proxy ${proxy}` : host;
  const way = proxy !== undefined && stage === 'tunnelled' ? say` through the proxy ${proxy}` : '';
  return { error: new TemporaryError(say`cannot reach ${peer}${way}: ${words}`), advice };
}

/** Not a failure of the network: a bug here or in the library. */
function unknownFault(code: string): Fault {
  const detail = /^[A-Z0-9_]+$/.test(code) ? ` (${code})` : '';
  return { error: new LoanqError('internal', say`the HTTP client failed${detail}`), advice: never };
}
