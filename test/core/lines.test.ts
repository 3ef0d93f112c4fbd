// Lines out of chunks, wherever the chunks are cut.
import { expect, test } from 'vitest';
import { LineCutter } from '../../src/core/lines.ts';

function linesOf(chunks: readonly Uint8Array[]): string[] {
  const cutter = new LineCutter();
  const lines = chunks.flatMap(chunk => cutter.cut(chunk));
  const rest = cutter.end();
  return [...lines, ...(rest === undefined ? [] : [rest])].map(line => line.toString('utf8'));
}

test.each([
  ['', []],
  ['a', ['a']],
  ['\n', ['\n']],
  ['a\n\nb\r\n', ['a\n', '\n', 'b\r\n']],
  ['é\n漢字\n😀', ['é\n', '漢字\n', '😀']],
  ['a\rb\u2028c\u0085d\n', ['a\rb\u2028c\u0085d\n']],
])('%j is cut the same in one, two or single bytes', (text, expected) => {
  const bytes = Buffer.from(text);
  for (let at = 0; at <= bytes.length; at += 1) expect(linesOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
  expect(linesOf(Array.from(bytes, byte => Uint8Array.of(byte)))).toEqual(expected);
});

test('what has no end yet is counted and kept for the next chunk', () => {
  const cutter = new LineCutter();
  expect(cutter.cut(Buffer.from('one\ntw'))).toEqual([Buffer.from('one\n')]);
  expect(cutter.pending).toBe(2);
  expect(cutter.cut(Buffer.from('o'))).toEqual([]);
  expect(cutter.pending).toBe(3);
  expect(cutter.cut(Buffer.from('\n'))).toEqual([Buffer.from('two\n')]);
  expect(cutter.pending).toBe(0);
  expect(cutter.end()).toBeUndefined();
});

test('a line within a chunk is no copy of it, whatever part of a buffer the chunk is', () => {
  const bytes = Buffer.from('....one\ntwo\n....');
  const [one, two] = new LineCutter().cut(new Uint8Array(bytes.buffer, bytes.byteOffset + 4, 8));
  bytes[4] = 0x4f;
  expect([one?.toString(), two?.toString()]).toEqual(['One\n', 'two\n']);
});
