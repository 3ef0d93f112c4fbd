// What is promised for every kind of key, envelope, paging and field, whichever provider it stands in.
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseLossless } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/endpoint.ts';
import { formats } from '../../src/core/formats.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { sampleKeys } from '../../src/sandbox/records.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { readSheets } from '../runner/sheets.ts';
import { badKeys } from './bad-keys.ts';
import { canaryConfig, echoedSecret } from './canary-profile.ts';
import { cellsOf, recordsIn } from './documented-csv.ts';
import { kinds } from './kinds.ts';
import { expectMasked, plantInSample } from './planted-secret.ts';

const providers: ProviderTable = { kinds: { title: kinds.title, load: async () => kinds } };
const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);
const config = await home.configure(canaryConfig(kinds, server.origin));

const all = kinds.endpoints.map(endpoint => {
  const keys = Object.keys(endpoint.keys ?? {}).map(parameter => endpoint.exampleKeys?.[0]?.[parameter] ?? '');
  return { name: endpoint.name, endpoint, keys, args: ['kinds', endpoint.name, ...keys] };
});
const keyed = all.filter(({ keys }) => keys.length > 0);
const lists = all.filter(({ endpoint }) => endpoint.paging !== undefined);

const loanq = (args: readonly string[], stdin?: string) => runInProcess(args, { home, providers, ...(stdin !== undefined && { stdin }) });

/** A call against the server of this file. */
async function call(args: readonly string[], given: Answer = { status: 500 }, stdin?: string) {
  answer = given;
  const before = server.requests.length;
  const said = await loanq([...args, '--config', config, '--retries', '0'], stdin);
  return { ...said, requests: server.requests.slice(before) };
}

function named(name: string): Endpoint {
  const endpoint = kinds.endpoints.find(one => one.name === name);
  if (endpoint === undefined) throw new Error(`no ${name}`);
  return endpoint;
}

describe.each(all)('envelope of $name', ({ endpoint, args, keys }) => {
  test('the sample is read from an answer and from a file, number for number', async () => {
    const called = await call([...args, '--json', '--strict'], { body: endpoint.example });
    const saved = await loanq(['kinds', endpoint.name, '--input', '-', '--json', '--strict'], endpoint.example);
    expect([called.code, called.stderr, saved.code, saved.stderr]).toEqual([0, '', 0, '']);
    expect(called.stdout).toBe(saved.stdout);
    expect(parseLossless(called.stdout)).toEqual(recordsIn(endpoint));
    expect(called.requests.map(({ method, body }) => [method, body.length])).toEqual([['GET', 0]]);
  });

  test('CSV parses back to the values of the document', async () => {
    const { stdout, code } = await call([...args, '--csv'], { body: endpoint.example });
    expect(code).toBe(0);
    expect(parseCsv(stdout, { record_delimiter: '\r\n' })).toEqual(cellsOf(endpoint, keys, recordsIn(endpoint)));
  });

  test('a field that does not exist is refused before anything is sent, with the way to those that do', async () => {
    const said = await call([...args, '--fields', 'nope']);
    expect([said.code, said.stdout, said.requests]).toEqual([2, '', []]);
    expect(said.stderr.split('\n')[0]).toContain('nope');
    expect(said.stderr).toContain('all names: --fields without a value');
  });
});

test.each(formats)('every kind of field in %s: a secret sent back is masked', async format => {
  const body = plantInSample(named('thing'), echoedSecret(kinds));
  const said = await call(['kinds', 'thing', ...(all[0]?.keys ?? []), ...written(format), '-v'], { body });
  expect(said.code).toBe(0);
  const stdout = await plainText(format, said.stdout);
  expectMasked(kinds, body, stdout, said.stderr);
  // Of the texts of a record none is left out but those of default columns' shorter formats.
  const masks = stdout.split('[redacted]').length - 1;
  expect(masks).toBeGreaterThanOrEqual(format === 'table' || format === 'markdown' ? 2 : 8);
});

test.each(['table', 'record', 'markdown', 'xlsx'])('a secret sent back is masked in %s also where personal data is shown', async format => {
  const body = plantInSample(named('thing'), echoedSecret(kinds));
  const said = await call(['kinds', 'thing', ...(all[0]?.keys ?? []), ...written(format), '--show-personal'], { body });
  expect(said.code).toBe(0);
  expectMasked(kinds, body, await plainText(format, said.stdout));
});

const book = join(home.cwd, 'kinds.xlsx');

function written(format: string): string[] {
  return ['-o', format, ...(format === 'xlsx' ? ['--out', book] : [])];
}

/** Markdown has a backslash before every sign; a workbook is packed. */
async function plainText(format: string, stdout: string): Promise<string> {
  if (format === 'xlsx') return (await readSheets(book)).flatMap(({ data }) => data.flat()).join('\n');
  return format === 'markdown' ? stdout.replaceAll('\\', '') : stdout;
}

test.each([[], ['-v'], ['--error-format', 'json']])('a secret sent back in a refusal is masked, with %j', async (...flags) => {
  const secret = echoedSecret(kinds);
  const said = await call([...(all[0]?.args ?? []), ...flags.flat()], {
    status: 418,
    body: JSON.stringify({ message: secret, code: secret }),
  });
  expect([said.code, said.stdout]).toEqual([22, '']);
  expectMasked(kinds, secret, said.stderr);
});

describe.each(keyed)('keys of $name', ({ name, endpoint, keys }) => {
  test('a missing key is refused', async () => {
    const said = await call(['kinds', name, ...keys.slice(0, -1)]);
    expect([said.code, said.stdout, said.requests]).toEqual([2, '', []]);
    expect(said.stderr).toContain(`missing ${Object.values(endpoint.keys ?? {}).at(-1)?.arg}`);
  });

  test.each(badKeys)('%s never becomes part of a URL', async (_, bad) => {
    for (let at = 0; at < keys.length; at++) {
      const said = await call(['kinds', name, ...keys.with(at, bad)]);
      expect({ code: said.code, stdout: said.stdout, requests: said.requests }).toEqual({ code: 2, stdout: '', requests: [] });
      expect(said.stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
      expect(said.stderr.slice(0, -1).replaceAll('\n', '')).not.toMatch(/[\0-\x1f\x7f-\x9f\u202e\u2028]/);
    }
  });

  test('in a key list, a malformed key fails alone', async () => {
    const stdin = `../admin\n${keys.at(-1)}\n`;
    const said = await call(['kinds', name, ...keys.slice(0, -1), '-', '--json'], { body: endpoint.example }, stdin);
    expect(said.code).toBe(24);
    expect(parseLossless(said.stdout)).toEqual(recordsIn(endpoint));
    expect(said.requests).not.toEqual([]);
    expect(said.requests.filter(({ target }) => target.includes('admin'))).toEqual([]);
  });

  test('the sandbox knows the documented key and not another', async () => {
    const known = await loanq(['kinds', name, ...keys, '--sandbox', '--json']);
    expect([known.code, parseLossless(known.stdout)]).toEqual([0, recordsIn(endpoint)]);
    const other = await loanq(['kinds', name, ...keys.with(-1, '00000000-0000-4000-8000-000000000000'), '--sandbox']);
    expect([other.code, other.stdout]).toEqual([21, '']);
  });
});

test.each(lists)('--all reads every page of $name, each row once', async ({ name, keys, endpoint }) => {
  const asked = keys.length === 0 ? [] : Object.values(sampleKeys(kinds, endpoint, 2)[1] ?? {});
  const said = await loanq(['kinds', name, ...asked, '--all', '--csv', '--fields', 'id', '--sandbox', '-q']);
  const [, ...ids] = said.stdout.trimEnd().split('\r\n');
  expect([said.code, said.stderr]).toEqual([0, '']);
  expect(ids).toHaveLength(asked.length === 0 ? 241 : 25);
  expect(new Set(ids).size).toBe(ids.length);
});
