// The rhythm of a watch on a clock that is moved by hand: what is told when, what ends it, and how long it waits.
import { describe, expect, test } from 'vitest';
import { LoanqError, NotFoundError, ResponseError, SignalError, TemporaryError } from '../../../src/core/errors.ts';
import type { ExitName } from '../../../src/core/exit-codes.ts';
import { type Look, watchRecord } from '../../../src/lookup/watch/loop.ts';
import type { Row } from '../../../src/output/rows.ts';
import { createFakeClock } from '../../servers/fake-clock.ts';

const seen = (status: string): Look => ({ kind: 'seen', rows: [{ record: { status }, request: {} }] });
const missing: Look = { kind: 'missing', error: new NotFoundError('not found') };
const failed = (error: LoanqError): Look => ({ kind: 'failed', error });
const statusOf = ([row]: readonly Row[]): string => String(row?.record.status);

/** Watches through these looks. */
async function watch(looks: readonly Look[], until = 'done') {
  const clock = createFakeClock({ instant: true });
  const told: string[] = [];
  const queue = [...looks];
  const ended = watchRecord({
    clock,
    everyMs: 30_000,
    signal: new AbortController().signal,
    look: async () => {
      const next = queue.shift();
      if (next === undefined) throw new SignalError('interrupted');
      return next;
    },
    isReached: rows => statusOf(rows) === until,
    tell: {
      first: async rows => void told.push(`first ${statusOf(rows)}`),
      next: async (before, after) => void told.push(`${statusOf(before)} -> ${statusOf(after)}`),
      gone: () => void told.push('gone'),
      failed: error => void told.push(`failed: ${error.message}`),
      answersAgain: () => void told.push('answers again'),
      waits: () => void told.push('waits'),
    },
  });
  const code: ExitName = await ended.then(
    () => 'ok',
    error => (error instanceof LoanqError ? error.code : 'internal'),
  );
  return { code, told, left: queue.length, slept: clock.slept };
}

test('ends when the condition holds, and waits between two looks', async () => {
  expect(await watch([seen('open'), seen('open'), seen('done'), seen('never')])).toEqual({
    code: 'ok',
    told: ['first open', 'waits', 'open -> open', 'waits', 'open -> done'],
    left: 1,
    slept: [30_000, 30_000],
  });
});

test('ends at the first look when there is nothing to wait for', async () => {
  expect(await watch([seen('done')])).toEqual({ code: 'ok', told: ['first done'], left: 0, slept: [] });
});

test('a record that was never there is not waited for', async () => {
  expect(await watch([missing])).toMatchObject({ code: 'not-found', told: [], slept: [] });
  const late = await watch([failed(new TemporaryError('busy')), missing]);
  expect(late).toMatchObject({ code: 'not-found', told: ['failed: busy', 'waits', 'answers again'] });
});

test('a record that vanishes is told once, and compared again when it is back', async () => {
  const { told, code } = await watch([seen('open'), missing, missing, seen('late'), missing, seen('done')]);
  expect(told.filter(one => one !== 'waits')).toEqual(['first open', 'gone', 'open -> late', 'gone', 'late -> done']);
  expect(code).toBe('ok');
});

test('a failure that may pass is told once, until there is an answer', async () => {
  const busy = failed(new TemporaryError('busy'));
  const { told } = await watch([busy, busy, failed(new ResponseError('not JSON')), seen('open'), busy, seen('done')]);
  expect(told.filter(one => one !== 'waits')).toEqual([
    'failed: busy',
    'failed: not JSON',
    'answers again',
    'first open',
    'failed: busy',
    'answers again',
    'open -> done',
  ]);
});

describe('ends it at once', () => {
  test.each(['auth', 'config', 'refused', 'trust', 'usage', 'write'] as const)('%s', async code => {
    const { code: ended, told, left } = await watch([seen('open'), failed(new LoanqError(code, 'no')), seen('done')]);
    expect([ended, told, left]).toEqual([code, ['first open', 'waits'], 1]);
  });
});
