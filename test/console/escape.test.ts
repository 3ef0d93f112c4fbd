import { describe, expect, test } from 'vitest';
import { visible } from '../../src/console/escape.ts';

const unsafe = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]/u;

describe('visible', () => {
  test.each([
    ['plain', 'plain'],
    ['迭代测试-上传2 é ü', '迭代测试-上传2 é ü'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\u001b]8;;http://x\u0007', '\\x1b]8;;http://x\\x07'],
    ['a\r\n\tb\u0000\u0008', 'a\\r\\n\\tb\\x00\\x08'],
    ['\u007f\u009b31m', '\\x7f\\x9b31m'],
    ['abc\u202edef\u2066\u061c', 'abc\\u202edef\\u2066\\u061c'],
    ['a\u200bb\u2060c\ufeffd\u00ade\u3164', 'a\\u200bb\\u2060c\\ufeffd\\xade\\u3164'],
    ['line\u2028para\u2029', 'line\\u2028para\\u2029'],
    ['\ud800x\udc00', '\\ud800x\\udc00'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['C:\\new', 'C:\\new'],
  ])('%j', (given, expected) => {
    expect(visible(given)).toBe(expected);
  });

  test('joiners stay where writing needs them and show elsewhere', () => {
    expect(visible('👩‍👩‍👧 ❤️‍🔥 👩🏽‍💻')).toBe('👩‍👩‍👧 ❤️‍🔥 👩🏽‍💻');
    expect(visible('می‌خواهم')).toBe('می‌خواهم');
    expect(visible('क्‍ष')).toBe('क्‍ष');
    expect(visible('pay\u200dpal \u200c x\u200d')).toBe('pay\\u200dpal \\u200c x\\u200d');
    expect(visible('1\u200d2')).toBe('1\\u200d2');
  });

  test('a chain of joined emoji is no single character', () => {
    const shown = visible(Array(50).fill('👩').join('\u200d'));
    expect(shown).not.toContain('\u200d');
    expect(shown).toContain('👩\\u200d👩');
  });

  test('eight marks on one base stay, more are counted', () => {
    expect(visible(`a${'\u0301'.repeat(8)}b`)).toBe(`a${'\u0301'.repeat(8)}b`);
    expect(visible(`a${'\u0301'.repeat(10_000)}b`)).toBe(`a${'\u0301'.repeat(8)}[+9992 marks]b`);
    expect(visible(`😀${'\u{e0100}'.repeat(20)}`)).toBe(`😀${'\u{e0100}'.repeat(8)}[+12 marks]`);
  });

  test('nothing that controls, reorders or hides gets through, wherever it stands', () => {
    const every = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('x');
    const more = '\ufeff\ufff9\ud800\udfff\u{e0001}\u{1d173}\u115f\u180e';
    expect(visible(every + more)).not.toMatch(unsafe);
    for (const char of '\u0000\u001b\u009b\u202e\u200b\ud83d') expect(visible(char)).toMatch(/^\\[xu][0-9a-f]+$/);
  });

  test('what is let through unread would be left as it is by the rules', () => {
    for (let code = 0; code < 0x10000; code += 1) {
      const char = String.fromCharCode(code);
      // Beside a character that is always shown as an escape, no text is let through.
      if (visible(char) === char) expect([code, visible(`${char}\u202e`)]).toEqual([code, `${char}\\u202e`]);
    }
  });

  // At this size a search that goes back and forth would not end within the limit of a test.
  test.each([
    ['\u0301', `${'\u0301'.repeat(8)}[+99992 marks]`],
    ['\u200d', '\\u200d'.repeat(100_000)],
    ['\u202e', '\\u202e'.repeat(100_000)],
    ['👩\u200d', '👩\\u200d'.repeat(100_000)],
    ['क्\u200d', `${'क्\u200d'.repeat(99_999)}क्\\u200d`],
    ['\u0600\u0301', '\u0600\u0301'.repeat(100_000)],
  ])('hostile characters in masses are read once: %j', (piece, shown) => {
    expect(visible(piece.repeat(100_000)) === shown).toBe(true);
  });

  test('no length breaks it: 16 MiB of marks, and of joined signs', () => {
    const marks = 8 * 1024 * 1024;
    expect(visible(`a${'\u0301'.repeat(marks)}`) === `a${'\u0301'.repeat(8)}[+${marks - 8} marks]`).toBe(true);
    expect(visible('👩\u200d'.repeat(2_000_000)) === '👩\\u200d'.repeat(2_000_000)).toBe(true);
  });
});
