// One entry of a payment instrument (a purchase by card) with its invoice items.
// Doc: https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/instrumento_de_pagamento/consulta_entrada_por_chave, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { group, id, instant, list, money, someOf, text } from '../../core/fields.ts';
import { entryStates, entryTones, invoiceItem, invoiceItemColumns, notFoundByWords, walletKey, walletNotFound } from './calls.ts';
import example from './instrument-entry.example.json';

export default defineEndpoint({
  name: 'instrument-entry',
  summary: 'One entry of a payment instrument with its invoice items, by key',
  doc: {
    url: 'https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/instrumento_de_pagamento/consulta_entrada_por_chave',
    read: '2026-11-21',
    notes: ['Invoice items name the entry, not its instrument. States are those of the webhook page; failures follow its family.'],
  },
  path: '/wallet/{wallet_key}/payment_instrument/{payment_instrument_key}/payment_instrument_entry/{payment_instrument_entry_key}',
  keys: {
    wallet_key: walletKey,
    payment_instrument_key: { arg: 'instrument-key', about: 'payment instrument (card) of the wallet', grammar: uuid },
    payment_instrument_entry_key: {
      arg: 'entry-keys',
      about: 'its entries',
      grammar: uuid,
      many: 'each',
      field: 'payment_instrument_entry_key',
    },
  },
  answer: { item: '' },
  failures: [
    walletNotFound,
    {
      ...notFoundByWords,
      about: 'no payment instrument or entry with that key',
      when: { unknown: 'payment_instrument_entry_key' },
      body: '{"title":"Not Found","description":"Payment instrument entry with key: {payment_instrument_entry_key} was not found"}',
    },
  ],
  fields: {
    payment_instrument_entry_key: id('Entry'),
    payment_instrument_entry_amount: money('Amount'),
    payment_instrument_entry_type: someOf('Type', { purchase: 'purchase' }),
    payment_instrument_entry_status: someOf('Status', entryStates, { tones: entryTones }),
    payment_instrument_entry_data: group(
      'Merchant',
      {
        merchant_name: text('Name'),
        merchant_country: text('Country'),
        merchant_postal_code: text('Postal code'),
        merchant_city: text('City'),
        merchant_street: text('Street'),
      },
      { optional: true },
    ),
    invoice_items: list('Invoice items', invoiceItem, invoiceItemColumns),
    created_at: instant('Created', 'iso', { optional: true }),
  },
  columns: [
    'payment_instrument_entry_key',
    'payment_instrument_entry_type',
    'payment_instrument_entry_status',
    'payment_instrument_entry_amount',
    'payment_instrument_entry_data.merchant_name',
    'created_at',
  ],
  example,
  exampleKeys: [
    {
      wallet_key: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
      payment_instrument_key: '5d7c1f0e-3b62-4f0a-8a11-9c4e2d7b6a50',
      payment_instrument_entry_key: '8cb70dea-9fb0-4a68-9572-99a72849c8d6',
    },
  ],
});
