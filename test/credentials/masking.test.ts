// What the filter must not miss, and what it must not touch: a token that comes back in small letters, a secret that looks like an amount.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownHome } from '../runner/left-overs.ts';
import { type Ran, run } from '../runner/run.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { configOf, lookup, wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const [id = '', second = ''] = crego.keys;

/** One call of Crego with this token, all requests answered alike. */
async function call(token: string, answer: Answer, args: readonly string[]): Promise<Ran> {
  const server = await startServer(() => answer);
  const home = await ownHome();
  await home.configure(configOf({ ...crego, profile: { credentials: { token } } }, server.origin));
  return run(args, { home });
}

describe('a token that a server puts where letters change', () => {
  const [token = ''] = crego.secrets;

  it.each([
    ['the host of a redirect', { status: 302, headers: { location: `https://${token}.evil.example/` } }, 60],
    ['a message in small letters', { status: 422, body: JSON.stringify({ detail: `bad ${token.toLowerCase()}` }) }, 22],
    ['a message in capitals', { status: 422, body: JSON.stringify({ detail: `bad ${token.toUpperCase()}` }) }, 22],
  ])('is masked: %s', async (_, answer, exit) => {
    const { code, stdout, stderr } = await call(token, answer, [...lookup(crego), '-v']);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toContain('[redacted]');
    const parts = token.toLowerCase().split('.');
    for (const part of parts) expect(stderr.toLowerCase()).not.toContain(part.slice(0, 12));
  });
});

describe.each([
  ['12345678', '12345678', '12345678'],
  ['-12345678.50', '"-12345678.50"', '-12345678.50'],
  ['1990-05-17', '"150.00"', '1990.0517'],
])('the secret %s, which looks like an amount or a date', (secret, amount, number) => {
  const body = `{"id":"${id}","amount":${amount},"created_at":"${secret}","remark":"${secret}","metadata":{"a":${number},"b":-7${number.replace('-', '')}}}`;

  it('is left alone in results, which are whole and exact, and said to be', async () => {
    const json = await call(secret, { body }, [...lookup(crego), '--json']);
    expect(json.code).toBe(0);
    expect(json.stdout.replaceAll(/\s/g, '')).toBe(`[${body.replaceAll(/\s/g, '')}]`);
    expect(json.stderr).toContain(
      'warning: the token of profile "mine" looks like a number: results are not searched for it, because amounts would be masked\n',
    );
    const raw = await call(secret, { body }, [...lookup(crego), '--raw']);
    expect([raw.code, raw.stdout]).toEqual([0, body]);
    const csv = await call(secret, { body }, [
      ...lookup(crego),
      '--csv',
      '--csv-guard',
      'off',
      '--fields',
      'id,amount,remark',
      '--no-header',
    ]);
    expect([csv.code, csv.stdout]).toEqual([0, `${id},${amount.replaceAll('"', '')},${secret}\r\n`]);
  });

  it('is masked in messages, and in the messages of --errors', async () => {
    const refusal = { status: 422, body: JSON.stringify({ detail: `no user ${secret}, ask again` }) };
    const { code, stderr } = await call(secret, refusal, [...lookup(crego), '-q', '--error-format', 'json']);
    expect(code).toBe(22);
    expect(JSON.parse(stderr).error.message).toBe('refused (HTTP 422: no user [redacted], ask again)');
    const server = await startServer(() => refusal);
    const home = await ownHome();
    await home.configure(configOf({ ...crego, profile: { credentials: { token: secret } } }, server.origin));
    const errors = join(home.cwd, 'errors');
    await run([...crego.call, id, second, '--errors', errors, '-q'], { home });
    expect((await readFile(errors, 'utf8')).split('\n')[0]).toContain('no user [redacted], ask again');
  });

  it('is masked in base64, in results as well', async () => {
    const echo = Buffer.from(`x:${secret}`).toString('base64');
    const { stdout } = await call(secret, { body: JSON.stringify({ id, remark: echo }) }, [...lookup(crego), '--json']);
    expect(JSON.parse(stdout)[0].remark).toContain('[redacted]');
  });
});
