// Transactions of cards: what was authorised, settled and declined.
// Doc: https://developer.interlace.money/reference (Card Transaction). The index names the group alone: path, parameters and fields are those
// of three public clients, which agree on the path, and the sample is made up. Objects of webhooks have other field names.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { currency, id, instant, list, money, someOf, text } from '../../core/fields.ts';
import { optional, paging } from './account.ts';
import example from './card-transactions.example.json';

export default defineEndpoint({
  name: 'card-transactions',
  summary: 'Card transactions of an account',
  doc: {
    url: 'https://developer.interlace.money/reference',
    notes: [
      'Without times the provider is said to answer the last 180 days.',
      'A negative balance may come from forced debits, from settling more than was authorised, or from reversals.',
    ],
    unverified: 'no readable page prints path, parameters or answer; all three are those of public clients',
  },
  path: '/open-api/v3/cards/transaction-list',
  keys: {
    accountId: { in: 'query', arg: 'account-ids', about: 'accounts whose cards to read', grammar: uuid, many: 'each', of: 'accounts' },
  },
  params: {
    id: { in: 'query', about: 'only this transaction' },
    clientTransactionId: { in: 'query', about: 'only the transaction with this id of your own' },
    cardId: { in: 'query', about: 'only transactions of this card', grammar: uuid, filters: 'cardId' },
    type: { in: 'query', about: 'only this type: 0 to 14, of which 1 is said to be consumption' },
    status: { in: 'query', about: 'only this status', choices: ['CLOSED', 'PENDING', 'FAIL'], filters: 'status' },
    startTime: { in: 'query', about: 'only from this time on', instant: { form: 'ms' } },
    endTime: { in: 'query', about: 'only up to this time', instant: { form: 'ms', end: true } },
  },
  answer: { items: 'data.list' },
  paging,
  fields: {
    id: id('Transaction', optional),
    transactionTime: instant('Time', 'ms', optional),
    type: someOf('Type', { '1': 'consumption' }, optional),
    status: someOf(
      'Status',
      { CLOSED: 'settled', PENDING: 'authorised', FAIL: 'declined' },
      { ...optional, tones: { CLOSED: 'good', PENDING: 'waiting', FAIL: 'bad' } },
    ),
    amount: money('Amount', optional),
    currency: currency('Currency', ['amount', 'fee'], optional),
    fee: money('Fee', optional),
    merchantName: text('Merchant', optional),
    cardId: id('Card', { ...optional, of: 'card-summary' }),
    accountId: id('Account', { ...optional, of: 'accounts' }),
    cardholderId: id('Cardholder', optional),
    cardTransactionId: id('Card transaction', optional),
    clientTransactionId: id('Own id', optional),
    relatedCardTransactionId: id('Related transaction', optional),
    transactionDisplayId: id('Display id', optional),
    transactionAmount: money('Transaction amount', optional),
    transactionCurrency: currency('Transaction currency', ['transactionAmount'], optional),
    feeDetails: list(
      'Fees',
      {
        amount: money('Amount', { ...optional, adds: true }),
        currency: currency('Currency', 'all', optional),
        feeType: text('Fee', optional),
      },
      optional,
    ),
    mcc: id('MCC', { ...optional, about: 'merchant category code' }),
    mccCategory: text('Category', optional),
    merchantCity: text('City', optional),
    merchantState: text('State', optional),
    merchantCountry: text('Country', optional),
    merchantZipcode: id('Postal code', optional),
    merchantMid: id('Merchant id', optional),
    createTime: instant('Created', 'ms', optional),
    remark: text('Remark', optional),
    detail: text('Detail', optional),
  },
  columns: ['id', 'transactionTime', 'type', 'status', 'amount', 'currency', 'fee', 'merchantName', 'cardId'],
  example,
  exampleKeys: [{ accountId: '2e3cbb16-a420-4080-9094-e19f45371fee' }],
});
