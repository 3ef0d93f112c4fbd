import { describe, expect, test } from 'vitest';
import { any, day, group, id, instant, list, money, number, type PersonalKind, someOf, text, url, values } from '../../src/core/fields.ts';
import { parseJson, writeJson } from '../../src/core/json.ts';
import { maskText } from '../../src/core/personal.ts';
import { finish } from '../../src/core/turn.ts';
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
  expect(writeJson(finish(maskJson('income', parseJson('5000.00'))))).toBe('"••••"');
  expect(writeJson(finish(maskJson('phone', parseJson('{"a":["12345",null],"b":true}'))))).toBe('{"a":["••••45",null],"b":"••••"}');
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

test('whatever is inside a personal group or list is hidden, also what its document does not declare', () => {
  const fields = {
    bank: group('Bank', { ifsc: text('IFSC'), opened: instant('Opened', 'ms') }, { personal: 'account' }),
    cards: list('Cards', { brand: text('Brand') }, { personal: 'account' }),
  };
  const record =
    '{"bank":{"ifsc":"YESB0000104","opened":1654583439075,"iban":"GB29NWBK6016","of":{"branch":77}},"cards":[{"brand":"V","cvv":123}]}';
  expect(writeJson(maskRecord(row(record).record, fields))).toBe(
    '{"bank":{"ifsc":"••••0104","opened":"••••9075","iban":"••••6016","of":{"branch":"••••"}},"cards":[{"brand":"••••","cvv":"••••"}]}',
  );
});

test('an exploded list is masked too', () => {
  const [one = row('{}')] = people;
  const records = [...explodeRow(one, 'cards')].map(part => maskRecord(part.record, person.fields).cards ?? null);
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

const masked = (record: string, fields: Parameters<typeof maskRecord>[1]): string => writeJson(maskRecord(row(record).record, fields));

describe('what a document declares as free text is told by value', () => {
  const fields = {
    id: id('Id'),
    state: someOf('State', { '12345678909': 'a code' }),
    total: money('Total'),
    count: number('Count'),
    at: instant('At', 'ms'),
    due: day('Due'),
    remark: text('Remark'),
    link: url('Link'),
    more: any('More'),
    tags: values('Tags'),
    ownerIds: values('Owners'),
    items: list('Items', { note: text('Note') }),
  };

  test('in texts, lists and nested texts', () => {
    expect(
      masked(
        '{"remark":"Ana, ana.silva@example.com, CPF 12345678909","link":"https://x.example/?e=ana%40example.com","more":"4111 1111 1111 1111",' +
          '"tags":["+5511999990000","x"],"items":[{"note":"ABCDE1234F"},"12345678909"]}',
        fields,
      ),
    ).toBe(
      '{"remark":"Ana, a••••@example.com, CPF ••••09","link":"https://x.example/?e=a••••%40example.com","more":"••••1111",' +
        '"tags":["••••00","x"],"items":[{"note":"••••4F"},"••••09"]}',
    );
  });

  test('ids, listed codes, amounts, counts, times and dates stay, whatever digits they have', () => {
    const record =
      '{"id":"12345678909","state":"12345678909","total":"12345678909","count":"4111111111111111","at":"1654583439075","due":"1990-01-02",' +
      '"remark":"229fe24c-d840-48dc-959a-e0ff1479df35, R$ 1234.50, 2024-01-15T10:30:00Z","ownerIds":["12345678909"],"more":{"a":12345678909,"b":-5.00}}';
    expect(masked(record, fields)).toBe(record);
  });

  test('an id that looks like none, and a code that is not listed, are texts', () => {
    expect(masked('{"id":"ana@example.com","state":"of ana@example.com","at":"12345678909 x"}', fields)).toBe(
      '{"id":"a••••@example.com","state":"of a••••@example.com","at":"••••09 x"}',
    );
  });
});

describe('what no document declares', () => {
  test('is told by its name, as providers spell it', () => {
    expect(
      masked(
        '{"email_id":"ana@example.com","cellphone":"11987654321","taxId":12345678900,"idCard":"A-77-12","bankAccount":"0001/12345-6",' +
          '"pix_key":"b5f1","contact_no":"98765"}',
        {},
      ),
    ).toBe(
      '{"email_id":"a••••@example.com","cellphone":"••••21","taxId":"••••00","idCard":"••••12","bankAccount":"••••45-6",' +
        '"pix_key":"••••","contact_no":"••••65"}',
    );
  });

  test('is told by value where the name says nothing; numbers are amounts and counts, and what is named an id stays', () => {
    expect(
      masked(
        '{"note":"call (11) 98765-4321","who":["12345678909",{"x":"GB29NWBK60161331926819"}],"total":12345678909,"order_id":"4111111111111111",' +
          '"refs":["12345678909"],"owner_id":"ana@example.com"}',
        {},
      ),
    ).toBe(
      '{"note":"call ••••21","who":["••••09",{"x":"••••6819"}],"total":12345678909,"order_id":"4111111111111111",' +
        '"refs":["12345678909"],"owner_id":"a••••@example.com"}',
    );
  });

  test('an account or card is hidden by its numbers, not with its id and state', () => {
    expect(
      masked(
        '{"bankAccount":{"id":"a-1","ifsc":"YESB0000104","number":"000000000000","holder":"Ana"},"idCard":{"no":"12345","of":"BR"}}',
        {},
      ),
    ).toBe('{"bankAccount":{"id":"a-1","ifsc":"YESB0000104","number":"••••0000","holder":"Ana"},"idCard":{"no":"••••45","of":"••••"}}');
  });

  test('names that are people themselves are hidden, and none is lost for it', () => {
    expect(masked('{"more":{"ana@example.com":1,"adam@example.com":2,"abel@example.com":3,"plain":4}}', { more: any('More') })).toBe(
      '{"more":{"a••••@example.com":1,"a••••@example.com (2)":2,"a••••@example.com (3)":3,"plain":4}}',
    );
  });
});
