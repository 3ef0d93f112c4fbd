// One invoice with its items, payments and chargebacks.
// Doc: https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/fatura/consulta_por_chave, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { day, id, instant, list, money, someOf } from '../../core/fields.ts';
import { invoiceItem, invoiceItemColumns, invoicePaymentTypes, notFoundByWords, walletKey, walletNotFound } from './calls.ts';
import example from './invoice.example.json';

export default defineEndpoint({
  name: 'invoice',
  summary: 'One invoice with its items and payments, by key',
  doc: {
    url: 'https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/fatura/consulta_por_chave',
    read: '2026-11-21',
    notes: [
      'Items come whole: there is no paging.',
      'Only the sample was readable; states and payment types are those of the webhook pages.',
    ],
  },
  path: '/wallet/{wallet_key}/invoice/{invoice_key}',
  keys: {
    wallet_key: walletKey,
    invoice_key: { arg: 'invoice-keys', about: 'invoices', grammar: uuid, many: 'each', field: 'invoice_key' },
  },
  answer: { item: '' },
  failures: [
    walletNotFound,
    {
      ...notFoundByWords,
      about: 'no invoice with that key',
      when: { unknown: 'invoice_key' },
      body: '{"title":"Not Found","description":"Invoice with key: {invoice_key} was not found"}',
    },
  ],
  fields: {
    invoice_key: id('Invoice', { of: 'invoice' }),
    due_date: day('Due'),
    closing_date: day('Closing'),
    invoice_status: someOf(
      'Status',
      {
        opened: 'open',
        processing_closing: 'being closed',
        processing_expiration: 'expiry being processed',
        closed: 'closed (no more items)',
        processing_payment: 'awaiting payment (only payroll wallets with a remainder)',
        paid: 'paid',
      },
      { tones: { processing_payment: 'waiting', paid: 'good' } },
    ),
    total_amount: money('Total'),
    paid_amount: money('Paid'),
    invoice_items: list('Items', invoiceItem, invoiceItemColumns),
    invoice_payments: list('Payments', {
      invoice_payment_key: id('Payment'),
      total_amount: money('Total', { adds: true }),
      paid_amount: money('Paid', { adds: true }),
      invoice_payment_type: someOf('Type', invoicePaymentTypes),
      invoice_payment_status: someOf(
        'Status',
        { processing_payment: 'awaiting payment', paid: 'paid' },
        { tones: { processing_payment: 'waiting', paid: 'good' } },
      ),
    }),
    invoice_payments_chargebacks: list('Payment chargebacks', {
      invoice_item_key: id('Item'),
      chargeback_paid_amount: money('Amount charged back', { adds: true }),
    }),
    created_at: instant('Created', 'iso'),
  },
  columns: ['invoice_key', 'invoice_status', 'due_date', 'closing_date', 'total_amount', 'paid_amount'],
  unified: {
    kind: 'invoice',
    id: 'invoice_key',
    status: 'invoice_status',
    amount: 'total_amount',
    outstanding: { less: ['total_amount', 'paid_amount'] },
    date: 'closing_date',
    due: 'due_date',
    party: 'request.wallet_key',
  },
  example,
  exampleKeys: [{ wallet_key: 'f47ac10b-58cc-4372-a567-0e02b2c3d479', invoice_key: '8cb70dea-9fb0-4a68-9572-99a72849c8d6' }],
});
