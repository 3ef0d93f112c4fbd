// `--follow` as a table: which fields lead where, what their columns are called, and what is refused before anything is sent.
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { leadsOf, reverseOf } from '../../src/core/relations.ts';
import type { Options } from '../../src/plan/options.ts';
import { checkRequest, planRun, type RunPlan } from '../../src/plan/run-plan.ts';
import crego from '../../src/providers/crego/index.ts';
import ekuaibao from '../../src/providers/ekuaibao/index.ts';
import finlend from '../../src/providers/finlend/index.ts';
import interlace from '../../src/providers/interlace/index.ts';
import qitech from '../../src/providers/qitech/index.ts';
import { pipe } from '../runner/streams.ts';

const providers = { crego, ekuaibao, finlend, interlace, qitech };

function planOf(call: string, options: Options): RunPlan {
  const [word = '', name = '', ...keys] = call.split(' ');
  const provider = providers[word as keyof typeof providers];
  const endpoint = provider.endpoints.find(one => one.name === name);
  if (endpoint === undefined) throw new Error(`no endpoint ${name}`);
  const profile = {
    name: 'p',
    provider: word,
    baseUrl: 'http://127.0.0.1:1',
    settings: {},
    paths: {},
    credentials: {},
    keys: {},
    source: 'x',
  };
  return planRun(checkRequest({ provider, endpoint, keys, params: {}, options }, pipe), options.input === undefined ? profile : undefined);
}

const uuid = '229fe24c-d840-48dc-959a-e0ff1479df35';
const entry = `qitech wallet-entry ${uuid} ${uuid}`;
const records = 'ekuaibao repayment-records ID_1';

test.each<[call: string, follow: string, explode: string | undefined, steps: string[]]>([
  [records, 'loanInfoId', undefined, ['loanInfoId: loan, id']],
  [records, 'ownerId', undefined, ['ownerId: staff, conditionIds']],
  [records, 'loanInfoId.flowId', undefined, ['loanInfoId: loan, id', 'loanInfoId.flowId: form, flowId']],
  [records, 'loanInfoId.flowId,loanInfoId', undefined, ['loanInfoId: loan, id', 'loanInfoId.flowId: form, flowId']],
  [entry, 'request.wallet_key', undefined, ['request.wallet_key: wallet, wallet_key']],
  [entry, 'invoice_items.invoice_key', 'invoice_items', ['invoice_items.invoice_key: invoice, wallet_key + invoice_key']],
  ['crego settlements', 'record', undefined, ['record: record, id']],
  ['interlace accounts', 'parentAccountId', undefined, ['parentAccountId: accounts, accountId']],
  [`finlend customer-repayments ${uuid}`, 'loanApplicationId', undefined, ['loanApplicationId: loan, loan-application-id']],
])('%s --follow %s', (call, follow, explode, steps) => {
  const plan = planOf(call, { follow: follow.split(','), ...(explode !== undefined && { explode }) });
  const said = plan.follow.map(({ name, endpoint, lead: { route } }) => {
    const keys = [...(route.by === 'key' ? route.carried : []), route.parameter];
    return `${name}: ${endpoint.name}, ${keys.join(' + ')}`;
  });
  expect(said).toEqual(steps);
});

test.each<[what: string, call: string, options: Options, message: string, hint: string | undefined]>([
  [
    'a field that is no id',
    records,
    { follow: ['title'] },
    '--follow title: it leads to nothing that can be asked for',
    'fields of repayment-records that lead to one: ownerId, loanInfoId, flowId',
  ],
  [
    'a record itself',
    records,
    { follow: ['id'] },
    '--follow id: it leads to nothing that can be asked for',
    'fields of repayment-records that lead to one: ownerId, loanInfoId, flowId',
  ],
  [
    'where nothing leads anywhere',
    `crego record ${uuid}`,
    { follow: ['account'] },
    '--follow account: it leads to nothing that can be asked for',
    'no field of record names another thing',
  ],
  [
    'a step further that is none',
    records,
    { follow: ['loanInfoId.title'] },
    '--follow loanInfoId.title: it leads to nothing that can be asked for',
    'fields of loanInfoId that lead to one: loanInfoId.ownerId, loanInfoId.flowId',
  ],
  [
    'a list without a row for each',
    entry,
    { follow: ['invoice_items.invoice_key'] },
    '--follow invoice_items.invoice_key: invoice_items is a list, which names several things',
    'a row for each: --explode invoice_items',
  ],
  [
    'a circle without end',
    'interlace accounts',
    { follow: [Array.from({ length: 6 }, () => 'parentAccountId').join('.')] },
    `--follow ${Array.from({ length: 6 }, () => 'parentAccountId').join('.')}: it leads to nothing that can be asked for`,
    undefined,
  ],
  ['raw bytes', records, { follow: ['loanInfoId'], raw: true }, '--raw cannot be combined with --follow', undefined],
  [
    'a saved answer',
    records,
    { follow: ['loanInfoId'], input: 'x' },
    '--input sends nothing, so there is nothing for --follow to ask',
    undefined,
  ],
  [
    'calls for columns nobody sees',
    records,
    { follow: ['loanInfoId'], fields: ['id', 'loanInfoId'] },
    '--follow loanInfoId: none of its columns is among the --fields',
    'name them, such as loanInfoId.state, or leave --fields out',
  ],
  [
    'a total that counts a thing twice',
    records,
    { follow: ['loanInfoId'], sum: ['loanInfoId.remain'] },
    '--sum loanInfoId.remain: several rows may name one thing, whose amount would count several times',
    undefined,
  ],
  [
    'an unknown field of the thing',
    records,
    { follow: ['loanInfoId'], fields: ['loanInfoId.stat'] },
    'unknown field: loanInfoId.stat (did you mean loanInfoId.state?)',
    'near: loanInfoId.state, loanInfoId.total, loanInfoId, loanInfoId.id, loanInfoId.code; all names: --fields without a value',
  ],
])('refuses %s', (_, call, options, message, hint) => {
  try {
    planOf(call, options);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    expect(error.message).toBe(message);
    if (hint !== undefined) expect(error.facts.hint).toBe(hint);
  }
});

describe('columns', () => {
  const names = (options: Options) => planOf(records, options).output.many.columns.map(({ name }) => name);

  test('csv has every declared field of the thing behind those of the record, whatever the data', () => {
    const loan = ekuaibao.endpoints.find(({ name }) => name === 'loan');
    const own = names({ csv: true });
    const all = names({ csv: true, follow: ['loanInfoId'] });
    expect(all.slice(0, own.length)).toEqual(own);
    expect(all.slice(own.length).every(name => name.startsWith('loanInfoId.'))).toBe(true);
    expect(new Set(all.slice(own.length).map(name => name.split('.')[1]))).toEqual(new Set(Object.keys(loan?.fields ?? {})));
  });

  test('a table has what the thing shows by default, without the id that stands there already', () => {
    expect(names({ follow: ['loanInfoId'] }).slice(5)).toEqual(
      ['state', 'total', 'remain', 'reserved', 'repayment', 'repaymentDate', 'title'].map(name => `loanInfoId.${name}`),
    );
  });

  test('the name of an id is its own column, that of a group of the thing all of its columns', () => {
    const fields = ['loanInfoId', 'loanInfoId.state', 'loanInfoId.config'];
    const chosen = names({ follow: ['loanInfoId'], fields });
    expect(chosen.slice(0, 2)).toEqual(['loanInfoId', 'loanInfoId.state']);
    expect(chosen.slice(2).every(name => name.startsWith('loanInfoId.config.'))).toBe(true);
  });

  test('of a thing whose fields no page prints only those that are named', () => {
    const call = `qitech instrument-entry ${uuid} ${uuid} ${uuid}`;
    expect(planOf(call, { follow: ['request.wallet_key'], csv: true }).output.lacksFields).toBe(false);
    const loan = `finlend admin-application ${uuid}`;
    const reservation = { follow: ['request.loan-application-id'], fields: ['request.loan-application-id.loanAmount'], csv: true as const };
    expect(planOf(loan, reservation).output.many.columns.map(({ name, path }) => [name, path])).toEqual([
      ['request.loan-application-id.loanAmount', ['_follow', 'request.loan-application-id', 'loanAmount']],
    ]);
  });
});

test('a run that follows is resumed only by one that follows the same; one that does not is as it was', () => {
  const batch = (options: Options) => planOf(`${records} ID_2`, options).batch?.fingerprint;
  expect(batch({ follow: ['loanInfoId.flowId'] })).toMatchObject({ follow: 'loanInfoId,loanInfoId.flowId' });
  expect(batch({})).not.toHaveProperty('follow');
});

/** Every field that leads somewhere, by the pages: what is known by its name alone is not among them. */
test.each<[provider: keyof typeof providers, endpoint: string, leads: string]>([
  ['ekuaibao', 'repayment-records', 'ownerId>staff loanInfoId>loan flowId>form'],
  ['ekuaibao', 'loan', 'ownerId>staff flowId>form'],
  ['ekuaibao', 'message-failures', 'flowId>form'],
  ['finlend', 'customer-repayments', 'loanApplicationId>loan'],
  ['finlend', 'pending-repayments', 'loanApplicationId>loan'],
  ['finlend', 'repaid-transactions', 'loanApplicationId>loan'],
  ['finlend', 'loan', ''],
  ['finlend', 'bank-account', ''],
  ['crego', 'settlements', 'record>record'],
  ['crego', 'record', ''],
  ['qitech', 'wallet-entry', 'request.wallet_key>wallet invoice_items.invoice_key>invoice invoice_items.wallet_entry_key>wallet-entry'],
  ['qitech', 'invoice', 'request.wallet_key>wallet invoice_items.invoice_key>invoice invoice_items.wallet_entry_key>wallet-entry'],
  ['qitech', 'card-reservation', 'request_control_key>card-reservation-by-request wallet_key>wallet'],
  ['qitech', 'events', ''],
  ['interlace', 'account-repayment', 'accountId>accounts'],
  ['interlace', 'accounts', 'parentAccountId>accounts'],
  ['interlace', 'wallets', 'accountId>accounts'],
])('%s %s leads to %s', (word, name, leads) => {
  const endpoint = providers[word].endpoints.find(one => one.name === name);
  const found = endpoint === undefined ? [] : leadsOf(providers[word], endpoint);
  expect(found.map(({ name: field, target }) => `${field}>${target.name}`).join(' ')).toBe(leads);
});

test.each<[provider: keyof typeof providers, endpoint: string, lists: string]>([
  ['ekuaibao', 'staff', 'forms uid, requisitions staffId'],
  ['ekuaibao', 'form', 'loan-of-form flowId, form-stages ids, requisition id'],
  ['interlace', 'accounts', 'wallets accountId, card-transactions accountId'],
  ['interlace', 'card-summary', ''],
  ['crego', 'record', ''],
])('to %s %s belong: %s', (word, name, lists) => {
  const endpoint = providers[word].endpoints.find(one => one.name === name);
  const found = endpoint === undefined ? [] : reverseOf(providers[word], endpoint);
  expect(found.map(({ endpoint: list, parameter }) => `${list.name} ${parameter}`).join(', ')).toBe(lists);
});
