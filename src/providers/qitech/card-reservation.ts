// A reservation of a payroll card (INSS), by its key. Doc: https://docs.qitech.com.br/documentation/manual_cartao_beneficio/manual_cartao_beneficio_acompanhamento, read 2026-11-21.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { notFoundByWords } from './calls.ts';
import example from './card-reservation.example.json';
import { reservationColumns, reservationDoc, reservationFields, reservationParams, unifiedReservation } from './card-reservation-fields.ts';

export default defineEndpoint({
  name: 'card-reservation',
  summary: 'A reservation of a payroll card (INSS), by its key',
  doc: reservationDoc,
  path: '/payroll_card_reservation/social_security/{payroll_card_reservation_key}',
  keys: {
    payroll_card_reservation_key: {
      arg: 'reservation-keys',
      about: 'reservations',
      grammar: uuid,
      many: 'each',
      field: 'payroll_card_reservation_key',
    },
  },
  params: reservationParams,
  answer: { item: '' },
  failures: [
    {
      ...notFoundByWords,
      about: 'no reservation with that key',
      when: { unknown: 'payroll_card_reservation_key' },
      body: '{"title":"Not Found","description":"Payroll card reservation with key: {payroll_card_reservation_key} was not found"}',
    },
  ],
  fields: reservationFields,
  open: true,
  columns: reservationColumns,
  unified: unifiedReservation,
  example,
  exampleKeys: [{ payroll_card_reservation_key: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890' }],
});
