// Endpoints and rows the view tests print. They have every kind of field, so that no provider file can change a test.
import { Chalk } from 'chalk';
import { defineEndpoint, plainId, uuid } from '../../src/core/endpoint.ts';
import { any, dateText, day, flag, group, id, instant, list, money, number, oneOf, someOf, text, values } from '../../src/core/fields.ts';
import { isObject, type Json, parseJson } from '../../src/core/json.ts';
import type { Row } from '../../src/output/rows.ts';

const doc = { url: 'https://example.com/doc', read: '2025-06-23' };

/** A loan: packed keys, instants in milliseconds with a word for "none", a group, plain lists. */
export const loan = defineEndpoint({
  name: 'loan',
  summary: 'Loans by id',
  doc,
  path: '/loan/[{ids}]',
  keys: { ids: { arg: 'ids', about: 'loan ids', grammar: plainId, many: 'packed', field: 'id' } },
  answer: { items: 'items' },
  fields: {
    id: id('Loan'),
    state: oneOf('State', { REPAID: 'awaiting repayment', PAID: 'fully repaid' }),
    total: money('Total'),
    due: instant('Due', 'ms', { none: { is: '9007199254740991', say: 'no due date' } }),
    title: text('Title'),
    unit: group('Currency', { code: text('Code'), scale: number('Decimals') }),
    sharedWith: values('Shared with'),
    reminded: flag('Reminded'),
    foreign: any('Foreign amount', { optional: true }),
  },
  columns: ['id', 'state', 'total', 'due', 'title'],
  example: '{}',
});

/** A wallet entry: a key the answer does not repeat, a nested list of objects, ISO times. */
export const entry = defineEndpoint({
  name: 'entry',
  summary: 'One wallet entry',
  doc,
  path: '/wallet/{wallet_key}/entry/{entry_key}',
  keys: {
    wallet_key: { arg: 'wallet-key', about: 'the wallet', grammar: uuid },
    entry_key: { arg: 'entry-keys', about: 'its entries', grammar: uuid, many: 'each', field: 'entry_key' },
  },
  answer: { item: '' },
  fields: {
    entry_key: id('Entry'),
    amount: money('Amount'),
    status: someOf('Status', { concluded: 'settled' }),
    items: list('Items', {
      item_key: id('Item'),
      number: number('No.'),
      about: text('About'),
      amount: money('Amount'),
      due: day('Due'),
      parts: values('Parts'),
    }),
    created_at: instant('Created', 'iso'),
  },
  columns: ['request.wallet_key', 'entry_key', 'amount', 'status', 'items'],
  example: '{}',
});

/** A person: one field of each personal kind. */
export const person = defineEndpoint({
  name: 'person',
  summary: 'People by id',
  doc,
  path: '/person/{id}',
  keys: { id: { arg: 'ids', about: 'ids', grammar: plainId, many: 'each', field: 'id' } },
  answer: { items: 'data' },
  fields: {
    id: id('Person'),
    name: text('Name'),
    email: text('E-mail', { personal: 'email' }),
    document: text('Document', { personal: 'document' }),
    phones: values('Phones', { personal: 'phone' }),
    born: dateText('Born', { personal: 'birth' }),
    income: money('Income', { personal: 'income' }),
    bank: group('Bank', { ifsc: text('IFSC'), account_no: text('Account number', { personal: 'account' }), tags: values('Tags') }),
    cards: list('Cards', { number: text('Card', { personal: 'account' }), active: flag('Active') }),
  },
  columns: ['id', 'name', 'email', 'bank.account_no'],
  example: '{}',
});

/** A row from the text of a record. */
export function row(record: string, request: Row['request'] = {}): Row {
  const value: Json = parseJson(record);
  if (!isObject(value)) throw new TypeError('a record is an object');
  return { record: value, request };
}

export const loans: readonly Row[] = [
  row(
    '{"id":"ID_3HV7_Hq1zKw","state":"REPAID","total":10.0,"due":1654583439075,"title":"迭代测试-上传2","unit":{"code":"CNY","scale":2},"sharedWith":["a:1","b:2"],"reminded":false,"foreign":null,"extra":{"deep":[1.50]}}',
    { ids: 'ID_3HV7_Hq1zKw' },
  ),
  row(
    '{"id":"ID_2","state":"PAID","total":12345678901234567.89,"due":9007199254740991,"title":"Office, \\"new\\" chairs","unit":null,"sharedWith":[],"reminded":true}',
    { ids: 'ID_2' },
  ),
];

const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';

export const entries: readonly Row[] = [
  row(
    '{"entry_key":"8cb70dea-9fb0-4a68-9572-99a72849c8d6","amount":150.00,"status":"concluded","items":[{"item_key":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","number":1,"about":"Crédito rotativo - Taxa de juros","amount":100.00,"due":"2024-02-15","parts":[]},{"item_key":"b1b2c3d4-e5f6-7890-abcd-ef1234567890","number":2,"about":"利息","amount":50.00,"due":null,"parts":["x","y"]}],"created_at":"2024-01-15T10:30:00Z"}',
    { wallet_key: wallet, entry_key: '8cb70dea-9fb0-4a68-9572-99a72849c8d6' },
  ),
  row(
    '{"entry_key":"9cb70dea-9fb0-4a68-9572-99a72849c8d6","amount":-5.00,"status":"new","items":[],"created_at":"2024-01-15T10:30:00.5-03:00"}',
    {
      wallet_key: wallet,
      entry_key: '9cb70dea-9fb0-4a68-9572-99a72849c8d6',
    },
  ),
];

export const people: readonly Row[] = [
  row(
    '{"id":"P1","name":"Ana","email":"ana.silva@example.com","document":"12345678909","phones":["+5511999990000"],"born":"1990-01-02","income":5000.00,"bank":{"ifsc":"YESB0000104","account_no":"000000000000","tags":["x"]},"cards":[{"number":"4111111111111111","active":true}]}',
    { id: 'P1' },
  ),
];

/** A terminal of so many columns, without colour unless asked for. */
export function terminal(columns: number, level: 0 | 1 = 0) {
  return { columns, chalk: new Chalk({ level }) };
}
