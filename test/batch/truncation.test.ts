// An answer that breaks off, at whichever byte, is no answer: nothing of it reaches stdout, and a whole one later counts in full.
// Every byte of the head and of either end of the body is a place to cut, and of the rest every eleventh; with LOANQ_LONG=1 each one is.

import { readFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { isLong } from '../runner/long.ts';
import { configFor } from '../runner/profiles.ts';
import { run } from '../runner/run.ts';
import { listen } from '../servers/tcp-server.ts';
import { key } from './storm.ts';

const sample = readFileSync(new URL('../../src/providers/crego/record.example.json', import.meta.url), 'utf8').replace(/\s*\n\s*/g, '');
const documentedId = /"id":\s*"([^"]+)"/.exec(sample)?.[1] ?? '';
const body = (n: number) => sample.replace(documentedId, key(n));
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** Whole answers with the three ways of telling where the body ends. */
const framings: readonly ((n: number) => string)[] = [
  n => `${head}Content-Length: ${Buffer.byteLength(body(n))}\r\n\r\n${body(n)}`,
  n => `${head}Transfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(body(n)).toString(16)}\r\n${body(n)}\r\n0\r\n\r\n`,
  n => `${head}Connection: close\r\n\r\n${body(n)}`,
];
const lengths = framings.map(frame => frame(0).length);

interface Cut {
  readonly framing: number;
  /** Bytes that are sent. */
  readonly at: number;
}

/** Every cut of every framing, neighbours far apart: a run of dead connections would end the run. */
function cutsOf(): readonly Cut[] {
  const step = isLong ? 1 : 11;
  const all = lengths.flatMap((length, framing) => {
    const bodyAt = length - body(0).length;
    const isTold = (at: number) => at % step === 0 || at <= bodyAt + 20 || at >= length - 20;
    return [...Array(length).keys()].filter(isTold).map(at => ({ framing, at }));
  });
  const place = (k: number) => (k * 0.618034) % 1;
  return all
    .map((cut, k) => ({ cut, k }))
    .sort((one, other) => place(one.k) - place(other.k))
    .map(({ cut }) => cut);
}

/** Answers each request by a function of the key's number and of how often it was asked for; ends the connection. */
async function serve(answerTo: (n: number, nth: number) => string): Promise<string> {
  const asked = new Map<number, number>();
  const listening = await listen(
    net.createServer(socket => {
      socket.on('error', () => undefined);
      socket.on('data', chunk => {
        const n = Number.parseInt(/([0-9a-f]{12})\/\?expand/.exec(String(chunk))?.[1] ?? '', 16);
        asked.set(n, (asked.get(n) ?? 0) + 1);
        socket.end(answerTo(n, asked.get(n) ?? 0));
      });
    }),
  );
  afterAll(listening.close);
  return `http://127.0.0.1:${listening.port}`;
}

const home = await sharedHome();

async function keysUpTo(count: number): Promise<string> {
  return home.write('work/keys', Array.from({ length: count }, (_, n) => `${key(n)}\n`).join(''));
}

describe('an answer cut at any byte', () => {
  it('leaves stdout empty, whichever way the end of the body is told', async () => {
    const places = cutsOf();
    const cuts = places.length;
    const origin = await serve(n => framings[places[n]?.framing ?? 0]?.(n).slice(0, places[n]?.at) ?? '');
    await home.configure(configFor('crego', origin));
    await keysUpTo(cuts);
    const args = 'crego record --ids-from keys -o ndjson --concurrency 64 --retries 0 --errors errors --summary summary';
    const ran = await run(args.split(' '), { home, limitMs: 100_000 });
    expect(ran.stdout).toBe('');
    expect(ran.code).toBe(27);
    const summary = JSON.parse(readFileSync(`${home.cwd}/summary`, 'utf8'));
    expect(summary).toMatchObject({ keys: cuts, delivered: 0, missing: 0, failed: cuts });
    expect(Object.keys(summary.failures).sort()).toEqual(['bad-response', 'temporary']);
  }, 120_000);

  it('is tried again, and a whole second answer gives the rows of a run without faults', async () => {
    const every = isLong ? 12 : 60;
    const count = Math.ceil((lengths[0] ?? 0) / every) * 6;
    const origin = await serve((n, nth) => {
      const whole = framings[0]?.(n) ?? '';
      // Between two cuts, enough clean answers to pay for the retry.
      return nth === 1 && n % 6 === 0 ? whole.slice(0, (n / 6) * every) : whole;
    });
    await home.configure(configFor('crego', origin));
    await keysUpTo(count);
    const ran = await run('crego record --ids-from keys -o ndjson --fields id --concurrency 64'.split(' '), { home, limitMs: 100_000 });
    expect(ran.stdout).toBe(Array.from({ length: count }, (_, n) => `{"id":"${key(n)}"}\n`).join(''));
    expect(ran.code).toBe(0);
  }, 120_000);
});
