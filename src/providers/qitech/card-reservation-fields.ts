// What the two reads of a payroll card reservation share: one page describes them, and only the first part of it was readable.
// Doc: https://docs.qitech.com.br/documentation/manual_cartao_beneficio/manual_cartao_beneficio_acompanhamento, read 2026-11-21.
import type { Param } from '../../core/endpoint.ts';
import { type Fields, group, id, list, money, number, someOf, text, url } from '../../core/fields.ts';
import type { Unified } from '../../core/unified.ts';

export const reservationDoc = {
  url: 'https://docs.qitech.com.br/documentation/manual_cartao_beneficio/manual_cartao_beneficio_acompanhamento',
  read: '2026-11-21',
  notes: [
    'The page was readable in part: further fields are to be expected, states are some of those there are.',
    'How the query enters the signature is not documented; it is signed as it is sent.',
    'Its failures were not readable: the one shown follows the invoice family.',
  ],
} as const;

export const reservationParams: Readonly<Record<string, Param>> = {
  retrieve_document_urls: {
    in: 'query',
    about: 'fetch the addresses of documents too (slow; today only benefit.policy_document_url)',
    choices: ['true', 'false'],
  },
};

export const reservationFields: Fields = {
  request_control_key: id('Request', { of: 'card-reservation-by-request', about: "the client's own key of the request" }),
  payroll_card_reservation_key: id('Reservation', { of: 'card-reservation' }),
  payroll_card_reservation_status: someOf(
    'Status',
    {
      pending_document_generation: 'documents are being made',
      pending_onboarding: 'signed, the holder is being checked',
    },
    { tones: { pending_document_generation: 'waiting', pending_onboarding: 'waiting' } },
  ),
  card_holder_document_number: text('CPF of the holder', { personal: 'document', optional: true }),
  identifier_number: text('Benefit number', { personal: 'document', optional: true }),
  total_limit_amount: money('Card limit', { optional: true }),
  reservation_amount: money('Reserved margin', { optional: true }),
  reservation_contract_number: text('Contract', { optional: true }),
  wallet_key: id('Wallet', { of: 'wallet', about: 'absent until the wallet is made', optional: true }),
  payroll_card_type: someOf(
    'Card type',
    { social_security_payroll_card: 'INSS payroll card', social_security_benefit_card: 'INSS benefit card' },
    { optional: true },
  ),
  signature_url: url('Signature page', { optional: true }),
  signature_data: group(
    'Signature',
    {
      document_similarity_score: number('Likeness to the document', { optional: true }),
      similarity_score: number('Likeness', { optional: true }),
      biometry_analysis_reference: text('Compared with', { optional: true }),
    },
    { optional: true },
  ),
  withdrawal: group(
    'Withdrawal',
    {
      withdrawal_key: id('Key', { optional: true }),
      withdrawal_amount: money('Amount', { optional: true }),
      withdrawal_status: someOf(
        'Status',
        { waiting_signature: 'awaiting the signature' },
        { optional: true, tones: { waiting_signature: 'waiting' } },
      ),
      contract_number: text('Contract', { optional: true }),
    },
    { optional: true },
  ),
  attached_documents: list(
    'Documents',
    { document_url: url('Document', { optional: true }), signature_url: url('Signed document', { optional: true }) },
    { optional: true },
  ),
  benefit: group('Benefit', { policy_document_url: url('Insurance policy', { optional: true }) }, { optional: true }),
};

export const reservationColumns = [
  'payroll_card_reservation_key',
  'payroll_card_reservation_status',
  'card_holder_document_number',
  'total_limit_amount',
  'reservation_amount',
  'withdrawal.withdrawal_amount',
  'withdrawal.withdrawal_status',
] as const;

export const unifiedReservation: Unified = {
  kind: 'reservation',
  id: 'payroll_card_reservation_key',
  event: 'payroll_card_type',
  status: 'payroll_card_reservation_status',
  amount: 'withdrawal.withdrawal_amount',
  party: 'card_holder_document_number',
  loan: 'withdrawal.withdrawal_key',
  title: 'reservation_contract_number',
};
