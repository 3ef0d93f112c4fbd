import { describe, expect, test } from 'vitest';
import { any, id, type PersonalKind, values } from '../../src/core/fields.ts';
import { parseJson, writeJson } from '../../src/core/json.ts';
import { maskText } from '../../src/core/personal.ts';
import { maskJson, maskRecord } from '../../src/output/mask.ts';
import { explodeRow } from '../../src/output/rows.ts';
import { people, person, row } from './samples.ts';

describe('maskText', () => {
  test.each<[PersonalKind, string, string]>([
    ['email', 'ana.silva@example.com', 'a••••@example.com'],
    ['email', '李雷@example.com', '李••••@example.com'],
    ['email', 'a@example.com', '••••@example.com'],
    ['email', 'a@b@example.com', 'a••••@example.com'],
    ['email', '@example.com', '••••'],
    ['email', 'no address', '••••'],
    ['document', '12345678909', '••••09'],
    ['document', '1234', '••••'],
    ['phone', '+5511999990000', '••••00'],
    ['account', '000000000000', '••••0000'],
    ['account', '12345', '••••2345'],
    ['account', '1234', '••••'],
    ['birth', '1990-01-02', '••••'],
    ['income', '5000.00', '••••'],
    ['income', '', ''],
    ['account', '𝟙𝟚𝟛𝟜𝟝𝟞', '••••𝟛𝟜𝟝𝟞'],
  ])('%s %s', (kind, text, expected) => {
    expect(maskText(kind, text)).toBe(expected);
  });
});

test('a masked number becomes text, null stays null, parts of a personal value are all masked', () => {
  expect(writeJson(maskJson('income', parseJson('5000.00')))).toBe('"••••"');
  expect(writeJson(maskJson('phone', parseJson('{"a":["12345",null],"b":true}')))).toBe('{"a":["••••45",null],"b":"••••"}');
});

test('a record is masked by its documented fields, everything else stays byte for byte', () => {
  const [one = row('{}')] = people;
  expect(writeJson(maskRecord(one.record, person.fields))).toBe(
    '{"id":"P1","name":"Ana","email":"a••••@example.com","document":"••••09","phones":["••••00"],"born":"••••","income":"••••","bank":{"ifsc":"YESB0000104","account_no":"••••0000","tags":["x"]},"cards":[{"number":"••••1111","active":true}]}',
  );
  expect(writeJson(maskRecord(row('{"id":"P1","new":{"n":1.50},"email":null}').record, person.fields))).toBe(
    '{"id":"P1","new":{"n":1.50},"email":null}',
  );
});

test('an exploded list is masked too', () => {
  const [one = row('{}')] = people;
  const records = explodeRow(one, 'cards').map(part => maskRecord(part.record, person.fields).cards ?? null);
  expect(records.map(record => writeJson(record))).toEqual(['{"number":"••••1111","active":true}']);
});

describe('where no document says what is there, names do', () => {
  const expanded =
    '{"email":"ana@example.com","emailVerified":true,"phone_number":"+5511999990000","bank":{"account_no":"000000000000","ifsc":"Y"},' +
    '"accountNumber":123456789,"account_id":"a-1","cpf":"12345678909","dateOfBirth":"1990-01-02","dob":null,"company":"c","pan":"ABCDE1234F"}';
  const masked =
    '{"email":"a••••@example.com","emailVerified":true,"phone_number":"••••00","bank":{"account_no":"••••0000","ifsc":"Y"},' +
    '"accountNumber":"••••6789","account_id":"a-1","cpf":"••••09","dateOfBirth":"••••","dob":null,"company":"c","pan":"••••4F"}';
  const fields = { id: id('Id'), record: any('Record'), all: values('All') };

  test.each(['record', 'new'])('inside %s', name => {
    expect(writeJson(maskRecord(row(`{"${name}":${expanded}}`).record, fields))).toBe(`{"${name}":${masked}}`);
  });

  test('in lists, and beside documented fields', () => {
    expect(writeJson(maskRecord(row(`{"all":[1,${expanded}]}`).record, fields))).toBe(`{"all":[1,${masked}]}`);
    expect(writeJson(maskRecord(row('{"id":"1","email":"ana@example.com"}').record, fields))).toBe(
      '{"id":"1","email":"a••••@example.com"}',
    );
  });
});
