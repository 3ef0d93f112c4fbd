// What the page of QI Tech on the invoices of a digital wallet says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<wallet-keys...>',
  request: 'GET /card_invoice/wallet/9798d733-7f68-4929-8877-a00bfda9735e/invoices',
  params: ['query page', 'query page_size'],
  keys: 'invoice_key due_date closing_date status number_of_items',
  printed: ['"page": "1"', '"last_page": "False"', '"number_of_items": 12'],
} satisfies EndpointFacts;
