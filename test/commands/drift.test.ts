// `loanq drift`: since when a field is there or gone, from the summaries that batches left.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { runShell } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const home = await sharedHome();
const files = ['c', 'a', 'd', 'b', 'e'].map(name => join(home.cwd, `${name}.json`));
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
let record: object = {};
const server = await startServer(() => ({ body: JSON.stringify(record) }));

/** A night of its own date, written by a batch; the names of the files say nothing of their order. */
async function night(file: string, day: number, answer: object): Promise<void> {
  record = { ...documented, ...answer };
  await home.configure(configFor('crego', server.origin));
  await runInProcess(['crego', 'record', id, id, '--csv', '-q', '--summary', file], { home, now: new Date(Date.UTC(2026, 0, day, 2)) });
}

const documented = JSON.parse((await import('../../src/providers/crego/index.ts')).default.endpoints[0]?.example ?? '{}');
beforeAll(async () => {
  documented.id = id;
  const [c = '', a = '', d = '', b = ''] = files;
  await night(a, 1, {});
  await night(b, 2, { trial: 1 });
  await night(c, 3, { netFee: 1, collection_bank: { ...documented.collection_bank, 'branch-id': 'x' } });
  await night(d, 4, { netFee: 2, remark: 5, collection_bank: { ...documented.collection_bank, 'branch-id': 'x' } });
  await home.write('work/e.json', JSON.stringify({ code: 'temporary', rows: 0 }));
});

test('tells since when and until when, with the lines for the literal', async () => {
  expect(await runInProcess(['drift', ...files], { home })).toEqual({
    code: 0,
    stdout: `crego record: 4 runs from 2026-01-01T02:00:00.000Z to 2026-01-04T02:00:00.000Z
  unknown trial                      until 2026-01-02T02:00:00.000Z, not since
  unknown collection_bank.branch-id  since 2026-01-03T02:00:00.000Z
  unknown netFee                     since 2026-01-03T02:00:00.000Z
  changed remark                     since 2026-01-04T02:00:00.000Z
  for the literal:
    'branch-id': any('Branch id', { optional: true }),  // in collection_bank
    netFee: any('Net fee', { optional: true }),
`,
    stderr: '1 of 5 runs have no row and say nothing\n',
  });
});

test('as data', async () => {
  const { stdout } = await runInProcess(['drift', ...files, '--json'], { home });
  expect(JSON.parse(stdout)).toContainEqual({
    endpoint: 'crego record',
    kind: 'unknown',
    what: 'netFee',
    since: '2026-01-03T02:00:00.000Z',
    until: null,
    isOlder: false,
    line: "netFee: any('Net fee', { optional: true }),",
  });
});

test('a field that is gone, and a code that is new, in a summary of one run', async () => {
  const kinds = { missing: ['amount', 'nowhere'], unlisted: ['state LATE'], unknown: ['\u001b[31m'] };
  const one = await home.write(
    'one.json',
    JSON.stringify({ endpoint: 'crego record', ended: '2026-01-05T02:00:00.000Z', rows: 1, driftKinds: kinds }),
  );
  expect((await runInProcess(['drift', one], { home })).stdout).toBe(`crego record: 1 run, 2026-01-05T02:00:00.000Z
  missing amount       since 2026-01-05T02:00:00.000Z or before
  missing nowhere      since 2026-01-05T02:00:00.000Z or before
  unlisted state LATE  since 2026-01-05T02:00:00.000Z or before
  unknown \\x1b[31m     since 2026-01-05T02:00:00.000Z or before
  for the literal:
    // amount: add optional: true, as long as it is not sent
    LATE: '',  // a code of state
    '\\u001b[31m': any('\\u001b[31m', { optional: true }),
`);
});

test('what is no summary is refused', async () => {
  const odd = await home.write('odd.json', '{"rows":3}');
  expect(await runInProcess(['drift', odd], { home })).toEqual({
    code: 26,
    stdout: '',
    stderr: `error: ${odd} is no --summary of a batch that tells its endpoint and end\n`,
  });
});

test.runIf(process.platform === 'linux')('of more nights than files may be open at once', async () => {
  const [summary = ''] = files;
  const text = await readFile(summary, 'utf8');
  await Promise.all(Array.from({ length: 300 }, (_, at) => home.write(`work/nights/${at}.json`, text)));
  expect(await runShell('ulimit -n 100; loanq drift nights/*.json | head -n 1', { home })).toMatchObject({
    stdout: 'crego record: 300 runs from 2026-01-03T02:00:00.000Z to 2026-01-03T02:00:00.000Z\n',
    stderr: '',
  });
});
