// The quick look at a configuration against what it stands for: what it takes, the schema and the strict parsers take, too, as it is.
import { describe, expect, it } from 'vitest';
import { readPlainJson } from '../../src/config/config-file.ts';
import { loadJson } from '../../src/config/data-loaders.ts';
import { findJsonFault } from '../../src/config/json-fault.ts';
import { isPlainConfig, isPlainProfile } from '../../src/config/plain-config.ts';
import { judgeConfig, judgeProfile } from '../../src/config/verdict.ts';
import { randomFrom } from '../random.ts';
import { providers } from './providers.ts';

const names = providers.map(({ name }) => name);
const all = new Map(providers.map(provider => [provider.name, provider]));

type Pick = <T>(from: readonly T[]) => T;

const values: readonly unknown[] = [
  ...['', ' ', 'x', 'env:T', 'env:1', 'file:', 'file:/a', 'keyring:a', 'command: x', 'ENV:x', '203.0.113.7', '::1', 'v2', 'v3'],
  ...['https://x.example', 'http://x.example', 'http://localhost:1/', 'https://u:p@x', '/path', '//path', '/a/../b', '/p?a=1', '/p?a'],
  ...['UTC', 'Asia/Shanghai', 'Mars/Olympus', '+08:00', '+25:00', 'json', 'csv', 'zh', 'de', 'c', 'a b', 'crego'],
  ...[0, 1, 0.1, 0.05, 1.5, 20, 21, 64, 65, 100, 101, 86_400, 86_401, -1, 1e21, Number.NaN, Number.POSITIVE_INFINITY],
  ...[true, false, null, [], ['x'], {}, new Date(0), { command: ['/bin/op'] }, { command: ['op'] }, { command: [] }, { command: [1] }],
  ...[{ command: 'x' }, { command: ['/bin/op'], more: 1 }],
];
const commonKeys = ['baseUrl', 'timeout', 'retries', 'maxRate', 'concurrency', 'caFile', 'tz', 'output', 'showPersonal', 'lang'];
const otherKeys = ['packSize', 'customerIp', 'publicKey', 'signing', 'qiPublicKey', 'paths', 'unknown', 'toString'];
const goodOf = new Map<string, readonly unknown[]>(
  Object.entries({
    baseUrl: ['https://x.example'],
    timeout: [3],
    retries: [0],
    maxRate: [2.5],
    concurrency: [8],
    caFile: ['ca.pem'],
    tz: ['UTC'],
    output: ['csv'],
    showPersonal: [true],
    lang: ['pt'],
    packSize: [5],
    customerIp: ['203.0.113.7'],
    publicKey: ['MIGb'],
    signing: ['v2'],
    qiPublicKey: ['file:q.pem'],
    paths: [{ 'batch-hook': '/x' }, {}],
  }),
);
const credentials: readonly unknown[] = [
  { token: 'env:T' },
  { accessToken: 'x' },
  { appKey: 'env:A', appSecurity: { command: ['/bin/op'] } },
  { email: 'a@b', password: 'file:p' },
  { clientKey: 'k', privateKey: 'keyring:k' },
  { clientId: 'i', clientSecret: 's' },
  {},
  { appKey: 'env:A' },
  { token: 'x', email: 'a@b' },
];

function makeProfile(random: (below: number) => number): Readonly<Record<string, unknown>> {
  const pick: Pick = from => from[random(from.length)] as (typeof from)[number];
  const keys = [...commonKeys, ...otherKeys].filter(() => random(6) === 0);
  const own = keys.map(key => [key, random(4) > 0 ? pick([...(goodOf.get(key) ?? values)]) : pick([...values])] as const);
  const secret = random(8) > 0 ? pick([...credentials]) : { [pick(['token', 'clientId', 'x'])]: pick([...values]) };
  return { provider: random(12) > 0 ? pick([...names]) : pick([...values]), credentials: secret, ...Object.fromEntries(own) };
}

describe('a quick yes', () => {
  it('for a profile is a yes of the schema, which changes nothing', () => {
    const random = randomFrom(1);
    let taken = 0;
    for (let round = 0; round < 8_000; round += 1) {
      const raw = makeProfile(random);
      const provider = all.get(String(raw.provider)) ?? providers[random(5)];
      if (provider === undefined || !isPlainProfile(raw, provider, 'linux')) continue;
      taken += 1;
      expect(judgeProfile(raw, provider, 'linux')).toEqual({ raw });
    }
    expect(taken).toBeGreaterThan(200);
  });

  it('for a file is a yes of the schema, which changes nothing', () => {
    const random = randomFrom(2);
    const pick: Pick = from => from[random(from.length)] as (typeof from)[number];
    let taken = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const profiles = Array.from({ length: random(3) }, () => [pick(['a', 'b-1', 'c_2', 'd d', '']), makeProfile(random)] as const);
      const raw = {
        ...(random(2) === 0 && { profiles: random(9) === 0 ? pick([...values]) : Object.fromEntries(profiles) }),
        ...(random(4) === 0 && { defaults: random(3) === 0 ? pick([...values]) : { [pick([...names, 'other'])]: pick(['a', 'b-1', 1]) } }),
        ...(random(4) === 0 && { $schema: pick(['config.schema.json', ...values]) }),
        ...(random(4) === 0 && { audit: pick(['/var/log/loanq', ...values]) }),
        ...(random(9) === 0 && { unknown: 1 }),
      };
      if (!isPlainConfig(raw, names, all, 'linux')) continue;
      taken += 1;
      expect(judgeConfig(raw, providers, 'linux')).toEqual({ raw });
    }
    expect(taken).toBeGreaterThan(200);
  });

  it('is given to the configurations of the pages', () => {
    const raw = { profiles: { c: { provider: 'crego', credentials: { token: 'env:T' }, tz: 'UTC', timeout: 5, output: 'table' } } };
    expect(isPlainConfig(raw, names, all, 'linux')).toBe(true);
    expect(isPlainConfig({ ...raw, defaults: { crego: 'c' }, audit: '/a', $schema: 'x' }, names, all, 'linux')).toBe(true);
  });

  it.each([[null], [[]], ['x'], [new Date(0)], [Object.create({ profiles: 1 })]])('is not given to %o', data => {
    expect(isPlainConfig(data, names, all, 'linux')).toBe(false);
  });
});

describe('plain JSON', () => {
  it('is what the strict parsers find no fault in, with the same data', () => {
    const random = randomFrom(3);
    const pick: Pick = from => from[random(from.length)] as (typeof from)[number];
    const parts = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"b"',
      '"\\""',
      '"\\u0061"',
      '"a":1',
      '"":{}',
      '1',
      '-0',
      '1e3',
      'null',
      ' ',
      '\n',
      '//x',
      '"a" : "b:"',
    ];
    let taken = 0;
    for (let round = 0; round < 15_000; round += 1) {
      const inner = Array.from({ length: random(7) }, () => pick([...parts])).join('');
      const text = random(2) === 0 ? `{${inner}}` : random(2) === 0 ? `{"p":[${inner}],"a":2}` : inner;
      const plain = readPlainJson(text);
      if (plain === undefined) continue;
      taken += 1;
      expect([text, findJsonFault(text)]).toEqual([text, undefined]);
      expect(loadJson('x.json', text)).toEqual(plain.data);
    }
    expect(taken).toBeGreaterThan(200);
  });

  it.each([
    ['a key given twice', '{"a": 1, "b": {"a": 2, "a": 3}}'],
    ['the same key spelt otherwise', '{"a": 1, "\\u0061": 2}'],
    ['a comment', '{"a": 1} // x'],
    ['a comma too many', '{"a": 1,}'],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(readPlainJson(text)).toBeUndefined();
  });

  it('may hold colons and quotes in its texts', () => {
    const text = '{"a:": "x\\":\\"y:", "b": ["c:", ":", {"d" : "env:T"}]}';
    expect(readPlainJson(text)).toEqual({ data: JSON.parse(text) });
  });
});
