import stringWidth from 'string-width';
import { describe, expect, test, vi } from 'vitest';
import { displayWidth, fitText, padLeft, padRight, wrap } from '../../src/console/width.ts';

test('Chinese characters take two cells, marks none', () => {
  expect(displayWidth('迭代2')).toBe(5);
  expect(displayWidth('é')).toBe(1);
  expect(displayWidth('•…│')).toBe(3);
});

test('every character measured without the library has the width the library gives it', () => {
  const differing: string[] = [];
  for (let code = 0x20; code < 0xd7a4; code++) {
    const char = String.fromCharCode(code);
    if (displayWidth(char) !== stringWidth(char)) differing.push(char);
  }
  expect(differing).toEqual([]);
});

describe('fitText', () => {
  test.each<[string, number, string]>([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['迭代测试', 8, '迭代测试'],
    ['迭代测试', 7, '迭代测…'],
    ['迭代测试', 6, '迭代…'],
    ['a👩‍👩‍👧b', 3, 'a…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['𝒳𝒳𝒳', 2, '𝒳…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['', 0, ''],
  ])('%j in %i cells', (text, cells, expected) => {
    expect(fitText(text, cells)).toBe(expected);
  });
});

test('padding counts cells and never cuts', () => {
  expect(padRight('迭代', 6)).toBe('迭代  ');
  expect(padLeft('-5.00', 8)).toBe('   -5.00');
  expect(padRight('abcdef', 3)).toBe('abcdef');
});

describe('wrap', () => {
  test.each<[string, number, readonly string[]]>([
    ['', 5, ['']],
    ['short', 5, ['short']],
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 8, ['one two', 'three']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['ab cdefghijk', 4, ['ab', 'cdef', 'ghij', 'k']],
    ['迭代测试上传', 5, ['迭代', '测试', '上传']],
    ['迭', 1, ['迭']],
    ['迭代', 1, ['迭', '代']],
    ['a     b', 2, ['a', 'b']],
  ])('%j at %i', (text, cells, expected) => {
    expect(wrap(text, cells)).toEqual(expected);
  });

  test('very long texts are measured, cut and wrapped in linear time: never is a long piece split into characters', () => {
    // Splitting copies the whole piece for each of its characters.
    const split = vi.spyOn(Intl.Segmenter.prototype, 'segment');
    const long = '测'.repeat(20_000);
    const lines = wrap(long, 80);
    expect(lines).toHaveLength(500);
    expect(lines.join('')).toBe(long);
    expect(displayWidth(long)).toBe(40_000);
    expect(displayWidth('e\u0301'.repeat(20_000))).toBe(20_000);
    expect(fitText(long, 39_998)).toBe(`${'测'.repeat(19_998)}…`);
    const lengths = split.mock.calls.map(([text]) => text.length);
    split.mockRestore();
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1_000);
    // Wrapped once, measured once with marks, cut once: no text is gone through again and again.
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(4 * long.length);
  });
});
