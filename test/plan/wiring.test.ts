// What a profile and the plan say reaches the run: through the built program, or with time held where a run would have to wait.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { runPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { type Answer, startServer } from '../runner/server.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const other = '4ebd506f-8727-4d16-863d-0442e1b75858';
const record = { body: `{"id":"${id}","amount":13442.0}` };

async function stage(profile: object, answer: () => Answer | Promise<Answer> = () => record) {
  const server = await startServer(answer);
  const home = await ownHome();
  await home.configure(configFor('crego', server.origin, profile));
  return { server, home };
}

test('the time limit of a profile ends an attempt', async () => {
  const { server, home } = await stage({ timeout: 0.3, retries: 0 }, () => new Promise<Answer>(() => undefined));
  const { code, stdout, stderr } = await run(['crego', 'record', id], { home });
  expect([code, stdout, server.requests.length]).toEqual([25, '', 1]);
  expect(stderr).toContain('0.3 s');
});

describe('what --dry-run -v shows of the limits', () => {
  const shown = async (profile: object, keys = [id]): Promise<Record<string, string>> => {
    const { home } = await stage(profile);
    const { code, stderr } = await run(['crego', 'record', ...keys, '--dry-run', '-v'], { home });
    expect(code).toBe(0);
    return Object.fromEntries(stderr.split('\n').map(line => line.split(/ {2,}/, 2)));
  };

  test.each<[string, object, object, string[]?]>([
    ['a host elsewhere has a rate of its own', { baseUrl: 'https://api.example.test' }, { 'requests a second': '5' }],
    ['this machine has none', {}, { 'requests a second': 'no limit' }],
    ['a rate of the profile', { maxRate: 20, concurrency: 9, retries: 7 }, { 'requests a second': '20', 'requests at a time': '9' }],
    ['a time of the profile', { timeout: 7 }, { 'one attempt': '7 s', 'Retry-After': 'up to 60 s' }],
    ['a batch waits longer', {}, { 'one attempt': '60 s', 'Retry-After': 'up to 300 s' }, [id, other]],
  ])('%s', async (_, profile, limits, keys) => {
    expect(await shown(profile, keys)).toMatchObject(limits);
  });
});

test.each([
  ['a lookup', [id], 60_000],
  ['a batch', ['-'], 300_000],
])('of an hour that a provider asks %s to wait, so much is waited', async (_, keys, waitMs) => {
  let answered = 0;
  const { server, home } = await stage({}, () => (++answered === 1 ? { status: 429, headers: { 'retry-after': '3600' } } : record));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let said = '';
  let ran: Promise<unknown> = Promise.resolve();
  await new Promise<void>(resolve => {
    const heard = (text: string): void => {
      said += text;
      if (said.includes('< HTTP 429')) resolve();
    };
    ran = runInProcess(['crego', 'record', ...keys, '-v', '--csv', '--fields', 'id'], { home, stdin: `${id}\n`, heard });
  });
  /** Requests that left once so much time has passed. */
  const sentAfter = async (ms: number): Promise<number> => {
    await vi.advanceTimersByTimeAsync(ms);
    await new Promise(setImmediate);
    return said.split('> GET ').length - 1;
  };
  expect([await sentAfter(0), await sentAfter(waitMs - 1), await sentAfter(1)]).toEqual([1, 1, 2]);
  vi.useRealTimers();
  expect(await ran).toMatchObject({ code: 0, stdout: `id\r\n${id}\r\n` });
  expect(server.requests.length).toBe(2);
});

test('the format of a profile is for people: a terminal has it, a pipe has not', async () => {
  const { home } = await stage({ output: 'json' });
  const args = ['crego', 'record', id, '--fields', 'id,amount'];
  const json = `[\n  {\n    "id": "${id}",\n    "amount": 13442.0\n  }\n]\n`;
  expect(await runPty(args, { home })).toMatchObject({ code: 0, screen: json });
  expect(await run(args, { home })).toMatchObject({ code: 0, stdout: `Record                                 Amount\n${id}  13442.0\n` });
});

test.each<[string, string[], string[]]>([
  ['a key file, from which --resume can go on', ['--ids-from', 'keys'], ['keys', 'out.csv', 'out.csv.journal', 'out.csv.partial']],
  ['the command line', [id, other], ['keys', 'out.csv']],
])('a batch of which every key was refused leaves the old file, the keys coming from %s', async (_, keys, files) => {
  const { home } = await stage({}, () => ({ status: 418, body: '{}' }));
  await home.write('work/keys', `${id}\n${other}\n`);
  const out = await home.write('work/out.csv', 'OLD\n');
  expect(await run(['crego', 'record', ...keys, '--csv', '--out', out], { home })).toMatchObject({ code: 22, stdout: '' });
  expect(await readFile(out, 'utf8')).toBe('OLD\n');
  expect((await readdir(home.cwd)).sort()).toEqual(files);
});
