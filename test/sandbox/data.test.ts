// The made-up data: as much as promised, the same every time, in the documented style, and with references that lead somewhere.
import { LosslessNumber, parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { Field, Fields } from '../../src/core/fields.ts';
import type { Provider } from '../../src/core/provider.ts';
import { sampleKeys } from '../../src/sandbox/sample.ts';
import { signedHeaders } from './signer.ts';
import { ask, at, everyProvider, openSandbox, providerNamed } from './visit.ts';

type Row = Readonly<Record<string, unknown>>;

const sandbox = await openSandbox();
const byKey = everyProvider().flatMap(provider =>
  provider.endpoints
    .filter(({ keys }) => keys !== undefined)
    .map(endpoint => [`${provider.name} ${endpoint.name}`, provider, endpoint] as const),
);

describe.each(byKey)('%s', (_, provider, endpoint) => {
  const keys = sampleKeys(provider, endpoint, 240);

  test('knows well over 200 different keys, each in the documented grammar', () => {
    const main = Object.keys(endpoint.keys ?? {}).at(-1) ?? '';
    expect(new Set(keys.map(values => values[main])).size).toBe(240);
    for (const values of keys) {
      for (const [name, key] of Object.entries(endpoint.keys ?? {})) expect(values[name]).toMatch(key.grammar.pattern);
    }
  });

  test('the documented keys come first', () => {
    expect(keys.slice(0, endpoint.exampleKeys?.length)).toEqual(endpoint.exampleKeys);
  });

  test('answers records that repeat their key, in the style of the sample', async () => {
    for (const values of keys.slice(0, 40)) {
      const rows = await look(provider, endpoint, values);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        for (const [name, key] of Object.entries(endpoint.keys ?? {}))
          if (key.field !== undefined) expect(row[key.field]).toBe(values[name]);
        for (const [name, field] of Object.entries(endpoint.fields)) checkStyle(name, field, row[name]);
      }
    }
  });
});

/** Ids of a kind that `of` names, wherever they stand in a row. */
function links(fields: Fields, row: Row): { readonly of: string; readonly id: string }[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = row[name];
    if (field.kind === 'id' && field.of !== undefined && typeof value === 'string') return [{ of: field.of, id: value }];
    if (field.kind === 'group' && isRow(value)) return links(field.fields, value);
    return field.kind === 'list' && field.fields && Array.isArray(value)
      ? value.filter(isRow).flatMap(element => links(field.fields ?? {}, element))
      : [];
  });
}

test.each(byKey)('%s: references lead to records that exist', async (_, provider, endpoint) => {
  for (const values of sampleKeys(provider, endpoint, 12)) {
    for (const row of await look(provider, endpoint, values)) {
      for (const { of, id } of links(endpoint.fields, row)) {
        const target = provider.endpoints.find(({ name }) => name === of);
        if (target === undefined) throw new Error(`${endpoint.name} refers to ${of}, which is no endpoint`);
        const main = Object.keys(target.keys ?? {}).at(-1) ?? '';
        // What a reference does not say (the wallet) is that of the record it stands in.
        const [found] = await look(provider, target, { ...values, [main]: id });
        expect(found).toHaveProperty(target.keys?.[main]?.field ?? '', id);
      }
    }
  }
});

test('Ekuaibao: a repayment record and its loan package tell one story', async () => {
  const [record, loan] = ['repayment-records', 'loan'].map(name => endpointNamed('ekuaibao', name));
  if (record === undefined || loan === undefined) throw new Error('endpoints are missing');
  for (const values of sampleKeys(providerNamed('ekuaibao'), record, 9).slice(1)) {
    const [event] = await look(providerNamed('ekuaibao'), record, values);
    const [found] = await look(providerNamed('ekuaibao'), loan, { id: `${event?.loanInfoId}` });
    for (const name of ['flowId', 'ownerId', 'title', 'corporationId']) expect(found?.[name]).toBe(event?.[name]);
    expect(`${found?.total}`).toBe(`${event?.amount}`);
    const parts = ['reserved', 'remain', 'repayment'].map(name => Math.round(Number(`${found?.[name]}`) * 100));
    expect(parts.reduce((sum, part) => sum + part)).toBe(Math.round(Number(found?.total) * 100));
    if (found?.state === 'PAID') expect(`${found.remain}`).toBe('0.0');
  }
});

test('Ekuaibao: a bracket list answers up to 20 known ids in one call', async () => {
  const provider = providerNamed('ekuaibao');
  const ids = sampleKeys(provider, endpointNamed('ekuaibao', 'repayment-records'), 20).map(({ ids }) => `${ids}`);
  const { body } = await ask(
    at(sandbox.addresses, 'ekuaibao'),
    `/api/openapi/v1/loan/repaymentRecord/[${ids}]?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0`,
  );
  expect(JSON.parse(body).items.map((item: { id: string }) => item.id)).toEqual(ids);
});

test('FinLend: customers have several repayments each, of one loan and one person', async () => {
  const provider = providerNamed('finlend');
  const endpoint = endpointNamed('finlend', 'customer-repayments');
  const customers = sampleKeys(provider, endpoint, 60);
  expect(customers).toHaveLength(60);
  const seen = new Set<unknown>();
  for (const values of customers) {
    const rows = await look(provider, endpoint, values);
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows.map(row => `${row.customerName} ${row.email} ${row.loanApplicationId}`)).size).toBe(1);
    expect(rows.map(row => Number(row.installmentCount))).toEqual(rows.map((_, nth) => nth + 1));
    for (const { id, email } of rows) {
      expect(seen.has(id)).toBe(false);
      seen.add(id);
      expect(email).toMatch(/@example\.com$/);
    }
  }
});

test('QI Tech: the amounts of the items of an entry add up to its amount', async () => {
  const endpoint = endpointNamed('qitech', 'wallet-entry');
  for (const values of sampleKeys(providerNamed('qitech'), endpoint, 20)) {
    const [entry] = await look(providerNamed('qitech'), endpoint, values);
    const items = Array.isArray(entry?.invoice_items) ? entry.invoice_items.filter(isRow) : [];
    const sum = items.reduce((cents, { amount }) => cents + Math.round(Number(`${amount}`) * 100), 0);
    expect(sum).toBe(Math.round(Number(`${entry?.wallet_entry_amount}`) * 100));
  }
});

test('enums take every documented value in turns', async () => {
  const endpoint = endpointNamed('ekuaibao', 'repayment-records');
  const types = new Set<unknown>();
  for (const values of sampleKeys(providerNamed('ekuaibao'), endpoint, 16)) {
    for (const row of await look(providerNamed('ekuaibao'), endpoint, values)) types.add(row.repaymentType);
  }
  const { repaymentType } = endpoint.fields;
  expect([...types].sort()).toEqual(repaymentType?.kind === 'enum' ? Object.keys(repaymentType.values).sort() : []);
});

describe('lists', () => {
  const token = { Authorization: `Bearer ${at(at(sandbox.credentials, 'crego'), 'token')}` };
  const settlements = async (query: string) => {
    const { body } = await ask(at(sandbox.addresses, 'crego'), `/v1/lms/settlements/${query}`, { headers: token });
    return JSON.parse(body);
  };

  test('pages cover every row once, state where they are, and end', async () => {
    const first = await settlements('');
    expect(first).toMatchObject({ count: 241, current_page: 1, page_size: 15 });
    const ids = new Set<string>();
    for (let page = 1; page <= 18; page++) {
      const answer = await settlements(`?page=${page}`);
      expect(answer.current_page).toBe(page);
      expect(answer.results).toHaveLength(page <= 16 ? 15 : page === 17 ? 1 : 0);
      for (const { id } of answer.results) ids.add(id);
    }
    expect(ids.size).toBe(241);
    expect(await settlements('?page=0')).toEqual({ message: 'page must be a number from 1' });
  });

  test('a documented filter answers the documented row as the document prints it', async () => {
    const { body } = await ask(at(sandbox.addresses, 'crego'), '/v1/lms/settlements/?demand=2ac95fc6-0868-4639-85aa-fcfa24daa4dc', {
      headers: token,
    });
    expect(body).toBe(endpointNamed('crego', 'settlements').example);
    expect(body).toContain('36673.740000000005');
  });

  test('a filter answers the rows that have the value, several of them', async () => {
    const { demand } = (await settlements('?page=2')).results[3];
    const { results, count } = await settlements(`?demand=${demand}`);
    expect(count).toBe(10);
    expect(new Set(results.map((row: { demand: string }) => row.demand))).toEqual(new Set([demand]));
    expect(await settlements('?demand=00000000-0868-4639-85aa-fcfa24daa4dc')).toMatchObject({ count: 0, results: [] });
  });

  test('a settlement names a record that exists', async () => {
    const { results } = await settlements('');
    for (const { record } of results.slice(0, 5)) {
      const [found] = await look(providerNamed('crego'), endpointNamed('crego', 'record'), { id: record });
      expect(found?.id).toBe(record);
    }
  });

  test('every list of Interlace has more than 200 rows', async () => {
    const headers = { 'x-access-token': at(at(sandbox.credentials, 'interlace'), 'accessToken') };
    for (const name of ['account-repayment', 'account-negative', 'account-negative-bill']) {
      const path = at(at(sandbox.paths, 'interlace'), name);
      const { data } = JSON.parse((await ask(at(sandbox.addresses, 'interlace'), `${path}?page=3&limit=100`, { headers })).body);
      expect(data.total).toBe('241');
      expect(data.list).toHaveLength(41);
    }
  });
});

test('two sandboxes answer alike, byte for byte', async () => {
  // Copies of the literals share nothing that was made for the first sandbox.
  const other = await openSandbox({ seed: 99, providers: everyProvider().map(provider => ({ ...provider })) });
  for (const [, provider, endpoint] of byKey) {
    for (const values of sampleKeys(provider, endpoint, 25)) {
      expect(await rawLook(provider, endpoint, values, other)).toBe(await rawLook(provider, endpoint, values));
    }
  }
  for (const [name, target] of [
    ['crego', '/v1/lms/settlements/?page=5'],
    ['interlace', '/open-api/v3/sandbox/account-negative-bill?limit=100'],
    ['interlace', '/open-api/v3/sandbox/batch-hook'],
  ] as const) {
    const [first, second] = await Promise.all(
      [sandbox, other].map(({ addresses, credentials }) =>
        ask(at(addresses, name), target, { headers: tokenHeaders(at(credentials, name)) }),
      ),
    );
    expect(first?.status).toBe(200);
    expect(second?.body).toBe(first?.body);
  }
});

test.each([
  ['qitech', 'wallet-entry', 'wallet_entry_amount', /^\d+\.\d\d$/],
  ['ekuaibao', 'repayment-records', 'amount', /^\d+\.(?:\d|\d[1-9])$/],
  ['finlend', 'customer-repayments', 'repaymentAmount', /^\d+\.(?:\d|\d[1-9])$/],
  ['crego', 'record', 'amount', /^\d+\.(?:\d|\d[1-9])$/],
])('%s %s: %s is written like the documented one', async (name, word, field, pattern) => {
  const [provider, endpoint] = [providerNamed(name), endpointNamed(name, word)];
  const texts = new Set<string>();
  for (const values of sampleKeys(provider, endpoint, 30)) {
    for (const row of await look(provider, endpoint, values)) texts.add(`${row[field]}`);
  }
  expect(texts.size).toBeGreaterThan(20);
  for (const text of texts) expect(text).toMatch(pattern);
});

/** The text style of a value must be the kind's: what the program reads of a real answer it reads of this one. */
function checkStyle(name: string, field: Field, value: unknown): void {
  if (value === null || value === undefined) return;
  const source = value instanceof LosslessNumber ? value.toString() : value;
  if (field.kind === 'money') expect(source, name).toMatch(/^\d+(?:\.\d+)?$/);
  if (field.kind === 'flag') expect(source, name).toBeTypeOf('boolean');
  if (field.kind === 'enum') expect(Object.keys(field.values), name).toContain(source);
  if (field.kind === 'day') expect(source, name).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  if (field.kind === 'instant' && source !== field.none?.is) {
    expect(source, name).toMatch({ ms: /^1\d{12}$/, s: /^1\d{9}\.\d{3,7}$/, iso: /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ }[field.unit]);
  }
}

async function look(provider: Provider, endpoint: Endpoint, values: Readonly<Record<string, string>>): Promise<Row[]> {
  const body: unknown = parse(await rawLook(provider, endpoint, values));
  const envelope = 'items' in endpoint.answer ? endpoint.answer.items : 'item' in endpoint.answer ? endpoint.answer.item : '';
  const found =
    envelope === '' ? body : envelope.split('.').reduce<unknown>((inner, name) => (isRow(inner) ? inner[name] : undefined), body);
  return (Array.isArray(found) ? found : [found]).filter(isRow);
}

async function rawLook(provider: Provider, endpoint: Endpoint, values: Readonly<Record<string, string>>, from = sandbox): Promise<string> {
  const path = `${endpoint.path}`.replace(/\{([^}]+)\}/g, (_, name: string) => at(values, name));
  const credentials = at(from.credentials, provider.name);
  const headers = provider.name === 'qitech' ? (await signedHeaders(credentials, path)).headers : tokenHeaders(credentials);
  const query = { ekuaibao: '?accessToken=ID_3JxnLl1078M:bwa3wajigF0WH0', crego: '?expand=payouts' }[provider.name] ?? '';
  const { status, body } = await ask(at(from.addresses, provider.name), path + query, { headers });
  if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
  return body;
}

const tokenHeaders = (credentials: Readonly<Record<string, string>>): Record<string, string> => ({
  ...(credentials.accessToken !== undefined && { 'x-access-token': credentials.accessToken }),
  ...(credentials.token !== undefined && { Authorization: `Bearer ${credentials.token}`, 'X-Auth-Token': credentials.token }),
  'x-fapi-auth-date': '2025-06-23T08:00:00Z',
  'x-fapi-customer-ip-address': '203.0.113.7',
  'x-fapi-interaction-id': 'interaction',
  'x-idempotency-key': 'key',
});

function endpointNamed(provider: string, name: string): Endpoint {
  const endpoint = providerNamed(provider).endpoints.find(one => one.name === name);
  if (endpoint === undefined) throw new Error(`${provider} has no ${name}`);
  return endpoint;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
