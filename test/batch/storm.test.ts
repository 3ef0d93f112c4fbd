// A long key list through a night of faults: every key is accounted for, and the provider never sees more than it agreed to. With
// LOANQ_LONG=1 the list is five times as long and every second is looked at; `npm run soak` has 100,000 keys.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { isLong } from '../runner/long.ts';
import { configFor } from '../runner/profiles.ts';
import { run } from '../runner/run.ts';
import { key, keyFile, type LedgerEntry, startStorm } from './storm.ts';

/** By the fixed plan of the server: these are not there, and these get a page in the place of a record. */
const { keys, absent, garbled } = isLong ? { keys: 10_000, absent: 99, garbled: 9 } : { keys: 2_000, absent: 21, garbled: 2 };
const rate = 400;
const burst = 10;
const width = 64;

const home = await sharedHome();
const server = await startStorm({ plan: 'storm', slowMs: 300 });
await home.configure(configFor('crego', server.origin));
await home.write('work/keys', keyFile(keys));

/** How far the requests ever were ahead of the rate, counted from the first one on: being late on their way only makes this less. */
function aheadOfRate(ledger: readonly LedgerEntry[]): number {
  const startMs = ledger[0]?.ms ?? 0;
  return Math.max(...ledger.map(({ ms }, at) => at + 1 - ((ms - startMs) / 1000) * rate));
}

/** Most requests in any second, less what a request may be on its way for on a busy machine. */
function worstSecond(ledger: readonly LedgerEntry[], secondMs = 900): number {
  let worst = 0;
  let from = 0;
  for (const [to, { ms }] of ledger.entries()) {
    while ((ledger[from]?.ms ?? ms) <= ms - secondMs) from += 1;
    worst = Math.max(worst, to - from + 1);
  }
  return worst;
}

interface Listed {
  readonly key: string;
  readonly code: string;
  readonly exit: number;
  readonly status?: number;
  readonly attempts: number;
}

describe(`a batch of ${keys} keys in a storm`, () => {
  it('accounts for every key and keeps to its rate, retries included', async () => {
    const args = 'crego record --ids-from keys --csv --fields id,amount --out o.csv --errors e --summary s --retries 1';
    const pace = ['--concurrency', String(width), '--max-rate', String(rate)];
    const ran = await run([...args.split(' '), ...pace], { home, limitMs: 240_000 });
    expect(ran).toMatchObject({ code: 24, stdout: '' });

    const inputs = Array.from({ length: keys }, (_, n) => key(n));
    const [header, ...rows] = (await readFile(join(home.cwd, 'o.csv'), 'utf8')).trimEnd().split('\r\n');
    expect(header).toBe('id,amount');
    expect(new Set(rows.map(row => row.split(',').length))).toEqual(new Set([2]));
    const ids = rows.map(row => row.split(',')[0] ?? '');
    const listed = (await readFile(join(home.cwd, 'e'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Listed);
    // Each key once, in one place or the other, and both in the order of the keys.
    expect([...ids, ...listed.map(entry => entry.key)].sort()).toEqual(inputs);
    expect(ids).toEqual([...ids].sort());
    expect(listed.map(entry => entry.key)).toEqual(listed.map(entry => entry.key).sort());

    const counts = new Map<string, number>();
    for (const { code } of listed) counts.set(code, (counts.get(code) ?? 0) + 1);
    const { 'not-found': missing = 0, ...failures } = Object.fromEntries(counts);
    const summary = JSON.parse(await readFile(join(home.cwd, 's'), 'utf8'));
    const ledger = await server.ledger();
    expect(summary).toMatchObject({
      code: 'partial',
      exit: 24,
      keys,
      delivered: ids.length,
      missing,
      failed: listed.length - missing,
      rows: ids.length,
      failures,
      requests: ledger.length,
    });
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(
        `^${keys} keys: ${ids.length} delivered, ${missing} missing, ${listed.length - missing} failed in .* s \\(${ledger.length} requests, `,
      ),
    );
    expect(aheadOfRate(ledger)).toBeLessThanOrEqual(burst + width);
    if (isLong) expect(worstSecond(ledger)).toBeLessThanOrEqual(rate + burst);

    // Each failure is told as what the server did last.
    const last = new Map(ledger.map(({ n, status }) => [key(n), status]));
    const codeOf: Readonly<Record<number, string>> = {
      404: 'not-found',
      500: 'temporary',
      429: 'temporary',
      0: 'temporary',
      200: 'bad-response',
    };
    const tries = new Map<string, number>();
    for (const { n } of ledger) tries.set(key(n), (tries.get(key(n)) ?? 0) + 1);
    for (const { key: id, code, attempts } of listed) {
      expect([id, code]).toEqual([id, codeOf[last.get(id) ?? -1]]);
      // A request whose connection had just been closed goes out once more, which is no attempt of its own.
      if (last.get(id) === 0) expect(attempts).toBeLessThanOrEqual(tries.get(id) ?? 0);
      else expect([id, attempts]).toEqual([id, tries.get(id)]);
    }
    expect(listed.filter(({ code }) => code === 'not-found').length).toBe(absent);
    expect(listed.filter(({ code }) => code === 'bad-response').length).toBe(garbled);
    // Only what did not succeed was asked for again.
    const first = new Map<string, number>();
    for (const { n, status } of ledger) {
      expect([500, 429, 0, undefined]).toContain(first.get(key(n)));
      first.set(key(n), status);
    }
  }, 280_000);
});
