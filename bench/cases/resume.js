// What it costs to be able to go on: the same batch in one go, and killed half-way and resumed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, configFor, folder, keys, launcher, probe, startScript } from '../measure.js';

const count = 10_000;

export async function resume(report) {
  const server = await startScript('./storm-server.js', JSON.stringify({}));
  const env = configFor(server.url);
  const list = join(folder, 'resumed-ids.txt');
  const out = join(folder, 'resumed.csv');
  writeFileSync(list, `${keys(count).join('\n')}\n`);
  const args = [launcher, 'crego', 'record', '--ids-from', list, '--csv', '--out', out, '--concurrency', '16', '--quiet'];
  try {
    const whole = probe(args, env);
    const piped = probe([...args.filter(word => word !== '--out' && word !== out)], env);
    rmSync(out);
    const run = spawn(process.execPath, args, { env: cleanEnvironment(env), stdio: 'ignore' });
    await fetch(`${server.url}/-/after?count=${2 * count + count / 2}`);
    run.kill('SIGKILL');
    await once(run, 'exit');
    const rest = probe([...args, '--resume'], env);
    report.figures({
      id: 'resume',
      title: `${count.toLocaleString('en')} lookups, 16 wide, CPU time`,
      unit: 'ms',
      values: { 'to a pipe, without a journal': piped.cpu, 'to a file, with its journal': whole.cpu, 'the second half, resumed': rest.cpu },
    });
  } finally {
    server.stop();
  }
}
