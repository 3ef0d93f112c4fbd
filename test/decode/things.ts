// A small provider for tests of decoding: two endpoints, one failure shape.
import { defineEndpoint, plainId, uuid } from '../../src/core/endpoint.ts';
import { any, flag, group, id, instant, list, money, number, oneOf, someOf, text, values } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import type { HttpResponse } from '../../src/core/request.ts';

const doc = { url: 'https://docs.example.com', read: '2025-06-23' } as const;

export const loan = defineEndpoint({
  name: 'loan',
  summary: 'Loans by number',
  doc,
  path: '/loans/{no}',
  keys: { no: { arg: 'numbers', about: 'loan numbers', grammar: plainId, many: 'packed', field: 'no' } },
  answer: [{ items: 'data.list' }, { item: 'data' }],
  unwrap: 'resource',
  failures: [
    { status: 404, code: 'L404', means: 'not-found', about: 'no such loan', when: { unknown: 'no' } },
    { status: 400, message: /unknown loan/, means: 'not-found', about: 'no such loan, in words' },
    { code: 'BUSY', means: 'temporary', about: 'busy' },
    { status: 403, message: /feature/, means: 'refused', about: 'feature not bought', hint: 'buy it' },
  ],
  fields: {
    no: id('Number'),
    state: oneOf('State', { OPEN: 'open', '1': 'one' }),
    kind: someOf('Kind', { A: 'a' }, { optional: true }),
    amount: money('Amount'),
    count: number('Count', { optional: true }),
    at: instant('At', 'ms', { optional: true }),
    paid: flag('Paid', { optional: true }),
    title: text('Title', { optional: true }),
    bank: group('Bank', { iban: text('IBAN'), open: flag('Open', { optional: true }) }, { optional: true }),
    items: list('Items', { sum: money('Sum') }, { optional: true }),
    tags: values('Tags', { optional: true }),
    form: group('Form', { sum: money('Sum') }, { open: true, optional: true }),
    more: any('More', { optional: true }),
  },
  columns: ['no'],
  example: '{}',
});

export const history = defineEndpoint({
  name: 'history',
  summary: 'History of a customer',
  doc,
  path: '/history/{customer}',
  keys: { customer: { arg: 'customers', about: 'customers', grammar: uuid, many: 'each' } },
  answer: { items: '' },
  fields: { amount: money('Amount') },
  columns: ['amount'],
  example: '[]',
});

export const provider = defineProvider({
  name: 'toy',
  title: 'Toy',
  docs: 'https://docs.example.com',
  baseUrl: 'https://toy.example.com',
  schemes: [],
  failure: {
    code: ['code', 'error.code'],
    message: ['message', 'error.message'],
    success: [
      { at: 'status', is: ['ok', 'true'] },
      { at: 'code', is: ['0'] },
    ],
    notFoundBy404: true,
  },
  failures: [
    { status: 401, means: 'auth', about: 'wrong token', when: 'bad-credential' },
    { status: 403, message: /locked/, means: 'auth', about: 'locked', when: 'bad-login' },
  ],
  endpoints: [loan, history],
});

/** An answer as the client hands it over. */
export function answered(body: string | Uint8Array, status = 200): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? Buffer.from(body) : body };
}
