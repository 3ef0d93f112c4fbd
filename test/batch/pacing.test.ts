// Pacing of a whole run: 429 holds everybody back, the budget for retries is shared, the deadline is kept.
import { describe, expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { type Special, startCrego } from './crego.ts';
import { key, keyFile } from './storm.ts';

const home = await sharedHome();

async function lookUp(count: number, special: Special, more: readonly string[]) {
  const server = await startCrego(special);
  await home.configure(configFor('crego', server.origin));
  const keys = await home.write('work/keys', keyFile(count));
  const said = await runInProcess(['crego', 'record', '--ids-from', keys, '-o', 'ndjson', '--fields', 'id', ...more], { home });
  return { ...said, asked: server.asked, last: said.stderr.trimEnd().split('\n').at(-1) };
}

const rows = (count: number) => Array.from({ length: count }, (_, n) => `{"id":"${key(n)}"}\n`).join('');

describe('a batch', () => {
  const width = 8;
  const throttled =
    (seconds: string): Special =>
    (id, nth) =>
      id === key(0) && nth === 1 ? { status: 429, headers: { 'retry-after': seconds }, body: '{}' } : undefined;

  it('sends nothing at all after a 429 before its time, by whichever worker', async () => {
    const ran = await lookUp(200, throttled('200'), ['--concurrency', String(width), '--deadline', '2']);
    expect(ran.code).toBe(28);
    // What was on its way when the 429 was answered has arrived, and nothing else.
    expect(ran.asked.length).toBeLessThanOrEqual(3 * width);
  });

  it('goes on when the time of a 429 has come, with every key once', async () => {
    const ran = await lookUp(200, throttled('1'), ['--concurrency', String(width)]);
    expect(ran).toMatchObject({ code: 0, stdout: rows(200) });
    expect(ran.asked.length).toBe(201);
  });

  it('asks for the next key while a long answer is looked at', async () => {
    const long = `{"id":"${key(9)}","x":[${'[1],'.repeat(300_000)}1]}`;
    const ran = await lookUp(2, id => (id === key(0) ? { body: long } : undefined), ['--concurrency', '1', '-v']);
    expect(ran).toMatchObject({ code: 24, stdout: `{"id":"${key(1)}"}\n` });
    const told = ran.stderr.split('\n').flatMap(line => /^> GET .*(?=\/\?)|^error: .*another key/.exec(line)?.[0].slice(-36) ?? []);
    expect(told).toEqual([key(0), key(1), expect.stringMatching(/another key/)]);
  });

  it('tries a key again before it asks for the next one', async () => {
    const ran = await lookUp(2, (id, nth) => (id === key(0) && nth === 1 ? { status: 503 } : undefined), ['--concurrency', '1']);
    expect(ran).toMatchObject({ code: 0, asked: [key(0), key(0), key(1)] });
  });

  it('pays for retries from one budget: 100, of which a retry takes 5', async () => {
    // Of every 40 keys in a row, 10 fail for good: too few for a stop, too many for the budget.
    const fails = (id: string) => Number.parseInt(id.slice(-4), 16) % 40 < 10;
    const ran = await lookUp(400, id => (fails(id) ? { status: 503, headers: { 'retry-after': '0' } } : undefined), [
      '--concurrency',
      '40',
    ]);
    expect(ran.code).toBe(24);
    // 100 at the start, 300 back for clean answers at most.
    const retries = ran.asked.length - 400;
    expect(retries).toBeGreaterThan(20);
    expect(retries).toBeLessThanOrEqual((100 + 300) / 5);
    expect(ran.last).toMatch(
      new RegExp(`^400 keys: 300 delivered, 0 missing, 100 failed in .* \\(${400 + retries} requests, ${retries} retries\\)$`),
    );
  }, 60_000);

  it('that meets only 503 stops after twenty keys, with no more requests than keys and budget allow', async () => {
    const ran = await lookUp(1000, () => ({ status: 503, body: '' }), ['--concurrency', '8']);
    expect(ran).toMatchObject({ code: 25, stdout: '' });
    expect(ran.last).toMatch(/^20 keys: 0 delivered, 0 missing, 20 failed/);
    expect(ran.asked.length).toBeLessThanOrEqual(20 + 8 * 16 + 100 / 5);
  }, 60_000);

  it('ends with 28 at its deadline and keeps what it has', async () => {
    const ran = await lookUp(1000, () => undefined, ['--max-rate', '10', '--deadline', '1.5']);
    expect(ran.code).toBe(28);
    const delivered = ran.stdout.split('\n').length - 1;
    expect(ran.stdout).toBe(rows(delivered));
    expect(delivered).toBeGreaterThanOrEqual(10);
    expect(ran.asked.length).toBeLessThanOrEqual(10 + 10 * 1.5 + 1);
    expect(ran.stderr).toContain('error: crego record: the deadline of 1.5 s has passed\n');
    expect(ran.last).toMatch(new RegExp(`^${delivered} keys: ${delivered} delivered, 0 missing, 0 failed`));
  });
});
