import { describe, expect, test } from 'vitest';
import type { LoanqError } from '../../src/core/errors.ts';
import { finish } from '../../src/core/turn.ts';
import { decodeBody } from '../../src/decode/answer.ts';
import { isRefusal, problemError, readProblem } from '../../src/decode/problem.ts';
import { answered, loan, provider } from './things.ts';

/** The error an answer is reported as. */
function failureOf(body: string, status: number): LoanqError {
  try {
    finish(decodeBody(provider, loan, answered(body, status)));
  } catch (error) {
    return error as LoanqError;
  }
  throw new Error('no failure');
}

const told = (body: string, status: number) => {
  const { code, message, facts } = failureOf(body, status);
  return { code, message, ...(facts.hint !== undefined && { hint: facts.hint }) };
};

test('of a message of megabytes the beginning and the end are read', () => {
  const said = (blanks: number) => {
    const message = `wrong${' '.repeat(blanks)}loan${' '.repeat(blanks)}number`;
    return told(JSON.stringify({ status: 'failed', message }), 200).message;
  };
  expect(said(60_000)).toBe('refused (HTTP 200: wrong loan number)');
  expect(said(70_000)).toBe('refused (HTTP 200: wrong number)');
});

describe('documented failures come first', () => {
  test.each([
    ['by status and code', '{"code":"L404","message":"gone"}', 404, 'not-found', 'not found (HTTP 404 L404: gone)'],
    ['by status and words', '{"message":"unknown loan 7"}', 400, 'not-found', 'not found (HTTP 400: unknown loan 7)'],
    [
      'by code alone',
      '{"error":{"code":"BUSY","message":"later"}}',
      409,
      'temporary',
      'the provider is not available now (HTTP 409 BUSY: later)',
    ],
    ['by code inside HTTP 200', '{"code":"BUSY"}', 200, 'temporary', 'the provider is not available now (HTTP 200 BUSY)'],
    ['of the provider', '{}', 401, 'auth', 'credential rejected (HTTP 401)'],
  ])('%s', (_, body, status, code, message) => {
    expect(told(body, status)).toMatchObject({ code, message });
  });

  test('with their own hint', () => {
    expect(told('{"message":"feature off"}', 403)).toEqual({ code: 'refused', message: 'refused (HTTP 403: feature off)', hint: 'buy it' });
  });

  test('a failure of the login is none of a lookup, and the first of a login', () => {
    const body = { message: 'account locked' };
    expect(readProblem(provider, loan, 403, body, '').failure).toBeUndefined();
    expect(readProblem(provider, undefined, 403, body, '', { duringLogin: true }).failure?.about).toBe('locked');
  });
});

describe('else the status decides', () => {
  test.each([
    [400, 'refused'],
    [401, 'auth'],
    [402, 'refused'],
    [403, 'auth'],
    [404, 'not-found'],
    [405, 'refused'],
    [407, 'auth'],
    [408, 'temporary'],
    [409, 'refused'],
    [410, 'not-found'],
    [418, 'refused'],
    [422, 'refused'],
    [425, 'temporary'],
    [429, 'temporary'],
    [451, 'refused'],
    [500, 'temporary'],
    [502, 'temporary'],
    [503, 'temporary'],
    [504, 'temporary'],
    [520, 'temporary'],
    [304, 'bad-response'],
  ])('%i is %s', (status, code) => {
    expect(told('{}', status).code).toBe(code);
  });

  test('a page of markup for a 404 is a wrong address, and so is a 404 of a provider whose records never are one', () => {
    expect(told('<!DOCTYPE html><html></html>', 404)).toEqual({
      code: 'refused',
      message: 'refused (HTTP 404)',
      hint: 'the address looks wrong: check baseUrl in the profile',
    });
    const strict = { ...provider, failure: { ...provider.failure, notFoundBy404: false } };
    expect(problemError(strict, readProblem(strict, loan, 404, {}, '{}'), {}, '{}').code).toBe('refused');
  });

  test('too many requests are no outage', () => {
    expect(told('{"message":"slow down"}', 429).message).toBe('too many requests (HTTP 429: slow down)');
  });
});

describe('the provider’s own words', () => {
  test.each([
    ['the first place that holds text', '{"message":"","error":{"message":"second"}}', ': second'],
    ['on one line', '{"message":"a\\n\\tb   c"}', ': a b c'],
    ['numbers are text', '{"code":7,"message":8}', ' 7: 8'],
    ['an object is not', '{"message":{"x":1}}', ''],
    ['a list is not', '{"message":["x"]}', ''],
    ['a code that repeats the status is not said twice', '{"code":418,"message":"m"}', ': m'],
    ['plain text is its first line', 'no such thing\nat com.example.Foo(Foo.java:7)', ': no such thing'],
    ['markup says nothing', '<p>sorry</p>', ''],
    ['broken JSON says nothing', '{"message":"x"', ''],
    ['nothing says nothing', '', ''],
  ])('%s', (_, body, said) => {
    expect(told(body, 418).message).toBe(`refused (HTTP 418${said})`);
  });

  test('are cut in their middle: how they end is said, however long they are', () => {
    const cut = (message: string) => told(JSON.stringify({ message }), 418).message;
    expect(cut(`begin ${'x'.repeat(5000)} end`)).toBe(`refused (HTTP 418: begin ${'x'.repeat(74)}…${'x'.repeat(115)} end)`);
    expect(cut('x'.repeat(201))).toBe(`refused (HTTP 418: ${'x'.repeat(80)}…${'x'.repeat(119)})`);
    expect(cut('x'.repeat(200))).toBe(`refused (HTTP 418: ${'x'.repeat(200)})`);
  });

  test('are cut when people in them are hidden: nothing of a number that the cut goes through is left', () => {
    const message = `${'x'.repeat(70)} 4111 1111 1111 1111 ${'y'.repeat(200)} of ana.silva@example.com`;
    expect(told(JSON.stringify({ message }), 418).message).toBe(
      `refused (HTTP 418: ${'x'.repeat(70)} ••••1111 …${'y'.repeat(98)} of a••••@example.com)`,
    );
    const code = `E9 ${'x'.repeat(190)} 4111 1111 1111 1111`;
    expect(failureOf(JSON.stringify({ code }), 418).facts.providerCode).toBe(`E9 ${'x'.repeat(77)}…${'x'.repeat(110)} ••••1111`);
  });

  test('people in a code are hidden, an id as a code is not', () => {
    expect(failureOf('{"code":"ana.silva@example.com"}', 418).facts.providerCode).toBe('a••••@example.com');
    expect(failureOf('{"code":"000000000010787"}', 418).facts.providerCode).toBe('000000000010787');
  });

  test('code and status are facts of the error', () => {
    expect(failureOf('{"code":"C7","message":"m"}', 418).facts).toEqual({ status: 418, providerCode: 'C7' });
  });
});

describe('a refusal inside HTTP 200', () => {
  test('without a word of the provider says what decided', () => {
    expect(told('{"status":"failed"}', 200).message).toBe('refused (HTTP 200: status is "failed")');
    expect(told('{"status":{}}', 200).message).toBe('refused (HTTP 200: status is no success)');
    expect(told('{"status":"of ana.silva@example.com"}', 200).message).toBe('refused (HTTP 200: status is "of a••••@example.com")');
    expect(told('{"status":"failed","message":"no funds"}', 200).message).toBe('refused (HTTP 200: no funds)');
  });

  test.each([
    ['{"status":"ok"}', false],
    ['{"status":true}', false],
    ['{"status":null}', false],
    ['{}', false],
    ['[]', false],
    ['{"code":0}', false],
    ['{"code":"0"}', false],
    ['{"status":"failed"}', true],
    ['{"status":false}', true],
    ['{"status":{}}', true],
    ['{"status":"ok","code":"17"}', true],
  ])('%s: %s', (body, refused) => {
    expect(isRefusal(provider, JSON.parse(body))).toBe(refused);
  });

  test('a required word that is missing is one', () => {
    const strict = { ...provider, failure: { ...provider.failure, success: [{ at: 'status', is: ['ok'], required: true as const }] } };
    expect([isRefusal(strict, {}), isRefusal(strict, { status: 'ok' })]).toEqual([true, false]);
  });
});
