// One wallet: whose it is, how it is invoiced, its limits.
// Doc: https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/carteira/consulta_por_chave, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { group, id, instant, list, money, number, someOf, text } from '../../core/fields.ts';
import { invoicePaymentTypes, walletKey, walletNotFound } from './calls.ts';
import example from './wallet.example.json';

const day = { type: someOf('Type', { fixed: 'a fixed day of the month' }), fixed_day: number('Day') } as const;

export default defineEndpoint({
  name: 'wallet',
  summary: 'One wallet with its invoice configuration and limits, by key',
  doc: {
    url: 'https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/carteira/consulta_por_chave',
    read: '2026-11-21',
    notes: [
      'Its failures were not readable; the one that its family documents for an unknown wallet is taken to hold.',
      'By their names percentages are percent, not fractions.',
    ],
  },
  path: '/wallet/{wallet_key}',
  keys: { wallet_key: { ...walletKey, arg: 'wallet-keys', about: 'wallets (invoice accounts)', many: 'each', field: 'wallet_key' } },
  answer: { item: '' },
  failures: [walletNotFound],
  fields: {
    request_control_key: id('Request', { about: "the client's own key of the request", optional: true }),
    wallet_key: id('Wallet', { of: 'wallet' }),
    owner_person_key: id('Owner'),
    owner_document_number: text('CPF or CNPJ', { personal: 'document' }),
    invoice_configuration: group('Invoicing', {
      closing_date_configuration: group('Closing', day),
      due_date_configuration: group('Due', { ...day, offset_months: number('Months later') }),
      invoice_payment_type: someOf('Paid by', invoicePaymentTypes),
      embedded_monthly_interest_percentage: number('Monthly interest included, %', { optional: true }),
      interest_base: someOf('Interest base', { calendar_days: 'calendar days' }),
      monthly_interest_percentage: number('Monthly interest, %'),
      fine_percentage: number('Fine, %'),
    }),
    wallet_status: someOf('Status', { active: 'usable', rejected: 'refused when the owner was checked' }, { tones: { rejected: 'bad' } }),
    wallet_type: someOf('Type', { default: 'default' }),
    wallet_limits: list('Limits', {
      wallet_limit_key: id('Limit', { optional: true }),
      limit_type: someOf('Type', { postpaid_credit_limit: 'postpaid credit limit' }),
      limit_amount: money('Limit amount'),
      used_limit: money('Limit used'),
    }),
    created_at: instant('Created', 'iso'),
  },
  columns: ['wallet_key', 'owner_document_number', 'wallet_status', 'wallet_type', 'created_at'],
  unified: {
    kind: 'wallet',
    id: 'wallet_key',
    event: 'wallet_type',
    status: 'wallet_status',
    date: 'created_at',
    party: 'owner_document_number',
  },
  example,
  exampleKeys: [{ wallet_key: '8cb70dea-9fb0-4a68-9572-99a72849c8d6' }, { wallet_key: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' }],
});
