// Invoices of a wallet of the older postpaid product.
// Doc: https://docs.qitech.com.br/documentation/credit_cards/invoice/listar_faturas_carteira_digital, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { day, id, number, someOf } from '../../core/fields.ts';
import { postpaidPages, postpaidStates } from './postpaid.ts';
import example from './postpaid-invoices.example.json';

export default defineEndpoint({
  name: 'postpaid-invoices',
  summary: 'Invoices of a wallet of the older postpaid product',
  doc: {
    url: 'https://docs.qitech.com.br/documentation/credit_cards/invoice/listar_faturas_carteira_digital',
    read: '2026-11-21',
    notes: ['Whether a wallet of this product and one of `wallet` are the same thing is not documented.'],
    unverified: 'copies of the page name two paths, this one and one that begins /postpaid as that of postpaid-invoice does.',
  },
  path: '/card_invoice/wallet/{wallet_key}/invoices',
  keys: { wallet_key: { arg: 'wallet-keys', about: 'wallets whose invoices to read', grammar: uuid, many: 'each' } },
  params: postpaidPages,
  answer: { items: 'invoices' },
  paging: { kind: 'page', page: 'page', first: 1, size: 'page_size', defaultSize: 100, maxSize: 100, current: 'page', last: 'last_page' },
  fields: {
    invoice_key: id('Invoice', { of: 'postpaid-invoice' }),
    due_date: day('Due'),
    closing_date: day('Closing'),
    status: someOf('Status', postpaidStates),
    number_of_items: number('Items'),
  },
  columns: ['request.wallet_key', 'invoice_key', 'status', 'due_date', 'closing_date', 'number_of_items'],
  example,
  exampleKeys: [{ wallet_key: '9798d733-7f68-4929-8877-a00bfda9735e' }],
});
