import { describe, expect, test } from 'vitest';
import { defineEndpoint, plainId } from '../../src/core/endpoint.ts';
import { UsageError } from '../../src/core/errors.ts';
import { group, id, list, text, values } from '../../src/core/fields.ts';
import { allColumns, type Column, explodableLists, resolveLabels } from '../../src/output/columns.ts';
import { defaultColumns, selectColumns } from '../../src/output/named-columns.ts';
import { translationsOf } from '../../src/output/translations.ts';
import { entry, loan, person } from './samples.ts';

const names = (columns: readonly Column[]): string => columns.map(column => column.name).join(' ');

function usageError(run: () => unknown): UsageError {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('no UsageError was thrown');
}

describe('allColumns', () => {
  test('has groups as dotted names and lists as one column', () => {
    expect(names(allColumns(loan))).toBe('id state total due title unit.code unit.scale sharedWith reminded foreign');
  });

  test('begins with the keys the answer does not repeat', () => {
    expect(names(allColumns(entry))).toBe('request.wallet_key entry_key amount status items created_at');
    expect(allColumns(entry)[0]).toEqual({
      name: 'request.wallet_key',
      label: 'Wallet key',
      labels: ['Wallet key'],
      field: { kind: 'id', label: 'Wallet key' },
      path: ['wallet_key'],
      request: true,
    });
    const keys = { customerId: { arg: 'customers', about: 'customers', grammar: plainId } };
    expect(allColumns({ ...entry, keys })[0]).toMatchObject({ name: 'request.customerId', label: 'Customer id' });
  });

  test('has the fields of the elements in place of an exploded list', () => {
    expect(names(allColumns(entry, { explode: 'items' }))).toBe(
      'request.wallet_key entry_key amount status items.item_key items.number items.about items.amount items.due items.parts created_at',
    );
  });

  test('has the element itself as column when its shape is not documented', () => {
    const column = allColumns(loan, { explode: 'sharedWith' }).find(({ name }) => name === 'sharedWith');
    expect(column).toMatchObject({ label: 'Shared with', field: { kind: 'any' }, path: ['sharedWith'] });
  });

  test('explodes a list inside a group', () => {
    expect(names(allColumns(person, { explode: 'bank.tags' }))).toContain('bank.ifsc bank.account_no bank.tags cards');
  });

  test('makes the parts of a personal group personal', () => {
    const endpoint = defineEndpoint({
      ...person,
      fields: {
        id: id('Id'),
        contact: group('Contact', { phone: text('Phone'), mail: text('Mail', { personal: 'email' }) }, { personal: 'phone' }),
      },
      columns: ['id'],
    });
    expect(allColumns(endpoint).map(({ field }) => field.personal)).toEqual([undefined, 'phone', 'email']);
  });
});

describe('explodableLists', () => {
  test('names lists, also inside groups', () => {
    expect(explodableLists(person)).toEqual(['phones', 'bank.tags', 'cards']);
    expect(explodableLists(loan)).toEqual(['sharedWith']);
  });

  test('an unknown list is a usage error that names the valid ones', () => {
    const error = usageError(() => allColumns(person, { explode: 'card' }));
    expect(error.message).toBe('unknown list field: card');
    expect(error.facts.hint).toBe('nested lists of person: phones, bank.tags, cards');
  });

  test('an endpoint without lists says so', () => {
    const bare = defineEndpoint({ ...person, fields: { id: id('Id') }, columns: ['id'] });
    expect(usageError(() => allColumns(bare, { explode: 'x' })).facts.hint).toBe('person has no nested list');
  });
});

describe('selectColumns', () => {
  test('keeps the order asked for and takes each column once', () => {
    expect(names(selectColumns(loan, ['title', 'id', 'title']))).toBe('title id');
  });

  test('takes the columns of a group for its name', () => {
    expect(names(selectColumns(loan, ['unit', 'id', 'unit.code']))).toBe('unit.code unit.scale id');
  });

  test('takes the columns of the exploded list for its name', () => {
    expect(names(selectColumns(person, ['id', 'cards'], { explode: 'cards' }))).toBe('id cards.number cards.active');
  });

  test('takes keys asked for', () => {
    expect(names(selectColumns(entry, ['amount', 'request.wallet_key']))).toBe('amount request.wallet_key');
  });

  test('an unknown field is a usage error that names the few that may be meant', () => {
    const error = usageError(() => selectColumns(loan, ['id', 'totl']));
    expect(error.exit).toBe(2);
    expect(error.message).toBe('unknown field: totl (did you mean total?)');
    expect(error.facts.hint).toBe('near: total, title; all names: --fields without a value');
    expect(usageError(() => selectColumns(loan, [''])).message).toBe('unknown field: ');
  });

  test('a field of an element points to --explode', () => {
    expect(usageError(() => selectColumns(entry, ['items.amount'])).message).toBe(
      'items.amount is inside a list; it is a field with --explode items',
    );
  });
});

describe('defaultColumns', () => {
  test('are those of the endpoint', () => {
    expect(names(defaultColumns(loan))).toBe('id state total due title');
    expect(names(defaultColumns(entry))).toBe('request.wallet_key entry_key amount status items');
  });

  test('with an exploded list are keys, the first column and the fields of the elements', () => {
    expect(names(defaultColumns(entry, { explode: 'items' }))).toBe(
      'request.wallet_key entry_key items.item_key items.number items.about items.amount items.due',
    );
    expect(names(defaultColumns(loan, { explode: 'sharedWith' }))).toBe('id sharedWith');
  });
});

describe('resolveLabels', () => {
  const shouting = translationsOf('p', 'e', {
    lang: 'en',
    label: (provider, endpoint, path, english) => `${provider}/${endpoint}/${path}=${english}`,
    gloss: (_p, _e, _f, _code, english) => english,
    none: (_p, _e, _f, english) => english,
    items: count => `${count} ITEMS`,
    more: () => '',
    total: 'total',
    no: 'No',
    empty: 'Empty',
    flag: String,
  });

  test('asks for every part of a label by its dotted name', () => {
    const [column] = resolveLabels(selectColumns(loan, ['unit.code']), shouting);
    expect(column?.labels).toEqual(['p/e/unit=Currency', 'p/e/unit.code=Code']);
    expect(column?.label).toBe('p/e/unit=Currency: p/e/unit.code=Code');
  });

  test('asks for keys by their column name and for elements by the list they are in', () => {
    expect(resolveLabels(selectColumns(entry, ['request.wallet_key']), shouting)[0]?.label).toBe('p/e/request.wallet_key=Wallet key');
    expect(
      resolveLabels(allColumns(defineEndpoint({ ...person, fields: { no: text('No') }, columns: ['no'] })), shouting, 'cards.')[0]?.label,
    ).toBe('p/e/cards.no=No');
  });

  test('leaves the English labels without a language', () => {
    const nested = defineEndpoint({
      ...person,
      fields: { id: id('Id'), a: group('A', { b: group('B', { c: list('C', { d: text('D') }), e: values('E') }) }) },
      columns: ['id'],
    });
    const labels = resolveLabels(allColumns(nested, { explode: 'a.b.c' }), translationsOf('p', 'e')).map(({ label }) => label);
    expect(labels).toEqual(['Id', 'A: B: C: D', 'A: B: E']);
  });
});
