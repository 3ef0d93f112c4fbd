// The made-up data: as much as promised, in the documented style, and with references that lead somewhere.
import { Big } from 'big.js';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { Field, Fields } from '../../src/core/fields.ts';
import type { Provider } from '../../src/core/provider.ts';
import { sampleKeys } from '../../src/sandbox/records.ts';
import { isRow, type Row, rowsAt } from './look.ts';
import { ask, at, everyProvider, openSandbox, providerNamed } from './visit.ts';

const sandbox = await openSandbox();
const byKey = everyProvider().flatMap(provider =>
  provider.endpoints
    .filter(({ keys }) => keys !== undefined)
    .map(endpoint => [`${provider.name} ${endpoint.name}`, provider, endpoint] as const),
);

describe.each(byKey)('%s', (_, provider, endpoint) => {
  const keys = sampleKeys(provider, endpoint, 240);
  const main = Object.keys(endpoint.keys ?? {}).at(-1) ?? '';

  test('knows well over 200 different keys, each in the documented grammar, the documented ones first', () => {
    expect(new Set(keys.map(values => values[main])).size).toBe(240);
    for (const values of keys) {
      for (const [name, key] of Object.entries(endpoint.keys ?? {})) expect(values[name]).toMatch(key.grammar.pattern);
    }
    expect(keys.slice(0, endpoint.exampleKeys?.length)).toEqual(endpoint.exampleKeys);
  });

  test('answers records that repeat their key, in the style of the sample', async () => {
    for (const values of keys.slice(0, 12)) {
      const rows = await rowsAt(sandbox, provider, endpoint, values);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        for (const [name, key] of Object.entries(endpoint.keys ?? {}))
          if (key.field !== undefined) expect(row).toHaveProperty(key.field, values[name]);
        for (const [name, field] of Object.entries(endpoint.fields)) expectStyle(name, field, row[name]);
      }
    }
  });

  test('references lead to records that exist', async () => {
    for (const values of keys.slice(0, 6)) {
      for (const row of await rowsAt(sandbox, provider, endpoint, values)) await expectFound(provider, endpoint, row, values);
    }
  });
});

const byNoKey = everyProvider().flatMap(provider =>
  provider.endpoints
    .filter(({ keys, fields }) => keys === undefined && Object.keys(fields).length > 0)
    .map(endpoint => [`${provider.name} ${endpoint.name}`, provider, endpoint] as const),
);

test.each(byNoKey)('references of the rows of %s lead to records that exist', async (_, provider, endpoint) => {
  for (const row of (await rowsAt(sandbox, provider, endpoint)).slice(0, 12)) await expectFound(provider, endpoint, row, {});
});

/** What a reference does not say (the wallet) is that of the record it stands in. A list without a key has a parameter for it. */
async function expectFound(provider: Provider, endpoint: Endpoint, row: Row, values: Readonly<Record<string, string>>): Promise<void> {
  for (const { of, id } of references(endpoint.fields, row)) {
    const target = endpointNamed(provider.name, of);
    const key = Object.keys(target.keys ?? {}).at(-1) ?? '';
    const filter = Object.entries(target.params ?? {}).find(([, { filters }]) => filters !== undefined && isOwn(target, filters));
    const query = target.keys === undefined && filter !== undefined ? { [filter[0]]: id } : {};
    const [found] = await rowsAt(sandbox, provider, target, { ...values, [key]: id }, query);
    const own = Object.keys(target.fields).find(name => isOwn(target, name));
    const repeated = target.keys?.[key]?.field ?? own;
    if (repeated === undefined) expect(found, `${of} ${id}`).toBeDefined();
    else expect(found, `${of} ${id}`).toHaveProperty(repeated, id);
  }
}

/** Whether a field is the id by which the endpoint itself is referred to. */
function isOwn({ name, fields }: Endpoint, field: string): boolean {
  const own = fields[field];
  return own?.kind === 'id' && own.of === name;
}

/** Ids that `of` says to lead somewhere, wherever they stand in a row. */
function references(fields: Fields, row: Row): { readonly of: string; readonly id: string }[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = row[name];
    if ((field.kind === 'id' || field.kind === 'any') && field.of !== undefined && typeof value === 'string' && value !== '')
      return [{ of: field.of, id: value }];
    const inner = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
    return inner === undefined
      ? []
      : [value]
          .flat()
          .filter(isRow)
          .flatMap(element => references(inner, element));
  });
}

test('things that belong together agree on what they refer to', async () => {
  const provider = providerNamed('ekuaibao');
  const [record, loan] = [endpointNamed('ekuaibao', 'repayment-records'), endpointNamed('ekuaibao', 'loan')];
  for (const values of sampleKeys(provider, record, 4)) {
    const [event] = await rowsAt(sandbox, provider, record, values);
    const [found] = await rowsAt(sandbox, provider, loan, { id: `${event?.loanInfoId}` });
    for (const name of ['flowId', 'ownerId', 'corporationId']) expect(found?.[name]).toBe(event?.[name]);
  }
});

test('a bracket list answers up to 20 known ids in one call, each once', async () => {
  const provider = providerNamed('ekuaibao');
  const endpoint = endpointNamed('ekuaibao', 'repayment-records');
  const ids = sampleKeys(provider, endpoint, 20).map(({ ids }) => `${ids}`);
  const rows = await rowsAt(sandbox, provider, endpoint, { ids: [...ids, ids[3]].join(',') });
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test('a customer has several loans, and no repayment is two customers’', async () => {
  const provider = providerNamed('finlend');
  const endpoint = endpointNamed('finlend', 'customer-repayments');
  const seen: unknown[] = [];
  for (const values of sampleKeys(provider, endpoint, 20).slice(1)) {
    const rows = await rowsAt(sandbox, provider, endpoint, values);
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map(({ loanApplicationId }) => loanApplicationId)).size).toBe(2);
    seen.push(...rows.map(({ id }) => id));
  }
  expect(new Set(seen).size).toBe(seen.length);
});

test('what adds up in the document adds up in made-up records', async () => {
  const endpoint = endpointNamed('qitech', 'invoice');
  for (const values of sampleKeys(providerNamed('qitech'), endpoint, 6)) {
    const [invoice] = await rowsAt(sandbox, providerNamed('qitech'), endpoint, values);
    const items = [invoice?.invoice_items].flat().filter(isRow);
    const cents = (amount: unknown) => Number(`${amount}`.replace('.', ''));
    expect(items.reduce((sum, { amount }) => sum + cents(amount), 0)).toBe(cents(invoice?.total_amount));
  }
});

test('FinLend: what is pending of a loan is the unpaid part of its schedule, and sums to its balance', async () => {
  const provider = providerNamed('finlend');
  const [pending, loan] = [endpointNamed('finlend', 'pending-repayments'), endpointNamed('finlend', 'loan')];
  for (const values of sampleKeys(provider, pending, 4)) {
    const rows = await rowsAt(sandbox, provider, pending, values, { size: '50' });
    for (const id of new Set(rows.map(({ loanApplicationId }) => `${loanApplicationId}`))) {
      const [found] = await rowsAt(sandbox, provider, loan, { 'loan-application-id': id });
      const unpaid = [found?.paymentHistory].flat().filter(row => isRow(row) && `${row.outstandingAmount}` !== '0.0');
      const open = rows.filter(({ loanApplicationId }) => loanApplicationId === id);
      expect(open.map(row => [`${row.dueDate}`, `${row.amountDue}`])).toEqual(
        unpaid.filter(isRow).map(row => [`${row.dueDate}`, `${row.outstandingAmount}`]),
      );
      const sum = open.reduce((total, { amountDue }) => total.plus(`${amountDue}`), new Big(0));
      expect(sum.eq(`${found?.totalBalance}`), `${sum} ${found?.totalBalance}`).toBe(true);
    }
  }
});

test('FinLend: repaid transactions sum to what the loan says is paid', async () => {
  const provider = providerNamed('finlend');
  const [repaid, loan] = [endpointNamed('finlend', 'repaid-transactions'), endpointNamed('finlend', 'loan')];
  for (const values of sampleKeys(provider, repaid, 3)) {
    const rows = await rowsAt(sandbox, provider, repaid, values);
    for (const id of new Set(rows.map(({ loanApplicationId }) => `${loanApplicationId}`))) {
      const [found] = await rowsAt(sandbox, provider, loan, { 'loan-application-id': id });
      const sum = rows
        .filter(({ loanApplicationId }) => loanApplicationId === id)
        .reduce((total, { repaymentAmount }) => total.plus(`${repaymentAmount}`), new Big(0));
      expect(sum.eq(`${found?.totalAmountPaid}`), `${sum} ${found?.totalAmountPaid}`).toBe(true);
    }
  }
});

test('QI Tech: the wallet of an entry exists, and the invoice of its item has that item with the same amount', async () => {
  const provider = providerNamed('qitech');
  const [entry, invoice, wallet] = ['wallet-entry', 'invoice', 'wallet'].map(name => endpointNamed('qitech', name));
  if (entry === undefined || invoice === undefined || wallet === undefined) return expect.unreachable();
  for (const values of sampleKeys(provider, entry, 6)) {
    const [found] = await rowsAt(sandbox, provider, entry, values);
    expect(await rowsAt(sandbox, provider, wallet, { wallet_key: `${values.wallet_key}` })).toMatchObject([
      { wallet_key: values.wallet_key },
    ]);
    for (const item of [found?.invoice_items].flat().filter(isRow)) {
      const [of] = await rowsAt(sandbox, provider, invoice, { wallet_key: `${values.wallet_key}`, invoice_key: `${item.invoice_key}` });
      const same = [of?.invoice_items].flat().find(one => isRow(one) && one.invoice_item_key === item.invoice_item_key);
      expect(isRow(same) && `${same.amount}`, `${item.invoice_item_key}`).toBe(`${item.amount}`);
    }
  }
});

test('codes take every documented value', async () => {
  const endpoint = endpointNamed('ekuaibao', 'repayment-records');
  const ids = sampleKeys(providerNamed('ekuaibao'), endpoint, 160).map(({ ids }) => ids);
  const rows = await rowsAt(sandbox, providerNamed('ekuaibao'), endpoint, { ids: ids.join(',') });
  const { repaymentType } = endpoint.fields;
  const documented = repaymentType?.kind === 'enum' ? Object.keys(repaymentType.values) : [];
  expect([...new Set(rows.map(row => row.repaymentType))].sort()).toEqual(documented.sort());
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
      const [found] = await rowsAt(sandbox, providerNamed('crego'), endpointNamed('crego', 'record'), { id: record });
      expect(found?.id).toBe(record);
    }
  });

  test('a list that no key asks for has more than 200 rows', async () => {
    const provider = providerNamed('interlace');
    for (const name of ['account-repayment', 'account-negative', 'account-negative-bill']) {
      expect(await rowsAt(sandbox, provider, endpointNamed('interlace', name), {}, { page: '3', limit: '100' })).toHaveLength(41);
    }
  });
});

/** The text style of a value must be the kind's: what the program reads of a real answer it reads of this one. */
function expectStyle(name: string, field: Field, value: unknown): void {
  if (value === null || value === undefined) return;
  const source = value instanceof LosslessNumber ? value.toString() : value;
  if (field.kind === 'money') expect(source, name).toMatch(/^\d+(?:\.\d+)?$/);
  if (field.kind === 'flag') expect(source, name).toBeTypeOf('boolean');
  if (field.kind === 'enum') expect(Object.keys(field.values), name).toContain(source);
  if (field.kind === 'day') expect(source, name).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  if (field.kind === 'instant' && source !== field.none?.is) {
    expect(source, name).toMatch(
      { ms: /^1\d{12}$/, s: /^1\d{9}(?:\.\d+)?$/, iso: /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/ }[field.unit],
    );
  }
}

function endpointNamed(provider: string, name: string): Endpoint {
  const endpoint = providerNamed(provider).endpoints.find(one => one.name === name);
  if (endpoint === undefined) throw new Error(`${provider} has no ${name}`);
  return endpoint;
}
