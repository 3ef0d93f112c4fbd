import { describe, expect, test } from 'vitest';
import { visible } from '../../src/console/escape.ts';
import { errorSentence, reportError } from '../../src/console/report.ts';
import { AuthError, LoanqError, NotFoundError, RefusedError, SignalError, TemporaryError, UsageError } from '../../src/core/errors.ts';
import { inEnglish } from '../../src/core/say.ts';

const facts = {
  provider: 'qitech',
  endpoint: 'wallet-entry',
  keys: ['w', 'e'],
  status: 404,
  providerCode: 'CIN000078',
  requestId: 'r-1',
  hint: 'look again',
  attempts: 3,
};

describe('in words', () => {
  test('who, which key, what; then what to do', () => {
    expect(reportError(new NotFoundError('not found (HTTP 404)', facts), 'text', visible)).toEqual({
      text: 'error: qitech wallet-entry w e: not found (HTTP 404) [request r-1]\nhint: look again\n',
      exit: 21,
    });
  });

  test('a sentence that names the key is not headed by it', () => {
    expect(inEnglish(errorSentence(new RefusedError('e is refused', { ...facts, keys: ['e'] })))).toBe(
      'qitech wallet-entry: e is refused [request r-1]',
    );
  });

  test('without facts there is only the sentence', () => {
    expect(reportError(new UsageError('no such option'), 'text', visible).text).toBe('error: no such option\n');
  });

  test('stays one line each, whatever a provider or a key holds', () => {
    const hostile = new RefusedError('said\nerror: faked\u001b]0;title\u0007', { keys: ['a\r\nb\u202e'], hint: 'do\nthis' });
    const { text } = reportError(hostile, 'text', visible);
    expect(text).toBe('error: a\\r\\nb\\u202e: said\\nerror: faked\\x1b]0;title\\x07\nhint: do\\nthis\n');
  });
});

describe('as JSON', () => {
  test('drift is told with the counts of its fields', () => {
    const { text } = reportError(new NotFoundError('not found', { drift: { utr: 2, 'a\u001b': 1 }, driftMore: 3 }), 'json', visible);
    expect(text).toBe(
      '{"error":{"code":"not-found","exit":21,"message":"not found","retryable":false,"drift":{"utr":2,"a\\u001b":1},"driftMore":3}}\n',
    );
  });

  test('one line with the documented members only, in their order', () => {
    const { text, exit } = reportError(new NotFoundError('not found', facts), 'json', visible);
    expect(exit).toBe(21);
    expect(text).toBe(
      '{"error":{"code":"not-found","exit":21,"message":"not found","provider":"qitech","endpoint":"wallet-entry","keys":["w","e"],"status":404,"providerCode":"CIN000078","requestId":"r-1","retryable":false,"hint":"look again"}}\n',
    );
  });

  test('absent values are left out; whether to try again is always said', () => {
    expect(JSON.parse(reportError(new TemporaryError('busy'), 'json', visible).text)).toEqual({
      error: { code: 'temporary', exit: 25, message: 'busy', retryable: true },
    });
  });

  test('controls are escaped so that the line stays one line, and parses back to the same', () => {
    const message = 'a\nb\u001b\u009b\u202e"\ud800';
    const { text } = reportError(new AuthError(message), 'json', visible);
    expect(text.slice(0, -1)).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(text).error.message).toBe(message);
  });
});

test('a bug is reported without its own words', () => {
  const { text, exit } = reportError(new TypeError('token=abc'), 'text', visible);
  expect(exit).toBe(1);
  expect(text).not.toContain('abc');
  expect(reportError('thrown text', 'json', visible).text).not.toContain('thrown');
});

test('a signal', () => {
  expect(reportError(new SignalError('terminated'), 'text', visible)).toEqual({ text: 'error: ended by SIGTERM\n', exit: 143 });
  expect(new SignalError('broken-pipe')).toBeInstanceOf(LoanqError);
});
