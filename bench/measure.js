// Wall time and peak memory of commands, run in turn so that a busy moment of the machine hits all of them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const launcher = fileURLToPath(new URL('../bin/loanq.js', import.meta.url));
/** Files of this run; they go with it. */
export const folder = mkdtempSync(join(tmpdir(), 'loanq-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Median wall time of each command in seconds over paired rounds. A command is [program, ...arguments], or text for a shell. */
export function compare(commands, rounds, env = {}) {
  const times = Object.fromEntries(Object.keys(commands).map(name => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) times[name].push(wallSeconds(command, env));
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

function wallSeconds(command, env) {
  const [program, ...args] = typeof command === 'string' ? ['bash', '-o', 'pipefail', '-c', command] : command;
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - started) / 1000;
}

/** Peak resident memory of a Node command in MB. */
export function peakMegabytes(args, env = {}) {
  const { status, stderr, megabytes } = runProbed(args, env);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return megabytes;
}

/** Runs a Node command, whatever its end, and tells its peak resident memory in MB. */
export function runProbed(args, env = {}) {
  // maxRSS of a process leaves its children out, so the child reports its own.
  const probe = join(folder, 'probe.cjs');
  writeFileSync(probe, "process.on('exit',()=>require('fs').writeFileSync(process.env.BENCH_RSS,String(process.resourceUsage().maxRSS)));");
  const file = join(folder, 'rss');
  const { status, stderr } = spawnSync(process.execPath, ['--require', probe, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env, BENCH_RSS: file },
    encoding: 'utf8',
  });
  return { status, stderr, megabytes: Number(readFileSync(file, 'utf8')) / 1024 };
}

/** Starts the bench server; resolves with its base URL and a way to end it. */
export function startServer(latencyMs) {
  return startScript('./server.js', String(latencyMs));
}

/** Starts a server of this folder that prints its port. */
export async function startScript(script, argument) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(line).trim()}`, stop: () => child.kill() };
}

/** An environment whose configuration points at a server. */
export function configFor(url) {
  const config = join(folder, `config-${new URL(url).port}.json`);
  writeFileSync(
    config,
    JSON.stringify({ profiles: { bench: { provider: 'crego', baseUrl: url, credentials: { token: 'env:BENCH_TOKEN' } } } }),
    { mode: 0o600 },
  );
  return { LOANQ_CONFIG: config, BENCH_TOKEN: 'bench-token-of-no-worth', XDG_STATE_HOME: folder, LC_ALL: 'C.UTF-8' };
}

/** UUIDs that are the same in every run. */
export function keys(count) {
  return Array.from({ length: count }, (_, n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`);
}

export function isInstalled(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

export function report(title, seconds, base, targets = {}) {
  console.log(`\n${title}`);
  for (const [name, value] of Object.entries(seconds)) {
    const ratio = value / seconds[base];
    const target = targets[name] === undefined ? '' : `  (target: at most ${targets[name]} x)${ratio <= targets[name] ? '' : '  MISSED'}`;
    console.log(`  ${name.padEnd(28)} ${value.toFixed(3).padStart(8)} s  ${ratio.toFixed(2).padStart(6)} x${target}`);
  }
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}
