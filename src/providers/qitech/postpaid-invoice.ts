// One invoice of the older postpaid product with its card entries.
// Doc: https://docs.qitech.com.br/documentation/credit_cards/invoice/listar_transacoes_fatura, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { dateText, day, group, id, list, money, number, someOf, text } from '../../core/fields.ts';
import { notFoundByWords } from './calls.ts';
import { postpaidPages, postpaidStates } from './postpaid.ts';
import example from './postpaid-invoice.example.json';

export default defineEndpoint({
  name: 'postpaid-invoice',
  summary: 'One invoice of the older postpaid product, with card entries',
  doc: {
    url: 'https://docs.qitech.com.br/documentation/credit_cards/invoice/listar_transacoes_fatura',
    read: '2026-11-21',
    notes: [
      'The answer does not repeat its key. Times of card entries have no zone.',
      'Whether number_of_items counts all pages is not stated: items are read until a page is not full.',
      'Its failures were not readable: the one shown follows the newer invoice.',
    ],
    unverified: 'the invoices of the same wallet are listed below /card_invoice; which of the two a client may call is not said.',
  },
  path: '/postpaid/wallet/{wallet_key}/invoice/{invoice_key}',
  keys: {
    wallet_key: { arg: 'wallet-key', about: 'wallet of the older product', grammar: uuid },
    invoice_key: { arg: 'invoice-keys', about: 'its invoices', grammar: uuid, many: 'each', of: 'postpaid-invoice' },
  },
  params: postpaidPages,
  answer: { item: '' },
  paging: { kind: 'page', page: 'page', first: 1, size: 'page_size', defaultSize: 100, maxSize: 100, within: 'items' },
  failures: [
    {
      ...notFoundByWords,
      about: 'no invoice with that key',
      when: { unknown: 'invoice_key' },
      body: '{"title":"Not Found","description":"Invoice with key: {invoice_key} was not found"}',
    },
  ],
  fields: {
    due_date: day('Due'),
    closing_date: day('Closing'),
    status: someOf('Status', postpaidStates),
    amount: money('Amount'),
    paid_amount: money('Paid'),
    delay_interest_total_amount: money('Late interest'),
    delay_fine_total_amount: money('Late fine'),
    number_of_items: number('Number of items'),
    invoice_payments: list('Payments', {
      invoice_payment_key: id('Payment'),
      invoice_payment_type: someOf('Type', { bankslip: 'bank slip (boleto)' }),
      charge_type: someOf('Charge', { ordinary: 'ordinary' }),
      data: group('Data', { digitable_line: text('Digitable line'), qr_code_url: text('QR code') }),
      expiration: day('Expires'),
      status: someOf('Status', postpaidStates),
      total_amount: money('Total', { adds: true }),
      paid_amount: money('Paid', { adds: true }),
      chargeback_amount: money('Charged back', { adds: true }),
    }),
    items: list('Items', {
      item_key: id('Item'),
      amount: money('Amount', { adds: true }),
      used_limit: money('Limit used'),
      status: someOf('Status', { active: 'active' }),
      card_entry: group('Card entry', {
        card_entry_key: id('Entry'),
        card_entry_datetime: dateText('Time'),
        description: text('Description'),
        final_amount: money('Amount'),
        number_of_installments: number('Instalments'),
        card: group('Card', { card_key: id('Key') }),
      }),
      installment_number: number('Instalment'),
    }),
  },
  columns: ['request.invoice_key', 'status', 'due_date', 'closing_date', 'amount', 'paid_amount', 'number_of_items'],
  example,
  exampleKeys: [{ wallet_key: '9798d733-7f68-4929-8877-a00bfda9735e', invoice_key: '6991f8e6-7b1d-4496-a08f-8a9eef263f07' }],
});
