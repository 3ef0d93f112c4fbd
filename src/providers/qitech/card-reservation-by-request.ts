// A reservation of a payroll card, by the key of its request. Doc: https://docs.qitech.com.br/documentation/manual_cartao_beneficio/manual_cartao_beneficio_acompanhamento, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { notFoundByWords } from './calls.ts';
import example from './card-reservation-by-request.example.json';
import { reservationColumns, reservationDoc, reservationFields, reservationParams, unifiedReservation } from './card-reservation-fields.ts';

export default defineEndpoint({
  name: 'card-reservation-by-request',
  summary: 'A reservation of a payroll card, by the key of its request',
  doc: reservationDoc,
  path: '/payroll_card_reservation/social_security/request_control_key/{request_control_key}',
  keys: {
    request_control_key: {
      arg: 'request-keys',
      about: "the client's own keys of the requests",
      grammar: uuid,
      many: 'each',
      field: 'request_control_key',
    },
  },
  params: reservationParams,
  answer: { item: '' },
  failures: [
    {
      ...notFoundByWords,
      about: 'no reservation with that key',
      when: { unknown: 'request_control_key' },
      body: '{"title":"Not Found","description":"Payroll card reservation with key: {request_control_key} was not found"}',
    },
  ],
  fields: reservationFields,
  open: true,
  columns: reservationColumns,
  unified: unifiedReservation,
  example,
  exampleKeys: [{ request_control_key: '550e8400-e29b-41d4-a716-446655440000' }],
});
