// What every endpoint of the registry promises of itself: it says what its page says, shows the documented sample, and means by
// each documented failure what it has to. What holds for all endpoints of a kind is in kinds.test.ts.
import { parse as parseCsv } from 'csv-parse/sync';
import { isLosslessNumber, parse as parseLossless } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { optionName } from '../../src/core/endpoint.ts';
import { LoanqError } from '../../src/core/errors.ts';
import { checkKey, keyUsage } from '../../src/core/keys.ts';
import { finish } from '../../src/core/turn.ts';
import { decodeBody } from '../../src/decode/answer.ts';
import type { FailureFact } from '../../src/providers/facts.ts';
import { fieldPaths } from '../providers/field-paths.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { badKeys } from './bad-keys.ts';
import { canaryConfig, echoedSecret } from './canary-profile.ts';
import { cellsOf, namesIn, recordsIn } from './documented-csv.ts';
import { factsOfEndpoints, factsOfProviders, goldenFile, testFiles } from './facts.ts';
import { expectMasked, plantInFailure, plantInSample } from './planted-secret.ts';

const known = await factsOfEndpoints();
const providerFacts = new Map((await factsOfProviders()).map(({ name, facts }) => [name, facts]));
const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);

/** One call of an endpoint against the server of this file. */
async function call({ provider, args }: Pick<(typeof known)[number], 'provider' | 'args'>, more: readonly string[], given: Answer) {
  answer = given;
  const before = server.requests.length;
  const config = await home.configure(canaryConfig(provider, server.origin));
  const said = await runInProcess([...args, ...more, '--config', config, '--retries', '0'], { home });
  return { ...said, requests: server.requests.slice(before) };
}

describe.each(known)('$name', ({ name, provider, endpoint, facts, keys, args }) => {
  test('help shows its request and every parameter', async () => {
    const { stdout, stderr, code } = await runInProcess([provider.name, endpoint.name, '--help'], { home });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n').map(line => line.trim());
    // Long lines are folded.
    const flat = stdout.replace(/\s+/g, ' ');
    const path = typeof endpoint.path === 'string' ? endpoint.path : `paths.${endpoint.path.profile} of the profile`;
    expect(flat.indexOf(`Usage: loanq ${[provider.name, endpoint.name, facts.usage].join(' ').trim()} [options] `)).toBe(0);
    expect(flat).toContain(` Request: ${endpoint.method ?? 'GET'} ${path}`);
    expect(lines).toContain(endpoint.doc.url);
    for (const [parameter, key] of Object.entries(endpoint.keys ?? {})) {
      expect(flat).toContain(` ${key.arg} ${key.about} (${parameter})`);
    }
    for (const parameter of Object.keys(endpoint.params ?? {})) {
      expect(lines.some(line => line.startsWith(`--${optionName(parameter)} <`))).toBe(true);
    }
    for (const column of endpoint.columns) expect(stdout).toContain(`${column}*`);
  });

  test('its literal is what the page says', () => {
    const params = Object.entries(endpoint.params ?? {}).map(([parameter, { in: place, choices }]) => [
      place,
      parameter,
      ...(choices ?? []),
    ]);
    const personal = fieldPaths(endpoint.fields).flatMap(({ path, field }) => (field.personal ? [`${path}: ${field.personal}`] : []));
    expect(keyUsage(endpoint)).toBe(facts.usage);
    expect(params.map(words => words.join(' '))).toEqual(facts.params ?? []);
    expect(personal).toEqual(facts.personal ?? []);
    expect(keysOf(recordsIn(endpoint)).sort()).toEqual(facts.keys.trim().split(/\s+/).sort());
    for (const source of facts.printed) expect(endpoint.example).toContain(source);
  });

  test('it asks as the page does', async () => {
    const { requests, code } = await call({ provider, args: [provider.name, endpoint.name, ...keys] }, facts.options ?? [], {
      body: endpoint.example,
    });
    expect(code).toBe(0);
    expect(requests.map(({ method, target }) => `${method} ${withoutToken(target)}`)).toEqual([facts.request]);
    expect(requests.map(({ body }) => body.toString())).toEqual([facts.body ?? '']);
  });

  test('the documented sample: shown as reviewed, and every value in csv and json', async () => {
    const wanted = args.includes('--limit') ? recordsIn(endpoint).slice(0, 1) : recordsIn(endpoint);
    // What nobody declares has to be named for csv.
    const named = endpoint.open ? namesIn(wanted) : undefined;
    const forms = ['table', 'record', named === undefined ? 'csv' : `csv --fields ${named}`, 'json'];
    const [table, record, csv, json] = await Promise.all(
      forms.map(form => runInProcess([...args, '--sandbox', '--strict', '-q', '-o', ...form.split(' ')], { home })),
    );
    for (const said of [table, record, csv, json]) expect({ code: said?.code, stderr: said?.stderr }).toEqual({ code: 0, stderr: '' });
    const reviewed = { table: table?.stdout, record: record?.stdout, csv: csv?.stdout.replaceAll('\r\n', '\n') };
    const sections = Object.entries(reviewed).map(([format, text]) => `$ loanq ${args.join(' ')} -o ${format}\n${text}`);
    await expect(sections.join('\n')).toMatchFileSnapshot(goldenFile(provider, endpoint));
    expect(parseCsv(csv?.stdout ?? '', { record_delimiter: '\r\n' })).toEqual(cellsOf(endpoint, keys, wanted, named));
    expect(parseLossless(json?.stdout ?? '')).toEqual(wanted);
  });

  test('a key that would change the URL is refused by its grammar', () => {
    for (const [parameter, key] of Object.entries(endpoint.keys ?? {})) {
      for (const [about, bad] of badKeys) expect(() => checkKey(parameter, key, bad), about).toThrow(LoanqError);
      for (const example of endpoint.exampleKeys ?? []) expect(checkKey(parameter, key, example[parameter] ?? '')).toBe(example[parameter]);
    }
  });

  test.each(facts.failures ?? [])('documented failure: $about (HTTP $status) ends with $exit', async fact => {
    const body = plantInFailure(provider, fact.body, echoedSecret(provider));
    const given = { status: fact.status, body, headers: { 'content-type': fact.type ?? 'application/json' } };
    // One lookup, also where the sample answers several keys.
    const one = [provider.name, endpoint.name, ...keys.slice(0, Object.keys(endpoint.keys ?? {}).length)];
    const said = await call({ provider, args: one }, [...(facts.options ?? []), '--error-format', 'json'], given);
    const { error } = JSON.parse(said.stderr.trimEnd().split('\n').at(-1) ?? '');
    expect([said.code, said.stdout]).toEqual([fact.exit, '']);
    expect(error).toMatchObject({ exit: fact.exit, provider: provider.name, endpoint: endpoint.name });
    if (fact.code !== undefined) expect(error.providerCode).toBe(fact.code);
    expectMasked(provider, body, said.stderr);
  });

  test('failures that every call of the provider can meet mean the same here', () => {
    // What tells a success is a word of the endpoint where it has one.
    const failures = (providerFacts.get(provider.name)?.failures ?? []).filter(({ status }) => status >= 400 || !endpoint.success);
    expect(failures.map(fact => [fact.about, exitOf(fact)])).toEqual(failures.map(fact => [fact.about, fact.exit]));
  });

  function exitOf({ status, type, body }: FailureFact): number | undefined {
    const response = { status, headers: { 'content-type': type ?? 'application/json' }, body: Buffer.from(body) };
    try {
      finish(decodeBody(provider, endpoint, response));
      return 0;
    } catch (error) {
      return error instanceof LoanqError ? error.exit : undefined;
    }
  }

  test('every failure the literal declares is among the documented ones', () => {
    const documented = [...(facts.failures ?? []), ...(providerFacts.get(provider.name)?.failures ?? [])];
    for (const failure of [...(endpoint.failures ?? []), ...(provider.failures ?? [])]) {
      if (failure.when === 'bad-login') continue;
      const matching = documented.filter(
        ({ status, body }) =>
          (failure.status === undefined || status === failure.status) &&
          (failure.code === undefined || body.includes(failure.code)) &&
          (failure.message === undefined || failure.message.test(body)),
      );
      expect(matching, failure.about).not.toEqual([]);
    }
  });

  // A call that goes without a credential reads none, so that there is no secret to know.
  test.skipIf(endpoint.credential === 'none').each(['json', 'record'])('a secret in the answer is masked in %s', async format => {
    const body = plantInSample(endpoint, echoedSecret(provider));
    const said = await call({ provider, args }, ['-o', format, '-v'], { body });
    expect({ name, code: said.code }).toEqual({ name, code: 0 });
    expectMasked(provider, body, said.stdout, said.stderr);
  });
});

test('no facts and no golden output are left of an endpoint that went', async () => {
  const names = [
    ...known.map(({ provider, endpoint }) => `${provider.name}/${endpoint.name}`),
    ...[...providerFacts.keys()].map(name => `${name}/provider`),
  ];
  expect((await testFiles()).filter(path => !names.includes(path.replace(/\.\w+\.\w+$/, '')))).toEqual([]);
});

/** A target without the credential that some providers take in the query. */
function withoutToken(target: string): string {
  return target.replace(/\b\w+=canary[^&]*&?/, '').replace(/[?&]$/, '');
}

/** Keys of all records, nested ones dotted, each once. */
function keysOf(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(element => keysOf(element, prefix)))];
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return [];
  return [...new Set(Object.entries(value).flatMap(([key, inner]) => [`${prefix}${key}`, ...keysOf(inner, `${prefix}${key}.`)]))];
}
