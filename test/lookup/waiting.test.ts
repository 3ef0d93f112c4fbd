// Waiting shows: which host, how long, which try and why; on a real terminal, and in the trace.
import { expect, test } from 'vitest';
import type { RetryState } from '../../src/http/retry.ts';
import { pauseOf, waitingLine } from '../../src/lookup/waiting.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { startPty } from '../runner/pty.ts';
import { type Answer, startServer } from '../runner/server.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
let first: () => Promise<Answer> | Answer = () => ({});
let asked = 0;
const server = await startServer(() => {
  asked += 1;
  return asked === 1 ? first() : { body: `{"id":"${id}"}` };
});
const host = new URL(server.origin).host;

const line = (state: RetryState) =>
  waitingLine([{ profile: { source: 'x', baseUrl: 'https://preprod.api.crego.io' }, retrier: { state } }], 4, 1000);

test.each<[RetryState, string]>([
  [{ n: 1, of: 3 }, 'asking preprod.api.crego.io … 4 s (Ctrl-C stops)'],
  [{ n: 2, of: 3, after: 'HTTP 503' }, 'asking preprod.api.crego.io … 4 s (try 2 of 3 after HTTP 503; Ctrl-C stops)'],
  [
    { n: 2, of: 3, after: 'HTTP 429, Retry-After 25 s', untilMs: 22_000 },
    'asking preprod.api.crego.io … 4 s (HTTP 429, Retry-After 25 s: 21 s to try 2 of 3; Ctrl-C stops)',
  ],
])('%j', (state, said) => {
  expect(line(state)).toBe(said);
});

test('a run is held back only by a provider that asked for it', () => {
  const state = { n: 2, of: 3, after: 'HTTP 429, Retry-After 25 s', untilMs: 22_000 };
  expect(pauseOf({ state: { ...state, isAsked: true } }, 'Crego LMS', 1000)).toBe(
    'Crego LMS asks to wait (HTTP 429, Retry-After 25 s): 21 s',
  );
  expect(pauseOf({ state: { ...state, isAsked: true } }, 'Crego LMS', 22_000)).toBeUndefined();
  expect(pauseOf({ state: { ...state, isAsked: false } }, 'Crego LMS', 1000)).toBeUndefined();
});

test('--verbose says each wait, its reason and the try it leads to', async () => {
  asked = 0;
  first = () => ({ status: 429, headers: { 'retry-after': '1' }, body: '{}' });
  const config = await home.configure(configFor('crego', server.origin));
  const { stderr, code } = await runInProcess(['crego', 'record', id, '-v', '--csv', '--config', config], { home });
  expect(code).toBe(0);
  expect(stderr).toContain('\n. HTTP 429, Retry-After 1 s: waiting 1.0 s before try 2 of 3\n');
});

test('on a terminal a line stands after a second, and is gone before the record', async () => {
  asked = 0;
  let answerNow: (answer: Answer) => void = () => undefined;
  first = () => new Promise(resolve => (answerNow = resolve));
  await home.configure(configFor('crego', server.origin));
  const running = startPty(['crego', 'record', id, '--fields', 'id'], { home });
  await running.saw(`asking ${host} … 1 s (Ctrl-C stops)`);
  answerNow({ body: `{"id":"${id}"}` });
  const { screen, code } = await running.ended;
  expect(code).toBe(0);
  const shown = screen.slice(screen.lastIndexOf('Ctrl-C stops)'));
  expect(shown).toMatch(/^Ctrl-C stops\)\r\x1b\[K[\s\S]*229fe24c-d840-48dc-959a-e0ff1479df35/);
  expect(shown).toContain(`test: ${host}\r\n`);
});

test('the bar of a batch moves with time, and says when a provider asked to wait', async () => {
  asked = 0;
  first = () => ({ status: 429, headers: { 'retry-after': '5' }, body: '{}' });
  await home.configure(configFor('crego', server.origin));
  const running = startPty(['crego', 'record', id, id, '--out', 'x.csv', '--csv', '--concurrency', '1'], { home });
  const { screen, code } = await running.ended;
  const left = [...screen.matchAll(/0\/2 keys \| Crego LMS asks to wait \(HTTP 429, Retry-After 5 s\): (\d) s/g)].map(
    ([, seconds]) => seconds,
  );
  expect([code, new Set(left).size > 1]).toEqual([0, true]);
});
