// Events of the notification service, among which keys are found again. Resending one is a write and not done here.
// Doc: https://docs.qitech.com.br/en/documentation/notificacoes/reenvio_de_notificacoes, read 2026-11-21.
// The page prints <UUID> where keys are: those of the sample are made up.
import { defineEndpoint, uuid } from '../../core/endpoint.ts';
import { id, list, someOf } from '../../core/fields.ts';
import example from './events.example.json';

export default defineEndpoint({
  name: 'events',
  summary: 'Events that webhooks were sent for',
  doc: {
    url: 'https://docs.qitech.com.br/en/documentation/notificacoes/reenvio_de_notificacoes',
    read: '2026-11-21',
    notes: [
      'Between start and end there may be 14 days at most. What a call without them answers is not documented.',
      'How the query enters the signature is not documented; it is signed as it is sent.',
    ],
  },
  path: '/notification/events',
  params: {
    event_type: { in: 'query', about: 'only events of this type, such as debt_disbursed', filters: 'event_type' },
    callback_status: { in: 'query', about: 'only events with a callback in this state, such as failed or sent' },
    origin_key: { in: 'query', about: 'only events of the thing with this key', grammar: uuid, filters: 'origin_key' },
    start_datetime: { in: 'query', about: 'only events from then on', instant: { form: 'iso' } },
    end_datetime: { in: 'query', about: 'only events up to then', instant: { form: 'iso', end: true } },
  },
  answer: { items: 'data' },
  paging: {
    kind: 'page',
    page: 'page',
    first: 1,
    defaultSize: 25,
    current: 'pagination.current_page',
    pageSize: 'pagination.rows_per_page',
    unverified: true,
  },
  fields: {
    event_key: id('Event'),
    event_type: someOf('Type', { debt_disbursed: 'a debt was disbursed' }),
    status: someOf('Status', { processed: 'processed' }, { tones: { processed: 'good' } }),
    origin_enumerator: someOf('Origin', { account: 'account', lego: 'lego' }),
    origin_key: id('Key at the origin'),
    callbacks: list('Callbacks', {
      callback_key: id('Callback'),
      callback_status: someOf('Status', { failed: 'failed', sent: 'sent' }, { tones: { failed: 'bad', sent: 'good' } }),
    }),
  },
  columns: ['event_key', 'event_type', 'status', 'origin_enumerator', 'origin_key'],
  example,
});
