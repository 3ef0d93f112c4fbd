// What the payment instrument entry page of QI Tech says, typed from there: tests hold the literal against it.
// The page names the wallet and the instrument by placeholders: those of the request are made up.
import type { EndpointFacts } from '../facts.ts';
import { noWallet } from './provider.facts.ts';

const missing =
  '{"title":"Not Found","description":"Payment instrument entry with key: 8cb70dea-9fb0-4a68-9572-99a72849c8d6 was not found"}';

export default {
  usage: '<wallet-key> <instrument-key> <entry-keys...>',
  request:
    'GET /wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479/payment_instrument/5d7c1f0e-3b62-4f0a-8a11-9c4e2d7b6a50/payment_instrument_entry/8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  keys: `
    payment_instrument_entry_key payment_instrument_entry_amount payment_instrument_entry_type payment_instrument_entry_status
    payment_instrument_entry_data payment_instrument_entry_data.merchant_name payment_instrument_entry_data.merchant_country
    payment_instrument_entry_data.merchant_postal_code payment_instrument_entry_data.merchant_city
    payment_instrument_entry_data.merchant_street invoice_items invoice_items.invoice_item_key invoice_items.invoice_key
    invoice_items.wallet_entry_key invoice_items.payment_instrument_entry_key invoice_items.installment_number
    invoice_items.invoice_description invoice_items.amount invoice_items.used_limit invoice_items.invoice_item_status
    invoice_items.invoice_item_due_date invoice_items.created_at created_at`,
  printed: ['"payment_instrument_entry_amount": 150.00,', '"merchant_name": "Merchant Name",'],
  failures: [noWallet, { about: 'no entry with that key', status: 404, body: missing, exit: 21 }],
} satisfies EndpointFacts;
