// What the page of QI Tech on the card entries of an invoice says, typed from there: tests hold the literal against it. The page names
// wallet and invoice by placeholders: those of the request are of the page of the list.
import type { EndpointFacts } from '../facts.ts';

const missing = '{"title":"Not Found","description":"Invoice with key: 6991f8e6-7b1d-4496-a08f-8a9eef263f07 was not found"}';

export default {
  usage: '<wallet-key> <invoice-keys...>',
  request: 'GET /postpaid/wallet/9798d733-7f68-4929-8877-a00bfda9735e/invoice/6991f8e6-7b1d-4496-a08f-8a9eef263f07?page=1&page_size=100',
  params: ['query page', 'query page_size'],
  keys: `
    due_date closing_date status amount paid_amount delay_interest_total_amount delay_fine_total_amount number_of_items
    invoice_payments invoice_payments.invoice_payment_key invoice_payments.invoice_payment_type invoice_payments.charge_type
    invoice_payments.data invoice_payments.data.digitable_line invoice_payments.data.qr_code_url invoice_payments.expiration
    invoice_payments.status invoice_payments.total_amount invoice_payments.paid_amount invoice_payments.chargeback_amount
    items items.item_key items.amount items.used_limit items.status items.card_entry items.card_entry.card_entry_key
    items.card_entry.card_entry_datetime items.card_entry.description items.card_entry.final_amount
    items.card_entry.number_of_installments items.card_entry.card items.card_entry.card.card_key items.installment_number`,
  printed: ['"amount": 12345.67,', '"paid_amount": 0,', '"card_entry_datetime": "2022-11-13T10:29:49"'],
  failures: [{ about: 'no invoice with that key', status: 404, body: missing, exit: 21 }],
} satisfies EndpointFacts;
