import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { guardJson, guardText, isHarmless, unguardText } from '../../src/core/formula-guard.ts';
import { hostileTexts, repeatableRandom } from '../output/hostile.ts';
import { isLong } from '../runner/long.ts';

const page = await readFile(new URL('../../docs/csv.md', import.meta.url), 'utf8');

describe('at the beginning of a text', () => {
  test.each([
    '=1+1',
    '+1',
    '-1+1',
    '-',
    '@x',
    '\tx',
    '\rx',
    '\nx',
    '  =1',
    ' \u00a0\u3000=1',
    '\u0000=1',
    ' \u0000 \u0000@x',
    '\ufeff=1',
    '\u001b\u202e\u200b=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    ' ＝1',
    '+5511999990000',
    ' \tx',
    '"=1+1"',
    ' " =1',
  ])("%j gets a ' before it", text => {
    expect(guardText(text)).toBe(`'${text}`);
    expect(unguardText(`'${text}`)).toBe(text);
  });

  test.each(["'=1", "''=1", "' =1", "'\tx", '\'"=1'])('%j, which looks guarded, gets one more', text => {
    expect(guardText(text)).toBe(`'${text}`);
    expect(unguardText(`'${text}`)).toBe(text);
  });

  test.each(['', 'a=1', 'x', "'", "'x", '1-2', '[-1]', '{"=":1}', '迭代测试-上传2', '  text', 'ID_3HV7:-x', '2022-06-07', "a'=1"])(
    '%j is left alone',
    text => {
      expect(guardText(text)).toBe(text);
      expect(unguardText(text)).toBe(text);
    },
  );
});

describe('where a reader that splits at another sign would begin a cell', () => {
  test.each([
    ['Ana;=1+1;x', "Ana;'=1+1;x"],
    ['Ana,=1+1', "Ana,'=1+1"],
    ['Ana\t=1+1', "Ana\t'=1+1"],
    ['Ana|=1+1', "Ana|'=1+1"],
    ['Ana\r=1+1', "Ana\r'=1+1"],
    ['Ana\n=1+1', "Ana\n'=1+1"],
    ['Ana\r\n=1+1', "Ana\r\n'=1+1"],
    ['a;+1;-1;@x;＝1;＋1;－1;＠x', "a;'+1;'-1;'@x;'＝1;'＋1;'－1;'＠x"],
    ['Ana; \u00a0\u0000\u3000=1', "Ana; \u00a0\u0000\u3000'=1"],
    ['Ana; , | =1', "Ana; , | '=1"],
    // A reader takes the quotation marks for its own and drops them.
    ['Ana;"=1+1', 'Ana;"\'=1+1'],
    ['Ana;" " =1+1', 'Ana;" " \'=1+1'],
    ["Ana;'=1", "Ana;''=1"],
    ["Ana; ''=1", "Ana; '''=1"],
    ['=1;=2', "'=1;'=2"],
    ['\t=1', "'\t'=1"],
    [';;=1', ";;'=1"],
  ])('%j', (text, guarded) => {
    expect(guardText(text)).toBe(guarded);
    expect(unguardText(guarded)).toBe(text);
  });

  test.each(['Rua 7; apto 2', 'a, b - c', 'a;b=1', "it's; fine", 'a\r\nb\r\n\r\nc', 'a;\tb', 'x;', "a;' =1", "a;b'=1", 'a; (=1)'])(
    '%j is left alone',
    text => {
      expect(guardText(text)).toBe(text);
      expect(unguardText(text)).toBe(text);
    },
  );
});

describe('JSON in a cell', () => {
  test.each([
    ['["a;=1","b"]', '["a;\'=1","b"]'],
    ['["a","=1","\'@x"]', '["a","\'=1","\'\'@x"]'],
    ['{"a":"b","=c":"d,-5+e"}', '{"a":"b","\'=c":"d,\'-5+e"}'],
    ['["a\\",-5",-5]', '["a\\",\'-5",-5]'],
  ])('%j stays JSON', (json, guarded) => {
    expect(guardJson(json)).toBe(guarded);
    expect(() => JSON.parse(guarded)).not.toThrow();
    expect(unguardText(guarded)).toBe(json);
  });

  test.each(['[]', '["+5511999990000"]', '[1,-5,-0.50]', '{"a":-5,"b":[-1,-2]}', '["\\\\",-5]', '["a;\\t=1"]'])(
    '%j is left alone, numbers always',
    json => {
      expect(guardJson(json)).toBe(json);
      expect(unguardText(json)).toBe(json);
    },
  );
});

describe('of many hostile texts', () => {
  const texts = hostileTexts(isLong ? 200_000 : 20_000);

  test('each is read back as it was, and no two look the same', () => {
    for (const text of texts) {
      const guarded = guardText(text);
      if (unguardText(guarded) !== text) expect([text, unguardText(guarded)]).toEqual([text, text]);
    }
    expect(new Set(texts.map(guardText)).size).toBe(new Set(texts).size);
  });

  test('what is harmless at a glance is left alone by the long look, too', () => {
    const random = repeatableRandom(11);
    const letters = [...'aZ09_.:- -=+@\t\r\n;,|"'.split(''), '－', 'é', '\u00a0', '\0'];
    const words = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 5) }, () => letters[Math.floor(random() * letters.length)]).join(''),
    );
    const harmless = [...texts, ...words, '', 'a', '2024-01-15T10:30:00Z', 'a -b', 'a b '].filter(isHarmless);
    expect(harmless.length).toBeGreaterThan(1_000);
    for (const text of harmless) {
      // What stands behind a delimiter makes the quick look say no.
      if (guardText(`${text};x`) !== `${text};x`) expect(text).toBe('');
      if (/[",;\t|\r\n]|^\s|\s$/.test(text)) expect(text).toBe('');
    }
    expect(['a b ', ' a', '-1', 'a;b', 'a,b', '', 'é'].filter(isHarmless)).toEqual([]);
  });

  test('the rule that docs/csv.md gives to readers undoes it', () => {
    const [, skipped] = /^skipped = r'(.*)'$/m.exec(page) ?? [];
    const patternOf = (name: string): string => {
      const [, before, after] = new RegExp(`^${name} = r"(.*)" \\+ skipped \\+ r"(.*)"$`, 'm').exec(page) ?? [];
      return `${before}${skipped}${after}`;
    };
    const first = new RegExp(patternOf('first'));
    const inside = new RegExp(patternOf('inside'), 'g');
    for (const text of texts) {
      const read = guardText(text).replace(first, '').replace(inside, '$1');
      if (read !== text) expect([text, read]).toEqual([text, text]);
    }
  });

  test('JSON of each is read back as it was, and is JSON before', () => {
    for (const [at, text] of texts.slice(0, 30_000).entries()) {
      const json = JSON.stringify([text, -5, { [text]: [-1, text] }, texts[at - 1] ?? '']);
      const guarded = guardJson(json);
      if (unguardText(guarded) !== json) expect([json, unguardText(guarded)]).toEqual([json, json]);
      JSON.parse(guarded);
    }
  });
});

const length = 4 * 1024 * 1024;

// A guard that looked at each sign again for each blank would need hours.
test.each([';=', '; ', ";'", '\t', ' ', "'", '"', '=', ',-5', '\\"'])('4 MiB of %j are guarded and read back', unit => {
  const text = `x;${unit.repeat(length / unit.length)}`;
  expect(unguardText(guardText(text)) === text).toBe(true);
  expect(unguardText(guardJson(text)) === text).toBe(true);
});
