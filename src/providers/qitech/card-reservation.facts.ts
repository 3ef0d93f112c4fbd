// What the page of QI Tech on the state of a payroll card says, typed from there: tests hold the literal against it. Its sample was
// readable up to the contract of the withdrawal.
import type { EndpointFacts } from '../facts.ts';

const missing =
  '{"title":"Not Found","description":"Payroll card reservation with key: a1b2c3d4-e5f6-7890-abcd-ef1234567890 was not found"}';

export default {
  usage: '<reservation-keys...>',
  request: 'GET /payroll_card_reservation/social_security/a1b2c3d4-e5f6-7890-abcd-ef1234567890',
  params: ['query retrieve_document_urls true false'],
  personal: ['card_holder_document_number: document', 'identifier_number: document'],
  keys: `
    request_control_key payroll_card_reservation_key payroll_card_reservation_status card_holder_document_number identifier_number
    total_limit_amount reservation_amount reservation_contract_number wallet_key payroll_card_type signature_url signature_data
    signature_data.document_similarity_score signature_data.similarity_score signature_data.biometry_analysis_reference withdrawal
    withdrawal.withdrawal_key withdrawal.withdrawal_amount withdrawal.withdrawal_status withdrawal.contract_number`,
  printed: ['"total_limit_amount": 8000.00,', '"similarity_score": 0.75'],
  failures: [{ about: 'no reservation with that key', status: 404, body: missing, exit: 21 }],
} satisfies EndpointFacts;
