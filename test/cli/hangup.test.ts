// What a terminal that is closed, and a wrapper that hands signals on, do to a run.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { csvOf, startCrego } from '../batch/crego.ts';
import { key } from '../batch/storm.ts';
import { launcher } from '../runner/app.ts';
import { environment, ownHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';

const call = `"$NODE" "$LAUNCHER" crego record ${key(1)} ${key(2)} --csv --fields id,amount --quiet`;

/** A run that a shell line starts; the server answers once the test says so. `shell` is asked for a line of its own at its end. */
async function startWaiting(shell: readonly string[]) {
  const home = await ownHome();
  let answer: () => void = () => undefined;
  const answered = new Promise<undefined>(resolve => {
    answer = () => resolve(undefined);
  });
  let sayAsked: () => void = () => undefined;
  const asked = new Promise<void>(resolve => {
    sayAsked = resolve;
  });
  const server = await startCrego(() => {
    sayAsked();
    return answered;
  });
  await home.configure(configFor('crego', server.origin));
  const [command = '', ...args] = shell;
  const child: ChildProcess = spawn(command, args, {
    cwd: home.cwd,
    env: environment(home, { NODE: process.execPath, LAUNCHER: launcher() }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const said: string[] = [];
  lines.on('line', line => said.push(line));
  const pid = await new Promise<number>(resolve => lines.once('line', line => resolve(Number(line))));
  await asked;
  return {
    pid,
    answer,
    /** What was said behind the process id. */
    ended: once(lines, 'close').then(() => said.slice(1)),
  };
}

const rows = csvOf(key(1), key(2)).trimEnd().split('\r\n');

describe('nohup keeps a run going when its terminal hangs up', () => {
  it.runIf(hasPrograms({ nohup: 'coreutils', bash: 'bash' }))('started from bash', async () => {
    const { pid, answer, ended } = await startWaiting(['bash', '-c', `nohup ${call} & echo $!; wait $!; echo "Z=$?"`]);
    process.kill(pid, 'SIGHUP');
    answer();
    expect(await ended).toEqual([...rows, 'Z=0']);
  });

  it.runIf(process.platform === 'linux' && hasPrograms({ nohup: 'coreutils' }))('around a script that starts it', async () => {
    const script = `${call} & echo $!; wait $!; echo "Z=$?"`;
    const { pid, answer, ended } = await startWaiting(['nohup', 'sh', '-c', script]);
    process.kill(pid, 'SIGHUP');
    answer();
    expect(await ended).toEqual([...rows, 'Z=0']);
  });

  it.runIf(process.platform === 'linux' && hasPrograms({ nohup: 'coreutils' }))(
    'on a terminal, where it takes the input away',
    async () => {
      const script = `nohup ${call} 0>/dev/null & echo $!; wait $!; echo "Z=$?"`;
      const { pid, answer, ended } = await startWaiting(['sh', '-c', script]);
      process.kill(pid, 'SIGHUP');
      answer();
      expect(await ended).toEqual([...rows, 'Z=0']);
    },
  );

  it.runIf(hasPrograms({ script: 'bsdutils' }))('also one whose bar is on that terminal', async () => {
    const home = await ownHome();
    let answer: () => void = () => undefined;
    const answered = new Promise<undefined>(resolve => {
      answer = () => resolve(undefined);
    });
    const server = await startCrego(id => (id === key(2) ? answered : undefined));
    await home.configure(configFor('crego', server.origin));
    const run = `"$NODE" "$LAUNCHER" crego record ${key(1)} ${key(2)} --csv --fields id,amount --out rows.csv`;
    const terminal = spawn('script', ['--quiet', '--command', `trap '' HUP; ${run}; :`, '/dev/null'], {
      cwd: home.cwd,
      env: environment(home, { NODE: process.execPath, LAUNCHER: launcher(), SHELL: '/bin/sh' }),
      // The last is held by whatever runs there, and closes with it.
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    const held = terminal.stdio[3] as Readable;
    const gone = once(held.resume(), 'close');
    let screen = '';
    for await (const chunk of terminal.stdout ?? []) {
      screen += chunk;
      if (screen.includes('1/2 keys')) break;
    }
    terminal.kill('SIGKILL');
    await once(terminal, 'exit');
    answer();
    await gone;
    expect(await readFile(join(home.cwd, 'rows.csv'), 'utf8')).toBe(csvOf(key(1), key(2)));
  });

  it('and without it the run ends, with 129', async () => {
    const { pid, ended } = await startWaiting(['sh', '-c', `${call} & echo $!; wait $!; echo "Z=$?"`]);
    process.kill(pid, 'SIGHUP');
    expect((await ended).at(-1)).toBe('Z=129');
  });
});

it.runIf(process.platform === 'linux')('a signal that a wrapper hands on a second time does not cut the flushing short', async () => {
  const { pid, ended } = await startWaiting([
    'bash',
    '-c',
    `${call} --out o.csv --summary s.json & echo $!; wait $!; echo "Z=$?"; cat s.json`,
  ]);
  process.kill(pid, 'SIGINT');
  // Two that are pending at once are handled in no certain order.
  while (hasPending(pid));
  process.kill(pid, 'SIGTERM');
  const [code, ...summary] = await ended;
  expect(code).toBe('Z=130');
  expect(JSON.parse(summary.join(''))).toMatchObject({ exit: 130, keys: 0 });
});

/** Whether the system still has a signal for a process that the process has not taken. */
function hasPending(pid: number): boolean {
  return /^(?:Sig|Shd)Pnd:\t0*[1-9a-f]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
