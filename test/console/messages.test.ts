import { PassThrough } from 'node:stream';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { asciiMarks, asciiSentence } from '../../src/console/marks.ts';
import { type Look, Messages } from '../../src/console/messages.ts';

const chalk = new Chalk({ level: 1 });

function said(look: Look, say: (messages: Messages) => void, level: 'quiet' | 'normal' = 'normal'): string {
  const stream = new PassThrough({ encoding: 'utf8' });
  say(new Messages({ stderr: stream }, text => text.replaceAll('s3cret', '*****'), level, undefined, look));
  return stream.read() ?? '';
}

test('the label has the colour and the sentence none; without colours the label is all', () => {
  const both = (messages: Messages) => {
    messages.error('error: s3cret \u001b[31m');
    messages.warn('soon');
  };
  expect(said({ chalk }, both)).toBe('\u001b[31merror:\u001b[39m error: ***** \\x1b[31m\n\u001b[33mwarning:\u001b[39m soon\n');
  expect(said({}, both)).toBe('error: error: ***** \\x1b[31m\nwarning: soon\n');
});

test('an environment stands out behind its host, and production does not', () => {
  const place = (text: string, ...names: readonly (string | undefined)[]) => said({ chalk }, messages => messages.place(text, ...names));
  expect(place('crego: preprod.example, preprod', 'preprod')).toBe('crego: preprod.example, \u001b[33mpreprod\u001b[39m\n');
  expect(place('crego: a.example, production', 'production')).toBe('crego: a.example, production\n');
  expect(place('found in A (x, a.example, test), B (y, b.example, production)', 'test', 'production', undefined)).toBe(
    'found in A (x, a.example, \u001b[33mtest\u001b[39m), B (y, b.example, production)\n',
  );
  expect(place('a: b.example, e\u001b[0m', 'e\u001b[0m')).toBe('a: b.example, \u001b[33me\\x1b[0m\u001b[39m\n');
  expect(said({}, messages => messages.place('crego: a.example, test', 'test'))).toBe('crego: a.example, test\n');
  expect(said({ chalk }, messages => messages.place('crego: a.example, test', 'test'), 'quiet')).toBe('');
});

test('where the locale has no UTF-8 marks are ASCII, and what a provider sends is not', () => {
  expect(said({ isAscii: true }, messages => messages.note('3 of 9 · more… 借款 a••••@example.com'))).toBe(
    '3 of 9 - more... 借款 a****@example.com\n',
  );
  expect(asciiMarks('229fe24c-… — ─── é')).toBe('229fe24c-~ - --- é');
  expect(asciiSentence('a…')).toBe('a...');
});

test('a line that goes again is never wider than the screen, whatever it is written in', () => {
  const status = (text: string, look: Look) => said(look, messages => messages.status(text, 20));
  expect(status('asking a.example, 4 s so far', {})).toBe('asking a.example, …');
  expect(status('asking a.example … 4 s', { isAscii: true })).toBe('asking a.example .~');
  // Of 19 cells: nine of the wide signs are 18.
  expect(status('正在询问服务器等待四秒钟', {})).toBe('正在询问服务器等待…');
  expect(status('正在询问服务器等待', {})).toBe('正在询问服务器等待');
});
