// Every failure of a call ends in what there is to do, fit for the provider, the profile and the environment.
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { type ProviderWord, profileFor } from '../runner/profiles.ts';
import { type Answer, startServer } from '../runner/server.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const wallet = 'abeca0d0-a09d-4b3b-a495-40b553422ced';
let answer: Answer = {};
const server = await startServer(() => answer);
const host = new URL(server.origin).host;

async function ask(provider: ProviderWord, keys: readonly string[], given: Answer, more: object = {}, env: Record<string, string> = {}) {
  answer = given;
  await home.configure({ profiles: { ops: profileFor(provider, server.origin, more) } });
  const { stderr, code } = await runInProcess([provider, ...keys, '--retries', '0'], { home, env });
  return { code, lines: stderr.trimEnd().split('\n') };
}

const record = (given: Answer, more?: object, env?: Record<string, string>) => ask('crego', ['record', id], given, more, env);

describe('crego record', () => {
  test.each<[string, Answer, number, string, string]>([
    [
      '401',
      { status: 401, body: '{"code":"token_not_valid"}' },
      4,
      'credential rejected (HTTP 401 token_not_valid)',
      'put a new token where profile "ops" reads it: the config file itself',
    ],
    [
      '403',
      { status: 403, body: '{"detail":"No."}' },
      4,
      'no permission (HTTP 403: No.)',
      'if other lookups work, the credential may not read record: ask whoever gave it out at Crego LMS for that right',
    ],
    [
      '404',
      { status: 404, body: '{"detail":"Not found."}' },
      21,
      'not found (HTTP 404: Not found.)',
      `asked ${host}, profile ops; in every system: loanq lookup ${id}`,
    ],
    [
      '429',
      { status: 429, body: '{"detail":"Throttled."}' },
      25,
      'too many requests (HTTP 429: Throttled.)',
      'ask again in a minute, or more slowly with --max-rate 1',
    ],
    [
      '503',
      { status: 503, body: 'busy' },
      25,
      'the provider is not available now (HTTP 503: busy)',
      'the trouble is at Crego LMS: try again later',
    ],
    [
      'a web page',
      { body: '<!doctype html><title>Sign in</title>' },
      27,
      'the answer is not JSON',
      `a web page answered: baseUrl of profile "ops" (${host}) is likely no API`,
    ],
  ])('%s', async (_, given, code, error, hint) => {
    expect(await record(given)).toEqual({ code, lines: [`error: crego record ${id}: ${error}`, `hint: ${hint}`] });
  });

  describe('a token that has expired says so once, and where the new one goes', () => {
    const expired = `x.${Buffer.from('{"exp":1700000000}').toString('base64url')}.x`;
    const saying = 'the token of profile "ops" expired at 2023-11-14T22:13:20Z';
    const refused = (status: number, ...options: string[]) =>
      ask(
        'crego',
        ['record', id, ...options],
        { status, body: '{}' },
        { credentials: { token: 'env:CREGO_TOKEN' } },
        { CREGO_TOKEN: expired },
      );

    test.each([401, 403])('HTTP %i: before the call', async status => {
      const { lines } = await refused(status);
      expect([lines[0], lines.at(-1)]).toEqual([
        `warning: ${saying}`,
        'hint: put a new token where profile "ops" reads it: variable CREGO_TOKEN',
      ]);
    });

    test('with --quiet, which leaves the warning out: behind it', async () => {
      const { lines } = await refused(401, '-q');
      expect(lines.at(-1)).toBe(`hint: ${saying}; put a new one where it is read: variable CREGO_TOKEN`);
    });

    test('in `lookup` as well', async () => {
      await home.configure({ profiles: { ops: profileFor('crego', server.origin, { credentials: { token: 'env:CREGO_TOKEN' } }) } });
      answer = { status: 401, body: '{}' };
      const { stderr } = await runInProcess(['lookup', id], { home, env: { CREGO_TOKEN: expired } });
      expect(stderr.split('\n').filter(line => line.includes('expired'))).toEqual([`warning: ${saying}`]);
      expect(stderr).toContain('\nhint: put a new token where profile "ops" reads it: variable CREGO_TOKEN\n');
    });
  });

  test('a token that loanq keeps is replaced by it', async () => {
    const token = await home.write('crego.token', 'canary-crego-5f0cBearer');
    const { lines } = await record({ status: 401, body: '{}' }, { credentials: { token: `file:${token}` } });
    expect(lines.at(-1)).toBe('hint: a new one: loanq auth login -p ops');
  });

  test('the environment stands beside the host', async () => {
    const { lines } = await record({ status: 404, body: '{"detail":"no"}' }, { environment: 'production' });
    expect(lines.at(-1)).toBe(`hint: asked ${host} (production), profile ops; in every system: loanq lookup ${id}`);
  });

  test('a host that does not exist', async () => {
    const { code, lines } = await ask('crego', ['record', id], {}, { baseUrl: 'https://preprod.api.crego.invalid' });
    expect([code, lines.at(-1)]).toEqual([25, 'hint: check baseUrl of profile "ops" (preprod.api.crego.invalid), the VPN and the proxy']);
  });
});

test('QI Tech: both keys are named, and which of them is unknown', async () => {
  const body = `{"title":"Wallet not Found","description":"Wallet with key: ${wallet} was not found","code":"CIN000007"}`;
  const { lines } = await ask('qitech', ['wallet-entry', wallet, id], { status: 404, body });
  expect(lines).toEqual([
    `error: qitech wallet-entry ${wallet} ${id}: not found (HTTP 404 CIN000007: Wallet with key: ${wallet} was not found)`,
    `hint: unknown is the wallet-key ${wallet}; the order is <wallet-key> <entry-keys...>; asked ${host}, profile ops`,
  ]);
});
