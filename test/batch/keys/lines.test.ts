import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { isIdle, splitLines } from '../../../src/batch/keys/lines.ts';
import { InputError, SignalError } from '../../../src/core/errors.ts';
import { temporaryDirectory } from '../../runner/bundle.ts';

const directory = await temporaryDirectory();

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function* bytewise(text: string): AsyncGenerator<Uint8Array> {
  for (const byte of Buffer.from(text)) yield Uint8Array.of(byte);
}

async function collect(stream: AsyncIterable<Uint8Array>, maxLineBytes?: number): Promise<[number, string][]> {
  const found: [number, string][] = [];
  const rules = { fileName: 'keys.txt', ...(maxLineBytes !== undefined && { maxLineBytes }) };
  for await (const lines of splitLines(stream, rules)) for (const { line, text } of lines) found.push([line, text]);
  return found;
}

const mixed = '\uFEFFREC1\r\n\r\n# a comment\n  \nREC\r2\nREC\u20283\r\n zahlung-é \nlast';
const mixedLines = [
  [1, 'REC1'],
  [2, ''],
  [3, '# a comment'],
  [4, '  '],
  [5, 'REC\r2'],
  [6, 'REC\u20283'],
  [7, ' zahlung-é '],
  [8, 'last'],
];

test('lines end with LF or CRLF only, and the mark is left out', async () => {
  expect(await collect(chunks(mixed))).toEqual(mixedLines);
});

test('it does not matter where the chunks are cut', async () => {
  expect(await collect(bytewise(mixed))).toEqual(mixedLines);
});

test('blank lines and comments hold no key', () => {
  expect(['', ' \t', '# REC1', '#'].map(isIdle)).toEqual([true, true, true, true]);
  expect(['REC1', 'REC#1', '"#"'].map(isIdle)).toEqual([false, false, false]);
});

test('an empty input has no line, and a last newline begins none', async () => {
  expect(await collect(chunks())).toEqual([]);
  expect(await collect(chunks('\uFEFF'))).toEqual([[1, '']]);
  expect(await collect(chunks('a\n', 'b\n'))).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
});

test('a mark that is not at the beginning stays', async () => {
  expect(await collect(chunks('a\n\uFEFFb'))).toEqual([
    [1, 'a'],
    [2, '\uFEFFb'],
  ]);
});

test('broken UTF-8 stops with the number of the line, after the lines before it', async () => {
  const lines = splitLines(chunks('# keys\nREC1\nREC', Uint8Array.of(0xe9), '2\nREC3\n'), { fileName: 'keys.txt' });
  const before = [
    { line: 1, text: '# keys' },
    { line: 2, text: 'REC1' },
  ];
  expect((await lines.next()).value).toEqual(before);
  await expect(lines.next()).rejects.toEqual(new InputError('line 3 of keys.txt is not UTF-8', { hint: 'save the file as UTF-8' }));
});

test('lines before a broken one in the same block come before its error', async () => {
  const lines = splitLines(chunks(Buffer.concat([Buffer.from('REC1\nREC'), Uint8Array.of(0xe9), Buffer.from('\nREC3\n')])), {
    fileName: 'keys.txt',
  });
  expect((await lines.next()).value).toEqual([{ line: 1, text: 'REC1' }]);
  await expect(lines.next()).rejects.toThrow('line 2 of keys.txt is not UTF-8');
});

test('lines of one block come together, 64 at most', async () => {
  const sizes: number[] = [];
  for await (const lines of splitLines(chunks('a\n'.repeat(130), 'b\n', 'c'), { fileName: 'keys.txt' })) sizes.push(lines.length);
  expect(sizes).toEqual([64, 64, 2, 1, 1]);
});

test('a character cut by the end of the input is broken UTF-8', async () => {
  await expect(collect(chunks('REC', Uint8Array.of(0xc3)))).rejects.toThrow('line 1 of keys.txt is not UTF-8');
});

test('UTF-16 is named', async () => {
  await expect(collect(chunks(Buffer.from('\uFEFFREC1\r\n', 'utf16le')))).rejects.toEqual(
    new InputError('line 1 of keys.txt is not UTF-8', { hint: 'it looks like UTF-16: save the file as UTF-8' }),
  );
});

test('a line may have 64 KiB and not a byte more', async () => {
  const longest = 'x'.repeat(65_536);
  expect(await collect(chunks(`\uFEFF${longest}\r\nb`))).toEqual([
    [1, longest],
    [2, 'b'],
  ]);
  const failure = new InputError('line 2 of keys.txt is longer than 65536 bytes', { hint: 'the file must have one key a line' });
  await expect(collect(chunks(`a\n${longest}y\nb`))).rejects.toEqual(failure);
  await expect(collect(chunks('a\n1234567890\n'), 9)).rejects.toThrow('line 2 of keys.txt is longer than 9 bytes');
});

test('a line without end is given up early', async () => {
  let sent = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      sent += 1;
      yield Buffer.alloc(16_384, 'x');
    }
  }
  await expect(collect(endless())).rejects.toThrow('line 1 of keys.txt is longer than 65536 bytes');
  expect(sent).toBe(5);
});

test('no more is read than asked for', async () => {
  let sent = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for (;;) {
      sent += 1;
      yield Buffer.from(`REC${sent}\n`);
    }
  }
  const lines = splitLines(counted(), { fileName: 'keys.txt' });
  await lines.next();
  await lines.next();
  expect(sent).toBe(2);
  await lines.return(undefined);
});

test('a file that cannot be read is an InputError', async () => {
  const missing = createReadStream(join(directory, 'missing.txt'));
  await expect(collect(missing)).rejects.toEqual(new InputError('cannot read keys.txt: there is no such file'));
  await expect(collect(createReadStream(directory))).rejects.toEqual(new InputError('cannot read keys.txt: it is a directory'));
  const broken = new PassThrough();
  broken.destroy();
  await expect(collect(broken)).rejects.toEqual(new InputError('cannot read keys.txt: ERR_STREAM_PREMATURE_CLOSE'));
});

test('reading ends when its signal says so', async () => {
  const path = join(directory, 'long.txt');
  await writeFile(path, 'abc\n'.repeat(100_000));
  const signal = AbortSignal.abort(new SignalError('interrupted'));
  await expect(splitLines(createReadStream(path), { fileName: 'keys.txt', signal }).next()).rejects.toBe(signal.reason);
});
