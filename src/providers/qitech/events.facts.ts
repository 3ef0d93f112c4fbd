// What the page of QI Tech on resending notifications says of the events, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /notification/events',
  params: ['query event_type', 'query callback_status', 'query origin_key', 'query start_datetime', 'query end_datetime'],
  keys: 'event_key event_type status origin_enumerator origin_key callbacks callbacks.callback_key callbacks.callback_status',
  printed: ['"event_type": "debt_disbursed"', '"callback_status": "failed"'],
} satisfies EndpointFacts;
