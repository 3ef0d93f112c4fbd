// The literals of the registry hold together: what one part names, another has. A new endpoint is checked as soon as it is listed.
import { expect, test } from 'vitest';
import { commands, nameOf } from '../../src/commands/index.ts';
import { type Endpoint, keysIn, optionName, type Paging } from '../../src/core/endpoint.ts';
import type { Fields } from '../../src/core/fields.ts';
import type { Provider } from '../../src/core/provider.ts';
import { optionTable } from '../../src/plan/option-table.ts';
import { allProviders, loadProvider, providers } from '../../src/providers/index.ts';
import { fieldPaths } from './field-paths.ts';

const loaded = await allProviders();
const endpoints = loaded.flatMap(provider =>
  provider.endpoints.map(endpoint => ({ name: `${provider.name} ${endpoint.name}`, provider, endpoint })),
);
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const globalOptions = Object.values(optionTable).flatMap(({ flags }) => /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? []);

test('one provider is loaded by its name', async () => {
  expect((await loadProvider('crego')).title).toBe('Crego LMS');
  await expect(loadProvider('cregoo')).rejects.toMatchObject({
    code: 'usage',
    message: 'unknown provider: cregoo',
    facts: { hint: `one of ${Object.keys(providers).join(', ')}` },
  });
  await expect(loadProvider('toString')).rejects.toMatchObject({ code: 'usage' });
});

test('no provider hides a command, no endpoint the help', () => {
  for (const { name } of loaded) expect([...commands.map(nameOf), 'demo', 'guide']).not.toContain(name);
  for (const { endpoint } of endpoints) expect(['help', 'version', 'completion']).not.toContain(endpoint.name);
});

test.each(endpoints)('the literal of $name holds together', ({ provider, endpoint }) => {
  expect(faultsOf(provider, endpoint)).toEqual([]);
});

test('each of these checks finds its fault', () => {
  const [{ provider, endpoint } = {}] = endpoints;
  if (provider === undefined || endpoint === undefined) throw new Error('the registry is empty');
  const spoiled: readonly (readonly [string, Partial<Endpoint>])[] = [
    ['name', { name: 'Repayment_Records' }],
    ['path', { path: '/nowhere/{id}' }],
    ['keys', { keys: { ids: { arg: 'ids', about: 'ids', grammar: { name: 'x', pattern: /x/ }, field: 'nope' } } }],
    ['columns', { columns: ['nope'] }],
    ['params', { params: { limit: { in: 'query', about: 'x' } } }],
    ['params', { params: { a_b: { in: 'query', about: 'x' }, aB: { in: 'query', about: 'x' } } }],
    ['filters', { params: { owner: { in: 'query', about: 'x', filters: 'nope' } } }],
    ['default', { params: { owner: { in: 'query', about: 'x', choices: ['a'], default: 'b' } } }],
    ['of', { fields: { id: { kind: 'id', label: 'Id', of: 'nope' } } }],
    ['of', { keys: { ids: { arg: 'ids', about: 'ids', grammar: { name: 'x', pattern: /x/ }, of: 'nope' } } }],
    ['doc', { doc: { url: 'http://x', read: 'today' } }],
    ['summary', { summary: 'x'.repeat(71) }],
    ['label', { fields: { id: { kind: 'id', label: 'id' } } }],
    ['gloss', { fields: { state: { kind: 'enum', label: 'State', values: { A: '' } } } }],
    ['siblings', { fields: { a: { kind: 'text', label: 'A' }, b: { kind: 'text', label: 'A' } } }],
    ['exampleKeys', { exampleKeys: [{ id: '1' }] }],
  ];
  for (const [name, change] of spoiled) expect(faultsOf(provider, { ...endpoint, ...change }), JSON.stringify(change)).toContain(name);
});

/** Names of the checks that fail. */
function faultsOf(provider: Provider, endpoint: Endpoint): string[] {
  const keys = Object.entries(endpoint.keys ?? {});
  const params = Object.entries(endpoint.params ?? {});
  const paths = fieldPaths(endpoint.fields);
  const columns = [
    ...paths.map(({ path }) => path),
    ...keys.flatMap(([name, key]) => (key.field === undefined ? [`request.${name}`] : [])),
  ];
  const options = params.map(([name]) => optionName(name));
  const labels = Object.values(endpoint.fields).map(field => field.label);
  const glosses = paths.flatMap(({ field }) => (field.kind === 'enum' ? Object.values(field.values) : []));
  const checks: Readonly<Record<string, boolean>> = {
    name: kebab.test(endpoint.name) && provider.endpoints.filter(({ name }) => name === endpoint.name).length <= 1,
    path: pathHolds(endpoint),
    keys: keys.every(
      ([, key], at) => kebab.test(key.arg) && (at === keys.length - 1 || key.many === undefined) && has(endpoint.fields, key.field),
    ),
    columns: endpoint.columns.every(column => columns.includes(column)) && isSet(endpoint.columns),
    params: isSet(options) && options.every(option => kebab.test(option) && !globalOptions.includes(option)),
    filters: params.every(([, { filters }]) => has(endpoint.fields, filters)),
    default: params.every(([, { default: standard, choices }]) => standard === undefined || choices?.includes(standard) !== false),
    of: [
      ...paths.map(({ field }) => (field.kind === 'id' || field.kind === 'any' ? field.of : undefined)),
      ...keys.map(([, key]) => key.of),
    ].every(of => of === undefined || provider.endpoints.some(({ name }) => name === of)),
    doc: /^https:\/\/\S+$/.test(endpoint.doc.url) && (endpoint.doc.read === undefined || /^20\d\d-\d\d-\d\d$/.test(endpoint.doc.read)),
    summary: endpoint.summary.length <= 70,
    label: paths.every(({ field }) => /^\p{Lu}/u.test(field.label)),
    gloss: !glosses.includes(''),
    siblings: isSet(labels),
    exampleKeys: endpoint.exampleKeys?.every(example => `${Object.keys(example)}` === `${keys.map(([name]) => name)}`) ?? keys.length === 0,
  };
  return Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [name]));
}

/** Every placeholder is a key or a page word, every key has a placeholder; a path of the profile is called like the endpoint. */
function pathHolds({ name, path, keys, paging }: Endpoint): boolean {
  if (typeof path !== 'string') return path.profile === name;
  const placeholders = [...path.matchAll(/\{([^}]+)\}/g)].map(match => match[1] ?? '');
  const paged = placeholders.filter(placeholder => pageWords(paging).includes(placeholder));
  return `${placeholders}` === `${[...keysIn({ keys }, undefined), ...paged]}`;
}

function pageWords(paging: Paging | undefined): string[] {
  if (paging === undefined) return [];
  const place = paging.kind === 'page' ? paging.page : paging.kind === 'offset' ? paging.offset : paging.cursor;
  return [place, ...(paging.size === undefined ? [] : [paging.size])];
}

function has(fields: Fields, name: string | undefined): boolean {
  return name === undefined || fieldPaths(fields).some(({ path }) => path === name);
}

function isSet(words: readonly string[]): boolean {
  return new Set(words).size === words.length;
}
