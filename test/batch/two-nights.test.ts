// Two nights of one key list, the second in a storm of faults: what is said to be gone is what the provider said it does not know, and
// every key that failed is unknown.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import type { Answer } from '../runner/server.ts';
import { startCrego } from './crego.ts';
import { key, keyFile } from './storm.ts';

const count = 600;
const home = await sharedHome();
let isSecond = false;

/** By number: what the second night makes of a key. */
const deleted = (n: number): boolean => n % 13 === 5;
const born = (n: number): boolean => n % 29 === 3;
const dearer = (n: number): boolean => n % 7 === 1;
const fault = (n: number): number => (n * 2654435761) % 11;

function secondNight(n: number, id: string): Answer | undefined {
  switch (fault(n)) {
    case 0:
      return { status: 500, body: 'no' };
    case 1:
      return { status: 400, body: '{"detail":"no"}' };
    case 2:
      return { body: '<html>maintenance</html>' };
    case 3:
      // The record of somebody else.
      return { body: `{"id":"${key(n + 1)}","amount":1}` };
    default:
      return deleted(n)
        ? { status: 404, body: '{"detail":"Not found."}' }
        : { body: `{"id":"${id}","amount":${dearer(n) ? '11' : '10.00'}}` };
  }
}

const crego = await startCrego(id => {
  const n = Number.parseInt(id.slice(-12), 16);
  if (isSecond) return secondNight(n, id);
  return born(n) ? { status: 404, body: '{"detail":"Not found."}' } : undefined;
});

interface Told {
  readonly change: string;
  readonly key: string;
  readonly code: string;
}

test('no key that is there is called gone, and every failed key is unknown', async () => {
  await home.configure(configFor('crego', crego.origin));
  const keys = await home.write('keys', keyFile(count));
  const [first, second, errors] = ['first.csv', 'second.csv', 'errors.jsonl'].map(name => join(home.cwd, name)) as [string, string, string];
  const batch = (out: string) => [
    ...['crego', 'record', '--ids-from', keys, '--csv', '--out', out, '--retries', '0', '-q'],
    ...['--errors', errors, '--fields', 'id,ref_id,amount'],
  ];
  expect((await runInProcess(batch(first), { home })).code).toBe(24);
  isSecond = true;
  expect((await runInProcess(batch(second), { home })).code).toBe(24);
  const { stdout, code } = await runInProcess(['diff', first, second, '--errors', errors, '--csv', '-q', '--endpoint', 'crego/record'], {
    home,
  });
  expect(code).toBe(0);
  const told = parse(stdout, { columns: true }) as Told[];
  const numbers = Array.from({ length: count }, (_, n) => n);
  const named = (change: string): string[] => told.filter(one => one.change === change).map(one => one.key);
  const isFailed = (n: number): boolean => fault(n) < 4;
  const isThere = (n: number): boolean => !isFailed(n) && !deleted(n);
  const of = (chosen: (n: number) => boolean): string[] => numbers.filter(chosen).map(key);
  expect(named('gone').sort()).toEqual(of(n => !born(n) && !isFailed(n) && deleted(n)).sort());
  expect(named('unknown').sort()).toEqual(of(isFailed).sort());
  expect(named('added').sort()).toEqual(of(n => born(n) && isThere(n)).sort());
  expect(named('changed').sort()).toEqual(of(n => !born(n) && isThere(n) && dearer(n)).sort());
  const listed = (await readFile(errors, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(new Set(told.filter(({ change }) => change === 'unknown').map(one => `${one.key} ${one.code}`))).toEqual(
    new Set(listed.filter(one => one.code !== 'not-found').map(one => `${one.key} ${one.code}`)),
  );
});
