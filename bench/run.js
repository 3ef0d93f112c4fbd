// `npm run bench [part...]`: start-up, fan-out, conversion and memory, each beside the tools people use instead. Prints, asserts nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, configFor, folder, isInstalled, keys, launcher, peakMegabytes, report, startServer } from './measure.js';

const node = process.execPath;
const fields = ['id', 'created_at', 'type', 'ref_id', 'amount', 'remaining_amount', 'status', 'account'];
const parts = { start, fanout, convert, memory };
const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();

/** How long a person waits. */
async function start() {
  const server = await startServer(0);
  const [id] = keys(1);
  const env = configFor(server.url);
  const commands = {
    'node -e 0': [node, '-e', '0'],
    'loanq --version': [node, launcher, '--version'],
    'loanq crego --help': [node, launcher, 'crego', '--help'],
    'loanq crego record': [node, launcher, 'crego', 'record', id, '--json'],
  };
  if (isInstalled('http'))
    commands['HTTPie, the same GET'] = [
      'http',
      '--ignore-stdin',
      '--body',
      `${server.url}/v1/lms/records/${id}/?expand=payouts`,
      'Authorization:Bearer x',
    ];
  try {
    report('Start-up (median of 15 paired runs)', compare(commands, 15, env), 'node -e 0', {
      'loanq --version': 1.2,
      'loanq crego --help': 1.5,
      'loanq crego record': 3.0,
    });
  } finally {
    server.stop();
  }
}

/** 4,000 lookups at 20 ms latency, 64 at a time, to a CSV file. */
async function fanout() {
  const server = await startServer(20);
  const env = configFor(server.url);
  const ids = keys(4000);
  const list = join(folder, 'ids.txt');
  const urls = join(folder, 'urls.txt');
  writeFileSync(list, `${ids.join('\n')}\n`);
  writeFileSync(urls, ids.map(id => `url = "${server.url}/v1/lms/records/${id}/?expand=payouts"\noutput = "/dev/null"\n`).join(''));
  const batch = ['--csv', '--out', join(folder, 'out.csv'), '--concurrency', '64', '--quiet'];
  const download = 'curl --parallel, download only';
  try {
    const seconds = compare(
      {
        [download]: ['curl', '--silent', '--parallel', '--parallel-max', '64', '--config', urls],
        'loanq to CSV': [node, launcher, 'crego', 'record', '--ids-from', list, ...batch],
      },
      5,
      env,
    );
    report('4,000 lookups, 20 ms latency, 64 wide (median of 5)', seconds, download, { 'loanq to CSV': 2.0 });
    const usual = `xargs -a ${list} -P 8 -I{} curl -s '${server.url}/v1/lms/records/{}/?expand=payouts' | jq -r '[.id,.amount]|@csv' > ${join(folder, 'x.csv')}`;
    const { shell = 0 } = compare({ shell: usual }, 1);
    const times = shell / (seconds['loanq to CSV'] ?? 1);
    console.log(`  xargs -P 8 -n 1 curl | jq    ${shell.toFixed(3)} s: loanq is ${times.toFixed(1)} x as fast (target: at least 5 x)`);
  } finally {
    server.stop();
  }
}

/** Saved records to CSV, numbers exact. */
async function convert() {
  const saved = savedRecords(100_000);
  const commands = {
    'jq -r @csv': ['jq', '-r', `[${fields.map(name => `.${name}`).join(',')}]|@csv`, saved],
    'loanq --input': [node, launcher, 'crego', 'record', '--input', saved, '--csv', '--fields', fields.join(',')],
  };
  if (isInstalled('mlr')) commands.Miller = ['mlr', '--ijsonl', '--ocsv', 'cut', '-o', '-f', fields.join(','), saved];
  const seconds = compare(commands, 3);
  report('100,000 saved records to CSV (median of 3)', seconds, 'jq -r @csv', { 'loanq --input': 0.6 });
  if (seconds.Miller !== undefined)
    console.log(`  loanq takes ${(seconds['loanq --input'] / seconds.Miller).toFixed(2)} x of Miller (target: at most 0.3 x)`);
}

/** Peak memory must not grow with the number of keys. */
async function memory() {
  console.log('\nPeak memory');
  for (const count of [10_000, 100_000]) {
    const args = [launcher, 'crego', 'record', '--input', savedRecords(count), '--csv', '--fields', fields.join(',')];
    console.log(`  --input, ${String(count).padStart(7)} records  ${peakMegabytes(args).toFixed(0)} MB`);
  }
  const server = await startServer(0);
  const env = configFor(server.url);
  try {
    for (const count of [10_000, 100_000]) {
      const list = join(folder, `ids-${count}.txt`);
      writeFileSync(list, `${keys(count).join('\n')}\n`);
      const args = [
        launcher,
        'crego',
        'record',
        '--ids-from',
        list,
        '--csv',
        '--out',
        join(folder, 'm.csv'),
        '--concurrency',
        '64',
        '--quiet',
      ];
      console.log(`  batch,   ${String(count).padStart(7)} keys     ${peakMegabytes(args, env).toFixed(0)} MB`);
    }
  } finally {
    server.stop();
  }
}

function savedRecords(count) {
  const file = join(folder, `saved-${count}.ndjson`);
  const sample = readFileSync(new URL('../src/providers/crego/record.example.json', import.meta.url), 'utf8');
  const line = JSON.stringify(sample)
    .slice(1, -1)
    .replaceAll('\\n', '')
    .replaceAll('\\"', '"')
    .replace(/\s*([:,{}[\]])\s*/g, '$1');
  const documentedId = /"id":"([^"]+)"/.exec(line)?.[1] ?? '';
  writeFileSync(
    file,
    keys(count)
      .map(id => `${line.replace(documentedId, id)}\n`)
      .join(''),
  );
  return file;
}
