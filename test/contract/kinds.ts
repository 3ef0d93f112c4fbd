// A made-up provider with an endpoint for every kind of key, envelope and paging, and a record with every kind of field: what is
// promised for all endpoints of a kind is tested with it, so that an endpoint more costs no test more.
import { defineEndpoint, type Key, plainId, uuid } from '../../src/core/endpoint.ts';
import {
  any,
  dateText,
  day,
  flag,
  group,
  id,
  instant,
  list,
  money,
  number,
  oneOf,
  someOf,
  text,
  url,
  values,
} from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';

const doc = { url: 'https://docs.example.com/things', read: '2025-06-23' } as const;
const one = '229fe24c-d840-48dc-959a-e0ff1479df35';

const fields = {
  id: id('Thing', { of: 'thing' }),
  title: text('Title'),
  link: url('Link'),
  opened: dateText('Opened'),
  due: day('Due'),
  seen: instant('Seen', 'ms'),
  made: instant('Made', 's'),
  sent: instant('Sent', 'iso'),
  ends: instant('Ends', 'ms', { none: { is: '9007199254740991', say: 'never' } }),
  sum: money('Sum'),
  open: money('Open'),
  count: number('Count'),
  paid: flag('Paid'),
  state: oneOf('State', { A: 'active', Z: 'at rest' }),
  mood: someOf('Mood', { fine: 'fine' }),
  holder: group('Holder', {
    name: text('Name'),
    phone: text('Phone', { personal: 'phone' }),
    account: id('Account', { personal: 'account' }),
  }),
  parts: list('Parts', { what: text('What'), worth: money('Worth'), more: list('More', { note: text('Note') }) }),
  tags: values('Tags'),
  rest: any('Rest'),
};
const row = `{"id":"${one}","title":"Ring, \\"gold\\"","link":"https://files.example.com/1","opened":"12/31/2024","due":"2024-02-29",
  "seen":1711785600000,"made":1733077724.629719,"sent":"2024-01-15T10:30:00.250Z","ends":9007199254740991,"sum":1200.50,"open":"0.10",
  "count":9007199254740993,"paid":false,"state":"A","mood":"fine","holder":{"name":"Ada","phone":"+49 30 1234567","account":"DE0012345678"},
  "parts":[{"what":"stone","worth":10.0,"more":[{"note":"blue"}]},{"what":"band","worth":1190.50,"more":[]}],"tags":["old","heavy"],
  "rest":{"from":"a cellar","at":1.50}}`;
const columns = ['id', 'title', 'sum', 'seen', 'holder.name'] as const;
const shared = { summary: 'Things', doc, fields, columns };
const own: Key = { arg: 'ids', about: 'things', grammar: uuid, many: 'each', field: 'id' };

const thing = defineEndpoint({
  ...shared,
  name: 'thing',
  path: '/things/{id}/',
  keys: { id: own },
  params: { view: { in: 'query', about: 'how much', default: 'all', required: true }, amount: { in: 'form', about: 'amount' } },
  answer: { item: '' },
  example: row,
  exampleKeys: [{ id: one }],
});

const packed = defineEndpoint({
  ...shared,
  name: 'packed-things',
  path: '/packed/[{ids}]',
  keys: { ids: { ...own, grammar: plainId, many: 'packed' } },
  answer: { items: 'items' },
  example: `{"items":[${row}]}`,
  exampleKeys: [{ ids: one }],
});

const pair = defineEndpoint({
  ...shared,
  name: 'shelf-thing',
  path: '/shelves/{shelf}/things/${id}',
  keys: { shelf: { arg: 'shelf', about: 'shelf', grammar: plainId }, id: own },
  answer: { item: 'data' },
  failures: [{ status: 404, code: 'NONE', means: 'not-found', about: 'no such thing on that shelf', when: { unknown: 'id' } }],
  example: `{"data":${row}}`,
  exampleKeys: [{ shelf: 'S1', id: one }],
});

const filtered = defineEndpoint({
  ...shared,
  name: 'owner-things',
  path: '/owners/{owner}/things',
  keys: { owner: { arg: 'owners', about: 'owners', grammar: plainId, many: 'each' } },
  answer: { items: 'data' },
  paging: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 10, maxSize: 50 },
  example: `{"data":[${row}]}`,
  exampleKeys: [{ owner: 'OW-4171' }],
});

const pages = defineEndpoint({
  ...shared,
  name: 'things',
  path: '/things',
  params: { state: { in: 'query', about: 'state', filters: 'state' } },
  answer: { items: 'results' },
  paging: { kind: 'page', page: 'page', first: 0, defaultSize: 15, total: 'count', current: 'page', pageSize: 'size' },
  example: `{"count":1,"page":0,"size":15,"results":[${row}]}`,
});

const pathPages = defineEndpoint({
  ...shared,
  name: 'old-things',
  path: '/old/{page}/{size}',
  answer: { items: 'rows' },
  paging: { kind: 'page', page: 'page', first: 1, size: 'size', defaultSize: 20, maxSize: 50, more: 'more' },
  example: `{"more":false,"rows":[${row}]}`,
});

const offsets = defineEndpoint({
  ...shared,
  name: 'listed-things',
  path: '/listed',
  answer: { items: '' },
  paging: { kind: 'offset', offset: 'start', size: 'count', defaultSize: 20, maxSize: 100 },
  example: `[${row}]`,
});

const cursors = defineEndpoint({
  ...shared,
  name: 'changed-things',
  path: '/changed',
  answer: { items: 'rows' },
  paging: { kind: 'cursor', cursor: 'after', from: 'seen', size: 'count', defaultSize: 50, maxSize: 100 },
  example: `{"rows":[${row}]}`,
});

const unpublished = defineEndpoint({
  ...shared,
  name: 'unpublished-things',
  path: { profile: 'unpublished-things', hint: 'ask for it' },
  answer: [{ items: 'data.list' }, { items: 'data' }, { item: 'data' }, { items: '' }, { item: '' }],
  unwrap: 'resource',
  paging: { kind: 'page', page: 'page', first: 1, size: 'limit', defaultSize: 10, maxSize: 100, total: 'data.total' },
  example: row,
});

export const kinds = defineProvider({
  name: 'kinds',
  title: 'Kinds',
  docs: 'https://docs.example.com',
  baseUrl: 'https://kinds.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'Authorization', prefix: 'Bearer ' } }],
  settings: { paths: { type: 'paths', about: 'paths' }, desk: { type: 'text', about: 'desk' } },
  headers: { 'x-desk': { setting: 'desk', hint: 'set desk' }, 'x-id': { fresh: 'uuid', report: true }, 'x-at': { now: 'iso-seconds' } },
  failure: { code: ['code'], message: ['message'], success: [{ at: 'code', is: ['0'] }], notFoundBy404: true },
  failures: [{ status: 401, means: 'auth', about: 'wrong token', when: 'bad-credential' }],
  endpoints: [thing, packed, pair, filtered, pages, pathPages, offsets, cursors, unpublished],
});
