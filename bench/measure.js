// Time and memory of commands, run in turn so that a busy moment of the machine hits all of them, in an environment of their own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of this run; they go with it. */
export const folder = mkdtempSync(join(tmpdir(), 'loanq-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Whether everything here, servers and peers too, goes before what else the machine does. Only root may ask for that. */
export const goesFirst = (() => {
  try {
    setPriority(-10);
    return true;
  } catch {
    return false;
  }
})();

// The program as it is built now: another build meanwhile changes nothing.
for (const name of ['bin', 'dist', 'package.json']) {
  cpSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), join(folder, 'app', name), { recursive: true });
}
export const launcher = join(folder, 'app/bin/loanq.js');

/**
 * What commands are run with. Nothing of the caller's that changes how Node starts: extra certificates alone take 30 ms of each start,
 * options and a debugger more, and colour variables change what is written. The home is empty but for what loanq keeps there.
 */
export function cleanEnvironment(more = {}) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm', ...more };
}

/**
 * Wall and CPU time (user and system, children included) of each command, round by round, in milliseconds. A command is
 * [program, ...arguments] or text for a shell. Where starts are measured, a first round that warms caches is not counted.
 */
export function measure(commands, rounds, env = {}, warmUps = 1) {
  const runs = Object.fromEntries(Object.keys(commands).map(name => [name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const run = runOnce(command, env);
      if (round >= 0) runs[name].push(run);
    }
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, list]) => [name, { wall: list.map(run => run.wall), cpu: list.map(run => run.cpu) }]),
  );
}

const times = /@(\d+)[.,](\d{3}) (\d+)[.,](\d{3}) (\d+)[.,](\d{3})\s*$/;

function runOnce(command, env) {
  const args = typeof command === 'string' ? ['bash', '-o', 'pipefail', '-c', command] : command;
  const script = `TIMEFORMAT='@%3R %3U %3S'; time "$@" >/dev/null 2>"$0"`;
  const errors = join(folder, 'stderr');
  const stdio = ['ignore', 'ignore', 'pipe'];
  const { status, stderr } = spawnSync('bash', ['-c', script, errors, ...args], { stdio, env: cleanEnvironment(env), encoding: 'utf8' });
  const [, ...parts] = times.exec(stderr) ?? [];
  if (status !== 0 || parts.length === 0)
    throw new Error(`${args.join(' ')} ended with ${status}: ${readFileSync(errors, 'utf8')}${stderr}`);
  const [wall, user, system] = [0, 2, 4].map(at => Number(parts[at]) * 1000 + Number(parts[at + 1]));
  return { wall, cpu: user + system };
}

/** Runs a Node command, whatever its end, and tells its peak resident memory in MB and its CPU time in milliseconds. */
export function runProbed(args, env = {}) {
  // The resources of a process leave its children out, so the child reports its own.
  const probe = join(folder, 'probe.cjs');
  writeFileSync(
    probe,
    "process.on('exit',()=>{const {maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();require('fs').writeFileSync(process.env.BENCH_PROBE,JSON.stringify([maxRSS/1024,(userCPUTime+systemCPUTime)/1000]))});",
  );
  const file = join(folder, 'probed');
  // Opened one way, as a shell does it: an output that can be read, too, looks like a closed one.
  const nowhere = openSync('/dev/null', 'w');
  const { status, stderr } = spawnSync(process.execPath, ['--require', probe, ...args], {
    stdio: ['ignore', nowhere, 'pipe'],
    env: cleanEnvironment({ ...env, BENCH_PROBE: file }),
    encoding: 'utf8',
  });
  closeSync(nowhere);
  const [megabytes, cpu] = JSON.parse(readFileSync(file, 'utf8'));
  return { status, stderr, megabytes, cpu };
}

/** The same for a command that has to end well. */
export function probe(args, env = {}) {
  const run = runProbed(args, env);
  if (run.status !== 0) throw new Error(`${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return run;
}

/** Starts the bench server; resolves with its base URL and a way to end it. */
export function startServer(options = {}) {
  return startScript('./server.js', JSON.stringify(options));
}

/** Starts a server of this folder that prints its port. */
export async function startScript(script, argument) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: cleanEnvironment(),
  });
  const [line] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(line).trim()}`, stop: () => child.kill() };
}

/** An environment whose configuration points at a server. */
export function configFor(url, more = {}) {
  const file = join(folder, `config-${new URL(url).port}.json`);
  const { provider = 'crego', ...rest } = more;
  const profile = {
    provider,
    baseUrl: url,
    credentials: { [provider === 'ekuaibao' ? 'accessToken' : 'token']: 'env:BENCH_TOKEN' },
    ...rest,
  };
  writeFileSync(file, JSON.stringify({ profiles: { bench: profile } }), { mode: 0o600 });
  return { LOANQ_CONFIG: file, BENCH_TOKEN: 'bench-token-of-no-worth', XDG_STATE_HOME: folder };
}

/** UUIDs that are the same in every run. */
export function keys(count) {
  return Array.from({ length: count }, (_, n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`);
}

export function isInstalled(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}
