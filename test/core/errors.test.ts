import { expect, test } from 'vitest';
import {
  AuthError,
  ConfigError,
  DeadlineError,
  InputError,
  LoanqError,
  LockedError,
  NotFoundError,
  PartialError,
  RefusedError,
  ResponseError,
  SignalError,
  TemporaryError,
  TrustError,
  UsageError,
  WriteError,
} from '../../src/core/errors.ts';

test('each class has the exit code of its name', () => {
  const classes = [
    UsageError,
    AuthError,
    ConfigError,
    NotFoundError,
    RefusedError,
    WriteError,
    PartialError,
    TemporaryError,
    InputError,
    ResponseError,
    DeadlineError,
    LockedError,
    TrustError,
  ];
  expect(classes.map(Class => new Class('x')).map(error => [error.name, error.code, error.exit, error.retryable])).toEqual([
    ['UsageError', 'usage', 2, false],
    ['AuthError', 'auth', 4, false],
    ['ConfigError', 'config', 20, false],
    ['NotFoundError', 'not-found', 21, false],
    ['RefusedError', 'refused', 22, false],
    ['WriteError', 'write', 23, false],
    ['PartialError', 'partial', 24, false],
    ['TemporaryError', 'temporary', 25, true],
    ['InputError', 'input', 26, false],
    ['ResponseError', 'bad-response', 27, false],
    ['DeadlineError', 'deadline', 28, true],
    ['LockedError', 'locked', 29, true],
    ['TrustError', 'trust', 60, false],
  ]);
  for (const Class of classes) expect(new Class('x')).toBeInstanceOf(LoanqError);
});

test.each([
  ['hangup', 129, 'ended by SIGHUP'],
  ['interrupted', 130, 'ended by SIGINT'],
  ['broken-pipe', 141, 'the reader closed the pipe'],
  ['terminated', 143, 'ended by SIGTERM'],
] as const)('signal %s', (code, exit, message) => {
  expect(new SignalError(code)).toMatchObject({ name: 'SignalError', code, exit, message });
});

test('facts are added without changing the error; what is known first wins', () => {
  const first = new NotFoundError('gone', { status: 404, provider: 'crego' });
  const second = first.with({ provider: 'other', endpoint: 'record', attempts: 2 });
  expect(first.facts).toEqual({ status: 404, provider: 'crego' });
  expect(second.facts).toEqual({ status: 404, provider: 'crego', endpoint: 'record', attempts: 2 });
  expect(second).toBeInstanceOf(NotFoundError);
  expect([second.message, second.code, second.exit, second.name, second.stack]).toEqual([
    'gone',
    'not-found',
    21,
    'NotFoundError',
    first.stack,
  ]);
});
