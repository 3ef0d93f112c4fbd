// `node bench/secret-filter.js`: what the search for secrets costs, by size of the body, number of secrets, and what the body is
// made of. Processor time, because that is what a hostile body would take.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { folder } from './measure.js';

const mebibyte = 1024 * 1024;
const sizes = [1, 4, 16];
const counts = [1, 10, 100];
const rounds = 5;
/** What a hundred secrets may cost of what one costs, and what 16 MiB may cost at all. */
const mostTimesOne = 2;
const mostSeconds = 1;

const values = Array.from({ length: Math.max(...counts) }, (_, n) => createHash('sha256').update(`${n}`).digest('base64url'));
const record =
  '{"id":"229fe24c-d840-48dc-959a-e0ff1479df35","amount":1200.50,"status":"PAID","remark":"second instalment","created_at":"2024-01-01T00:00:00Z"},';
const hex = [...values[0]].map(letter => `%${letter.charCodeAt(0).toString(16)}`).join('');

const bodies = {
  'normal records': record,
  backslashes: '\\',
  '%41': '%41',
  '&quot;': '&quot;',
  'a secret in %xx': `${hex} `,
};

/** Prints the table of medians; what the largest body of records takes goes into the report of a run of all parts. */
export async function secretFilter(report) {
  const { createByteFilter, Secret, SecretRegister } = await loadFilter();
  const registers = counts.map(count => {
    const register = new SecretRegister();
    for (const value of values.slice(0, count)) register.add(new Secret(value));
    return register;
  });
  console.log(`\nSecret filter: seconds of processor time for ${counts.join(', ')} secrets (median of ${rounds})`);
  for (const [name, piece] of Object.entries(bodies)) {
    for (const size of sizes) {
      const body = Buffer.alloc(size * mebibyte, piece);
      const seconds = registers.map(register => median(Array.from({ length: rounds }, () => cost(createByteFilter(register), body))));
      const [one = 0] = seconds;
      if (size === sizes.at(-1) && piece === record) {
        const found = Object.fromEntries(seconds.map((value, at) => [`${counts[at]} secrets`, value]));
        const title = `Secret filter, ${size} MiB of records, processor time`;
        report?.figures({
          id: 'filter',
          title,
          unit: 's',
          values: found,
          goals: ({ '1 secrets': alone }) => ({ '100 secrets': Math.min(mostSeconds, mostTimesOne * alone) }),
        });
      }
      const many = seconds.at(-1) ?? 0;
      const missed = many > mostTimesOne * one || Math.max(...seconds) > mostSeconds ? '  MISSED' : '';
      const shown = seconds.map(value => value.toFixed(3).padStart(7)).join('');
      console.log(`  ${name.padEnd(16)} ${String(size).padStart(2)} MiB ${shown}  ${(many / one).toFixed(2).padStart(5)} x one${missed}`);
    }
  }
  console.log(`  (target: at most ${mostTimesOne} x one secret, and ${mostSeconds} s)`);
}

/** Portions as the program hands them over. */
function cost(filter, body) {
  const portion = mebibyte / 4;
  const before = process.cpuUsage().user;
  for (let at = 0; at < body.length; at += portion) filter.push(body.subarray(at, at + portion));
  filter.end();
  return (process.cpuUsage().user - before) / 1e6;
}

/** The filter alone, without the program around it. */
async function loadFilter() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/auth/secret.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    write: false,
  });
  const file = join(folder, 'secret-filter.mjs');
  writeFileSync(file, outputFiles[0]?.contents ?? '');
  return import(pathToFileURL(file).href);
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await secretFilter();
