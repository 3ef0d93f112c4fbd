// What every endpoint of the registry promises. A new endpoint is covered as soon as its file is listed; what has to be typed
// by hand for it are its pinned keys and its documented failures.
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { isLosslessNumber, parse as parseLossless } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { optionName } from '../../src/core/endpoint.ts';
import type { Field, Fields } from '../../src/core/fields.ts';
import { optionTable } from '../../src/plan/option-table.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, type ProviderWord, secrets } from '../runner/profiles.ts';
import { runPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { documentedFailures } from './documented-failures.ts';
import { sampleCalls } from './sample-calls.ts';

const calls = await sampleCalls();
const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);
/** Typed by hand from the fact sheets, so that a field lost from a literal is noticed. */
const pinnedKeys: Readonly<Record<string, readonly string[]>> = JSON.parse(
  await readFile(new URL('pinned-keys.json', import.meta.url), 'utf8'),
);

/** One call of an endpoint against the server of this file. */
async function call(provider: string, args: readonly string[], given: Answer = { status: 500 }) {
  answer = given;
  const before = server.requests.length;
  const config = await home.configure(configFor(provider as ProviderWord, server.origin));
  const said = await runInProcess([...args, '--config', config, '--retries', '0'], { home });
  return { ...said, requests: server.requests.slice(before) };
}

function expectNoSecret(...texts: readonly string[]): void {
  for (const secret of Object.values(secrets)) {
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      for (const text of texts) expect(text).not.toContain(form);
    }
  }
}

describe.each(calls)('$name', ({ name, provider, endpoint, keys, args }) => {
  const [group = '', word = ''] = args;
  const exampleText = endpoint.example;

  test('help shows its request and every parameter', async () => {
    const { stdout, stderr, code } = await runInProcess([group, word, '--help'], { home });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n').map(line => line.trim());
    const path = typeof endpoint.path === 'string' ? endpoint.path : `paths.${endpoint.path.profile} of the profile`;
    expect(lines.some(line => line.startsWith(`${endpoint.method ?? 'GET'} ${path}`))).toBe(true);
    expect(lines).toContain(endpoint.doc.url);
    for (const [parameter, key] of Object.entries(endpoint.keys ?? {})) {
      expect(lines.some(line => line.startsWith(`${key.arg} `) && line.includes(`(${parameter})`))).toBe(true);
    }
    for (const parameter of Object.keys(endpoint.params ?? {})) {
      expect(lines.some(line => line.startsWith(`--${optionName(parameter)} <`))).toBe(true);
    }
    for (const column of endpoint.columns) expect(stdout).toContain(`${column}*`);
  });

  test('no parameter takes the name of an option that every endpoint has', () => {
    const taken = Object.values(optionTable).flatMap(({ flags }) => /--[a-z-]+/.exec(flags) ?? []);
    expect(taken).toContain('--limit');
    for (const parameter of Object.keys(endpoint.params ?? {})) expect(taken).not.toContain(`--${optionName(parameter)}`);
  });

  test('the documented sample decodes without drift', async () => {
    const said = await runInProcess([group, word, '--input', '-', '--strict', '--json'], { home, stdin: exampleText });
    expect({ code: said.code, stderr: said.stderr }).toEqual({ code: 0, stderr: '' });
    expect(said.stdout).toContain('{');
  });

  test('its JSON has the keys of the fact sheet', async () => {
    const { stdout } = await runInProcess([group, word, '--input', '-', '--json'], { home, stdin: exampleText });
    expect(keysOf(parseLossless(stdout)).sort()).toEqual([...(pinnedKeys[name] ?? [])].sort());
  });

  test('the documented sample in every format, in a pipe', async () => {
    const formats = ['table', 'record', 'json', 'ndjson', 'csv', 'tsv'];
    const runs = await Promise.all(formats.map(format => run([...args, '-o', format, '--sandbox', '--quiet'])));
    for (const [at, { code, stderr, stdout }] of runs.entries()) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      await expect(stdout).toMatchFileSnapshot(`golden/${group}.${word}.${formats[at]}`);
    }
  });

  test('a terminal changes the decoration only', async () => {
    const onTerminal = (...more: readonly string[]) => runPty([...args, '--sandbox', '--quiet', ...more], { columns: 120 });
    const shown = { terminal: [], 'terminal-table': ['-o', 'table'], json: ['-o', 'json'], csv: ['-o', 'csv'] };
    const runs = await Promise.all(Object.values(shown).map(more => onTerminal(...more)));
    for (const [at, name] of Object.keys(shown).entries()) {
      expect({ code: runs[at]?.code, stderr: runs[at]?.stderr }).toEqual({ code: 0, stderr: '' });
      // In a pipe and on a terminal, machine formats are the same file.
      await expect(runs[at]?.screen).toMatchFileSnapshot(`golden/${group}.${word}.${name}`);
    }
  });

  test('CSV parses back to the values of the document', async () => {
    const { stdout, code } = await call(group, [...args, '--csv'], { body: exampleText });
    const [head = [], ...rows] = parse(stdout, { record_delimiter: '\r\n' });
    const columns = csvColumns(endpoint.fields);
    const requested = Object.entries(endpoint.keys ?? {}).flatMap(([parameter, key], at) =>
      key.field === undefined ? [[`request.${parameter}`, keys[at] ?? ''] as const] : [],
    );
    expect(code).toBe(0);
    expect(head).toEqual([...requested.map(([column]) => column), ...columns.map(({ path }) => path)]);
    expect(rows).toEqual(
      recordsIn(parseLossless(exampleText)).map(record => [
        ...requested.map(([, value]) => value),
        ...columns.map(({ path, field }) => csvText(field, valueAt(record, path.split('.')))),
      ]),
    );
  });

  test.each(documentedFailures.filter(failure => failure.of === name || failure.of === provider.name))(
    'documented failure: $about (HTTP $status) ends with $exit',
    async ({ status, type, body, exit, code: providerCode }) => {
      const given = { status, body, headers: { 'content-type': type ?? 'application/json' } };
      const said = await call(group, args, given);
      expect(said.code).toBe(exit);
      expect(said.stdout).toBe('');
      expect(said.stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
      expect(said.stderr).toContain(`error: ${name}`);
      expectNoSecret(said.stderr);
      const json = await call(group, [...args, '--error-format', 'json'], given);
      const { error } = JSON.parse(json.stderr.trimEnd().split('\n').at(-1) ?? '');
      expect({ exit: json.code, stdout: json.stdout, reported: error.exit }).toEqual({ exit, stdout: '', reported: exit });
      expect(error).toMatchObject({ provider: group, endpoint: word, ...(providerCode !== undefined && { providerCode }) });
    },
  );

  test('a secret that the provider sends back is masked wherever it comes out', async () => {
    const echoed = Object.values(secrets).join(' ');
    for (const flags of [[], ['-v'], ['--error-format', 'json']]) {
      const refused = await call(group, [...args, ...flags], { status: 418, body: JSON.stringify({ message: echoed, code: echoed }) });
      expect([refused.code, refused.stdout]).toEqual([22, '']);
      expectOwnSecretHidden(provider.name, refused.stderr);
    }
    const listed = endpoint.example.replaceAll(/"(Example|Aerem|迭代|Adaeze|Crédito|Compra)[^"]*"/g, JSON.stringify(echoed));
    for (const format of ['table', 'record', 'json', 'csv']) {
      const answered = await call(group, [...args, '-o', format, '-v'], { body: listed });
      expectOwnSecretHidden(provider.name, answered.stdout, answered.stderr);
    }
  });

  test('a field that does not exist is refused before anything is sent, with the names that do', async () => {
    const said = await call(group, [...args, '--fields', 'nope']);
    expect([said.code, said.stdout, said.requests]).toEqual([2, '', []]);
    expect(said.stderr.split('\n')[0]).toContain('nope');
    for (const column of endpoint.columns) expect(said.stderr).toContain(column);
  });

  test('the request is a GET without a body', async () => {
    const { requests } = await call(group, args);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect(requests.map(({ body }) => body.length)).toEqual([0]);
  });
});

describe.each(calls.filter(({ keys }) => keys.length > 0))('keys of $name', ({ provider, args, keys, endpoint }) => {
  const [group = '', word = ''] = args;

  test('a missing key is refused', async () => {
    const said = await call(group, [group, word, ...keys.slice(0, -1)]);
    expect([said.code, said.stdout, said.requests]).toEqual([2, '', []]);
    expect(said.stderr).toContain(`missing ${Object.values(endpoint.keys ?? {}).at(-1)?.arg}`);
  });

  test.each([
    ['.', '.'],
    ['..', '..'],
    ['a path', '../admin'],
    ['a slash', 'a/b'],
    ['a query', 'a?x=1'],
    ['a further parameter', 'a&accessToken=z'],
    ['a fragment', 'a#f'],
    ['an encoded dot', '%2e%2e'],
    ['an encoded slash', 'a%2fb'],
    ['a backslash', 'a\\b'],
    ['a comma', 'ID_a,ID_b'],
    ['a bracket', 'ID_a]'],
    ['an opening bracket', '[ID_a'],
    ['a line feed', 'a\nb'],
    ['a carriage return', 'a\r\nHost: evil'],
    ['NUL', 'a\0b'],
    ['a bidi override', 'a\u202eb'],
    ['a lone surrogate', 'a\ud800b'],
    ['a line separator', 'a\u2028b'],
    ['a blank inside', 'a b'],
    ['nothing', ''],
    ['blanks only', '   '],
    ['257 bytes', 'a'.repeat(257)],
  ])('%s never becomes part of a URL', async (_, bad) => {
    for (let at = 0; at < keys.length; at++) {
      const said = await call(group, [group, word, ...keys.with(at, bad)]);
      expect({ code: said.code, stdout: said.stdout, requests: said.requests }).toEqual({ code: 2, stdout: '', requests: [] });
      expect(said.stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
      expect(said.stderr.slice(0, -1).replaceAll('\n', '')).not.toMatch(/[\0-\x1f\x7f-\x9f\u202e\u2028]/);
    }
  });

  test('in a key list, a malformed key fails alone', async () => {
    const outer = keys.slice(0, -1);
    const config = await home.configure(configFor(provider.name as ProviderWord, server.origin));
    answer = { body: endpoint.example };
    const before = server.requests.length;
    const stdin = `../admin\n${keys.at(-1)}\n`;
    const said = await runInProcess([group, word, ...outer, '-', '--json', '--config', config], { home, stdin });
    expect(said.code).toBe(24);
    expect(recordsIn(parseLossless(said.stdout)).length).toBeGreaterThan(0);
    expect(server.requests.slice(before).every(({ target }) => !target.includes('admin'))).toBe(true);
  });
});

test('every pinned endpoint exists', () => {
  expect(Object.keys(pinnedKeys).sort()).toEqual(calls.map(({ name }) => name).sort());
});

test('every failure the literals declare is in the table of documented failures', () => {
  for (const { name, provider, endpoint } of calls) {
    for (const failure of [...(endpoint.failures ?? []), ...(provider.failures ?? [])]) {
      if (failure.when === 'bad-login') continue;
      const typed = documentedFailures.filter(
        row =>
          (row.of === name || row.of === provider.name) &&
          (failure.status === undefined || row.status === failure.status) &&
          (failure.code === undefined || row.body.includes(failure.code)) &&
          (failure.message === undefined || failure.message.test(row.body)),
      );
      expect(typed, `${name}: ${failure.about}`).not.toEqual([]);
    }
  }
});

/** The provider's own secret is loaded, so it is masked in every form; the other providers' are not. */
function expectOwnSecretHidden(provider: string, ...texts: readonly string[]): void {
  const own = Object.entries(secrets).find(([name]) => name === provider)?.[1];
  if (own === undefined) return;
  for (const form of [own, encodeURIComponent(own), Buffer.from(own).toString('base64')]) {
    for (const text of texts) expect(text).not.toContain(form);
  }
}

/** Records of a sample, wherever its envelope puts them. */
function recordsIn(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  const { items, results, data, value } = body as Record<string, unknown>;
  const list = items ?? results ?? data;
  return Array.isArray(list) ? list : [value ?? body];
}

/** Keys of all records, nested ones dotted, each once. */
function keysOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(element => keysOf(element, prefix)))];
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return [];
  return [...new Set(Object.entries(value).flatMap(([key, inner]) => [`${prefix}${key}`, ...keysOf(inner, `${prefix}${key}.`)]))];
}

function csvColumns(fields: Fields, prefix = ''): { path: string; field: Field }[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.kind === 'group' ? csvColumns(field.fields, `${prefix}${name}.`) : [{ path: `${prefix}${name}`, field }],
  );
}

function valueAt(record: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    record,
  );
}

/** What a cell must hold: amounts and numbers as sent, instants in UTC with their own precision, lists as JSON. */
function csvText(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  const source = isLosslessNumber(value) ? value.value : value;
  if (field.kind === 'instant') return utcText(field.unit, String(source), field.none?.is);
  if (typeof source === 'object') return compact(source);
  return String(source);
}

function utcText(unit: 'ms' | 's' | 'iso', source: string, none: string | undefined): string {
  if (source === none) return '';
  if (unit === 'iso') return source;
  if (unit === 'ms') return new Date(Number(source)).toISOString();
  const [seconds = '', fraction] = source.split('.');
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction === undefined ? '' : `.${fraction}`}Z`;
}

function compact(value: unknown): string {
  if (isLosslessNumber(value)) return value.value;
  if (Array.isArray(value)) return `[${value.map(compact).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${compact(inner)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}
