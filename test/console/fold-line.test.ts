import { expect, test } from 'vitest';
import { foldLine } from '../../src/console/fold-line.ts';

test('a line that fits stays, and a longer one goes on below without a broken word', () => {
  expect(foldLine('hint: not asked: QI Tech', 24)).toBe('hint: not asked: QI Tech');
  expect(foldLine('hint: not asked: QI Tech: wallet-entry needs --wallet', 30)).toBe(
    'hint: not asked: QI Tech:\n  wallet-entry needs --wallet',
  );
});

test('a command stays in one piece, so that it can be pasted', () => {
  expect(foldLine('hint: asked the sandbox; in every system: loanq lookup 229fe24c --sandbox', 46)).toBe(
    'hint: asked the sandbox; in every system:\n  loanq lookup 229fe24c --sandbox',
  );
  expect(foldLine('hint: QI Tech: no profile (loanq config init); Interlace: none', 34)).toBe(
    'hint: QI Tech: no profile\n  (loanq config init); Interlace:\n  none',
  );
  expect(foldLine('  loanq finlend loan 9a7d2c60 --sandbox', 20)).toBe('  loanq finlend loan 9a7d2c60 --sandbox');
  expect(foldLine('hint: set it and try again: read -rs TOKEN && export TOKEN', 40)).toBe(
    'hint: set it and try again:\n  read -rs TOKEN && export TOKEN',
  );
});

test('a word that is wider than the screen stays whole, and colours take no room', () => {
  expect(foldLine('error: 229fe24c-d840-48dc-959a-e0ff1479df35 is none', 20)).toBe(
    'error: 229fe24c-d840-48dc-959a-e0ff1479df35\n  is none',
  );
  expect(foldLine('\u001b[31merror:\u001b[39m not found', 16)).toBe('\u001b[31merror:\u001b[39m not found');
});

test('Chinese goes on at any character, and no line begins with what closes a sentence', () => {
  expect(foldLine('提示：查询的是沙盒；在所有系统中查找', 20)).toBe('提示：查询的是沙盒；\n  在所有系统中查找');
  expect(foldLine('提示：查询的是沙盒；在所有系统中查找', 18)).toBe('提示：查询的是沙\n  盒；在所有系统中\n  查找');
});

test('nothing is lost but blanks where a line ends', () => {
  const line = '  提示 loanq lookup a；(loanq config init), "x"  是';
  expect(foldLine(line, 8).replace(/\s/g, '')).toBe(line.replace(/\s/g, ''));
});
