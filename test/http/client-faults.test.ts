// Broken and hostile answers: each ends within its limit, in our words, with the right advice on trying again.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TimeLimits } from '../../src/http/faults.ts';
import { openBlackHole } from '../servers/black-hole.ts';
import { endless, type FaultServer, raw, reply, type Step, silence, startFaultServer } from '../servers/fault-server.ts';
import { startTcpServer } from '../servers/tcp-server.ts';
import { clientWith, failureOf, lookupTo, planFor, send } from './sending.ts';

let server: FaultServer;
const open: Array<{ close(): unknown }> = [];

beforeAll(async () => {
  server = await startFaultServer();
  open.push(server);
});

afterAll(async () => {
  for (const each of open) await each.close();
});

function clientWithin(timeouts: Partial<TimeLimits>, more = {}) {
  const client = clientWith({ timeouts, ...more });
  open.push(client);
  return client;
}

const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');
const zipped = gzipSync(JSON.stringify(Array.from({ length: 500 }, (_, n) => `${n * 7919}`)));
const zippedHead = head('content-encoding: gzip', 'connection: close');
const chunked = 'transfer-encoding: chunked';
const cutOff = { name: 'ResponseError', exit: 27, message: 'the answer of 127.0.0.1 broke off', retry: 'yes', timeout: false };
const notHttp = { name: 'ResponseError', exit: 27, message: 'the answer of 127.0.0.1 is not valid HTTP', retry: 'once', timeout: false };
const damaged = {
  name: 'ResponseError',
  exit: 27,
  message: 'the compressed answer of 127.0.0.1 is damaged',
  retry: 'once',
  timeout: false,
};
const unanswered = {
  name: 'TemporaryError',
  exit: 25,
  message: '127.0.0.1 did not answer: connection reset',
  retry: 'yes',
  timeout: false,
};

describe('an answer that breaks off', () => {
  const cases: ReadonlyArray<[string, Step, object]> = [
    ['before its first byte, by FIN', raw('', 'end'), unanswered],
    ['before its first byte, by RST', raw('', 'reset'), unanswered],
    ['within the header', raw('HTTP/1.1 200 OK\r\ncontent-', 'end'), unanswered],
    ['short of its length, by FIN', raw(`${head('content-length: 100')}abc`, 'end'), cutOff],
    ['short of its length, by RST', raw(`${head('content-length: 100')}abc`, 'reset'), cutOff],
    ['between chunks', raw(`${head(chunked)}3\r\nabc\r\n`, 'end'), cutOff],
    [
      'within compressed data of known length',
      raw(Buffer.concat([Buffer.from(head(`content-length: ${zipped.length}`, 'content-encoding: gzip')), zipped.subarray(0, 99)]), 'end'),
      cutOff,
    ],
    [
      'within compressed data, by RST',
      raw(Buffer.concat([Buffer.from(head(chunked, 'content-encoding: gzip')), Buffer.from('10\r\n'), zipped.subarray(0, 16)]), 'reset'),
      cutOff,
    ],
    ['within compressed data of unknown length', raw(Buffer.concat([Buffer.from(zippedHead), zipped.subarray(0, -20)]), 'end'), damaged],
  ];
  it.each(cases)('%s', async (_when, step, expected) => {
    server.script('/x', step);
    expect(await failureOf(send(clientWithin({}), planFor(server.origin)))).toEqual(expected);
  });
});

describe('an answer that cannot be read', () => {
  const cases: ReadonlyArray<[string, Step, object]> = [
    ['garbage first line', raw('hello\r\n\r\n', 'end'), notHttp],
    ['longer than its length', raw(`${head('content-length: 1')}abc`, 'end'), notHttp],
    ['bad chunk size', raw(`${head(chunked)}zz\r\nabc\r\n`, 'end'), notHttp],
    ['two lengths', raw(`${head('content-length: 1', 'content-length: 3')}abc`, 'end'), notHttp],
    ['length and chunks', raw(`${head('content-length: 1', chunked)}0\r\n\r\n`, 'end'), notHttp],
    ['negative length', raw(`${head('content-length: -1')}abc`, 'end'), notHttp],
    [
      'header of 20 kB',
      raw(head(`x: ${'a'.repeat(20_000)}`), 'end'),
      { ...notHttp, message: 'the answer of 127.0.0.1 has headers of more than 16 KiB' },
    ],
    ['not brotli', raw(`${head('content-encoding: br', 'connection: close')}plain`, 'end'), damaged],
    ['not gzip', raw(`${zippedHead}plain`, 'hold'), damaged],
  ];
  it.each(cases)('%s', async (_what, step, expected) => {
    server.script('/x', step);
    expect(await failureOf(send(clientWithin({}), planFor(server.origin)))).toEqual(expected);
  });
});

describe('an answer that is too much', () => {
  const tooLarge = { name: 'ResponseError', exit: 27, message: 'the answer is larger than 16 MiB', retry: undefined, timeout: undefined };
  const most = 16 * 1024 * 1024;
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

  it.each<[string, Step]>([
    ['by its own length', raw(head('content-length: 300000000'), 'hold')],
    ['by one byte', reply(200, Buffer.alloc(most + 1))],
    ['by one byte of unknown length', raw(Buffer.concat([Buffer.from(head('connection: close')), Buffer.alloc(most + 1)]), 'end')],
    ['without end', endless(head(), Buffer.alloc(64 * 1024))],
    ['once unpacked', reply(200, bomb, { 'content-encoding': 'gzip' })],
  ])('%s', async (_how, step) => {
    server.script('/x', step);
    expect(await failureOf(send(clientWithin({}), planFor(server.origin)))).toEqual(tooLarge);
  });

  it('is read when it just fits', async () => {
    server.script('/x', reply(200, Buffer.alloc(most)));
    expect((await send(clientWithin({}), planFor(server.origin))).body).toHaveLength(most);
  });
});

describe('interim answers', () => {
  const early = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';

  it('are skipped', async () => {
    server.script('/x', raw(`${early.repeat(5)}HTTP/1.1 100 Continue\r\n\r\n${head('content-length: 2')}{}`, 'hold'));
    expect((await send(clientWithin({}), planFor(server.origin))).status).toBe(200);
  });

  it('in a flood are a failure', async () => {
    server.script('/x', endless('', early, 1));
    expect(await failureOf(send(clientWithin({}), planFor(server.origin)))).toMatchObject({
      name: 'ResponseError',
      message: '127.0.0.1 sends one interim answer after another',
    });
  });

  it('that change the protocol are a failure, and the connection is given up', async () => {
    const upgrading = await startFaultServer();
    upgrading.script('/x', raw('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'hold'));
    expect(await failureOf(send(clientWithin({}), planFor(upgrading.origin)))).toMatchObject({
      name: 'ResponseError',
      message: '127.0.0.1 answered with status 101, which is no answer to this request',
    });
    await upgrading.deserted();
    await upgrading.close();
  }, 5000);
});

describe('an answer that takes too long', () => {
  const late = (message: string) => ({ name: 'TemporaryError', exit: 25, message, retry: 'yes', timeout: true });

  it.each<[string, Step, Partial<TimeLimits>, string]>([
    ['nothing', silence, { headersMs: 100 }, 'no answer from 127.0.0.1 within 0.1 s'],
    ['nothing, with a short limit for all', silence, { attemptMs: 100 }, 'no answer from 127.0.0.1 within 0.1 s'],
    [
      'a stall after the header',
      raw(head('content-length: 9'), 'hold'),
      { attemptMs: 150 },
      'the answer of 127.0.0.1 was not complete within 0.15 s',
    ],
    [
      'one byte at a time',
      endless(head('content-length: 99999'), 'x', 5),
      { attemptMs: 150 },
      'the answer of 127.0.0.1 was not complete within 0.15 s',
    ],
    ['header bytes one at a time', endless('HTTP/1.1 200 OK\r\nx: ', 'x', 5), { headersMs: 100 }, 'no answer from 127.0.0.1 within 0.1 s'],
    [
      'compressed data that stalls',
      raw(Buffer.concat([Buffer.from(zippedHead), zipped.subarray(0, 99)]), 'hold'),
      { attemptMs: 150 },
      'the answer of 127.0.0.1 was not complete within 0.15 s',
    ],
  ])('%s', async (_what, step, limits, message) => {
    server.script('/x', step);
    expect(await failureOf(send(clientWithin(limits), planFor(server.origin)))).toEqual(late(message));
  });

  it('a port that takes no connection', async () => {
    const hole = await openBlackHole();
    const call = send(clientWithin({ connectMs: 100 }), planFor(`http://127.0.0.1:${hole.port}`));
    expect(await failureOf(call)).toEqual(late('cannot reach 127.0.0.1: no connection within 0.1 s'));
    await hole.close();
  });

  it('a TLS handshake that nobody answers', async () => {
    const mute = await startTcpServer(() => {});
    const call = send(clientWithin({ secureConnectMs: 100 }), planFor(`https://127.0.0.1:${mute.port}`));
    expect(await failureOf(call)).toEqual(late('cannot reach 127.0.0.1: no TLS connection within 0.1 s'));
    await mute.close();
  });

  it('a name server that does not answer', async () => {
    const call = send(clientWithin({ lookupMs: 100 }, { lookup: () => {} }), planFor('https://api.example.test'));
    expect(await failureOf(call)).toEqual(late('no address of api.example.test found within 0.1 s'));
  });
});

describe('a host that cannot be reached', () => {
  it('refuses', async () => {
    const gone = await startTcpServer(() => {});
    await gone.close();
    expect(await failureOf(send(clientWithin({}), planFor(`http://127.0.0.1:${gone.port}`)))).toEqual({
      name: 'TemporaryError',
      exit: 25,
      message: 'cannot reach 127.0.0.1: connection refused',
      retry: 'yes',
      timeout: false,
    });
  });

  it('refuses on each of its addresses', async () => {
    const gone = await startTcpServer(() => {});
    await gone.close();
    const client = clientWithin({}, { lookup: lookupTo('127.0.0.1', '127.0.0.2') });
    const { message } = await failureOf(send(client, planFor(`http://api.localhost:${gone.port}`)));
    expect(message).toBe('cannot reach api.localhost: connection refused');
  });

  it('is reached on its second address', async () => {
    server.script('/x', reply(200, '{}'));
    const client = clientWithin({}, { lookup: lookupTo('127.0.0.2', '127.0.0.1') });
    expect((await send(client, planFor(`http://api.localhost:${server.port}`))).status).toBe(200);
  });

  it('resets every connection at once', async () => {
    const hostile = await startTcpServer(socket => socket.resetAndDestroy());
    const failure = await failureOf(send(clientWithin({}), planFor(`http://127.0.0.1:${hostile.port}`)));
    expect(failure).toMatchObject({ name: 'TemporaryError', retry: 'yes', timeout: false });
    expect(failure.message).toMatch(/^(?:cannot reach 127\.0\.0\.1|127\.0\.0\.1 did not answer): connection reset$/);
    await hostile.close();
  });

  it.each([
    ['ENOTFOUND', 'once', 'no such host name'],
    ['EAI_AGAIN', 'yes', 'the name server does not answer'],
  ])('has no address (%s)', async (code, retry, words) => {
    const lookup = (_host: string, _options: object, callback: (error: Error, address: string) => void) =>
      callback(Object.assign(new Error('canary'), { code, syscall: 'getaddrinfo' }), '');
    expect(await failureOf(send(clientWithin({}, { lookup }), planFor('https://api.example.test')))).toEqual({
      name: 'TemporaryError',
      exit: 25,
      message: `cannot reach api.example.test: ${words}`,
      retry,
      timeout: false,
    });
  });
});
