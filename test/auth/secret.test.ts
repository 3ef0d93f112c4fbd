import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createByteFilter,
  createFilter,
  createMessageFilter,
  filterWhole,
  protectSecret,
  Secret,
  SecretRegister,
} from '../../src/auth/secret.ts';
import { inEnglish, type Words } from '../../src/core/say.ts';

const canary = 'canary-5up3r/secret+"x"=';

describe('a secret', () => {
  it('is shown by nothing but reveal', () => {
    const secret = new Secret(canary);
    expect(String(secret)).toBe('[redacted]');
    expect(`${secret}`).toBe('[redacted]');
    expect(`${secret}!`).toBe('[redacted]!');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}');
    expect(inspect({ secret }, { showHidden: true, depth: 9 })).toBe('{ secret: [redacted] }');
    expect(Object.values(secret)).not.toContain(canary);
    expect(new Error(`no ${secret}`).message).toBe('no [redacted]');
    expect(secret.reveal()).toBe(canary);
  });
});

function filterFor(...values: string[]): (text: string) => string {
  const register = new SecretRegister();
  for (const value of values) register.add(new Secret(value));
  return createFilter(register);
}

describe('the filter of texts', () => {
  const filter = filterFor(canary);
  const json = JSON.stringify(canary).slice(1, -1);
  it.each([
    ['raw', canary],
    ['URL-encoded', encodeURIComponent(canary)],
    ['URL-encoded in small letters', encodeURIComponent(canary).replace(/%../g, hex => hex.toLowerCase())],
    ['URL-encoded as a path would be', encodeURI(canary)],
    ['URL-encoded in part', canary.replace('/', '%2F')],
    ['URL-encoded throughout', [...canary].map(character => `%${character.charCodeAt(0).toString(16)}`).join('')],
    ['form-encoded', new URLSearchParams({ x: canary }).toString().slice(2)],
    ['base64', Buffer.from(canary).toString('base64').replace(/=+$/, '')],
    ['base64url', Buffer.from(canary).toString('base64url')],
    ['JSON-escaped', json],
    ['JSON-escaped with escaped slashes', json.replaceAll('/', '\\/')],
    ['JSON-escaped as code points', json.replaceAll('\\"', '\\u0022')],
    ['quoted as in CSV', canary.replaceAll('"', '""')],
    ['HTML-escaped', canary.replaceAll('"', '&quot;')],
  ])('masks it %s', (_, spelled) => {
    expect(filter(`before ${spelled} after`)).toBe('before [redacted] after');
  });

  it.each(['u', 'us', 'user', 'user1', 'longer-user-name'])('masks it in a Basic header of %s', user => {
    const basic = Buffer.from(`${user}:${canary}`).toString('base64');
    const masked = filter(`authorization: Basic ${basic}`);
    expect(masked).toContain('[redacted]');
    const rest = masked
      .replace('authorization: Basic ', '')
      .split('[redacted]')
      .map(part => Buffer.from(part, 'base64').toString('latin1'));
    // At most the characters that share a base64 digit with a neighbour are left.
    for (let at = 0; at + 3 <= canary.length; at++) expect(rest.join('\n')).not.toContain(canary.slice(at, at + 3));
  });

  it('masks every occurrence, and none of the text around', () => {
    expect(filter(`${canary}${canary} ${canary}`)).toBe('[redacted][redacted] [redacted]');
    expect(filter(canary.slice(1))).toBe(canary.slice(1));
    expect(filter(`${canary.slice(0, -1)}`)).toBe(canary.slice(0, -1));
    expect(filter('张三 \ud800 ok')).toBe('张三 \ud800 ok');
    expect(filter(`张三${canary}𝒳`)).toBe('张三[redacted]𝒳');
  });

  it('leaves short, open and unknown values alone', () => {
    const register = new SecretRegister();
    register.add(new Secret('seven77'));
    register.add(new Secret('ops@example.com', { open: true }));
    expect(createFilter(register)('seven77 ops@example.com')).toBe('seven77 ops@example.com');
    expect(filterFor('eight888')('eight888')).toBe('[redacted]');
  });

  it.each(['12345678', '-1234567.50', '1e1000000', '0012.3400', '2024-01-31', '1.234.567,89'])(
    'leaves %s alone where results pass, but not in messages: it could be an amount or a date',
    async value => {
      const register = new SecretRegister();
      register.add(new Secret(value));
      const text = `{"amount":${value},"note":"${value}.","total":1${value},"x":${value}.5}`;
      expect(createFilter(register)(text)).toBe(text);
      const { signal } = new AbortController();
      expect(String(await filterWhole(createByteFilter(register), Buffer.from(text), signal))).toBe(text);
      expect(createMessageFilter(register)(text)).toBe(`{"amount":[redacted],"note":"[redacted].","total":1${value},"x":${value}.5}`);
    },
  );

  it('finds a number without the quotes it was given in', () => {
    const register = new SecretRegister();
    register.add(new Secret('"12345678"'));
    expect(createMessageFilter(register)('12345678')).toBe('[redacted]');
  });

  it.each(['12345678a', 'e12345678', '1234-5678-x', '12e34e56'])('masks %s, which is no number', value => {
    expect(filterFor(value)(`<${value}>`)).toBe('<[redacted]>');
  });

  it('warns once of a secret that looks like a number, and of no other', () => {
    const said: string[] = [];
    const protection = { register: new SecretRegister(), warn: (sentence: Words) => void said.push(inEnglish(sentence)) };
    for (const value of ['12345678', 'eight888', '12345678', '1234567'])
      expect(protectSecret(new Secret(value), 'token', protection).reveal()).toBe(value);
    protectSecret(new Secret('87654321', { open: true }), 'client id', protection);
    expect(said).toEqual(['the token looks like a number: results are not searched for it, because amounts would be masked']);
  });

  it('sees secrets that are loaded later', () => {
    const register = new SecretRegister();
    const late = createFilter(register);
    expect(late('token-1234')).toBe('token-1234');
    register.add(new Secret('token-1234'));
    expect(late('token-1234')).toBe('[redacted]');
  });

  it('covers overlapping secrets whole', () => {
    expect(filterFor('abcdefgh', 'abcdefghij')('xabcdefghijx')).toBe('x[redacted]x');
    expect(filterFor('12345678abcd', 'abcdzzzzzzzz')('12345678abcdzzzzzzzz.')).toBe('[redacted].');
    expect(filterFor('aaaaaaaa')('aaaaaaaaaaa')).toBe('[redacted]');
  });

  it('masks each line of a key file, in any wrapping', () => {
    const lines = [
      'MIHcAgEBBEIBsecretsecretsecretsecretsecretsecretsecret0123456789',
      'AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrrSSttUUvvWWxxYYzz0011223344',
      'c2hvcnQ9PQ==',
    ];
    const pem = `-----BEGIN EC PRIVATE KEY-----\n${lines.join('\n')}\n-----END EC PRIVATE KEY-----\n`;
    const pemFilter = filterFor(pem);
    expect(pemFilter(pem)).toBe('-----BEGIN EC PRIVATE KEY-----\n[redacted]\n[redacted]\n[redacted]\n-----END EC PRIVATE KEY-----\n');
    for (const spelled of [
      JSON.stringify(pem),
      pem.replaceAll('\n', '\r\n'),
      lines.join(''),
      encodeURIComponent(pem),
      Buffer.from(pem).toString('base64'),
    ]) {
      const masked = pemFilter(spelled);
      for (const line of lines) expect(masked).not.toContain(line);
      expect(Buffer.from(masked, 'base64').toString('latin1')).not.toContain(lines[0]?.slice(8, 40));
    }
  });
});
