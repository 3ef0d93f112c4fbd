// `node bench/shards.js`: 16 shards against one provider with one limit for all of them. They share the whole of it; or each is
// given its part or a little less, and once each believes that the whole is its own. Prints what the provider saw and what came of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFor, folder, keys, launcher, startScript } from './measure.js';

const shards = 16;
const count = 4000;
const limit = 160;
writeFileSync(join(folder, 'shard-ids.txt'), `${keys(count).join('\n')}\n`);

console.log(`${count} keys in ${shards} shards; the provider allows ${limit} requests a second and answers 429 beyond\n`);
await simulate('all shards together the whole', limit, []);
await simulate('all shards together nine tenths', 0.9 * limit, []);
await simulate('each shard nine tenths of its part', (0.9 * limit) / shards);
await simulate('each shard exactly its part', limit / shards);
await simulate('each shard the whole', limit);

async function simulate(title, rate, alone = ['--no-shared-rate']) {
  const name = (kind, part) => join(folder, `${kind}-${part}-at-${rate}${alone.join('')}`);
  const server = await startScript('./storm-server.js', JSON.stringify({ latencyMs: 50, limit }));
  const env = { ...process.env, ...configFor(server.url), XDG_STATE_HOME: join(folder, 'state') };
  const started = performance.now();
  const ends = await Promise.all(
    Array.from({ length: shards }, (_, at) => runShard(at + 1, [...alone, '--max-rate', String(rate)], env, name)),
  );
  const seconds = (performance.now() - started) / 1000;
  const ledger = await (await fetch(`${server.url}/-/ledger`)).json();
  server.stop();
  const summaries = ends.map(({ part }) => JSON.parse(readFileSync(name('summary', part), 'utf8')));
  const ids = ends.flatMap(({ part }) => rowsOf(name('part', part)));
  const sum = pick => summaries.reduce((total, summary) => total + pick(summary), 0);
  console.log(`${title}: ${['--max-rate', rate, ...alone].join(' ')}`);
  console.log(`  time                    ${seconds.toFixed(1)} s`);
  console.log(`  exit codes              ${[...new Set(ends.map(({ code }) => code))].sort().join(', ')}`);
  console.log(`  delivered, failed       ${sum(({ delivered }) => delivered)}, ${sum(({ failed }) => failed)} of ${count}`);
  console.log(`  rows, distinct keys     ${ids.length}, ${new Set(ids).size}`);
  console.log(
    `  keys of a shard         ${Math.min(...summaries.map(({ keys: n }) => n))} to ${Math.max(...summaries.map(({ keys: n }) => n))}`,
  );
  console.log(`  requests, of them 429   ${ledger.length}, ${ledger.filter(({ status }) => status === 429).length}\n`);
}

/** Rows of a part, also of one that a stopped shard has left to be resumed. */
function rowsOf(part) {
  const file = existsSync(part) ? part : `${part}.partial`;
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

async function runShard(part, pace, env, name) {
  const files = ['--out', name('part', part), '--summary', name('summary', part)];
  const args = [
    'crego',
    'record',
    '--ids-from',
    join(folder, 'shard-ids.txt'),
    '--shard',
    `${part}/${shards}`,
    '-o',
    'ndjson',
    '--fields',
    'id',
  ];
  const run = spawn(process.execPath, [launcher, ...args, ...files, ...pace, '--concurrency', '8', '--quiet'], {
    env,
    stdio: 'ignore',
  });
  const [code] = await once(run, 'exit');
  return { part, code };
}
