// How failures that are hard to provoke are worded and judged; the others are provoked in the client tests.
import { describe, expect, it } from 'vitest';
import { TemporaryError } from '../../src/core/errors.ts';
import { type AttemptFacts, adviceOf, classifyFailure, isRetryableStatus, markFault, refuseStatus } from '../../src/http/faults.ts';

const limits = { lookupMs: 5000, connectMs: 10_000, secureConnectMs: 10_000, headersMs: 30_000, attemptMs: 60_000 };
const facts: AttemptFacts = { host: 'api.example.com', proxy: undefined, stage: 'waiting', limits };
const secret = 'https://api.example.com/x?accessToken=canary';

/** An error as Node makes it, wrapped as the HTTP library does. */
function failure(code: string, text = secret): Error {
  return Object.assign(new Error(secret, { cause: Object.assign(new Error(text), { code }) }), { code });
}

function judge(error: unknown, more: Partial<AttemptFacts> = {}) {
  const { error: told, advice } = classifyFailure(error, { ...facts, ...more });
  expect(`${told.message} ${told.facts.hint} ${told.stack}`).not.toContain('canary');
  return [told.exit, told.message, advice.timeout ? `${advice.when}, timeout` : advice.when];
}

describe('classifyFailure', () => {
  it.each([
    ['ECONNREFUSED', 25, 'connection refused', 'yes'],
    ['ECONNRESET', 25, 'connection reset', 'yes'],
    ['ETIMEDOUT', 25, 'connection timed out', 'yes, timeout'],
    ['ERR_SOCKET_CONNECTION_TIMEOUT', 25, 'connection timed out', 'yes, timeout'],
    ['EPIPE', 25, 'connection closed', 'yes'],
    ['EAI_AGAIN', 25, 'the name server does not answer', 'yes'],
    ['ENOTFOUND', 25, 'no such host name', 'once'],
    ['ENETUNREACH', 25, 'network unreachable', 'yes'],
    ['EHOSTUNREACH', 25, 'host unreachable', 'yes'],
    ['EMFILE', 25, 'too many open files', 'yes'],
    ['EPERM', 25, 'blocked on this machine', 'no'],
    ['ENETDOWN', 25, 'ENETDOWN', 'yes'],
    ['EAI_FAIL', 25, 'EAI_FAIL', 'yes'],
  ])('%s before a connection', (code, exit, words, advice) => {
    expect(judge(failure(code))).toEqual([exit, `cannot reach api.example.com: ${words}`, advice]);
    expect(judge(failure(code), { proxy: 'p:3128' })).toEqual([exit, `cannot reach the proxy p:3128: ${words}`, advice]);
  });

  it('tells a lost connection from a lost answer', () => {
    const reset = failure('ECONNRESET');
    expect(judge(reset, { stage: 'connected' })).toEqual([25, 'api.example.com did not answer: connection reset', 'yes']);
    expect(judge(reset, { stage: 'answered' })).toEqual([27, 'the answer of api.example.com broke off', 'yes']);
    expect(judge(failure('ERR_STREAM_PREMATURE_CLOSE'), { stage: 'answered' })).toEqual([
      27,
      'the answer of api.example.com broke off',
      'yes',
    ]);
    expect(judge(failure('ETIMEDOUT'), { stage: 'answered' })).toEqual([
      25,
      'the answer of api.example.com broke off: connection timed out',
      'yes, timeout',
    ]);
  });

  it.each([
    ['CERT_REVOKED', 'its certificate is revoked'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'its certificate comes from an unknown authority'],
    ['INVALID_CA', 'the TLS handshake failed'],
    ['CRL_HAS_EXPIRED', 'the TLS handshake failed'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'the TLS handshake failed'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'the TLS handshake failed'],
  ])('%s is a matter of trust', (code, reason) => {
    expect(judge(failure(code))).toEqual([60, `api.example.com cannot be trusted: ${reason}`, 'no']);
  });

  it.each([
    ['EPROTO', 'write EPROTO 40:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:354:'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', '40:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', '40:error:0A0000C6:SSL routines:tls_get_more_records:packet length too long:'],
  ])('%s means no TLS on the port, or a page of the proxy', (code, text) => {
    expect(judge(failure(code, text))).toEqual([60, 'api.example.com cannot be trusted: it does not speak TLS on this port', 'no']);
    expect(judge(failure(code, text), { proxy: 'p:3128', stage: 'tunnelled' })).toEqual([
      25,
      'the proxy p:3128 answers itself instead of connecting to api.example.com',
      'yes',
    ]);
  });

  it('looks into the failures of all addresses of a host', () => {
    const each = [failure('ENETUNREACH'), failure('ECONNREFUSED')];
    const all = Object.assign(new AggregateError(each, ''), { code: 'ENETUNREACH' });
    expect(judge(Object.assign(new Error('', { cause: all }), { code: 'ENETUNREACH' }))).toEqual([
      25,
      'cannot reach api.example.com: connection refused',
      'yes',
    ]);
    expect(judge(new AggregateError([], ''))).toEqual([1, 'the HTTP client failed', 'no']);
  });

  it.each([
    ['lookup', 'no address of api.example.com found within 5 s'],
    ['connect', 'cannot reach api.example.com: no connection within 10 s'],
    ['secureConnect', 'cannot reach api.example.com: no TLS connection within 10 s'],
    ['response', 'no answer from api.example.com within 30 s'],
    ['request', 'no answer from api.example.com within 60 s'],
    ['send', 'no answer from api.example.com in time'],
  ])('says which limit was reached: %s', (event, message) => {
    const late = Object.assign(failure('ETIMEDOUT'), { name: 'TimeoutError', event });
    expect(judge(late)).toEqual([25, message, 'yes, timeout']);
  });

  it.each([
    [new TypeError(secret), 'the HTTP client failed'],
    [failure('ERR_INVALID_ARG_TYPE'), 'the HTTP client failed (ERR_INVALID_ARG_TYPE)'],
    [failure('canary'), 'the HTTP client failed'],
    ['canary', 'the HTTP client failed'],
    [undefined, 'the HTTP client failed'],
  ])('calls anything else a bug, without its text', (error, message) => {
    expect(judge(error)).toEqual([1, message, 'no']);
  });
});

describe('advice', () => {
  const advice = { when: 'once', timeout: true } as const;

  it('stays with an error and its copies, and is not shown', () => {
    const error = markFault({ error: new TemporaryError('no luck'), advice });
    const copy = error.with({ provider: 'crego' });
    expect([adviceOf(error)?.advice, adviceOf(copy)?.advice, adviceOf(copy)?.error]).toEqual([advice, advice, copy]);
    expect(Object.keys(error)).toEqual(Object.keys(new TemporaryError('no luck')));
  });

  it.each([new TemporaryError('no luck'), new Error('no luck'), 'no luck', undefined])('is only for faults of the transport', error => {
    expect(adviceOf(error)).toBeUndefined();
  });
});

it('only passing troubles are worth a retry', () => {
  const statuses = Array.from({ length: 600 }, (_, status) => status).filter(isRetryableStatus);
  expect(statuses).toEqual([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
});

it('a refused status keeps its number for the report', () => {
  const url = new URL('https://api.example.com/x?accessToken=canary');
  expect(refuseStatus(302, 'https://other.example/?canary', url)).toMatchObject({
    exit: 60,
    message: 'api.example.com answered with a redirect (302) to https://other.example',
    facts: { status: 302, hint: 'redirects are never followed; if the address is right, set it as baseUrl of the profile' },
  });
  expect(refuseStatus(304, undefined, url)).toMatchObject({ exit: 27, facts: { status: 304 } });
  expect(refuseStatus(404, undefined, url)).toBeUndefined();
});
