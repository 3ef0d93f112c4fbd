// Many lookups at once, at several latencies and widths, and Ekuaibao's, of which many share a call.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFor, folder, isInstalled, keys, launcher, measure, startServer } from '../measure.js';

const node = process.execPath;

export async function fanout(report) {
  for (const latencyMs of [0, 20, 100]) {
    const server = await startServer({ latencyMs });
    try {
      for (const width of [4, 16, 64]) measureWidth(report, server.url, latencyMs, width);
      if (latencyMs === 20) shell(report, server.url);
    } finally {
      server.stop();
    }
  }
}

/** As many keys as take a second or two, and the 4,000 of the goal. */
function countFor(latencyMs, width) {
  if (latencyMs === 0 || (latencyMs === 20 && width === 64)) return 4000;
  return Math.min(4000, Math.floor((1200 / latencyMs) * width));
}

function measureWidth(report, url, latencyMs, width) {
  const count = countFor(latencyMs, width);
  const { list, config } = listFiles(url, count);
  const out = join(folder, 'out.csv');
  const runs = measure(
    {
      'curl --parallel, download only': ['curl', '--silent', '--parallel', '--parallel-max', String(width), '--config', config],
      'loanq to CSV': [
        node,
        launcher,
        'crego',
        'record',
        '--ids-from',
        list,
        '--csv',
        '--out',
        out,
        '--concurrency',
        String(width),
        '--quiet',
      ],
    },
    latencyMs === 20 && width === 64 ? 4 : 2,
    configFor(url),
    0,
  );
  const title = `${count.toLocaleString('en')} lookups, ${latencyMs} ms latency, ${width} wide: ${Math.round((count / width) * latencyMs)} ms by latency alone`;
  const goals = latencyMs === 20 && width === 64 ? { 'loanq to CSV': 1.5 } : {};
  report.add({ id: `fanout-${latencyMs}-${width}`, title, by: 'wall', base: 'curl --parallel, download only', runs, goals });
}

function listFiles(url, count) {
  const ids = keys(count);
  const list = join(folder, `ids-${count}.txt`);
  const config = join(folder, 'curl.txt');
  writeFileSync(list, `${ids.join('\n')}\n`);
  writeFileSync(config, ids.map(id => `url = "${url}/v1/lms/records/${id}/?expand=payouts"\noutput = "/dev/null"\n`).join(''));
  return { list, config };
}

/** What people write in a shell: a process a key. */
function shell(report, url) {
  const count = 400;
  const { list } = listFiles(url, count);
  const out = join(folder, 'shell.csv');
  const commands = {
    'loanq, 8 wide': [node, launcher, 'crego', 'record', '--ids-from', list, '--csv', '--out', out, '--concurrency', '8', '--quiet'],
  };
  const missing = [];
  if (isInstalled('jq'))
    commands['xargs -P 8 curl | jq'] =
      `xargs -a ${list} -P 8 -I{} curl -s '${url}/v1/lms/records/{}/?expand=payouts' | jq -r '[.id,.amount]|@csv' > ${out}.x`;
  else missing.push('jq');
  report.add({
    id: 'shell',
    title: `${count} lookups by a shell loop, 20 ms latency`,
    by: 'wall',
    base: 'loanq, 8 wide',
    runs: measure(commands, 2, configFor(url)),
    missing,
  });
}

export async function packed(report) {
  const count = 10_000;
  const server = await startServer({ latencyMs: 20 });
  const list = join(folder, 'packed.txt');
  writeFileSync(list, Array.from({ length: count }, (_, n) => `ID_${n.toString(36).padStart(10, '0')}\n`).join(''));
  const out = join(folder, 'packed.csv');
  try {
    const runs = measure(
      {
        'loanq to CSV': [
          node,
          launcher,
          'ekuaibao',
          'repayment-records',
          '--ids-from',
          list,
          '--csv',
          '--out',
          out,
          '--concurrency',
          '16',
          '--quiet',
        ],
      },
      2,
      configFor(server.url, { provider: 'ekuaibao' }),
    );
    report.add({
      id: 'packed',
      title: `${count.toLocaleString('en')} Ekuaibao ids, packed into shared calls, 20 ms latency, 16 wide`,
      by: 'wall',
      base: 'loanq to CSV',
      runs,
    });
  } finally {
    server.stop();
  }
}
