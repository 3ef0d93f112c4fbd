import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ByteFilter, createByteFilter, createFilter, Secret, SecretRegister } from '../../src/auth/secret.ts';

function registerOf(...values: string[]): SecretRegister {
  const register = new SecretRegister();
  for (const value of values) register.add(new Secret(value));
  return register;
}

function through(filter: ByteFilter, chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...chunks.map(chunk => Buffer.from(filter.push(chunk))), filter.end()]);
}

/** All ways to cut into two, and into single bytes. */
function cuts(data: Buffer): Buffer[][] {
  const singles = Array.from(data, (_, index) => data.subarray(index, index + 1));
  return [singles, ...Array.from(data, (_, index) => [data.subarray(0, index), data.subarray(index)])];
}

const canary = 'canary-5up3r/secret+"x"=';
const spellings = [canary, encodeURIComponent(canary), encodeURIComponent(canary).toLowerCase(), JSON.stringify(canary).slice(1, -1)];

describe('the filter of a stream', () => {
  it.each(spellings)('masks %s wherever a chunk ends', spelled => {
    const data = Buffer.from(`{"a":"${spelled}","b":"${spelled}x"}\n`);
    for (const chunks of cuts(data)) {
      expect(through(createByteFilter(registerOf(canary)), chunks).toString()).toBe('{"a":"[redacted]","b":"[redacted]x"}\n');
    }
  });

  it('masks base64 wherever a chunk ends', () => {
    const data = Buffer.from(`Basic ${Buffer.from(`user:${canary}`).toString('base64')}\n`);
    const whole = through(createByteFilter(registerOf(canary)), [data]).toString();
    expect(whole).toMatch(/^Basic dXNlcj[\w+/]{0,3}\[redacted\][\w+/=]{0,4}\n$/);
    for (const chunks of cuts(data)) expect(through(createByteFilter(registerOf(canary)), chunks).toString()).toBe(whole);
  });

  it('passes any other bytes unchanged, also such as are not UTF-8', () => {
    const noise = Buffer.concat([
      randomBytes(5000),
      Buffer.from(canary.slice(0, 20)),
      Buffer.from([0xff, 0xfe, 0, 0xc3]),
      randomBytes(5000),
      Buffer.from('canary-5up'),
    ]);
    for (const size of [1, 2, 7, 64, 4096, noise.length]) {
      const chunks = Array.from({ length: Math.ceil(noise.length / size) }, (_, index) => noise.subarray(index * size, (index + 1) * size));
      expect(through(createByteFilter(registerOf(canary, 'aaaaaaaa')), chunks).equals(noise)).toBe(true);
    }
  });

  it('agrees with the filter of texts on overlaps, however they are cut', () => {
    const secrets = ['12345678abcd', 'abcdzzzzzzzz', 'zzzzzzzz', 'aaaaaaaa'];
    const text = 'x12345678abcdzzzzzzzzzzaaaaaaaaaaaaab12345678abc12345678abcd';
    const expected = createFilter(registerOf(...secrets))(text);
    expect(expected).toBe('x[redacted][redacted]b12345678abc[redacted]');
    for (const chunks of cuts(Buffer.from(text)))
      expect(through(createByteFilter(registerOf(...secrets)), chunks).toString()).toBe(expected);
  });

  it('holds back only what may be a secret, and nothing after a line break', () => {
    const filter = createByteFilter(registerOf(canary, 'line1-of-a-key-file\nline2-of-a-key-file'));
    const push = (text: string) => Buffer.from(filter.push(Buffer.from(text))).toString();
    expect(push('abc cana')).toBe('abc ');
    expect(push('ry-5up3r?')).toBe('canary-5up3r?');
    expect(push('row canary\n')).toBe('row canary\n');
    expect(push('line1-of-a-key-file\n')).toBe('[redacted]\n');
    expect(push('canary-5up3r')).toBe('');
    expect(Buffer.from(filter.end()).toString()).toBe('canary-5up3r');
    expect(push('after')).toBe('after');
  });

  it('hands a chunk without secrets on as it is, without a copy', () => {
    const filter = createByteFilter(registerOf(canary));
    const chunk = Buffer.from('{"id":"ID_3HV7_Hq1zKw"}\n');
    expect(filter.push(chunk).buffer).toBe(chunk.buffer);
  });

  it('does not depend on what a caller does with its chunk afterwards', () => {
    const filter = createByteFilter(registerOf(canary));
    const chunk = Buffer.from('x canary-5');
    filter.push(chunk);
    chunk.fill(0);
    expect(Buffer.from(filter.push(Buffer.from('.'))).toString()).toBe('canary-5.');
  });

  it('sees secrets that are loaded while it runs', () => {
    const register = registerOf('first-secret');
    const filter = createByteFilter(register);
    const push = (text: string) => Buffer.from(filter.push(Buffer.from(text))).toString();
    expect(push('second-secret\n')).toBe('second-secret\n');
    register.add(new Secret('second-secret'));
    expect(push('first-secret second-secret\n')).toBe('[redacted] [redacted]\n');
  });

  it('masks a secret once that is longer than many chunks', () => {
    const long = randomBytes(3000).toString('base64url');
    const data = Buffer.from(`<${long}>`);
    for (const size of [1, 100, 2999]) {
      const chunks = Array.from({ length: Math.ceil(data.length / size) }, (_, index) => data.subarray(index * size, (index + 1) * size));
      expect(through(createByteFilter(registerOf(long)), chunks).toString()).toBe('<[redacted]>');
    }
  });
});
