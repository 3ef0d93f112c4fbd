// Trouble on purpose, ports and the end of a sandbox.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { makeTokenIssuer } from '../../src/sandbox/token-issuer.ts';
import { ask, at, now, openSandbox, providerNamed, type Told } from './visit.ts';

const crego = providerNamed('crego');
const target = '/v1/lms/records/229fe24c-d840-48dc-959a-e0ff1479df35/?expand=payouts';
/** Ready tokens are the same in every sandbox. */
const token = makeTokenIssuer(crego, now, 0).credentials.token;
const headers = { Authorization: `Bearer ${token}` };

/** What became of a number of calls, one after the other. */
async function outcomes(address: string, calls: number): Promise<string[]> {
  const seen: string[] = [];
  for (let nth = 0; nth < calls; nth++) {
    seen.push(
      await ask(address, target, { headers }).then(
        ({ status, body }: Told) => (body.startsWith('<') ? 'page' : `${status}`),
        (error: NodeJS.ErrnoException) => (error.message === 'aborted' ? 'cut short' : `${error.code}`),
      ),
    );
  }
  return seen;
}

test('faults come by seeded dice: the same seed gives the same ones in the same places', async () => {
  const [one, again, other] = await Promise.all(
    [7, 7, 8].map(async seed => outcomes(at((await openSandbox({ providers: [crego], faultRate: 0.5, seed })).addresses, 'crego'), 60)),
  );
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect([...new Set(one)].sort()).toEqual(['200', '429', '503', 'ECONNRESET', 'cut short']);
  const failed = one?.filter(outcome => outcome !== '200').length ?? 0;
  expect(failed).toBeGreaterThan(18);
  expect(failed).toBeLessThan(42);
});

test('a rate of 1 fails every call, of a chosen kind; the ledger says so', async () => {
  const sandbox = await openSandbox({ providers: [crego], faultRate: 1, faults: ['page'] });
  expect(await outcomes(at(sandbox.addresses, 'crego'), 2)).toEqual(['page', 'page']);
  expect(sandbox.requests).toEqual([
    { provider: 'crego', method: 'GET', path: target.replace('?expand=payouts', ''), status: 200, outcome: 'fault' },
    { provider: 'crego', method: 'GET', path: target.replace('?expand=payouts', ''), status: 200, outcome: 'fault' },
  ]);
});

test('a 429 says when to come back', async () => {
  const sandbox = await openSandbox({ providers: [crego], faultRate: 1, faults: ['too-many'] });
  expect((await ask(at(sandbox.addresses, 'crego'), target, { headers })).headers['retry-after']).toBe('1');
});

test('token exchanges meet no faults: a login is never tried twice', async () => {
  const sandbox = await openSandbox({ providers: [providerNamed('interlace')], faultRate: 1 });
  const { clientId } = at(sandbox.credentials, 'interlace');
  const answer = await ask(at(sandbox.addresses, 'interlace'), `/open-api/v3/oauth/authorize?clientId=${clientId}`);
  expect(answer.status).toBe(200);
});

test('latency holds answers back', async () => {
  const sandbox = await openSandbox({ providers: [crego], latencyMs: 60 });
  const began = performance.now();
  expect(await outcomes(at(sandbox.addresses, 'crego'), 1)).toEqual(['200']);
  // Half the latency is the least; timers may fire a millisecond early.
  expect(performance.now() - began).toBeGreaterThanOrEqual(29);
});

test('a port can be chosen; one that is taken rejects and leaves nothing open', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const both = { providers: [providerNamed('finlend'), crego], now };
  await expect(startSandbox({ ...both, ports: { crego: port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  taken.close();
  await once(taken, 'close');
  const sandbox = await openSandbox({ ...both, ports: { crego: port } });
  expect(sandbox.addresses.crego).toBe(`http://127.0.0.1:${port}`);
});

test('closing ends open connections and the servers', async () => {
  const sandbox = await startSandbox({ providers: [crego], now });
  const { hostname, port } = new URL(at(sandbox.addresses, 'crego'));
  const socket = connect(Number(port), hostname).resume();
  socket.write(`GET ${target} HTTP/1.1\r\nHost: sandbox\r\nConnection: keep-alive\r\n\r\n`);
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await sandbox.close();
  await closed;
  await expect(ask(at(sandbox.addresses, 'crego'), target, { headers })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a body of more than a megabyte is read to its end and refused', async () => {
  const { addresses } = await openSandbox({ providers: [crego] });
  const told = (bytes: number) => ask(at(addresses, 'crego'), target, { headers, body: 'x'.repeat(bytes) });
  expect([(await told(1_048_576)).status, (await told(1_048_577)).status]).toEqual([200, 413]);
});
