import { describe, expect, test } from 'vitest';
import { commands as commandTable } from '../../src/commands/index.ts';
import type { Endpoint, Paging } from '../../src/core/endpoint.ts';
import { optionTable } from '../../src/plan/option-table.ts';
import { allProviders, loadProvider, providers } from '../../src/providers/index.ts';
import { fieldPaths } from './field-paths.ts';

const loaded = await allProviders();
const endpoints = loaded.flatMap(provider =>
  provider.endpoints.map(endpoint => ({ name: `${provider.name} ${endpoint.name}`, provider, endpoint })),
);
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

test('every documented call is one subcommand', () => {
  const lines = endpoints.map(({ name, endpoint }) => {
    const path = typeof endpoint.path === 'string' ? endpoint.path : `(paths.${endpoint.path.profile})`;
    return [name, ...usage(endpoint), endpoint.method ?? 'GET', path].join(' ');
  });
  expect(lines).toEqual([
    'ekuaibao repayment-records <ids...> GET /api/openapi/v1/loan/repaymentRecord/[{ids}]',
    'ekuaibao loan <ids...> GET /api/openapi/v1/loan/loanInfo/${id}',
    'finlend customer-repayments <customer-ids...> GET /api/v1/services/user/list-customer-repayments/{customer-id}',
    'finlend pending-repayments <user-ids...> GET /api/v1/services/user/pending-repayments/{user-id}',
    'crego record <ids...> GET /v1/lms/records/{id}/',
    'crego settlements GET /v1/lms/settlements/',
    'qitech wallet-entry <wallet-key> <entry-keys...> GET /wallet/{wallet_key}/wallet_entry/{wallet_entry_key}',
    'qitech invoice <wallet-key> <invoice-keys...> GET /wallet/{wallet_key}/invoice/{invoice_key}',
    'interlace account-repayment GET (paths.account-repayment)',
    'interlace account-negative GET (paths.account-negative)',
    'interlace account-negative-bill GET (paths.account-negative-bill)',
    'interlace batch-hook GET (paths.batch-hook)',
  ]);
});

test('providers stand under their own names and titles, at their documented hosts', () => {
  expect(loaded.map(({ name }) => name)).toEqual(Object.keys(providers));
  expect(loaded.map(({ title }) => title)).toEqual(Object.values(providers).map(({ title }) => title));
  expect(loaded.map(({ baseUrl }) => baseUrl)).toEqual([
    'https://app.ekuaibao.com',
    'https://finlend.fincode.software',
    'https://preprod.api.crego.io',
    'https://api-auth.qitech.app',
    'https://api-sandbox.interlace.money',
  ]);
});

test('one provider is loaded by its name', async () => {
  expect((await loadProvider('crego')).title).toBe('Crego LMS');
  await expect(loadProvider('cregoo')).rejects.toMatchObject({
    code: 'usage',
    message: 'unknown provider: cregoo',
    facts: { hint: 'one of ekuaibao, finlend, crego, qitech, interlace' },
  });
  await expect(loadProvider('toString')).rejects.toMatchObject({ code: 'usage' });
});

test('no provider hides a command, no endpoint the help', () => {
  const commands = commandTable.map(({ usage: words }) => words.split(' ')[0]);
  for (const { name } of loaded) expect([...commands, 'demo', 'guide']).not.toContain(name);
  for (const { endpoint } of endpoints) expect(['help', 'version', 'completion']).not.toContain(endpoint.name);
});

test('only these values are personal', () => {
  const personal = endpoints.flatMap(({ name, endpoint }) =>
    fieldPaths(endpoint.fields).flatMap(({ path, field }) => (field.personal ? [`${name} ${path}: ${field.personal}`] : [])),
  );
  expect(personal).toEqual(['finlend customer-repayments email: email', 'crego record collection_bank.account_no: account']);
});

test('parameters are the documented ones', () => {
  const params = endpoints.flatMap(({ name, endpoint }) =>
    Object.entries(endpoint.params ?? {}).map(([parameter, { in: place, choices }]) =>
      [name, place, parameter, ...(choices ?? [])].join(' '),
    ),
  );
  expect(params).toEqual([
    'finlend pending-repayments query page',
    'finlend pending-repayments query size',
    'crego record query expand',
    'crego record form amount',
    'crego record form payout_to custom_bank anchor borrower',
    'crego record form credit_bank',
    'crego record form method manual automatic',
    'crego settlements query demand',
    'crego settlements query expand',
    'crego settlements query loan',
  ]);
});

describe.each(endpoints)('$name', ({ provider, endpoint }) => {
  test('names are kebab-case and unique within the provider', () => {
    expect(endpoint.name).toMatch(kebab);
    expect(provider.endpoints.filter(other => other.name === endpoint.name)).toHaveLength(1);
    for (const { arg } of Object.values(endpoint.keys ?? {})) expect(arg).toMatch(kebab);
  });

  test('every placeholder has a key or is a page word, and every key has a placeholder', () => {
    const path = typeof endpoint.path === 'string' ? endpoint.path : '';
    const placeholders = [...path.matchAll(/\{([^}]+)\}/g)].map(match => match[1]);
    const paged = placeholders.filter(name => name !== undefined && pageWords(endpoint.paging).includes(name));
    expect(placeholders).toEqual([...Object.keys(endpoint.keys ?? {}), ...paged]);
    if (typeof endpoint.path !== 'string') expect(endpoint.path.profile).toBe(endpoint.name);
  });

  test('only the last key may be given many times, and a repeated key is a field', () => {
    const keys = Object.values(endpoint.keys ?? {});
    for (const key of keys.slice(0, -1)) expect(key.many).toBeUndefined();
    for (const { field } of keys) if (field !== undefined) expect(Object.keys(endpoint.fields)).toContain(field);
  });

  test('default columns are fields, or keys the answer does not repeat', () => {
    const known = fieldPaths(endpoint.fields).map(({ path }) => path);
    const asked = Object.entries(endpoint.keys ?? {}).flatMap(([name, key]) => (key.field === undefined ? [`request.${name}`] : []));
    expect([...known, ...asked]).toEqual(expect.arrayContaining([...endpoint.columns]));
    expect(new Set(endpoint.columns).size).toBe(endpoint.columns.length);
  });

  test('options of parameters meet no global option and no other parameter', () => {
    const globals = Object.values(optionTable).map(({ flags }) => /--(?:no-)?([a-z-]+)/.exec(flags)?.[1]);
    const own = Object.keys(endpoint.params ?? {}).map(name => name.replaceAll('_', '-').toLowerCase());
    for (const name of own) {
      expect(name).toMatch(kebab);
      expect(globals).not.toContain(name);
    }
    expect(new Set(own).size).toBe(own.length);
  });

  test('what filters names a field, what is chosen by default is allowed', () => {
    for (const { filters, default: standard, choices } of Object.values(endpoint.params ?? {})) {
      if (filters !== undefined) expect(Object.keys(endpoint.fields)).toContain(filters);
      if (standard !== undefined && choices !== undefined) expect(choices).toContain(standard);
    }
  });

  test('an id that leads elsewhere leads to an endpoint of this provider', () => {
    const names = provider.endpoints.map(({ name }) => name);
    for (const { field } of fieldPaths(endpoint.fields)) if (field.kind === 'id' && field.of) expect(names).toContain(field.of);
  });

  test('the document is named with its address and the day it was read', () => {
    expect(endpoint.doc.url).toMatch(/^https:\/\/\S+$/);
    expect(endpoint.doc.read).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(endpoint.summary.length).toBeLessThanOrEqual(70);
  });

  test('labels and glosses are written, and labels tell siblings apart', () => {
    for (const { field } of fieldPaths(endpoint.fields)) {
      expect(field.label).toMatch(/^\p{Lu}/u);
      if (field.kind === 'enum') for (const gloss of Object.values(field.values)) expect(gloss).not.toBe('');
    }
    const labels = Object.values(endpoint.fields).flatMap(field => (field.kind === 'group' ? [] : [field.label]));
    expect(labels).toEqual([...new Set(labels)]);
  });
});

function usage(endpoint: Endpoint): string[] {
  return Object.values(endpoint.keys ?? {}).map(key => `<${key.arg}${key.many ? '...' : ''}>`);
}

function pageWords(paging: Paging | undefined): string[] {
  if (paging === undefined) return [];
  const place = paging.kind === 'page' ? paging.page : paging.kind === 'offset' ? paging.offset : paging.cursor;
  return [place, ...(paging.size === undefined ? [] : [paging.size])];
}
