// A server (or a proxy in between) that sends more than it was asked for: the surplus is nobody's answer, least of all the next one's.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { arrivalsRead } from '../../src/http/surplus.ts';
import { issueCertificate } from '../servers/certificates.ts';
import { type Listening, listen } from '../servers/tcp-server.ts';
import { clientWith, planFor } from './sending.ts';

const authority = issueCertificate({ names: ['Test Authority'] });
const certificate = issueCertificate({ names: ['127.0.0.1'], issuer: authority });
const open: Array<{ close(): unknown }> = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A request as it came, and the connection it came on. */
interface Asked {
  readonly path: string;
  readonly socket: net.Socket;
  /** Which connection, counted from 1, and which request on it. */
  readonly connection: number;
  readonly nth: number;
}

/** Bytes go out as the script says; nothing of HTTP but the blank line that ends a request is understood. */
async function serve(scheme: 'http' | 'https', script: (asked: Asked) => void): Promise<Listening & { readonly origin: string }> {
  let connections = 0;
  const talk = (socket: net.Socket) => {
    const connection = ++connections;
    let nth = 0;
    let text = '';
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', chunk => {
      text += chunk;
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const [, path = ''] = text.split(' ', 2);
        text = text.slice(end + 4);
        script({ path, socket, connection, nth: ++nth });
      }
    });
  };
  const { key, cert } = certificate;
  const server = await listen(scheme === 'http' ? net.createServer(talk) : tls.createServer({ key, cert }, talk));
  open.push(server);
  return Object.assign(server, { origin: `${scheme}://127.0.0.1:${server.port}` });
}

const answer = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const inChunks = (body: string) =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

function customer(origin: string, concurrency = 4) {
  const client = clientWith({ caPem: authority.cert, concurrency });
  open.push(client);
  const resent: string[] = [];
  const ask = async (path: string): Promise<string> => {
    const again = async () => void resent.push(path);
    const { body } = await client.send(planFor(origin, { path, template: path }), { signal: new AbortController().signal, again });
    return Buffer.from(body).toString();
  };
  return { client, ask, resent };
}

/** Writes each text once the one before is with the system, with pauses in between. */
async function put(socket: net.Socket, ...steps: ReadonlyArray<string | typeof turn>): Promise<void> {
  for (const step of steps) {
    if (typeof step === 'string') await new Promise<void>(resolve => socket.write(step, () => resolve()));
    else await step();
  }
}

it('all that ask in one turn wait for the same arrivals, and who asks later for later ones', async () => {
  const first = arrivalsRead();
  expect(arrivalsRead()).toBe(first);
  await turn();
  const second = arrivalsRead();
  expect(second).not.toBe(first);
  const order: string[] = [];
  await Promise.all([second.then(() => order.push('second')), first.then(() => order.push('first'))]);
  expect(order).toEqual(['first', 'second']);
});

/** Enough turns of the event loop for whatever has arrived to be read. */
async function idle(): Promise<void> {
  for (let n = 0; n < 10; n += 1) await turn();
}

describe.each(['http', 'https'] as const)('over %s, a second answer to the first question', scheme => {
  describe.each([
    ['of known length', answer],
    ['in chunks', inChunks],
  ])('%s', (_, write) => {
    const [mine, surplus, next] = [write('mine'), write('surplus'), write('next')];

    it.each<[string, (socket: net.Socket) => Promise<void>]>([
      ['in the same segment', socket => put(socket, mine + surplus)],
      ['in a segment right behind', socket => put(socket, mine, surplus)],
      ['one turn later', socket => put(socket, mine, turn, surplus)],
      ['whose head is cut in the same segment', socket => put(socket, mine + surplus.slice(0, 20))],
      ['whose head is cut, and goes on one turn later', socket => put(socket, mine + surplus.slice(0, 20), turn, surplus.slice(20))],
      ['that is one byte', socket => put(socket, mine, turn, 'H')],
    ])('%s is not given to the next', async (_when, first) => {
      let surplusSent: Promise<void> | undefined;
      const server = await serve(scheme, ({ path, socket }) => {
        if (path === '/mine') surplusSent = first(socket);
        else socket.write(next);
      });
      const { ask } = customer(server.origin);
      expect(await ask('/mine')).toBe('mine');
      await surplusSent;
      expect(await ask('/next')).toBe('next');
      await idle();
      expect(await ask('/next')).toBe('next');
    });

    it('that has arrived unread when the next question is asked is not given to it', async () => {
      let say = (_text: string): void => {};
      const server = await serve(scheme, ({ path, socket }) => {
        if (path !== '/mine') return void socket.write(next);
        say = text => socket.write(text);
        socket.write(mine);
      });
      const { ask, resent } = customer(server.origin);
      expect(await ask('/mine')).toBe('mine');
      await idle();
      say(surplus);
      expect(await ask('/next')).toBe('next');
      expect([server.connections, resent]).toEqual([2, []]);
    });

    it('that comes with the next answer behind it is not given to the next: it is asked again on a connection of its own', async () => {
      const server = await serve(scheme, ({ path, socket, connection }) =>
        socket.write(path === '/mine' ? mine : connection === 1 ? surplus + next : next),
      );
      const { ask, resent } = customer(server.origin);
      expect(await ask('/mine')).toBe('mine');
      expect(await ask('/next')).toBe('next');
      expect([server.connections, resent]).toEqual([2, ['/next']]);
    });

    it('whose head was swallowed, and whose end comes before the next answer, is asked again, too', async () => {
      const server = await serve(scheme, ({ path, socket, connection }) =>
        socket.write(path === '/mine' ? mine + surplus.slice(0, 20) : connection === 1 ? surplus.slice(20) + next : next),
      );
      const { ask, resent } = customer(server.origin);
      expect(await ask('/mine')).toBe('mine');
      expect(await ask('/next')).toBe('next');
      expect([server.connections, resent]).toEqual([2, ['/next']]);
    });

    it('right behind is not given to a question that waits for the connection', async () => {
      const server = await serve(scheme, ({ path, socket }) =>
        path === '/mine' ? put(socket, mine).then(() => put(socket, surplus)) : turn().then(() => socket.write(next)),
      );
      const { ask } = customer(server.origin, 1);
      expect(await Promise.all([ask('/mine'), ask('/next'), ask('/next')])).toEqual(['mine', 'next', 'next']);
    });

    it('that is still under way when a good answer lets the next question go is not given to it', async () => {
      const server = await serve(scheme, ({ path, socket }) =>
        path === '/mine' ? put(socket, mine).then(() => put(socket, surplus)) : turn().then(() => socket.write(next)),
      );
      const { client, ask } = customer(server.origin, 1);
      const asked: Promise<string>[] = [];
      const answered = (status: number) => void asked.push(ask(`/next-${status}`));
      const plan = planFor(server.origin, { path: '/mine', template: '/mine' });
      const { body } = await client.send(plan, { signal: new AbortController().signal, answered });
      expect(Buffer.from(body).toString()).toBe('mine');
      expect(await Promise.all(asked)).toEqual(['next']);
    });

    it('closes the connection at once', async () => {
      const closed: Promise<unknown>[] = [];
      const server = await serve(scheme, ({ socket }) => {
        closed.push(once(socket, 'close'));
        socket.write(mine, () => setImmediate(() => socket.write(surplus)));
      });
      expect(await customer(server.origin).ask('/mine')).toBe('mine');
      await Promise.all(closed);
    });
  });

  it('is waited for once: while it may come behind an answer, the next question waits with it', async () => {
    const server = await serve(scheme, ({ socket }) => socket.write(answer('body')));
    const { client, ask } = customer(server.origin, 1);
    await ask('/warm');
    const sent: unknown[] = [];
    const note = (message: unknown) => sent.push(message);
    subscribe('http.client.request.start', note);
    let next: Promise<string> | undefined;
    const answered = (): void => {
      next = ask('/next');
    };
    await client.send(planFor(server.origin), { signal: new AbortController().signal, answered });
    await turn();
    expect(sent.length).toBe(2);
    unsubscribe('http.client.request.start', note);
    expect(await next).toBe('body');
    expect(server.connections).toBe(1);
  });

  it('does not come: the connection is used again and again', async () => {
    const server = await serve(scheme, ({ socket, nth }) => socket.write((nth % 2 === 0 ? inChunks : answer)(`body ${nth}`)));
    const { ask, resent } = customer(server.origin);
    const bodies = [];
    for (let n = 0; n < 5; n += 1) bodies.push(await ask('/x'));
    expect(bodies).toEqual(['body 1', 'body 2', 'body 3', 'body 4', 'body 5']);
    expect([server.connections, resent]).toEqual([1, []]);
  });
});
