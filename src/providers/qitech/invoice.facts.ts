// What the invoice page of QI Tech says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { noWallet } from './provider.facts.ts';

const missing = '{"title":"Not Found","description":"Invoice with key: 8cb70dea-9fb0-4a68-9572-99a72849c8d6 was not found"}';

export default {
  usage: '<wallet-key> <invoice-keys...>',
  request: 'GET /wallet/f47ac10b-58cc-4372-a567-0e02b2c3d479/invoice/8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  keys: `
    invoice_key due_date closing_date invoice_status total_amount paid_amount invoice_items invoice_items.invoice_item_key
    invoice_items.invoice_key invoice_items.wallet_entry_key invoice_items.payment_instrument_entry_key
    invoice_items.installment_number invoice_items.invoice_description invoice_items.amount invoice_items.used_limit
    invoice_items.paid_amount invoice_items.invoice_item_status invoice_items.invoice_item_due_date invoice_items.created_at
    invoice_payments invoice_payments.invoice_payment_key invoice_payments.total_amount invoice_payments.paid_amount
    invoice_payments.invoice_payment_type invoice_payments.invoice_payment_status invoice_payments_chargebacks
    invoice_payments_chargebacks.invoice_item_key invoice_payments_chargebacks.chargeback_paid_amount created_at`,
  printed: ['"total_amount": 350.00,', '"paid_amount": 0.00,', '"chargeback_paid_amount": 50.00'],
  failures: [noWallet, { about: 'no invoice with that key', status: 404, body: missing, exit: 21 }],
} satisfies EndpointFacts;
