// A time as a parameter: given by a person, sent as the provider wants it, refused before anything is sent. The provider is made up.
import { expect, test } from 'vitest';
import { defineEndpoint } from '../../src/core/endpoint.ts';
import { id } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { providerPage } from '../../src/docs/reference.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { startServer } from '../runner/server.ts';

const events = defineEndpoint({
  name: 'events',
  summary: 'Events of a time',
  doc: { url: 'https://docs.example.com' },
  path: '/events',
  params: {
    startDate: { in: 'query', about: 'from then on', instant: { form: 'ms' }, required: true },
    endDate: { in: 'query', about: 'until then', instant: { form: 'ms', zone: 'Asia/Shanghai', end: true } },
    paidFrom: { in: 'query', about: 'paid since', instant: { form: 'text' } },
  },
  answer: { items: 'items' },
  fields: { id: id('Event') },
  columns: ['id'],
  example: '{"items":[{"id":"E-1"}]}',
});
const calendar = defineProvider({
  name: 'calendar',
  title: 'Calendar',
  docs: 'https://docs.example.com',
  baseUrl: 'https://calendar.example.com',
  schemes: [{ kind: 'token', credential: 'token', location: { in: 'header', name: 'X-Token' } }],
  failure: { code: ['code'], message: ['message'], notFoundBy404: true },
  endpoints: [events],
});
const providers: ProviderTable = { calendar: { title: calendar.title, load: async () => calendar } };
const server = await startServer(() => ({ body: events.example }));
const home = await sharedHome();
await home.configure({ profiles: { c: { provider: 'calendar', baseUrl: server.origin, credentials: { token: 'canary-000417' } } } });
const loanq = async (...args: readonly string[]) => {
  const before = server.requests.length;
  const said = await runInProcess(['calendar', 'events', ...args], { home, providers });
  return { ...said, asked: server.requests.slice(before).map(({ target }) => target) };
};

test('days and times are sent as the provider wants them; --tz says whose day', async () => {
  const plain = await loanq('--start-date', '2024-05-01', '--end-date', '2024-05-31', '--paid-from', '2024-05-02');
  expect(plain.asked).toEqual(['/events?startDate=1714521600000&endDate=1717171199999&paidFrom=2024-05-02%2000:00:00']);
  const zoned = await loanq('--start-date', '2024-05-01', '--end-date', '2024-05-31T12:00:00Z', '--tz', 'America/Sao_Paulo');
  expect(zoned.asked).toEqual(['/events?startDate=1714532400000&endDate=1717156800000']);
});

test('what is no time is refused, and nothing is sent', async () => {
  for (const bad of ['2024-02-30', 'today', '01/05/2024']) {
    const { code, stdout, stderr, asked } = await loanq('--start-date', bad);
    expect([code, stdout, asked]).toEqual([2, '', []]);
    expect(stderr).toBe(
      `error: calendar events: --start-date "${bad}" is no day or time\nhint: such as 2024-05-31, 2024-05-31T09:30:00Z or 2024-05-31T09:30:00+08:00\n`,
    );
  }
  expect((await loanq('--start-date', '2024-05-01', '--paid-from', '2024-05-01T00:00:00Z')).code).toBe(2);
  expect((await loanq()).stderr).toContain('missing --start-date');
});

test('help and page say what may be given, and where a zone is not known', async () => {
  const help = (await loanq('--help')).stdout.replace(/\s+/g, ' ');
  expect(help).toContain('--start-date <time> from then on (a day, or a time as in RFC 3339; without a zone it is of --tz, else of UTC)');
  expect(help).toContain('until then (a day, or a time as in RFC 3339; without a zone it is of --tz, else of Asia/Shanghai)');
  expect(help).toContain('paid since (a day or a time without a zone: no page says in which zone the provider reads it)');
  expect(providerPage(calendar)).toContain('| `--start-date` | `startDate` (query) | from then on (a day, or a time as in RFC 3339;');
});

test('the sandbox takes the documented form only, and a dry run shows it', async () => {
  expect((await loanq('--start-date', '2024-05-01', '--sandbox', '--strict')).code).toBe(0);
  const dry = await loanq('--start-date', '2024-05-01', '--dry-run');
  expect(dry.stdout).toContain('/events?startDate=1714521600000\n');
});
