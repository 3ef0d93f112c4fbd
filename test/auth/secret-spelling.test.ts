// Secrets in every spelling, wherever they stand: behind what looks like the beginning of an escape, before what looks like the end
// of one, in texts within texts. The random ones are the same in every run.
import { describe, expect, it } from 'vitest';
import { createByteFilter, createFilter, filterWhole, Secret, SecretRegister } from '../../src/auth/secret.ts';
import { randomFrom } from '../random.ts';

function registerOf(...values: string[]): SecretRegister {
  const register = new SecretRegister();
  for (const value of values) register.add(new Secret(value));
  return register;
}

const maskedBy = (secret: string, text: string): string => createFilter(registerOf(secret))(text);

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** How one character may be spelled by those who encode it. */
function spellingsOf(character: string): string[] {
  const hex = hexOf(character);
  const named: Record<string, string[]> = {
    '"': ['\\"', '""', '&quot;', '\\""', '\\\\\\"'],
    '\\': ['\\\\', '\\\\\\\\', '%5C'],
    '/': ['\\/', '_'],
    '+': ['-'],
    ' ': ['+'],
    '&': ['&amp;', '%26amp%3B', '&amp;amp;'],
    '<': ['&lt;'],
    '>': ['&gt;'],
    "'": ['&#39;', "''", "'\\''", '&#x27;', '&apos;'],
  };
  return [
    character,
    `%${hex}`,
    `%${hex.toUpperCase()}`,
    `%25${hex}`,
    `\\u00${hex}`,
    `\\\\u00${hex.toUpperCase()}`,
    `\\\\\\\\u00${hex}`,
    ...(named[character] ?? []),
  ];
}

/** What may stand before or behind a secret, and read on into it. */
const surroundings = [
  '',
  'x',
  '%',
  '%4',
  '%25',
  '%%',
  '\\',
  '\\\\',
  '\\u',
  '\\u0',
  '\\u00',
  '\\u004',
  '&',
  '&a',
  '&#',
  '&#x',
  '&amp',
  '"',
  "'",
  '41',
  'lt;',
  'u0041',
  '%41',
  '\\u0041',
  '&lt;',
  ' ',
];

const letters = 'abcdefABCDEFuU0123456789';
const others = [...'%&\\"\'/+-_ <>;#.:='];

/** A secret of 13 to 20 characters that begins and ends with something that escaping does not take away, and is no number. */
function secretFrom(random: (below: number) => number): string {
  const pick = (from: string | readonly string[]): string => from[random(from.length)] ?? '';
  const inside = Array.from({ length: 8 + random(8) }, () => (random(3) === 0 ? pick(others) : pick(letters)));
  return `${pick(letters)}x${pick(letters)}${inside.join('')}y${pick(letters)}`;
}

describe('a secret', () => {
  it('is found in 4,000 random spellings and surroundings', () => {
    const random = randomFrom(7);
    const pick = (from: readonly string[]): string => from[random(from.length)] ?? '';
    const missed: string[] = [];
    for (let round = 0; round < 4_000; round++) {
      const secret = secretFrom(random);
      const spelled = [...secret].map(character => (random(2) === 0 ? character : pick(spellingsOf(character)))).join('');
      const text = `before;${pick(surroundings)}${spelled}${pick(surroundings)};behind`;
      const masked = maskedBy(secret, text);
      if (!/^before;.{0,7}\[redacted\].{0,8};behind$/.test(masked)) missed.push(`${secret} in ${text}: ${masked}`);
    }
    expect(missed.slice(0, 5)).toEqual([]);
    expect(missed.length).toBe(0);
  });

  it('is found alike in a stream, however that is cut', () => {
    const random = randomFrom(11);
    const pick = (from: readonly string[]): string => from[random(from.length)] ?? '';
    for (let round = 0; round < 300; round++) {
      const secret = secretFrom(random);
      const spelled = [...secret].map(character => pick(spellingsOf(character))).join('');
      const text = `before;${pick(surroundings)}${spelled}${pick(surroundings)};behind`;
      const filter = createByteFilter(registerOf(secret));
      const data = Buffer.from(text);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < data.length; ) {
        const size = 1 + random(9);
        pieces.push(Buffer.from(filter.push(data.subarray(at, at + size))));
        at += size;
      }
      expect(Buffer.concat([...pieces, filter.end()]).toString()).toBe(maskedBy(secret, text));
    }
  });

  it.each([
    ['41cdef-abcdef', 'x%41cdef-abcdef'],
    ['1cdef-abcdef', 'x%41cdef-abcdef'],
    ['2541cdef-abcdef', 'x%2541cdef-abcdef'],
    ['u0041cdef-abc', 'x\\u0041cdef-abc'],
    ['lt;abcdefgh', 'x&lt;abcdefgh'],
    ['41%"cdef-abcdef', 'x%41%25\\"cdef-abcdef'],
  ])('%s begins inside what looks like an escape: %s', (secret, text) => {
    expect(maskedBy(secret, text)).toMatch(/^x[%\\&]4?\[redacted\]$/);
  });

  it.each([
    ['abcdefgh%', 'abcdefgh%41'],
    ['abcdefgh%4', 'abcdefgh%41'],
    ['abcdefgh&', 'abcdefgh&lt;'],
    ['abcdefgh&am', 'abcdefgh&amp;'],
  ])('%s ends inside what looks like an escape: %s', (secret, text) => {
    expect(maskedBy(secret, text)).toBe(`[redacted]${text.slice(secret.length)}`);
  });

  it('is found in small letters, as a host name comes back, and in capitals', () => {
    const token = 'sk_live_51H8xQ2eZvKYlo2C';
    const host = new URL(`https://${token}.evil.example`).origin;
    expect(host).toBe('https://sk_live_51h8xq2ezvkylo2c.evil.example');
    expect(maskedBy(token, host)).toBe('https://[redacted].evil.example');
    expect(maskedBy(token, token.toUpperCase())).toBe('[redacted]');
  });

  it('that holds an escape is found as it is and encoded again', () => {
    const secret = 'abc%2Bdef%3D&amp;x\\u0041y';
    for (const text of [secret, encodeURIComponent(secret), escapeJson(secret), encodeURIComponent(encodeURIComponent(secret))])
      expect(maskedBy(secret, `<${text}>`)).toBe('<[redacted]>');
    const everyByte = [...secret].map(character => `%${hexOf(character)}`).join('');
    expect(maskedBy(secret, `<${everyByte}>`)).toBe('<[redacted]>');
  });

  it('leaves JSON within JSON whole, however deep', () => {
    const secret = 'p"ss/w\\rd "&%41 x';
    let text = JSON.stringify({ before: '\\', secret, behind: '"' });
    for (let depth = 0; depth < 6; depth++) {
      const masked = maskedBy(secret, text);
      let inner: unknown = JSON.parse(masked);
      for (let at = 0; at < depth; at++) inner = JSON.parse((inner as { text: string }).text);
      expect(inner).toEqual({ before: '\\', secret: '[redacted]', behind: '"' });
      text = JSON.stringify({ text });
    }
  });

  it('in escaped letters leaves JSON whole, behind any number of backslashes', () => {
    const spelled = [...'secret-token'].map(character => `u00${hexOf(character)}`);
    for (let backslashes = 1; backslashes < 64; backslashes += 2) {
      const run = '\\'.repeat(backslashes);
      const masked = maskedBy('secret-token', `"${run}${spelled.join('\\')}"`);
      expect(masked).toMatch(/^"(?:\\\\)*\[redacted\]"$/);
    }
  });
});

describe('no more is held back than needed', () => {
  it.each(['\\', '"', '%\\\\', '%', '&', '%41', '\\u00', 'secret"\\', 'secret%'])('of a flood of %s', piece => {
    const filter = createByteFilter(registerOf('secret"\\token'));
    const flood = Buffer.from(piece.repeat(20_000));
    let passed = 0;
    for (let at = 0; at < flood.length; at += 1000) {
      passed += filter.push(flood.subarray(at, at + 1000)).length;
      expect(Math.min(at + 1000, flood.length) - passed).toBeLessThan(1000);
    }
    expect(passed + filter.end().length).toBe(flood.length);
  });

  it('and a flood passes unchanged', async () => {
    const flood = Buffer.from('secret"\\"\\%41\\u0041&lt;'.repeat(5000));
    const { signal } = new AbortController();
    expect(Buffer.compare(await filterWhole(createByteFilter(registerOf('secret"\\token')), flood, signal), flood)).toBe(0);
  });
});
