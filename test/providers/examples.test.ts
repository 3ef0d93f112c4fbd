import { describe, expect, test } from 'vitest';
import type { Endpoint, Envelope } from '../../src/core/endpoint.ts';
import type { Fields } from '../../src/core/fields.ts';
import { allProviders } from '../../src/providers/index.ts';

const endpoints = (await allProviders()).flatMap(provider =>
  provider.endpoints.map(endpoint => ({ name: `${provider.name} ${endpoint.name}`, endpoint })),
);

/** Numbers and texts whose source matters, as the documents print them. */
const printed: Readonly<Record<string, readonly string[]>> = {
  'ekuaibao repayment-records': ['"amount": 10.0,', '"updateTime": 1654583439075', '"title": "迭代测试-不传2"'],
  'ekuaibao loan': ['"total": "10.0"', '"reserved": 10.0,', '"remain": 0.0,', '"repayment": 0,', '"repaymentDate": 9007199254740991'],
  'finlend customer-repayments': ['"repaymentAmount": 18250.75', '"loanAmountPaid": true'],
  'finlend pending-repayments': ['"status": "OVERDUE"', '"daysOverdue": 12'],
  'crego record': ['"received_amount":13442.0,', '"created_at":1733077724.629719', '"account_no":"000000000000"', '"ref_id":"REC0XAM2"'],
  'crego settlements': ['"remaining_amount":36673.740000000005', '"date":1704479399.999999'],
  'qitech wallet-entry': ['"wallet_entry_amount": 150.00,', '"invoice_description": "Crédito rotativo - Taxa de juros"'],
  'qitech invoice': ['"total_amount": 350.00,', '"paid_amount": 0.00,', '"chargeback_paid_amount": 50.00'],
  'interlace account-repayment': ['"type": "0"', '"cardUnpaidAmount": "0.00"', '"repayTime": 1711785600000'],
  'interlace account-negative': ['"type": 0,', '"accountName": "示例测试账户"', '"statTime": "1711785600000"'],
  'interlace account-negative-bill': ['"total": "5"', '"createTime": "1711785600000"'],
  'interlace batch-hook': ['"batchNo": "BATCH_20260330163600"', '"total": 500,', '"list": []'],
};

describe.each(endpoints)('the sample of $name', ({ name, endpoint }) => {
  const records = recordsOf(endpoint);

  test('keeps numbers and texts as printed', () => {
    const expected = printed[name];
    expect(expected).toBeDefined();
    for (const source of expected ?? []) expect(endpoint.example).toContain(source);
  });

  test('holds every documented field that is not optional, and no other', () => {
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) expect(differences(endpoint.fields, record)).toEqual([]);
  });

  test('answers keys of the documented form', () => {
    if (endpoint.keys === undefined) {
      expect(endpoint.exampleKeys).toBeUndefined();
      return;
    }
    expect(endpoint.exampleKeys?.length).toBeGreaterThan(0);
    for (const keys of endpoint.exampleKeys ?? []) {
      expect(Object.keys(keys)).toEqual(Object.keys(endpoint.keys));
      for (const [parameter, value] of Object.entries(keys)) expect(value).toMatch(endpoint.keys[parameter]?.grammar.pattern ?? /^never$/);
    }
  });

  test('is the answer to the first of these keys', () => {
    for (const [parameter, { field }] of Object.entries(endpoint.keys ?? {})) {
      if (field !== undefined) expect(records.map(record => record[field])).toEqual([endpoint.exampleKeys?.[0]?.[parameter]]);
    }
  });

  test('is read by the kinds of its fields', () => {
    for (const record of records) expect(misread(endpoint.fields, record)).toEqual([]);
  });
});

test('a record reference is told from a record id', () => {
  const key = endpoints.find(({ name }) => name === 'crego record')?.endpoint.keys?.id;
  const lookalike = key?.grammar.lookalikes?.find(({ pattern }) => pattern.test('REC0XAM2'));
  expect(`REC0XAM2 ${lookalike?.say}`).toBe('REC0XAM2 looks like a ref_id; Crego reads records by UUID');
  expect('4ebd506f-8727-4d16-863d-0442e1b75858').toMatch(key?.grammar.pattern ?? /^never$/);
});

type Rec = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((inner, step) => (isRecord(inner) ? inner[step] : undefined), value);
}

function recordsOf(endpoint: Endpoint): Rec[] {
  const body: unknown = JSON.parse(endpoint.example);
  const envelopes: readonly Envelope[] = 'item' in endpoint.answer || 'items' in endpoint.answer ? [endpoint.answer] : endpoint.answer;
  for (const envelope of envelopes) {
    const found = 'items' in envelope ? at(body, envelope.items) : at(body, envelope.item);
    if ('items' in envelope && Array.isArray(found)) return found.filter(isRecord);
    if ('item' in envelope && isRecord(found)) return [found];
  }
  return [];
}

function differences(fields: Fields, record: Rec, prefix = ''): string[] {
  const found: string[] = Object.keys(record).flatMap(name => (Object.hasOwn(fields, name) ? [] : [`unknown ${prefix}${name}`]));
  for (const [name, field] of Object.entries(fields)) {
    const value = record[name];
    if (!Object.hasOwn(record, name)) {
      if (!field.optional) found.push(`missing ${prefix}${name}`);
    } else if (field.kind === 'group' && isRecord(value)) {
      found.push(...differences(field.fields, value, `${prefix}${name}.`));
    } else if (field.kind === 'list' && field.fields !== undefined && Array.isArray(value)) {
      for (const element of value)
        found.push(...(isRecord(element) ? differences(field.fields, element, `${prefix}${name}.`) : [`no object ${name}`]));
    }
  }
  return found;
}

/** Values a field's kind cannot stand for. */
function misread(fields: Fields, record: Rec, prefix = ''): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = record[name];
    if (value === undefined || value === null) return [];
    const path = prefix + name;
    if (field.kind === 'group') return isRecord(value) ? misread(field.fields, value, `${path}.`) : [path];
    if (field.kind === 'list') {
      if (!Array.isArray(value)) return [path];
      const inner = field.fields;
      return inner === undefined ? [] : value.flatMap(element => (isRecord(element) ? misread(inner, element, `${path}.`) : [path]));
    }
    return fits(field.kind, value, field.kind === 'instant' ? field.unit : '', field.kind === 'enum' ? field.values : {}) ? [] : [path];
  });
}

function fits(kind: string, value: unknown, unit: string, codes: Readonly<Record<string, string>>): boolean {
  const source = typeof value === 'number' || typeof value === 'string' ? `${value}` : '';
  switch (kind) {
    case 'money':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(source);
    case 'instant':
      return unit === 'iso'
        ? /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(source)
        : unit === 'ms'
          ? /^\d{13,16}$/.test(source)
          : /^\d{10}(\.\d+)?$/.test(source);
    case 'day':
      return /^\d{4}-\d\d-\d\d$/.test(source);
    case 'flag':
      return typeof value === 'boolean';
    case 'enum':
      return Object.hasOwn(codes, source);
    case 'url':
      return source.startsWith('https://');
    case 'any':
      return true;
    default:
      return typeof value === 'string';
  }
}
