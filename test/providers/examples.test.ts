// The documented samples hold what the fields say: by the kind of each field, every field there, and no other.
import { expect, test } from 'vitest';
import type { Endpoint, Envelope } from '../../src/core/endpoint.ts';
import type { Fields } from '../../src/core/fields.ts';
import { allProviders } from '../../src/providers/index.ts';

const endpoints = (await allProviders()).flatMap(provider =>
  provider.endpoints.map(endpoint => ({ name: `${provider.name} ${endpoint.name}`, endpoint })),
);

test.each(endpoints)('the sample of $name', ({ endpoint }) => {
  const records = recordsOf(endpoint);
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) {
    const found = [...differences(endpoint.fields, record), ...misread(endpoint.fields, record)];
    expect(found.filter(fault => !endpoint.open || !fault.startsWith('unknown '))).toEqual([]);
  }
  // It is the answer to the first documented key, or to all of them where they share a call.
  for (const [parameter, { field, many }] of Object.entries(endpoint.keys ?? {})) {
    const asked = many === 'packed' ? endpoint.exampleKeys : endpoint.exampleKeys?.slice(0, 1);
    if (field !== undefined) expect(records.map(record => at(record, field))).toEqual(asked?.map(keys => keys[parameter]));
  }
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

function differences(fields: Fields, record: Rec, prefix = '', open = false): string[] {
  const unknown = open ? [] : Object.keys(record).filter(name => !Object.hasOwn(fields, name));
  const found = unknown.map(name => `unknown ${prefix}${name}`);
  for (const [name, field] of Object.entries(fields)) {
    const value = record[name];
    if (!Object.hasOwn(record, name)) {
      if (!field.optional) found.push(`missing ${prefix}${name}`);
    } else if (field.kind === 'group' && isRecord(value)) {
      found.push(...differences(field.fields, value, `${prefix}${name}.`, field.open));
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
