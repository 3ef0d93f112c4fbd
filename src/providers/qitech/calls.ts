// What the literals of QI Tech share: the wallet key, its failure, and the items of an invoice.
// The documents ask not to map answers strictly, so every code list here is open.
import { type Failure, type Key, uuid } from '../../core/endpoint.ts';
import { day, type Fields, id, instant, money, number, someOf, type Tones, text } from '../../core/fields.ts';

export const walletKey: Key = { arg: 'wallet-key', about: 'wallet (invoice account) of the customer', grammar: uuid, of: 'wallet' };

export const walletNotFound: Failure = {
  status: 404,
  code: 'CIN000007',
  means: 'not-found',
  about: 'no wallet with that key',
  when: { unknown: 'wallet_key' },
  body: '{"title":"Wallet not Found","description":"Wallet with key: {wallet_key} was not found","translation":"Carteira com a chave: {wallet_key} não foi encontrado","code":"CIN000007","extra_fields":{}}',
};

/** Where a page's own list of failures was not readable: text and body are modelled on its family's, which name a code as well. */
export const notFoundByWords = { status: 404, message: /was not found/, means: 'not-found' } as const;

export const invoicePaymentTypes = { bank_slip: 'bank slip (boleto)', payroll_discount: 'payroll deduction' } as const;

/** States of what is paid with a card, by the webhook page. */
export const entryStates = {
  processing_conclusion: 'being concluded',
  processing_cancellation: 'being cancelled',
  concluded: 'concluded',
  canceled: 'cancelled',
} as const;

export const entryTones: Tones<keyof typeof entryStates> = {
  processing_conclusion: 'waiting',
  processing_cancellation: 'waiting',
  concluded: 'good',
};

/** What a screen shows first of an item. */
export const invoiceItemColumns = {
  columns: ['invoice_description', 'amount', 'paid_amount', 'invoice_item_status', 'invoice_item_due_date'],
} as const;

export const invoiceItem = {
  invoice_item_key: id('Item'),
  invoice_key: id('Invoice', { of: 'invoice' }),
  wallet_entry_key: id('Wallet entry', { of: 'wallet-entry' }),
  payment_instrument_entry_key: id('Instrument entry', { about: 'card or other instrument entry that caused the item' }),
  installment_number: number('Instalment', { about: 'from 1' }),
  invoice_description: text('Description'),
  amount: money('Amount', { adds: true }),
  used_limit: money('Limit used'),
  paid_amount: money('Paid', { optional: true, adds: true }),
  invoice_item_status: someOf('Status', { concluded: 'concluded', canceled: 'cancelled' }, { tones: { concluded: 'good' } }),
  invoice_item_due_date: day('Due'),
  created_at: instant('Created', 'iso'),
} as const satisfies Fields;
