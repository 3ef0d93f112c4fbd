// A provider nobody has heard of, made of two literals in this file: everything a user can do with it must follow from them.
import { describe, expect, test } from 'vitest';
import { defineEndpoint, plainId } from '../../src/core/endpoint.ts';
import { flag, group, id, instant, list, money, number, oneOf, text } from '../../src/core/fields.ts';
import { defineProvider } from '../../src/core/provider.ts';
import { providerPage } from '../../src/docs/reference.ts';
import type { ProviderTable } from '../../src/providers/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { startServer } from '../runner/server.ts';

const pawned = `{ "result": { "pledge": {
  "pledgeNo": "PL-7", "branch": 12, "state": "OUT", "lent": 1200.50, "due": 1711785600.25,
  "holder": { "name": "Ada", "phone": "+49 30 1234567" }, "items": [{ "what": "ring", "worth": 0.10 }], "sealed": false } } }`;

const pledge = defineEndpoint({
  name: 'pledge',
  summary: 'One pledge by number',
  doc: { url: 'https://docs.example.com/pledges', read: '2025-06-23', notes: ['Branches close at noon.'] },
  path: '/shop/{branchNo}/pledges/{pledgeNo}',
  keys: {
    branchNo: { arg: 'branch', about: 'branch of the shop', grammar: plainId },
    pledgeNo: { arg: 'pledge-numbers', about: 'numbers on the tickets', grammar: plainId, many: 'each', field: 'pledgeNo' },
  },
  params: { withItems: { in: 'query', about: 'list the items, too', choices: ['yes', 'no'], default: 'yes' } },
  answer: { item: 'result.pledge' },
  failures: [{ status: 410, code: 'SOLD', means: 'not-found', about: 'the pledge was sold', when: { unknown: 'pledgeNo' } }],
  fields: {
    pledgeNo: id('Pledge'),
    branch: number('Branch'),
    state: oneOf('State', { OUT: 'lent out', IN: 'redeemed' }),
    lent: money('Lent'),
    due: instant('Due', 's'),
    holder: group('Holder', { name: text('Name'), phone: text('Phone', { personal: 'phone' }) }),
    items: list('Items', { what: text('What'), worth: money('Worth') }),
    sealed: flag('Sealed'),
  },
  columns: ['pledgeNo', 'state', 'lent', 'due', 'holder.name'],
  example: pawned,
  exampleKeys: [{ branchNo: 'B1', pledgeNo: 'PL-7' }],
});

const pawnshop = defineProvider({
  name: 'pawnshop',
  title: 'Pawnshop & Sons',
  docs: 'https://docs.example.com',
  baseUrl: 'https://pawnshop.example.com',
  schemes: [{ kind: 'token', credential: 'ticket', location: { in: 'header', name: 'X-Ticket', prefix: 'T ' } }],
  settings: { counter: { type: 'text', about: 'which counter asks' } },
  headers: { 'x-counter': { setting: 'counter', hint: 'set counter in the profile' } },
  failure: { code: ['fault.code'], message: ['fault.text'], notFoundBy404: false },
  endpoints: [pledge],
});

const providers: ProviderTable = { pawnshop: { title: pawnshop.title, load: async () => pawnshop } };
const ticket = 'canary-ticket-000417';
const home = await sharedHome();
const server = await startServer(({ target }) =>
  target.includes('PL-7') ? { body: pawned } : { status: 410, body: '{"fault":{"code":"SOLD","text":"sold yesterday"}}' },
);
await home.configure({
  profiles: { p: { provider: 'pawnshop', baseUrl: `${server.origin}/prefix`, counter: 'three', credentials: { ticket } } },
});
const loanq = (...args: readonly string[]) => runInProcess(args, { home, providers });

test('the overview lists it', async () => {
  const { stdout, code } = await loanq('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Providers:\n +pawnshop <endpoint> \[keys...\] +Pawnshop & Sons$/m);
});

test('help of the endpoint names arguments, parameters, request, fields and an example', async () => {
  const { stdout, code } = await loanq('pawnshop', 'pledge', '--help');
  expect(code).toBe(0);
  for (const line of [
    'Usage: loanq pawnshop pledge <branch> <pledge-numbers...> [options]',
    'One pledge by number',
    '  GET /shop/{branchNo}/pledges/{pledgeNo}',
    '  https://docs.example.com/pledges',
    '  Branches close at noon.',
    '  loanq pawnshop pledge B1 PL-7 --sandbox',
  ]) {
    expect(stdout.split('\n')).toContain(line);
  }
  expect(stdout).toMatch(/--with-items <text> +list the items, too \(yes, no; default: yes\)/);
  expect(stdout).toContain('\n  request.branchNo, pledgeNo*, branch, state*, lent*, due*, holder.name*,\n  holder.phone, items, sealed\n');
});

describe('a lookup at its own server', () => {
  test('sends what the literals say', async () => {
    const before = server.requests.length;
    await loanq('pawnshop', 'pledge', 'B1', 'PL-7', '--with-items', 'no');
    const [request] = server.requests.slice(before);
    expect([request?.method, request?.target]).toEqual(['GET', '/prefix/shop/B1/pledges/PL-7?withItems=no']);
    expect([request?.headers['x-ticket'], request?.headers['x-counter']]).toEqual([`T ${ticket}`, 'three']);
  });

  test('table', async () => {
    const { stdout } = await loanq('pawnshop', 'pledge', 'B1', 'PL-7', '--tz', 'Europe/Berlin');
    expect(stdout).toBe(
      [
        'Pledge  State     Lent  Due                            Name',
        'PL-7    OUT    1200.50  2024-03-30 09:00:00.25 +01:00  Ada',
        '',
      ].join('\n'),
    );
  });

  test('csv: columns are fixed, the outer key first, numbers as sent', async () => {
    const { stdout } = await loanq('pawnshop', 'pledge', 'B1', 'PL-7', '--csv');
    expect(stdout).toBe(
      [
        'request.branchNo,pledgeNo,branch,state,lent,due,holder.name,holder.phone,items,sealed',
        'B1,PL-7,12,OUT,1200.50,2024-03-30T08:00:00.25Z,Ada,\'+49 30 1234567,"[{""what"":""ring"",""worth"":0.10}]",false',
        '',
      ].join('\r\n'),
    );
  });

  test('record: personal data masked, codes explained', async () => {
    const { stdout } = await loanq('pawnshop', 'pledge', 'B1', 'PL-7', '-o', 'record');
    expect(stdout).toMatch(/^State +OUT \(lent out\)$/m);
    expect(stdout).toMatch(/^ +Phone +•+\d*/m);
    expect(stdout).not.toContain('1234567');
  });

  test('its own failure decides the exit code', async () => {
    const { stdout, stderr, code } = await loanq('pawnshop', 'pledge', 'B1', 'PL-8');
    expect([code, stdout]).toEqual([21, '']);
    expect(stderr).toBe(
      `error: pawnshop pledge B1 PL-8: not found (HTTP 410 SOLD: sold yesterday)
hint: unknown is the pledge-number PL-8; the order is <branch> <pledge-numbers...>; asked ${new URL(server.origin).host}, profile p
`,
    );
  });

  test('two keys are a batch', async () => {
    const { stdout, stderr, code } = await loanq('pawnshop', 'pledge', 'B1', 'PL-7', 'PL-8', '--csv', '--fields', 'pledgeNo,lent');
    expect([code, stdout]).toEqual([24, 'pledgeNo,lent\r\nPL-7,1200.50\r\n']);
    expect(stderr).toMatch(/^2 keys: 1 delivered, 1 missing, 0 failed/m);
  });
});

test('the sandbox serves it, checks its header and knows its failure', async () => {
  const known = await loanq('pawnshop', 'pledge', 'B1', 'PL-7', '--sandbox', '--json', '--fields', 'pledgeNo,lent,holder.name');
  expect([known.code, known.stderr]).toEqual([0, '']);
  expect(known.stdout.replace(/\s+/g, '')).toBe('[{"pledgeNo":"PL-7","lent":1200.50,"holder":{"name":"Ada"}}]');
  const unknown = await loanq('pawnshop', 'pledge', 'B1', 'NOT-THERE', '--sandbox');
  expect([unknown.code, unknown.stdout]).toEqual([21, '']);
});

test('a saved answer, the environment, the list of endpoints and explain know it', async () => {
  const saved = await runInProcess(['pawnshop', 'pledge', '--input', '-', '--csv', '--fields', 'pledgeNo'], {
    home,
    providers,
    stdin: pawned,
  });
  expect([saved.code, saved.stdout]).toEqual([0, 'pledgeNo\r\nPL-7\r\n']);
  expect((await loanq('endpoints', '--csv', '--fields', 'command,method,path,documentation')).stdout).toBe(
    'command,method,path,documentation\r\npawnshop pledge <branch> <pledge-numbers...>,GET,/shop/{branchNo}/pledges/{pledgeNo},https://docs.example.com/pledges\r\n',
  );
  expect((await loanq('explain', 'out')).stdout).toBe('Code  Meaning   Of\nOUT   lent out  pawnshop pledge state\n');
  expect((await loanq('explain', 'SOLD')).stdout).toBe('Code  Meaning              Of\nSOLD  the pledge was sold  pawnshop error\n');
  expect((await loanq('config', 'list')).stdout).toMatch(/^p +Pawnshop & Sons /m);
});

test('its reference page', () => {
  const page = providerPage(pawnshop);
  expect(page.split('\n')).toEqual(
    expect.arrayContaining([
      '# Pawnshop & Sons',
      '- `ticket`: a ready token',
      '- `counter`: which counter asks',
      '## pawnshop pledge',
      'loanq pawnshop pledge <branch> <pledge-numbers...> [options]',
      'GET /shop/{branchNo}/pledges/{pledgeNo}',
      '| `--with-items` | `withItems` (query) | list the items, too |',
      '| `holder.phone` | text, personal | Phone |',
      '| 410 | `SOLD` | not-found | the pledge was sold |',
    ]),
  );
});
