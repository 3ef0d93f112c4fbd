// What a server or the network can do to a lookup: how often it is asked again, and the exit code.
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runInProcess, type Said } from '../runner/in-process.ts';
import { closeLater, ownHome } from '../runner/left-overs.ts';
import { openBlackHole } from '../servers/black-hole.ts';
import { endless, type FaultServer, raw, reply, replyJson, reset, type Step, silence, startFaultServer } from '../servers/fault-server.ts';
import { listen, startTcpServer } from '../servers/tcp-server.ts';
import { configOf, lookup, wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const pathOf = (at: number): string => `/v1/lms/records/${crego.keys[at]}/`;
const good = (at = 0): Step => replyJson(crego.answer(crego.keys[at] ?? '', 'fine'));

async function ask(baseUrl: string, args: readonly string[], profile: object = {}): Promise<Said> {
  const home = await ownHome();
  await home.configure(configOf(crego, baseUrl, profile));
  return runInProcess([...lookup(crego), ...args], { home });
}

/** One lookup of a record that is answered by these steps in turn. */
async function lookUp(steps: readonly Step[], args: readonly string[] = [], profile: object = {}): Promise<Said & { server: FaultServer }> {
  const server = closeLater(await startFaultServer());
  server.script(pathOf(0), ...steps);
  return { ...(await ask(server.origin, ['--json', ...args], profile)), server };
}

describe.concurrent('a failure that may pass is asked again, once it has passed the row is delivered', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])('HTTP %d', async status => {
    const { code, stdout, server } = await lookUp([reply(status, '{}'), good()], [], { retries: 1 });
    expect([code, JSON.parse(stdout).length, server.requests.length]).toEqual([0, 1, 2]);
  });

  it.each(['abc', '', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT', '0'])('with retry-after: %s', async value => {
    const { code, server } = await lookUp([reply(429, '{}', { 'retry-after': value }), good()], [], { retries: 1 });
    expect([code, server.requests.length]).toEqual([0, 2]);
  });

  it.each(['9999999', '1000000000000', '3600'])(
    'with retry-after: %s, not before the deadline: exit code 25 or 28, not asked at once',
    async value => {
      const { code, server } = await lookUp([reply(429, '{}', { 'retry-after': value })], ['--deadline', '2'], { retries: 5 });
      expect([25, 28]).toContain(code);
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each([
    ['a reset', reset],
    ['a body that breaks off', raw('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"id"', 'end')],
    ['a chunk without an end', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"id"', 'reset')],
  ])('%s', async (_, step) => {
    const { code, server } = await lookUp([step, good()], [], { retries: 1 });
    expect([code, server.requests.length]).toEqual([0, 2]);
  });
});

describe.concurrent('a failure that stays', () => {
  const cases: readonly (readonly [string, Step, number, number])[] = [
    ['HTTP 503', reply(503, '{}'), 25, 2],
    ['HTTP 404', reply(404, '{"detail":"unknown"}'), 21, 1],
    ['HTTP 410', reply(410, '{"detail":"gone"}'), 21, 1],
    ['HTTP 400', reply(400, '{}'), 22, 1],
    ['HTTP 401', reply(401, '{}'), 4, 1],
    ['HTTP 403', reply(403, '{}'), 4, 1],
    ['a reset', reset, 25, 2],
    ['a body that breaks off', raw('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"id"', 'end'), 27, 2],
    [
      'eleven interim answers',
      raw(`${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(11)}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`, 'end'),
      27,
      1,
    ],
    [
      'an answer that switches protocols',
      raw('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'hold'),
      27,
      1,
    ],
    ['an empty answer', reply(200, ''), 27, 1],
    ['a page', reply(200, '<html>', { 'content-type': 'text/html' }), 27, 1],
  ];
  it.each(cases)('%s', async (_, step, exit, requests) => {
    const { code, stdout, server } = await lookUp([step], [], { retries: 1 });
    expect([code, stdout, server.requests.length]).toEqual([exit, '', requests]);
  });

  it('an interim answer or two do no harm', async () => {
    const body = JSON.stringify(crego.answer(crego.keys[0] ?? '', 'fine'));
    const { code, stdout } = await lookUp([
      raw(`${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(2)}HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`, 'end'),
    ]);
    expect([code, JSON.parse(stdout)]).toEqual([0, [JSON.parse(body)]]);
  });

  it.each([
    ['silence', silence],
    ['headers and then nothing', raw('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n', 'hold')],
    ['a byte now and then', endless('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n', ' ', 50)],
  ])('%s ends with the limit of an attempt', async (_, step) => {
    const { code, stdout } = await lookUp([step], ['--timeout', '1']);
    expect([code, stdout]).toEqual([25, '']);
  });
});

describe.concurrent('a network that does not work is exit code 25', () => {
  it('nobody listens', async () => {
    const listener = await startTcpServer(() => undefined);
    await listener.close();
    expect((await ask(`http://127.0.0.1:${listener.port}`, [])).code).toBe(25);
  });

  it('nobody takes the call', async () => {
    const hole = closeLater(await openBlackHole());
    expect((await ask(`http://127.0.0.1:${hole.port}`, ['--timeout', '1'])).code).toBe(25);
  });

  it('the name is not known', async () => {
    expect((await ask('https://api.invalid', ['--timeout', '5'])).code).toBe(25);
  });

  it('the server hangs up on everybody', async () => {
    const server = closeLater(await listen(createServer(socket => socket.destroy())));
    expect((await ask(`http://127.0.0.1:${server.port}`, [])).code).toBe(25);
  });
});

describe.concurrent('in a batch', () => {
  const keys = crego.keys.slice(1, 4);

  async function askFour(steps: readonly Step[]): Promise<Said & { server: FaultServer }> {
    const server = closeLater(await startFaultServer());
    for (const [at, step] of steps.entries()) server.script(pathOf(at), step);
    return { ...(await ask(server.origin, [...keys, '-o', 'ndjson', '--concurrency', '1'])), server };
  }

  it('a 403 of one key, once others have worked, is that key’s failure', async () => {
    const { code, stdout, server } = await askFour([good(0), reply(403, '{}'), good(2), good(3)]);
    expect([code, stdout.trim().split('\n').length, server.requests.length]).toEqual([24, 3, 4]);
  });

  it('a 403 of the first key stops the run', async () => {
    const { code, stdout, server } = await askFour([reply(403, '{}'), good(1), good(2), good(3)]);
    expect([code, stdout, server.requests.length]).toEqual([4, '', 1]);
  });

  it('a 401 stops the run at any time', async () => {
    const { code, stdout, server } = await askFour([good(0), reply(401, '{}'), good(2), good(3)]);
    expect([code, stdout.trim().split('\n').length, server.requests.length]).toEqual([4, 1, 2]);
  });

  it('a connection that is closed between two keys costs no attempt', async () => {
    const hangUp =
      (at: number): Step =>
      exchange => {
        good(at)(exchange);
        exchange.response.on('finish', () => exchange.socket.end());
      };
    const { code, stdout } = await askFour([hangUp(0), hangUp(1), hangUp(2), hangUp(3)]);
    expect([code, stdout.trim().split('\n').length]).toEqual([0, 4]);
  });
});
