// `npm run soak [keys]`: a long batch in a storm of faults, killed and resumed on the way, with its books audited at the end.
// Takes about ten minutes for the 100,000 keys it has by default. Ends with 1 when a key is lost or counted twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFor, folder, keys, launcher, runProbed, startScript } from './measure.js';

const count = Number(process.argv[2] ?? 100_000);
const rate = 500;
const burst = 10;
const kills = 3;
const path = name => join(folder, name);

const inputs = keys(count);
writeFileSync(path('soak-ids.txt'), `${inputs.join('\n')}\n`);
const server = await startScript('./storm-server.js', JSON.stringify({ plan: 'storm', slowMs: 1000 }));
const env = configFor(server.url);
const files = ['--out', path('soak.csv'), '--errors', path('soak-errors'), '--summary', path('soak-summary')];
const pace = ['--concurrency', '64', '--max-rate', String(rate)];
const args = [launcher, 'crego', 'record', '--ids-from', path('soak-ids.txt'), '--csv', '--fields', 'id,amount', ...files, ...pace];

const started = performance.now();
try {
  for (let kill = 1; kill <= kills; kill += 1) {
    const run = spawn(process.execPath, [...args, '--resume', '--quiet'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    await fetch(`${server.url}/-/after?count=${Math.floor((count * kill) / 20)}`);
    run.kill('SIGKILL');
    await once(run, 'exit');
  }
  const last = runProbed([...args, '--resume'], env);
  report(last, await (await fetch(`${server.url}/-/ledger`)).json());
} finally {
  server.stop();
}

function report({ status, stderr, megabytes }, ledger) {
  const summary = JSON.parse(readFileSync(path('soak-summary'), 'utf8'));
  const [, ...rows] = readFileSync(path('soak.csv'), 'utf8').trimEnd().split('\r\n');
  const errors = readFileSync(path('soak-errors'), 'utf8').trimEnd().split('\n');
  const ids = [...rows.map(row => row.split(',')[0]), ...errors.map(line => JSON.parse(line).key)];
  const isComplete = ids.length === count && ids.sort().every((id, at) => id === inputs[at]);
  const again = ledger.length - summary.retries - count;
  console.log(stderr.trimEnd().split('\n').at(-1));
  console.log(`exit code of the last run          ${status}`);
  console.log(`each key in one place, once        ${isComplete ? 'yes' : 'NO'}`);
  console.log(`delivered, missing, failed         ${summary.delivered}, ${summary.missing}, ${summary.failed}`);
  console.log(`failures by kind                   ${JSON.stringify(summary.failures)}`);
  console.log(
    `requests the server saw            ${ledger.length} (${again} more than keys and last retries: ${kills} kills, earlier retries)`,
  );
  console.log(`worst second at the server         ${worstSecond(ledger)} (rate ${rate}, burst ${burst})`);
  console.log(`peak memory of the last run        ${megabytes.toFixed(0)} MB`);
  console.log(`whole time, all runs               ${((performance.now() - started) / 1000).toFixed(0)} s`);
  if (!isComplete || status !== 24 || summary.delivered + summary.missing + summary.failed !== count) process.exitCode = 1;
}

function worstSecond(ledger) {
  let worst = 0;
  let from = 0;
  for (const [to, { ms }] of ledger.entries()) {
    while (ledger[from].ms <= ms - 1000) from += 1;
    worst = Math.max(worst, to - from + 1);
  }
  return worst;
}
