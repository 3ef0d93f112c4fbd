// What the wallet entry page of QI Tech says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { noWallet, refusal } from './provider.facts.ts';

const missing = refusal('CIN000078', 'Not Found', 'Wallet entry with key: 8cb70dea-9fb0-4a68-9572-99a72849c8d6 was not found');

export default {
  usage: '<wallet-key> <entry-keys...>',
  request: 'GET /wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479/wallet_entry/8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  keys: `
    wallet_entry_key wallet_entry_amount wallet_entry_settlement_key wallet_entry_type wallet_entry_status invoice_items
    invoice_items.invoice_item_key invoice_items.invoice_key invoice_items.wallet_entry_key invoice_items.payment_instrument_entry_key
    invoice_items.installment_number invoice_items.invoice_description invoice_items.amount invoice_items.used_limit
    invoice_items.invoice_item_status invoice_items.invoice_item_due_date invoice_items.created_at created_at`,
  printed: ['"wallet_entry_amount": 150.00,', '"invoice_description": "Crédito rotativo - Taxa de juros"'],
  failures: [noWallet, { about: 'no wallet entry with that key', status: 404, body: missing, exit: 21, code: 'CIN000078' }],
} satisfies EndpointFacts;
