// Waiting shows: which host, how long, which try and why; on a real terminal, and in the trace.
import { PassThrough, Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { SecretRegister } from '../../src/auth/secret.ts';
import { Messages } from '../../src/console/messages.ts';
import { describeStreams } from '../../src/console/streams.ts';
import { inEnglish } from '../../src/core/say.ts';
import type { RetryState } from '../../src/http/retry.ts';
import type { Context } from '../../src/lookup/context.ts';
import { pauseOf, waitingLine, withWaiting } from '../../src/lookup/waiting.ts';
import type { Options } from '../../src/plan/options.ts';
import { planTalk } from '../../src/plan/talk.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { configFor } from '../runner/profiles.ts';
import { startPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
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
  inEnglish(waitingLine([{ profile: { source: 'x', baseUrl: 'https://preprod.api.crego.io' }, retrier: { state } }], 4, 1000));

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

test('a turn that is waited for behind other runs is said', () => {
  const asked = { profile: { source: 'x', baseUrl: 'https://preprod.api.crego.io' }, retrier: { state: { n: 1, of: 3 }, turnMs: 4200 } };
  expect(inEnglish(waitingLine([asked], 4, 1000))).toBe(
    'asking preprod.api.crego.io … 4 s (it shares the rate with other runs: 4 s to its turn; Ctrl-C stops)',
  );
  expect(inEnglish(waitingLine([asked], 4, 4200))).toBe('asking preprod.api.crego.io … 4 s (Ctrl-C stops)');
});

test('a run is held back by a turn that is far away, and by a provider that asked for it, not by its own rate', () => {
  const idle = { n: 1, of: 3 };
  expect(inEnglish(pauseOf({ state: idle, turnMs: 22_000 }, 'Crego LMS', 1000) ?? '')).toBe(
    'it shares the rate with other runs: 21 s to its turn',
  );
  expect(pauseOf({ state: idle, turnMs: 11_000 }, 'Crego LMS', 1000)).toBeUndefined();
  expect(pauseOf({ state: idle, turnMs: undefined }, 'Crego LMS', 1000)).toBeUndefined();

  const state = { n: 2, of: 3, after: 'HTTP 429, Retry-After 25 s', untilMs: 22_000 };
  expect(inEnglish(pauseOf({ state: { ...state, isAsked: true }, turnMs: 90_000 }, 'Crego LMS', 1000) ?? '')).toBe(
    'Crego LMS asks to wait (HTTP 429, Retry-After 25 s): 21 s',
  );
  expect(pauseOf({ state: { ...state, isAsked: true }, turnMs: undefined }, 'Crego LMS', 22_000)).toBeUndefined();
  expect(pauseOf({ state: { ...state, isAsked: false }, turnMs: undefined }, 'Crego LMS', 1000)).toBeUndefined();
});

test('--verbose says each wait, its reason and the try it leads to', async () => {
  asked = 0;
  first = () => ({ status: 429, headers: { 'retry-after': '1' }, body: '{}' });
  const config = await home.configure(configFor('crego', server.origin));
  const { stderr, code } = await runInProcess(['crego', 'record', id, '-v', '--csv', '--config', config], { home });
  expect(code).toBe(0);
  expect(stderr).toContain('\n. HTTP 429, Retry-After 1 s: waiting 1.0 s before try 2 of 3\n');
});

/** What stderr gets while something takes some seconds. */
async function saidInSeconds(
  lastsMs: number,
  retrier: { readonly state: RetryState; readonly turnMs?: number },
  options: Options,
  isTTY: boolean,
  env: Record<string, string> = {},
): Promise<string> {
  const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  const beganMs = Date.now();
  const runtime = { stdin: Readable.from([]), stdout: new PassThrough(), stderr, env, monotonicMs: () => Date.now() - beganMs };
  const talk = planTalk(options, describeStreams(runtime));
  const context = { runtime, messages: new Messages({ stderr }, text => text, talk.level), secrets: new SecretRegister(), providers: {} };
  vi.useFakeTimers({ now: beganMs });
  try {
    const asked = [{ profile: { source: 'x', baseUrl: 'https://preprod.api.crego.io' }, retrier }];
    // A list is asked for page by page.
    for (let page = 0; page < 2; page += 1) {
      const waiting = withWaiting(
        context as unknown as Context,
        talk,
        () => asked,
        () => new Promise(resolve => setTimeout(resolve, lastsMs)),
      );
      await vi.advanceTimersByTimeAsync(lastsMs);
      await waiting;
    }
  } finally {
    vi.useRealTimers();
  }
  return stderr.read() ?? '';
}

test('the line is for whoever looks at a terminal: with -q or -v, in a pipe and on a dumb one nothing is written', async () => {
  const retrier = { state: { n: 1, of: 3 } };
  const line = (seconds: number) => `asking preprod.api.crego.io … ${seconds} s (Ctrl-C stops)`;
  const shown = `${line(1)}\r\x1b[K${line(2)}\r\x1b[K`;
  expect(await saidInSeconds(2_500, retrier, {}, true)).toBe(shown + shown);
  expect(await saidInSeconds(2_500, retrier, { quiet: true }, true)).toBe('');
  expect(await saidInSeconds(2_500, retrier, { verbose: true }, true)).toBe('');
  expect(await saidInSeconds(2_500, retrier, {}, false)).toBe('');
  expect(await saidInSeconds(2_500, retrier, {}, true, { TERM: 'dumb' })).toBe('');
});

test.each<[string, { readonly state: RetryState; readonly turnMs?: number }, string, boolean]>([
  ['other runs', { state: { n: 1, of: 3 }, turnMs: 300_000 }, 'it shares the rate with other runs: 299 s to its turn', false],
  [
    'a provider',
    { state: { n: 2, of: 3, after: 'HTTP 429, Retry-After 25 s', untilMs: 25_000, isAsked: true } },
    'HTTP 429, Retry-After 25 s: 24 s to try 2 of 3',
    true,
  ],
])('where nobody looks, a long wait for %s is said once', async (_, retrier, why, isTraced) => {
  const note = `asking preprod.api.crego.io: ${why}\n`;
  expect(await saidInSeconds(2_500, retrier, {}, false)).toBe(note);
  expect(await saidInSeconds(2_500, retrier, {}, true, { TERM: 'dumb' })).toBe(note);
  expect(await saidInSeconds(2_500, retrier, { quiet: true }, false)).toBe('');
  expect(await saidInSeconds(2_500, retrier, { verbose: true }, false)).toBe(isTraced ? '' : note);
});

test('a wait of some seconds is nothing to speak of where nobody looks', async () => {
  expect(await saidInSeconds(2_500, { state: { n: 1, of: 3 }, turnMs: 11_000 }, {}, false)).toBe('');
  expect(await saidInSeconds(2_500, { state: { n: 2, of: 3, after: 'HTTP 503', untilMs: 11_000 } }, {}, false)).toBe('');
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

test('on a terminal it is said that other runs come first', async () => {
  await home.configure(configFor('crego', server.origin));
  const slow = ['--max-rate', '0.05', '--csv'];
  expect((await run(['crego', 'record', ...Array(10).fill(id), ...slow], { home })).code).toBe(0);
  const running = startPty(['crego', 'record', id, '--deadline', '3', ...slow], { home });
  expect((await running.ended).screen).toMatch(/1 s \(it shares the rate with other runs: (1\d|20) s to its turn; Ctrl-C stops\)/);
});

test('in a pipe a lookup that a pause of another run holds back says so, and nothing else', async () => {
  asked = 0;
  first = () => ({ status: 429, headers: { 'retry-after': '300' }, body: '{}' });
  const home = await ownHome();
  await home.configure(configFor('crego', server.origin));
  const shared = ['--max-rate', '50', '--csv'];
  expect((await run(['crego', 'record', id, ...shared, '--retries', '0'], { home })).code).toBe(25);
  const { stdout, stderr, code } = await run(['crego', 'record', id, ...shared, '--deadline', '3'], { home });
  expect([code, stdout]).toEqual([28, '']);
  const [note = '', error = ''] = stderr.split('\n');
  expect(error).toMatch(/^error: /);
  expect(note.replace(/\b(?:5\d|60) s/, '59 s')).toBe(`asking ${host}: it shares the rate with other runs: 59 s to its turn`);
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
