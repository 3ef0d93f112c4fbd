// The records of a JSON export, one by one: what is held of a record that has no end.
import { expect, it } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { jsonElements } from '../../src/diff/json-elements.ts';

const mebibyte = Buffer.alloc(1024 * 1024, 0x78);

it('a record of more than 64 MiB ends the reading', async () => {
  let sent = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('[{"a":"');
    for (; sent < 100; sent += 1) yield mebibyte;
  }
  await expect(jsonElements(endless(), 'old.json').next()).rejects.toEqual(new InputError('old.json has a record of more than 64 MiB'));
  expect(sent).toBeLessThan(65);
});

it.each([1, 2, 3, 7, 1000])('records are the same whatever blocks of %i bytes they come in', async size => {
  const text = '\ufeff[ {"a":"合}]\\\\\\"", "b":[{}, []]} ,\r\n{"c":"]"}]\n';
  async function* blocks(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: string[] = [];
  for await (const element of jsonElements(blocks(), 'old.json')) found.push(element);
  expect(found).toEqual(['{"a":"合}]\\\\\\"", "b":[{}, []]}', '{"c":"]"}']);
});
