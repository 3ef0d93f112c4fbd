// `node bench/shards.js`: 16 shards against one provider with one limit for all of them. Once each shard is given its part of the
// limit, once each believes that the whole of it is its own. Prints what the provider saw and what came of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFor, folder, keys, launcher, startScript } from './measure.js';

const shards = 16;
const count = 4000;
const limit = 160;
writeFileSync(join(folder, 'shard-ids.txt'), `${keys(count).join('\n')}\n`);

console.log(`${count} keys in ${shards} shards; the provider allows ${limit} requests a second and answers 429 beyond\n`);
await simulate(`each shard its part: --max-rate ${limit / shards}`, limit / shards);
await simulate(`each shard the whole: --max-rate ${limit}`, limit);

async function simulate(title, rate) {
  const server = await startScript('./storm-server.js', JSON.stringify({ latencyMs: 50, limit }));
  const env = { ...process.env, ...configFor(server.url) };
  const started = performance.now();
  const ends = await Promise.all(Array.from({ length: shards }, (_, at) => runShard(at + 1, rate, env)));
  const seconds = (performance.now() - started) / 1000;
  const ledger = await (await fetch(`${server.url}/-/ledger`)).json();
  server.stop();
  const summaries = ends.map(({ part }) => JSON.parse(readFileSync(join(folder, `summary-${part}`), 'utf8')));
  const ids = ends.flatMap(({ part }) =>
    readFileSync(join(folder, `part-${part}`), 'utf8')
      .split('\n')
      .filter(Boolean),
  );
  const sum = pick => summaries.reduce((total, summary) => total + pick(summary), 0);
  console.log(title);
  console.log(`  time                    ${seconds.toFixed(1)} s`);
  console.log(`  exit codes              ${[...new Set(ends.map(({ code }) => code))].sort().join(', ')}`);
  console.log(`  delivered, failed       ${sum(({ delivered }) => delivered)}, ${sum(({ failed }) => failed)} of ${count}`);
  console.log(`  rows, distinct keys     ${ids.length}, ${new Set(ids).size}`);
  console.log(
    `  keys of a shard         ${Math.min(...summaries.map(({ keys: n }) => n))} to ${Math.max(...summaries.map(({ keys: n }) => n))}`,
  );
  console.log(`  requests, of them 429   ${ledger.length}, ${ledger.filter(({ status }) => status === 429).length}\n`);
}

async function runShard(part, rate, env) {
  const files = ['--out', `part-${part}`, '--summary', `summary-${part}`].map(word => (word.startsWith('--') ? word : join(folder, word)));
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
  const run = spawn(process.execPath, [launcher, ...args, ...files, '--max-rate', String(rate), '--concurrency', '8', '--quiet'], {
    env,
    stdio: 'ignore',
  });
  const [code] = await once(run, 'exit');
  return { part, code };
}
