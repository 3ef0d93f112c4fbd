import { describe, expect, test } from 'vitest';
import type { FormatName } from '../../src/core/formats.ts';
import { parseJson, writeJson } from '../../src/core/json.ts';
import type { Row } from '../../src/output/rows.ts';
import { entries, entry, loan, loans, people, person, row } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const none: Partial<WriterOptions> = {};

function write(format: FormatName, endpoint: typeof loan, rows: readonly Row[], options = none): string {
  const writer = createWriter(format, { provider: 'p', endpoint, ...options });
  return writer.begin() + writer.rows(rows) + writer.end();
}

describe('json', () => {
  test('is one array of the records as sent, unknown fields included', () => {
    expect(write('json', loan, loans)).toBe(`[
  {
    "id": "ID_3HV7_Hq1zKw",
    "state": "REPAID",
    "total": 10.0,
    "due": 1654583439075,
    "title": "迭代测试-上传2",
    "unit": {
      "code": "CNY",
      "scale": 2
    },
    "sharedWith": [
      "a:1",
      "b:2"
    ],
    "reminded": false,
    "foreign": null,
    "extra": {
      "deep": [
        1.50
      ]
    }
  },
  {
    "id": "ID_2",
    "state": "PAID",
    "total": 12345678901234567.89,
    "due": 9007199254740991,
    "title": "Office, \\"new\\" chairs",
    "unit": null,
    "sharedWith": [],
    "reminded": true
  }
]
`);
  });

  test('is the same text whether rows come one by one or together', () => {
    const writer = createWriter('json', { provider: 'p', endpoint: loan });
    const pieces = [writer.begin(), writer.rows([]), ...loans.map(each => writer.rows([each])), writer.rows([]), writer.end()];
    expect(pieces.join('')).toBe(write('json', loan, loans));
  });

  test('numbers as text are strings of what came, at every depth; nothing else changes', () => {
    const numbers = [row('{"id":"a","total":10.0,"due":9007199254740993,"unit":{"scale":1E+2},"sharedWith":[-0.10,true,null],"x":"7"}')];
    const text = '{"id":"a","total":"10.0","due":"9007199254740993","unit":{"scale":"1E+2"},"sharedWith":["-0.10",true,null],"x":"7"}\n';
    expect(write('ndjson', loan, numbers, { numbers: 'text' })).toBe(text);
    expect(JSON.parse(write('json', loan, numbers, { numbers: 'text', fields: ['total', 'unit.scale'] }))).toEqual([
      { total: '10.0', unit: { scale: '1E+2' } },
    ]);
  });

  test('is an empty array without rows', () => {
    expect(write('json', loan, [])).toBe('[]\n');
  });

  test('lacks its closing bracket when stopped', () => {
    const writer = createWriter('json', { provider: 'p', endpoint: loan });
    expect(() => parseJson(writer.begin() + writer.rows(loans))).toThrow();
  });

  test('control and bidi characters are escaped and read back', () => {
    const hostile = '\u0000\u001b[31m\u0085\u202e\u2066\ud800\u2028\u007f';
    const text = write('ndjson', loan, [row(writeJson({ title: hostile }))]);
    expect(text).toMatch(/^[\x20-\x7e]+\n$/);
    expect(JSON.parse(text)).toEqual({ title: hostile });
  });
});

describe('ndjson', () => {
  test('is one record per line', () => {
    expect(write('ndjson', loan, loans)).toBe(
      '{"id":"ID_3HV7_Hq1zKw","state":"REPAID","total":10.0,"due":1654583439075,"title":"迭代测试-上传2","unit":{"code":"CNY","scale":2},"sharedWith":["a:1","b:2"],"reminded":false,"foreign":null,"extra":{"deep":[1.50]}}\n' +
        '{"id":"ID_2","state":"PAID","total":12345678901234567.89,"due":9007199254740991,"title":"Office, \\"new\\" chairs","unit":null,"sharedWith":[],"reminded":true}\n',
    );
    expect(write('ndjson', loan, [])).toBe('');
  });

  test('keeps every number text', () => {
    const record = '{"n":[150.00,0.10,9007199254740993,12345678901234567.89,1e400,-0,1E5,10.0]}';
    expect(write('ndjson', loan, [row(record)])).toBe(`${record}\n`);
  });
});

describe('fields', () => {
  const lines = (fields: readonly string[], rows = loans, endpoint = loan, options = none): string[] =>
    write('ndjson', endpoint, rows, { fields, ...options })
      .trimEnd()
      .split('\n');

  test('keep the order asked for, dotted names stay nested', () => {
    expect(lines(['unit.scale', 'id', 'unit.code'])).toEqual([
      '{"unit":{"scale":2,"code":"CNY"},"id":"ID_3HV7_Hq1zKw"}',
      '{"unit":null,"id":"ID_2"}',
    ]);
  });

  test('a group is kept whole, once, with its unknown members', () => {
    expect(lines(['unit', 'unit.code'], [row('{"unit":{"code":"CNY","new":1.0}}')])).toEqual(['{"unit":{"code":"CNY","new":1.0}}']);
    expect(lines(['unit.code', 'unit'], [row('{"unit":{"new":1.0,"code":"CNY"}}')])).toEqual(['{"unit":{"new":1.0,"code":"CNY"}}']);
  });

  test('missing stays missing, null stays null', () => {
    expect(lines(['foreign', 'title'], [row('{"title":null}'), row('{"foreign":1}')])).toEqual(['{"title":null}', '{"foreign":1}']);
  });

  test('the record that was handed in is not changed', () => {
    const source = row('{"unit":{"code":"CNY","scale":2}}');
    lines(['unit.code'], [source]);
    expect(writeJson(source.record)).toBe('{"unit":{"code":"CNY","scale":2}}');
  });

  test('of an exploded list are those of its element', () => {
    expect(lines(['entry_key', 'items.number'], entries, entry, { explode: 'items' })).toEqual([
      '{"entry_key":"8cb70dea-9fb0-4a68-9572-99a72849c8d6","items":{"number":1}}',
      '{"entry_key":"8cb70dea-9fb0-4a68-9572-99a72849c8d6","items":{"number":2}}',
      '{"entry_key":"9cb70dea-9fb0-4a68-9572-99a72849c8d6","items":null}',
    ]);
  });

  test('a key asked for by name is a member of _request', () => {
    expect(lines(['request.wallet_key', 'amount'], entries.slice(0, 1), entry)).toEqual([
      '{"_request":{"wallet_key":"f47ac10b-58cc-4372-a567-0e02b2c3d479"},"amount":150.00}',
    ]);
  });
});

describe('with request', () => {
  test('the keys asked for come last', () => {
    expect(write('ndjson', loan, loans, { withRequest: true, fields: ['id'] })).toBe(
      '{"id":"ID_3HV7_Hq1zKw","_request":{"ids":"ID_3HV7_Hq1zKw"}}\n{"id":"ID_2","_request":{"ids":"ID_2"}}\n',
    );
  });

  test('a member of the same name gives way', () => {
    expect(write('ndjson', loan, [row('{"_request":1,"id":"x"}', { ids: 'x' })], { withRequest: true })).toBe(
      '{"id":"x","_request":{"ids":"x"}}\n',
    );
  });
});

test('personal values are whole unless masked', () => {
  expect(write('ndjson', person, people)).toContain('"email":"ana.silva@example.com","document":"12345678909","phones":["+5511999990000"]');
  expect(write('ndjson', person, people, { mask: true })).toContain('"email":"a••••@example.com","document":"••••09","phones":["••••00"]');
  expect(write('ndjson', person, people, { mask: true, explode: 'cards' })).toContain('"cards":{"number":"••••1111","active":true}');
});
