// What the sandbox answers for one endpoint does not depend on which other endpoints there are, nor on what was asked before.
import { expect, test } from 'vitest';
import { defineEndpoint, type Endpoint, uuid } from '../../src/core/endpoint.ts';
import { id, list, money, oneOf, text } from '../../src/core/fields.ts';
import { sampleKeys } from '../../src/sandbox/records.ts';
import { lookAt } from './look.ts';
import { everyProvider, openSandbox } from './visit.ts';

const doc = { url: 'https://docs.example.com', read: '2025-06-23' } as const;

/** Endpoints that have all an endpoint may bring along: keys of a name in use, references, a language and a tenant of their own. */
function newcomers(): Endpoint[] {
  const fields = {
    id: id('Demand', { of: 'demand' }),
    state: oneOf('State', { OPEN: 'open', CLOSED: 'closed' }),
    amount: money('Amount'),
    record: id('Record', { of: 'record' }),
    owner: id('Owner'),
    ifsc: text('IFSC'),
    parts: list('Parts', { kind: text('Kind'), amount: money('Amount') }),
  };
  const row =
    '{"id":"2ac95fc6-0868-4639-85aa-fcfa24daa4dc","state":"OPEN","amount":150.50,"record":"7a1f2000-7edb-4d7c-8833-579e4766b477","owner":"tenant:staff1","ifsc":"Padrão","parts":[{"kind":"juros","amount":0.5}]}';
  const demand = defineEndpoint({
    name: 'demand',
    summary: 'One demand',
    doc,
    path: '/new/demands/{id}',
    keys: { id: { arg: 'ids', about: 'ids', grammar: uuid, many: 'each', field: 'id' } },
    answer: { item: '' },
    fields,
    columns: ['id'],
    example: row,
    exampleKeys: [{ id: '2ac95fc6-0868-4639-85aa-fcfa24daa4dc' }],
  });
  const demands = defineEndpoint({
    name: 'demands',
    summary: 'Demands of a customer in a wallet',
    doc,
    path: '/new/wallets/{wallet_key}/{customer-id}/demands',
    keys: {
      wallet_key: { arg: 'wallet', about: 'wallet', grammar: uuid },
      'customer-id': { arg: 'customers', about: 'customers', grammar: uuid, many: 'each' },
    },
    answer: { items: 'rows' },
    paging: { kind: 'page', page: 'page', first: 1, defaultSize: 10 },
    fields,
    columns: ['id'],
    example: `{"rows":[${row}]}`,
    exampleKeys: [{ wallet_key: '0aaaaaaa-d0a9-4b3b-a495-40b553422ced', 'customer-id': '0bbbbbbb-d0a9-4b3b-a495-40b553422ced' }],
  });
  return [demand, demands];
}

const alone = await openSandbox();
const crowded = await openSandbox({
  providers: everyProvider().map(provider => ({ ...provider, endpoints: [...newcomers(), ...provider.endpoints] })),
});

const known = everyProvider().flatMap(provider =>
  provider.endpoints.map(endpoint => [`${provider.name} ${endpoint.name}`, provider, endpoint] as const),
);

test.each(known)('%s answers the same whichever endpoints stand beside it', async (_, provider, endpoint) => {
  const calls = endpoint.keys === undefined ? [{}] : sampleKeys(provider, endpoint, 20);
  expect(calls.length).toBeGreaterThan(0);
  for (const keys of calls.toReversed()) {
    const { status, body } = await lookAt(alone, provider, endpoint, keys);
    expect(status).toBe(200);
    expect((await lookAt(crowded, provider, endpoint, keys)).body).toBe(body);
  }
});
