// What the wallet page of QI Tech says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { noWallet } from './provider.facts.ts';

export default {
  usage: '<wallet-keys...>',
  request: 'GET /wallet/8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  personal: ['owner_document_number: document'],
  keys: `
    request_control_key wallet_key owner_person_key owner_document_number invoice_configuration
    invoice_configuration.closing_date_configuration invoice_configuration.closing_date_configuration.type
    invoice_configuration.closing_date_configuration.fixed_day invoice_configuration.due_date_configuration
    invoice_configuration.due_date_configuration.type invoice_configuration.due_date_configuration.fixed_day
    invoice_configuration.due_date_configuration.offset_months invoice_configuration.invoice_payment_type
    invoice_configuration.interest_base invoice_configuration.monthly_interest_percentage invoice_configuration.fine_percentage
    wallet_status wallet_type wallet_limits wallet_limits.wallet_limit_key wallet_limits.limit_type wallet_limits.limit_amount
    wallet_limits.used_limit created_at`,
  printed: ['"limit_amount": 5000.00,', '"used_limit": 0.00', '"fine_percentage": 2.0'],
  failures: [noWallet],
} satisfies EndpointFacts;
