// What copying adds to a secret is taken off again, and what it is is told without showing any of it.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cleanPasted, secretKind } from '../../src/auth/pasted-secret.ts';
import { inEnglish } from '../../src/core/say.ts';
import { makeJwt } from '../credentials/tokens.ts';

const jwt = makeJwt('canary', 1_700_000_000);

describe('cleanPasted', () => {
  test.each([
    ['blanks and line breaks around it', '\r\n  abc.def \t\r\n', 'abc.def'],
    ['double quotes', '"abc"', 'abc'],
    ['single quotes with a line break', "'abc'\n", 'abc'],
    ['typographic quotes', '“abc”', 'abc'],
    ['a byte order mark and a zero-width space', '\uFEFFabc\u200B', 'abc'],
    ['the word before a token in a header', 'bearer  abc', 'abc'],
    ['quotes around all of a header', '"Bearer abc"', 'abc'],
    ['the lines of a JWT that a mail has folded', `${jwt.slice(0, 30)}\r\n  ${jwt.slice(30)}`, jwt],
    ['nothing within it', 'a b', 'a b'],
    ['no line break of what is no JWT', 'a\nb', 'a\nb'],
  ])('token: %s', (_, pasted, clean) => {
    expect(cleanPasted(pasted, 'token', 'Bearer ')).toBe(clean);
  });

  test('a password keeps its quotes', () => {
    expect(cleanPasted('"pass word"\r\n', 'word')).toBe('"pass word"');
  });

  test('a PEM text keeps its lines, and gets them where they are spelled out', () => {
    expect(cleanPasted('"-----BEGIN X-----\\nAA\\n-----END X-----\\n"', 'pem')).toBe('-----BEGIN X-----\nAA\n-----END X-----');
    expect(cleanPasted('-----BEGIN X-----\r\nAA\r\n-----END X-----\r\n', 'pem')).toBe('-----BEGIN X-----\nAA\n-----END X-----');
  });
});

describe('secretKind', () => {
  test('a JWT, with its end', () => {
    expect(secretKind(jwt)).toEqual({ kind: 'jwt', length: jwt.length, expiresMs: 1_700_000_000_000 });
    const endless = makeJwt('canary', undefined);
    expect(secretKind(endless)).toEqual({ kind: 'jwt', length: endless.length, expiresMs: undefined });
  });

  test.each([
    ['ec', { namedCurve: 'secp521r1' }, 'on the curve secp521r1'],
    ['ec', { namedCurve: 'prime256v1' }, 'on the curve prime256v1'],
    ['ed25519', {}, 'of type ed25519'],
  ])('a private key: %s %o', (type, options, said) => {
    const { privateKey } = generateKeyPairSync(type as 'ec', options as { namedCurve: string });
    const kind = secretKind(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    expect(kind.kind === 'key' && inEnglish(kind.type)).toBe(said);
  });

  test('anything else by its length', () => {
    expect(secretKind('a.b.c')).toEqual({ kind: 'text', length: 5 });
    expect(secretKind('-----BEGIN PRIVATE KEY-----\nnone')).toMatchObject({ kind: 'text' });
  });
});
