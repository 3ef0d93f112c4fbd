// One wallet entry with its invoice items.
// Doc: https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/carteira/consulta_entrada_por_chave, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { id, instant, list, money, someOf } from '../../core/fields.ts';
import { invoiceItem, invoiceItemColumns, walletKey, walletNotFound } from './calls.ts';
import example from './wallet-entry.example.json';

export default defineEndpoint({
  name: 'wallet-entry',
  summary: 'One wallet entry with its invoice items, by key',
  doc: {
    url: 'https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/carteira/consulta_entrada_por_chave',
    read: '2026-11-21',
    notes: ['Keys are called UUID v4; the documented samples are not all valid ones, so only their shape is checked.'],
  },
  path: '/wallet/{wallet_key}/wallet_entry/{wallet_entry_key}',
  keys: {
    wallet_key: walletKey,
    wallet_entry_key: { arg: 'entry-keys', about: 'wallet entries', grammar: uuid, many: 'each', field: 'wallet_entry_key' },
  },
  answer: { item: '' },
  failures: [
    walletNotFound,
    {
      status: 404,
      code: 'CIN000078',
      means: 'not-found',
      about: 'no wallet entry with that key',
      when: { unknown: 'wallet_entry_key' },
      body: '{"title":"Not Found","description":"Wallet entry with key: {wallet_entry_key} was not found","translation":"Dívida da carteira com a chave: {wallet_entry_key} não foi encontrado","code":"CIN000078","extra_fields":{}}',
    },
  ],
  fields: {
    wallet_entry_key: id('Entry', { of: 'wallet-entry' }),
    wallet_entry_amount: money('Amount'),
    wallet_entry_settlement_key: id('Settlement'),
    wallet_entry_type: someOf('Type', {
      revolving_credit: 'revolving credit: credit made available to the customer',
      payroll_withdraw: 'payroll withdrawal: debt from drawing on the limit, deducted from the INSS benefit month by month',
      payroll_overdue: 'payroll overdue: debt from an unpaid invoice, deducted from the INSS benefit month by month',
    }),
    wallet_entry_status: someOf('Status', { concluded: 'concluded' }, { tones: { concluded: 'good' } }),
    invoice_items: list('Invoice items', invoiceItem, invoiceItemColumns),
    created_at: instant('Created', 'iso'),
  },
  columns: ['wallet_entry_key', 'wallet_entry_type', 'wallet_entry_status', 'wallet_entry_amount', 'created_at'],
  unified: {
    kind: 'entry',
    id: 'wallet_entry_key',
    event: 'wallet_entry_type',
    status: 'wallet_entry_status',
    amount: 'wallet_entry_amount',
    date: 'created_at',
    due: { latest: 'invoice_items.invoice_item_due_date' },
    party: 'request.wallet_key',
    title: { first: 'invoice_items.invoice_description' },
  },
  example,
  exampleKeys: [{ wallet_key: 'f47ac10b-58cc-4372-a567-0e02b2c3d479', wallet_entry_key: '8cb70dea-9fb0-4a68-9572-99a72849c8d6' }],
});
