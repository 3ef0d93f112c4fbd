import { parse, stringify } from 'lossless-json';
import { describe, expect, it, test } from 'vitest';
import { ResponseError } from '../../src/core/errors.ts';
import {
  decodeUtf8,
  getPath,
  isObject,
  isText,
  type Json,
  makeNumber,
  numberText,
  parseInSteps,
  parseJson,
  scalarText,
  textOrNumber,
  writeJson,
} from '../../src/core/json.ts';

const roundTrip = (text: string) => writeJson(parseJson(text));

describe('numbers keep their text', () => {
  test.each([
    '0',
    '-0',
    '-0.0',
    '1',
    '-1',
    '10.0',
    '150.00',
    '0.10',
    '-5.00',
    '13442.0',
    '26586.26',
    '36673.740000000005',
    '1733077724.629719',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '9999999999999999',
    '3999999999999999',
    '4503599627370497.5',
    '900719925474099.3',
    '-900719925474099.35',
    '12345678901234567.89',
    '1e400',
    '1E5',
    '1e-7',
    '0.000001',
    '0.0000001',
    '0.00000012',
    '123456789012345678901234567890',
    '1e21',
    '100000000000000000000',
    '0.1',
    '1.5e300',
    '2.2250738585072014e-308',
  ])('%s', number => {
    expect(roundTrip(number)).toBe(number);
    expect(numberText(parseJson(number))).toBe(number);
    expect(roundTrip(`{"a":[${number},{"b":${number}}],"c":${number}}`)).toBe(`{"a":[${number},{"b":${number}}],"c":${number}}`);
    expect(roundTrip(`[ ${number} , ${number}\n]`)).toBe(`[${number},${number}]`);
  });

  it('does not touch digits inside strings and keys', () => {
    const text = '{"10.0":"10.0","a\\"150.00":"x\\\\","b":"\\u0031\\"9007199254740993"}';
    expect(writeJson(parseJson(text))).toBe('{"10.0":"10.0","a\\"150.00":"x\\\\","b":"1\\"9007199254740993"}');
  });

  it('finds the places again behind characters of several bytes', () => {
    expect(roundTrip('{"é中😀":"é中😀","amount":10.0,"😀":150.00}')).toBe('{"é中😀":"é中😀","amount":10.0,"😀":150.00}');
  });

  it('tells numbers from texts', () => {
    const value = parseJson('{"n":10.0,"i":7,"s":"10.0"}') as Record<string, Json>;
    expect([numberText(value.n ?? null), isText(value.n)]).toEqual(['10.0', false]);
    expect([numberText(value.i ?? null), isText(value.i)]).toEqual(['7', false]);
    expect([numberText(value.s ?? null), isText(value.s)]).toEqual([undefined, true]);
    expect(writeJson({ a: makeNumber('10.0'), b: makeNumber('7') })).toBe('{"a":10.0,"b":7}');
  });
});

describe('what is refused', () => {
  test.each([
    ['', 'the answer is not JSON'],
    ['{"a":NaN}', 'the answer is not JSON'],
    ['{"a":1,}', 'the answer is not JSON'],
    ['[1.0,]', 'the answer is not JSON'],
    ["{'a':1}", 'the answer is not JSON'],
    ['{"a":"\n"}', 'the answer is not JSON'],
    ['{10.0:1}', 'the answer is not JSON'],
    ['01', 'the answer is not JSON'],
    ['1.', 'the answer is not JSON'],
    ['+1', 'the answer is not JSON'],
    ['1.0.0', 'the answer is not JSON'],
    ['10.010.0', 'the answer is not JSON'],
    ['{"amount":1,"amount":2}', 'the answer gives a key twice'],
    ['{"a":{"b":1.0,"\\u0062":2}}', 'the answer gives a key twice'],
  ])('%s', (text, message) => {
    expect(() => parseJson(text)).toThrow(new ResponseError(message));
  });

  it('more than 64 levels, without exhausting the stack', () => {
    expect(roundTrip('['.repeat(64) + ']'.repeat(64))).toBe('['.repeat(64) + ']'.repeat(64));
    expect(() => parseJson('['.repeat(65) + ']'.repeat(65))).toThrow('nested deeper than 64 levels');
    expect(() => parseJson('{"a":'.repeat(200_000))).toThrow('nested deeper than 64 levels');
  });

  it('more values than are allowed: texts, numbers, words, lists and objects count, names of members do not', () => {
    const text = '{"a":[1,-2.50,"x","\\"",true,false,null,{},[]],"b":{"c" : "d"}}';
    expect(roundTrip(text)).toBe(text.replace(' : ', ':'));
    expect(writeJson(parseJson(text, { maxValues: 13 }))).toBe(text.replace(' : ', ':'));
    expect(() => parseJson(text, { maxValues: 12 })).toThrow(new ResponseError('the answer is too large: more than 12 values'));
  });

  it('nothing, in steps: scan, reading and count of a long text may be parted by other work', () => {
    const text = '{"a":[1.50]}';
    const steps = parseInSteps(text);
    expect([steps.next(), steps.next()]).toEqual(Array(2).fill({ done: false, value: text.length }));
    expect(steps.next()).toEqual({ done: true, value: parseJson(text) });
  });

  it('every truncation of a document', () => {
    const text = '{"items":[{"id":"ID_3HV7_Hq1zKw","amount":10.0,"title":"迭代\\"x","none":null,"ok":true,"list":[1.50,2]}]}';
    for (let length = 0; length < text.length; length += 1)
      expect(() => parseJson(text.slice(0, length)), `${length}`).toThrow(ResponseError);
    expect(roundTrip(text)).toBe(text);
  });

  it('bytes that are no UTF-8; one byte order mark is taken off', () => {
    expect(() => decodeUtf8(Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow('the answer is not UTF-8');
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toBe('{}');
  });
});

describe('hostile documents', () => {
  it('cannot make a text look like a number', () => {
    const wrapped = makeNumber('10.0');
    // What a caller could see at most of the inner form: as a text from outside it must not become a number.
    expect(() => parseJson(JSON.stringify({ a: String(wrapped) }))).toThrow(ResponseError);
    expect(roundTrip('{"a":"\\u0091AAAAAAAAAAAA10.0"}')).toBe('{"a":"\\u0091AAAAAAAAAAAA10.0"}');
  });

  it('keep __proto__ as a plain key', () => {
    const value = parseJson('{"__proto__":{"polluted":true},"a":1.0}');
    expect(writeJson(value)).toBe('{"__proto__":{"polluted":true},"a":1.0}');
    expect(Object.hasOwn({}, 'polluted')).toBe(false);
    expect(getPath(value, '__proto__.polluted')).toBe(true);
    expect(getPath(parseJson('{}'), 'constructor.name')).toBeUndefined();
  });
});

it('writes nothing that could drive a terminal', () => {
  const nasty = '\u001b[2J\u0000\u007f\u009b\u202e\u2028\u200b\ufeff\ud800 é中😀‍';
  const written = writeJson({ [nasty]: nasty });
  expect(written).toMatch(/^[\x20-\x7eé中😀‍]*$/u);
  expect(JSON.parse(written)).toEqual({ [nasty]: nasty });
});

it('indents like JSON.stringify', () => {
  const value = { a: [1, { b: 'x' }], c: {}, d: [], e: null };
  expect(writeJson(value, 2)).toBe(JSON.stringify(value, null, 2));
  expect(writeJson(value, 2, '\n  ')).toBe(JSON.stringify(value, null, 2).replaceAll('\n', '\n  '));
});

describe('against an independent parser', () => {
  it('2,000 documents come out the same', () => {
    let seed = 42;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    const digits = (most: number) => Array.from({ length: 1 + random(most) }, () => random(10)).join('');
    const number = () =>
      `${random(4) === 0 ? '-' : ''}${random(3) === 0 ? '0' : `${1 + random(9)}${digits(18)}`}${random(2) ? `.${digits(12)}` : ''}${random(6) === 0 ? `e${random(2) ? '-' : ''}${digits(2)}` : ''}`;
    const word = () => JSON.stringify(['a', 'amount', '"\\', '中文', '😀', '10.0', 'é', ''][random(8)] ?? '');
    const document = (depth: number): string => {
      const kind = depth > 4 ? random(3) : random(5);
      if (kind === 0) return number();
      if (kind === 1) return word();
      if (kind === 2) return ['true', 'false', 'null'][random(3)] ?? 'null';
      const size = random(4);
      if (kind === 3) return `[${Array.from({ length: size }, () => document(depth + 1)).join(', ')}]`;
      return `{${Array.from({ length: size }, (_, n) => `"k${n}" : ${document(depth + 1)}`).join(',')}}`;
    };
    for (let n = 0; n < 2000; n += 1) {
      const text = document(0);
      const expected = stringify(parse(text)) ?? '';
      expect(JSON.parse(roundTrip(text)), text).toEqual(JSON.parse(expected));
      expect(roundTrip(text), text).toBe(expected);
    }
  });
});

describe('what a value is', () => {
  const exact = parseJson('{"n":10.0}');
  const wrapped = isObject(exact) ? exact.n : undefined;

  test('an object', () => {
    expect([{}, [], null, 'x', 1, undefined].map(isObject)).toEqual([true, false, false, false, false, false]);
  });

  test('a text or a number, by its source text', () => {
    expect(['x', '', 7, wrapped, true, null, {}, [], undefined].map(textOrNumber)).toEqual([
      ...['x', '', '7', '10.0'],
      ...Array.from({ length: 5 }),
    ]);
  });

  test('the same, or a truth value', () => {
    expect(['x', 7, wrapped, true, false, null, {}, undefined].map(scalarText)).toEqual([
      ...['x', '7', '10.0', 'true', 'false'],
      ...Array.from({ length: 3 }),
    ]);
  });
});
