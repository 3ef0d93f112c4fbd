// Texts made to mislead the scan that runs before JSON.parse, and texts made to be slow.
import { describe, expect, it, test } from 'vitest';
import { ResponseError } from '../../src/core/errors.ts';
import { isText, type Json, makeNumber, numberText, parseJson, parseUtf8, writeJson } from '../../src/core/json.ts';
import { randomFrom } from '../random.ts';

const roundTrip = (text: string) => writeJson(parseJson(text));

/** The error of a text that must be refused. */
function refusal(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    return error;
  }
}

describe('text that is not JSON stays so when its numbers are kept', () => {
  test.each([
    '{10.0:1}',
    '{10.0 \t\r\n:1}',
    '{10.0:"\\u0091"}',
    '{"a":1,-0:2}',
    '{10.0}',
    '[10.0:1]',
    '[10.0 10.0]',
    '["a"10.0]',
    '[10.0"a"]',
    '{"a" 10.0}',
    '{"a"::10.0}',
    '10.0,',
    '10.0 10.0',
    '1.50.0',
    '10.0.',
    '10.0e',
    '10.0e+',
    '10.0-5',
    '01.0',
    '-01.0',
    '00',
    '-',
    '--10.0',
    '-.50',
    '-e5',
    '.50',
    '1.e5',
    '1e',
    '1e1.0',
    '0x1F',
    'Infinity',
    '-Infinity',
    'tru10.0',
    '10.0true',
    '[t"10.0]',
    'nul"l":10.0',
    '\\10.0',
    '"a\\',
    '"\\',
    '"',
    '"a\\"',
    '"a\\\\\\"',
    '"\t"',
    '"\u0000"',
    '"\\x"',
    '"\\u12"',
    '[1.0}',
    '{"a":1.0]',
    ']',
    '\ufeff{}',
    '\u00a0{}',
    '// 10.0\n{}',
  ])('%j', text => {
    expect(refusal(text)).toEqual(new ResponseError('the answer is not JSON'));
  });

  it('also behind a longer text, whose rest is still in memory', () => {
    expect(roundTrip(`{"a":"${'x":10.0,"y":[[[['.replaceAll('"', '\\"').repeat(50)}"}`)).toContain('x\\":10.0');
    for (const text of ['"', '"a', '"a\\', '{"a', '{"a":', '{"a":"', '10.', '[1.0'])
      expect(refusal(text)).toEqual(new ResponseError('the answer is not JSON'));
  });

  it('and no message repeats it', () => {
    for (const text of [
      '{"token":"canary-1234"',
      'canary-1234',
      '{"canary-1234":1,"canary-1234":2}',
      '"canary-1234\\u0091',
      '[canary-1234]',
    ]) {
      const error = refusal(text);
      expect(error).toBeInstanceOf(ResponseError);
      expect(error instanceof Error ? `${error.message}${error.stack}${String(error.cause)}` : 'parsed').not.toContain('canary-1234');
    }
  });
});

describe('strings do not count', () => {
  test.each([
    `["${'['.repeat(100)}","${'{'.repeat(100)}"]`,
    '{"a":"\\"b\\":1,\\"b\\":2","b":"\\\\","c":"\\\\\\"","d":"10.0"}',
    '{"a:b":"c:d","{":"}","[":"]","1.0":"-0"}',
    '["\\\\",10.0,"\\\\\\\\",150.00,"\\\\\\"",1.50]',
  ])('%s', text => {
    expect(roundTrip(text)).toBe(text);
  });

  test.each([
    ['{"a":1,"a":1}'],
    ['{"a":1,"\\u0061":2}'],
    ['{"a" : 1 , "a"\n: 2}'],
    ['{"":1,"":2}'],
    ['{"__proto__":1,"__proto__":2}'],
    ['{"a:":{"b":[{"c":1.0,"c":{"d":1,"e":2}}]}}'],
    ['[{"a":1},{"a":1,"a":[]}]'],
    ['{"1":1,"1":2}'],
  ])('but keys do: %s', text => {
    expect(refusal(text)).toEqual(new ResponseError('the answer gives a key twice'));
  });

  it('and equal keys of different objects are fine', () => {
    const text = '{"a":{"a":{"a":1.0}},"b":[{"a":1.0},{"a":1.0}]}';
    expect(roundTrip(text)).toBe(text);
  });
});

describe('places of numbers', () => {
  test.each(['é', '中', '😀', '\u0091', '\u00a0', '\ud800', '\udc00x', '\ud83d'])('behind %j', character => {
    const value = parseJson(`{"${character}":"${character}${character}","n":10.0,"${character}b":[150.00,"${character}",1.50]}`);
    expect(value).toEqual({
      [character]: character.repeat(2),
      n: makeNumber('10.0'),
      [`${character}b`]: [makeNumber('150.00'), character, makeNumber('1.50')],
    });
  });

  it('in texts larger than the scratch memory', () => {
    for (const letter of ['x', 'é', '中', '😀']) {
      for (const length of [21_000, 22_000, 65_000, 66_000, 200_000]) {
        const text = `[10.0,"${letter.repeat(length)}",150.00]`;
        expect(roundTrip(text) === text).toBe(true);
      }
    }
  });

  it('20,000 numbers of all lengths keep their text', () => {
    const random = randomFrom(7);
    const digits = (count: number) => Array.from({ length: count }, () => random(10)).join('');
    const whole = () => (random(4) === 0 ? '0' : `${1 + random(9)}${digits(random(18))}`);
    const number = () =>
      `${random(4) === 0 ? '-' : ''}${whole()}${random(3) === 0 ? '' : `.${'0'.repeat(random(3) === 0 ? random(9) : 0)}${digits(1 + random(9))}`}${random(8) === 0 ? `e${random(2) === 0 ? '-' : ''}${random(400)}` : ''}`;
    const numbers = Array.from({ length: 20_000 }, number);
    const parsed = parseJson(`[${numbers.join(',')}]`);
    expect(Array.isArray(parsed) ? parsed.map(value => numberText(value)) : parsed).toEqual(numbers);
  });

  it('the largest and smallest that may stay doubles, and their neighbours', () => {
    const random = randomFrom(11);
    const numbers: string[] = [];
    for (let point = 1; point <= 16; point += 1) {
      for (const start of [
        '1000000000000000',
        '2251799813685248',
        '3999999999999999',
        '4503599627370497',
        '9007199254740993',
        '9999999999999999',
      ]) {
        for (let n = 0; n < 20; n += 1) {
          const text = `${BigInt(start) + BigInt(random(1000))}`.slice(0, 16);
          numbers.push(point === 16 ? text : `${text.slice(0, point)}.${text.slice(point)}`);
        }
      }
    }
    numbers.push(
      '0.000001',
      '0.000009',
      '0.0000001',
      '0.0000009',
      '0.999999',
      '0.123456',
      '0.1234567',
      '999999999999999',
      '100000000000000',
    );
    const parsed = parseJson(`[${numbers.join(',')}]`);
    expect(Array.isArray(parsed) ? parsed.map(value => numberText(value)) : parsed).toEqual(numbers);
  });
});

describe('a text that poses as a number', () => {
  const disguised = String(makeNumber('10.0'));
  const escaped = Array.from(disguised, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

  test.each([
    ['raw', `["${disguised}"]`],
    ['escaped', `["${escaped}"]`],
    ['beside a number', `{"a":10.0,"b":"${disguised}"}`],
    ['in place of a key given twice', `{"a":10.0,"b":{"c":"${escaped}"}}`],
    ['without digits', `["${disguised.slice(0, -4)}"]`],
  ])('%s', (_, text) => {
    expect(refusal(text)).toBeInstanceOf(ResponseError);
  });

  it('as a key or further inside, it is text', () => {
    const text = `{"${disguised}":1.0,"a":"x${disguised}"}`;
    expect(JSON.parse(roundTrip(text))).toEqual(JSON.parse(text));
    const value = parseJson('["\u0091","\u009110.0","\\u0091"]');
    expect(Array.isArray(value) && value.every(isText)).toBe(true);
    expect(writeJson(value)).toBe('["\\u0091","\\u009110.0","\\u0091"]');
  });
});

describe('5,000 damaged documents', () => {
  it('are read as JSON.parse reads them, or refused', () => {
    const random = randomFrom(3);
    const sample =
      '{"id":"a\\"1","amount":10.0,"list":[1.50,-0,1e5,{"k":"\\\\","n":null}],"ok":true,"no":false,"é😀":"\\u0091","big":9007199254740993}';
    const pieces = ['"', '\\', ':', ',', '{', '}', '[', ']', '1.0', '-', 'e', '0', ' ', 'null', 't', '"a":', '"amount":', '\\u0022', '😀'];
    let read = 0;
    let refused = 0;
    for (let n = 0; n < 5000; n += 1) {
      let text = sample;
      for (let edits = 1 + random(3); edits > 0; edits -= 1) {
        const at = random(text.length);
        const piece = random(3) === 0 ? '' : (pieces[random(pieces.length)] ?? '');
        text = text.slice(0, at) + piece + text.slice(at + random(4));
      }
      const expected = parsedOrUndefined(text);
      const found = refusal(text);
      if (found instanceof Error) {
        refused += 1;
        expect(found, text).toBeInstanceOf(ResponseError);
        expect(found.message, text).toBe(expected === undefined ? 'the answer is not JSON' : 'the answer gives a key twice');
      } else {
        read += 1;
        expect(JSON.parse(writeJson(found as Json)), text).toEqual(expected);
      }
    }
    expect([read > 300, refused > 300]).toEqual([true, true]);
  });
});

/** What JSON.parse makes of a text; undefined when it refuses. */
function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe('size', () => {
  // At this size a search among the members before would not end within the limit of a test.
  it('very many members, and one of them twice', () => {
    const members = Array.from({ length: 200_000 }, (_, n) => `"k${n}":${n % 100}.0`).join(',');
    const value = parseJson(`{${members}}`);
    expect(typeof value === 'object' && value !== null && !Array.isArray(value) ? numberText(value.k199999 ?? null) : undefined).toBe(
      '99.0',
    );
    expect(refusal(`{${members},"k777":1}`)).toEqual(new ResponseError('the answer gives a key twice'));
  });

  it('a string of 10 MB, plain, of quotes, and of backslashes', () => {
    for (const part of ['x', '\\"', '\\\\', '中']) {
      const text = `["${part.repeat(10_000_000 / part.length)}",10.0]`;
      expect(roundTrip(text) === text).toBe(true);
    }
  });

  it('a number of a million digits', () => {
    const digits = '7'.repeat(1_000_000);
    expect(roundTrip(`[${digits},0.${digits},1e${digits}]`) === `[${digits},0.${digits},1e${digits}]`).toBe(true);
  });

  test.each([
    ['arrays', '['],
    ['objects', '{"a":'],
    ['both', '[{"a":'],
    ['behind text', '["[",'],
  ])('200,000 levels of %s', (_, opening) => {
    expect(refusal(opening.repeat(200_000))).toEqual(new ResponseError('the answer is nested deeper than 64 levels'));
  });

  it('as deep as the caller allows', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(writeJson(parseJson(nested(3), { maxDepth: 3 }))).toBe('[[[]]]');
    expect(() => parseJson(nested(4), { maxDepth: 3 })).toThrow(new ResponseError('the answer is nested deeper than 3 levels'));
    expect(roundTrip(`[${'[],{},'.repeat(500)}[]]`)).toBe(`[${'[],{},'.repeat(500)}[]]`);
  });
});

describe('bytes are read as their text is', () => {
  const parts = [
    'é',
    '中',
    '😀',
    '\u0091',
    'x'.repeat(70),
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '10.0',
    '-0',
    '1e400',
    '0.00',
    '12345678901234567',
  ];
  const outcome = (read: () => Json) => {
    try {
      return writeJson(read());
    } catch (error) {
      return String(error);
    }
  };

  it('whatever they are', () => {
    const random = randomFrom(23);
    let values = 0;
    const value = (depth: number): string => {
      const kind = random(depth > 3 ? 4 : 6);
      if (kind === 0) return ['10.0', '-0', '1e400', '9007199254740993', '0.1', '7', '-5.00', '123456789012345.67'][random(8)] ?? '';
      if (kind === 1) return JSON.stringify(Array.from({ length: random(4) }, () => parts[random(parts.length)]).join(''));
      if (kind < 4) return ['null', 'true', 'false', '""'][random(4)] ?? '';
      const inner = Array.from({ length: random(5) }, () => value(depth + 1));
      return kind === 4 ? `[${inner.join(',')}]` : `{${inner.map((member, at) => `"${parts[random(5)]}${at}":${member}`).join(',')}}`;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const whole = value(0);
      // Half of them damaged somewhere.
      const at = random(whole.length);
      const damaged = `${whole.slice(0, at)}${parts[random(parts.length)]}${whole.slice(at + random(2))}`;
      const text = round % 2 === 0 ? whole : Buffer.from(damaged).toString();
      const expected = outcome(() => parseJson(text));
      if (!expected.startsWith('ResponseError')) values += 1;
      expect(outcome(() => parseUtf8(Buffer.from(text)))).toBe(expected);
      expect(outcome(() => parseUtf8(Buffer.from(`\ufeff${text}`)))).toBe(expected);
    }
    expect(values).toBeGreaterThan(1_500);
  });

  it('but for those that are no text', () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc3, 0x22],
      [0xef, 0xbb, 0x31],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ])
      expect(() => parseUtf8(Uint8Array.from(bytes))).toThrow('the answer is not UTF-8');
  });

  it('a piece of a longer one', () => {
    const line = Buffer.from('["é",10.0]\n["x",20.00]\n');
    expect(writeJson(parseUtf8(line.subarray(0, 12)))).toBe('["é",10.0]');
    expect(writeJson(parseUtf8(line.subarray(12)))).toBe('["x",20.00]');
  });
});
