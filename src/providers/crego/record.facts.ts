// What the record page of Crego says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '<ids...>',
  request: 'GET /v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/?expand=payouts',
  params: ['query expand', 'form amount', 'form payout_to custom_bank anchor borrower', 'form credit_bank', 'form method manual automatic'],
  personal: ['collection_bank.account_no: account'],
  keys: `
    id created_at updated_at type ref_id index received_amount tds_amount amount remaining_amount payment_mode pg_service_id utr
    settlement_utr settlement_order component_order uploaded_by uploaded_by_id date settled_at revert_date revert_value_date
    revert_sent_to_gl bank_date remark status collection_bank collection_bank.id collection_bank.ifsc collection_bank.tags
    collection_bank.company collection_bank.account_no collection_bank.created_at collection_bank.updated_at
    collection_bank.is_verified collection_bank.account_type collection_bank.name_at_bank collection_bank.account_holder_name
    back_date_found back_date_marked_on sent_to_gl settlement_sent_to_gl is_processed account topup transaction loans payouts`,
  printed: ['"received_amount":13442.0,', '"created_at":1733077724.629719', '"account_no":"000000000000"', '"ref_id":"REC0XAM2"'],
  failures: [{ about: 'no record with that id', status: 404, body: '{"detail":"Not found."}', exit: 21 }],
} satisfies EndpointFacts;
