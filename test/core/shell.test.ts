// Words that are pasted: a shell must read back what went in.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { argumentWords, shellQuote, shellWord } from '../../src/core/shell.ts';

test.each(['plain/path.txt', '', 'two words', "it's", '$HOME `x` "y" \\', 'a\nb', '~', '*', '中'])('%j comes out as it went in', word => {
  for (const given of [shellQuote(word), shellWord(word)]) {
    expect(execFileSync('sh', ['-c', `printf %s ${given}`], { encoding: 'utf8' })).toBe(word);
  }
});

test('a word is quoted only where it has to be', () => {
  expect([shellWord('/home/a/config.json'), shellWord('a b'), shellQuote('ab')]).toEqual(['/home/a/config.json', "'a b'", "'ab'"]);
});

test('a key that looks like an option stands behind --, with the others', () => {
  expect(argumentWords(['a', '$b'], ['-p', 'c'])).toBe("a '$b' -p c");
  expect(argumentWords(['a', '--show-personal'], ['-p', 'c'])).toBe('-p c -- a --show-personal');
  expect(argumentWords(['-x'])).toBe('-- -x');
});
