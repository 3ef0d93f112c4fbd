// What a batch says about itself while it runs.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFilter, SecretRegister } from '../../src/auth/secret.ts';
import { startProgress } from '../../src/batch/progress.ts';
import { Tally } from '../../src/batch/tally.ts';
import { Messages } from '../../src/console/messages.ts';
import type { Runtime } from '../../src/core/runtime.ts';
import type { Context } from '../../src/lookup/context.ts';
import { providers } from '../../src/providers/index.ts';
import { launcher } from '../runner/app.ts';
import { environment, sharedHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { startCrego } from './crego.ts';
import { key, keyFile } from './storm.ts';

/** A context that writes to a stream, with a clock that is moved by hand. */
function stage(level: 'quiet' | 'normal') {
  const stderr = new PassThrough().setEncoding('utf8');
  let nowMs = 0;
  const runtime: Runtime = {
    argv: [],
    env: {},
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr,
    platform: process.platform,
    user: 'tester',
    processes: { pid: process.pid, isAlive: () => true, killGroup: () => undefined },
    self: [],
    home: '',
    cwd: '',
    now: () => new Date('2025-06-01T02:15:00Z'),
    monotonicMs: () => nowMs,
    random: () => 0,
    leaveInterrupts: () => () => undefined,
    signal: new AbortController().signal,
  };
  const secrets = new SecretRegister();
  const context: Context = { runtime, secrets, messages: new Messages({ stderr }, createFilter(secrets), level), providers };
  return {
    context,
    stderr,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** What a run over keys says while it works, without a terminal. */
function tell(
  context: Context,
  tally: Tally,
  { total, rate, packs }: { total: number | undefined; rate: number | undefined; packs?: { size: number; maxCharacters: number } },
  lineEveryMs?: number,
) {
  const limits = {
    attemptMs: 1,
    retries: 0,
    ratePerSecond: rate,
    sharedRatePerSecond: undefined,
    concurrency: 1,
    deadlineMs: undefined,
    longestRetryAfterMs: 1,
  };
  const progress = context.messages.level === 'quiet' ? 'none' : 'lines';
  return startProgress(context, { limits }, { progress, packs, shard: undefined }, tally, { total }, lineEveryMs);
}

describe('without a terminal', () => {
  it('a dated line tells how far the run is, how fast, and what is left', async () => {
    const { context, stderr, pass } = stage('normal');
    const tally = new Tally(100);
    const progress = await tell(context, tally, { total: 1000, rate: undefined }, 5);
    for (let n = 0; n < 47; n += 1) tally.deliver(1);
    tally.miss();
    tally.fail('refused');
    tally.fail('refused');
    pass(10_000);
    const [line] = await once(stderr, 'data');
    progress.stop();
    expect(line).toBe('2025-06-01T02:15:00.000Z 150 of 1000 keys, 1 missing, 2 failed, 5.0/s, 3 minutes left\n');
  });

  it('a total that is not known is not told', async () => {
    const { context, stderr, pass } = stage('normal');
    const progress = await tell(context, new Tally(), { total: undefined, rate: 5 }, 5);
    pass(1000);
    const [line] = await once(stderr, 'data');
    progress.stop();
    expect(line).toBe('2025-06-01T02:15:00.000Z 0 keys, 0 missing, 0 failed, 0.0/s\n');
  });

  it('a line comes every ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { context, stderr } = stage('normal');
    const progress = await tell(context, new Tally(), { total: undefined, rate: 5 });
    const told = (): number => String(stderr.read() ?? '').split('\n').length - 1;
    const counts = [9_999, 1, 9_999, 1].map(ms => {
      vi.advanceTimersByTime(ms);
      return told();
    });
    progress.stop();
    vi.advanceTimersByTime(20_000);
    expect([...counts, told()]).toEqual([0, 1, 0, 1, 0]);
  });

  it.each([
    [{ total: 1_000_000, rate: 5 }, '1,000,000 keys at 5 requests a second: at least 3 days\n'],
    [{ total: 36_000, rate: 5 }, '36,000 keys at 5 requests a second: at least 2 hours\n'],
    [
      { total: 12_000, packs: { size: 20, maxCharacters: 1 }, rate: 5 },
      '12,000 keys in 600 requests at 5 requests a second: at least 2 minutes\n',
    ],
    [{ total: 299, rate: 5 }, null],
    [{ total: 1_000_000, rate: undefined }, null],
  ])('a long run is announced: %j', async (work, words) => {
    const { context, stderr } = stage('normal');
    (await tell(context, new Tally(), work)).stop();
    expect(stderr.read()).toBe(words);
  });

  it('nothing is said with --quiet', async () => {
    const { context, stderr, pass } = stage('quiet');
    const progress = await tell(context, new Tally(), { total: 1_000_000, rate: 5 }, 1);
    pass(100_000);
    progress.update();
    progress.makeRoom();
    progress.stop();
    expect(stderr.read()).toBe(null);
  });
});

describe('on a terminal', async () => {
  const home = await sharedHome();

  /** Everything that a run shows on one terminal, stdout and stderr together. */
  async function screenOf(args: string, { env = {}, ending = 0 }: { env?: NodeJS.ProcessEnv; ending?: number } = {}): Promise<string> {
    const crego = await startCrego(id => (id === key(3) ? { status: 404, body: '{}' } : undefined));
    await home.configure(configFor('crego', crego.origin));
    await home.write('work/keys', keyFile(40));
    const call = `'${process.execPath}' '${launcher()}' crego record --ids-from keys --fields id --no-color ${args}`;
    const line = `stty cols 100 -opost -echo; exec ${call}`;
    const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], { cwd: home.cwd, env: environment(home, env) });
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
    });
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([ending, null]);
    return screen;
  }

  it('a bar counts the keys, makes room for errors and is gone in the end', async () => {
    const screen = await screenOf('--csv --out o.csv --max-rate 40', { ending: 24 });
    expect(screen).toMatch(/[#-]{20} \d+\/40 keys \| .+ left \| \d+\.\d\/s \| \d missing \| 0 failed/);
    expect(screen).toContain(`\r\u001b[Kerror: crego record ${key(3)}: not found`);
    const lines = screen.split('\n');
    expect(lines.at(-2)).toMatch(/^(?:.*\u001b\[K)?40 keys: 39 delivered, 1 missing, 0 failed in /);
  });

  it('a bar never jumps back over errors, nor keeps others from wrapping their lines', async () => {
    const screen = await screenOf('--csv --out o.csv --max-rate 40', { ending: 24 });
    for (const sequence of ['\u001b7', '\u001b8', '\u001b[?7l']) expect(screen).not.toContain(sequence);
  });

  it.each(['--csv', '--json', '-o ndjson', '-o record'])('rows that appear there are not mixed with a bar: %s', async format => {
    const screen = await screenOf(format, { ending: 24 });
    expect(screen).not.toContain('\u001b[');
    expect(screen).not.toContain('keys |');
    expect(screen).toContain(`error: crego record ${key(3)}: not found`);
    expect(screen).toContain(key(39));
    expect(screen.trimEnd().split('\n').at(-1)).toMatch(/^40 keys: 39 delivered, 1 missing, 0 failed in /);
  });

  it('a small table comes when the bar is gone', async () => {
    const screen = await screenOf('-o table', { ending: 24 });
    expect(screen).toContain('keys |');
    const table = screen.slice(screen.indexOf('Record'));
    expect(table).not.toContain('\u001b[');
    expect(table.split('\n').filter(line => line.startsWith('00000000-'))).toHaveLength(39);
  });

  it('that is dumb gets no bar', async () => {
    expect(await screenOf('--csv --out o.csv', { env: { TERM: 'dumb' }, ending: 24 })).not.toContain('\u001b');
  });
});
