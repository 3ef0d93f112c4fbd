import { describe, expect, test } from 'vitest';
import { commandWords } from '../../src/console/command-words.ts';
import { isTaller } from '../../src/console/tall-text.ts';

describe('the words of a command', () => {
  test.each([
    ['less', ['less']],
    ['  less -FRX  ', ['less', '-FRX']],
    [`less --prompt='a "b" c' -R`, ['less', '--prompt=a "b" c', '-R']],
    ['"/opt/my pager/run" "-x" ""', ['/opt/my pager/run', '-x', '']],
    [String.raw`/opt/my\ pager/run a\"b "c\"d" 'e\f'`, ['/opt/my pager/run', 'a"b', 'c"d', String.raw`e\f`]],
    ['less -P~/x*?[a]{b}', ['less', '-P~/x*?[a]{b}']],
    ["less '|' ';x' \\$HOME", ['less', '|', ';x', '$HOME']],
    ['', []],
  ])('%s', (command, words) => {
    expect(commandWords(command, 'linux')).toEqual(words);
  });

  test.each([
    'less | cat',
    'less; rm x',
    'less && x',
    'less > x',
    'less < x',
    '$PAGER',
    'less `x`',
    '(less)',
    'less "a',
    "less 'a",
    'less \\',
  ])('a shell would be needed for %s', command => {
    expect(commandWords(command, 'linux')).toBeUndefined();
  });

  test('a backslash is part of a path on Windows', () => {
    expect(commandWords(String.raw`"C:\Program Files\less.exe" -R C:\x`, 'win32')).toEqual([
      String.raw`C:\Program Files\less.exe`,
      '-R',
      String.raw`C:\x`,
    ]);
  });
});

describe('a text is taller than a terminal of 4 rows and 10 columns', () => {
  test.each([
    ['1\n2\n3\n', false],
    ['1\n2\n3\n4\n', true],
    ['1\n\n\n4', true],
    ['0123456789\n2\n3\n', false],
    ['01234567890\n2\n3\n', true],
    ['\u001b[31m0123456789\u001b[39m\n2\n3\n', false],
    ['借款借款借\n2\n3\n', false],
    ['借款借款借款\n2\n3\n', true],
    ['x'.repeat(30), false],
    ['x'.repeat(31), true],
    ['x'.repeat(5_000_000), true],
    ['', false],
  ])('%j: %s', (text, taller) => {
    expect(isTaller(text, { columns: 10, rows: 4 })).toBe(taller);
  });
});
