// Several runs at once, each a process of its own, share one login and one refresh.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Loopback, type Received, type Reply, startLoopback } from './loopback.ts';
import type { ChildReport, ChildTask } from './one-call.ts';
import { answerEkuaibao, answerFinlend, paths, TokenDesk } from './stage.ts';

const ekuaibao = { provider: 'ekuaibao', credentials: { appKey: 'canary-app-key', appSecurity: 'canary-app-security' } };
const finlend = { provider: 'finlend', credentials: { email: 'ops@example.com', password: 'canary-password' } };

let directory: string;
let program: string;
let stateDir: string;
let desk: TokenDesk;
let server: Loopback;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'loanq-processes-'));
  program = join(directory, 'one-call.mjs');
  const entry = join(import.meta.dirname, 'one-call.ts');
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

beforeEach(async () => {
  desk = new TokenDesk();
  stateDir = await mkdtemp(join(directory, 'state-'));
});
afterEach(() => server.close());

async function serve(answer: (request: Received) => Promise<Reply>): Promise<void> {
  server = await startLoopback(answer);
}

/** Runs children that begin at the same moment. */
async function runTogether(count: number, task: Pick<ChildTask, 'provider' | 'credentials'> & Partial<ChildTask>): Promise<ChildReport[]> {
  const told: ChildTask = { url: server.url, stateDir, laterMs: 0, ...task };
  const children = Array.from({ length: count }, () => spawn(process.execPath, [program, JSON.stringify(told)]));
  await Promise.all(children.map(child => once(child.stdout, 'data')));
  const reports = children.map(readReport);
  for (const child of children) child.stdin.write('go\n');
  return Promise.all(reports);
}

async function readReport(child: ChildProcessWithoutNullStreams): Promise<ChildReport> {
  let said = '';
  child.stdout.on('data', chunk => {
    said += chunk;
  });
  let complaints = '';
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  await once(child, 'close');
  expect(complaints).toBe('');
  return JSON.parse(said);
}

const all = (count: number, report: ChildReport): ChildReport[] => Array.from({ length: count }, () => report);

test('four cold starts are one login', async () => {
  await serve(answerEkuaibao(desk, ekuaibao.credentials.appSecurity));
  desk.delayMs = 300;
  expect(await runTogether(4, ekuaibao)).toEqual(all(4, { status: 200 }));
  expect(server.count('/login')).toBe(1);
  expect(server.count('/data')).toBe(4);
});

test('four runs with a revoked token are one login', async () => {
  await serve(answerEkuaibao(desk, ekuaibao.credentials.appSecurity));
  await runTogether(1, ekuaibao);
  desk.good.clear();
  desk.delayMs = 300;
  expect(await runTogether(4, ekuaibao)).toEqual(all(4, { status: 200 }));
  expect(server.count('/login')).toBe(2);
});

test('four runs with a wrong password that begin together are one refused login', async () => {
  await serve(answerFinlend(desk, finlend.credentials.password));
  desk.delayMs = 300;
  const wrong = { ...finlend, credentials: { ...finlend.credentials, password: 'canary-wrong' } };
  const message = 'login failed: credential rejected (HTTP 401 BAD_LOGIN: wrong password [redacted])';
  expect(await runTogether(4, wrong)).toEqual(all(4, { code: 'auth', message }));
  expect(paths(server)).toEqual(['/login']);
  await runTogether(1, wrong);
  expect(server.count('/login')).toBe(2);
});

test('a refresh token is used once, however many runs find the token ageing', async () => {
  await serve(answerFinlend(desk, finlend.credentials.password));
  desk.lifeMs = 3_600_000;
  await runTogether(1, finlend);
  desk.delayMs = 300;
  expect(await runTogether(4, { ...finlend, laterMs: desk.lifeMs - 60_000 })).toEqual(all(4, { status: 200 }));
  expect(paths(server).filter(path => path !== '/data')).toEqual(['/login', '/refresh']);
});

test('a run that is killed while it logs in does not hold up the next', async () => {
  await serve(answerFinlend(desk, finlend.credentials.password));
  let arrived: () => void = () => {};
  const loggingIn = new Promise<void>(resolve => {
    arrived = resolve;
  });
  desk.pause = () => {
    arrived();
    return new Promise(resolve => setTimeout(resolve, 60_000).unref());
  };
  const task: ChildTask = { ...finlend, url: server.url, stateDir, laterMs: 0 };
  const child = spawn(process.execPath, [program, JSON.stringify(task)]);
  child.stdin.write('go\n');
  await loggingIn;
  child.kill('SIGKILL');
  await once(child, 'close');
  desk.pause = async () => {};
  expect(await runTogether(1, finlend)).toEqual([{ status: 200 }]);
});
