import { describe, expect, test } from 'vitest';
import { type KeySource, readKeys } from '../../../src/batch/keys/table.ts';
import { InputError, UsageError } from '../../../src/core/errors.ts';
import { inEnglish } from '../../../src/core/say.ts';

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function rows(text: string | Uint8Array, source: Partial<KeySource> = {}): Promise<{ values: readonly string[] }[]> {
  const found: { values: readonly string[] }[] = [];
  for await (const some of readKeys(chunks(text), { parameters: ['id'], fileName: 'keys.csv', ...source })) {
    for (const row of some) found.push(row.problem === undefined ? row : { ...row, problem: inEnglish(row.problem) });
  }
  return found;
}

const two = { parameters: ['wallet_key', 'wallet_entry_key'] };

describe('plain lines', () => {
  test('have one key each, pasted quotes and commas trimmed', async () => {
    expect(await rows('\uFEFF# mine\n"REC1",\r\n\n  REC2\n“REC3”\nnot a key\n""\n')).toEqual([
      { line: 2, values: ['REC1'] },
      { line: 4, values: ['REC2'] },
      { line: 5, values: ['REC3'] },
      { line: 6, values: ['not a key'] },
      { line: 7, values: [''] },
    ]);
  });

  test('have two words for an endpoint with two keys; another number fails alone', async () => {
    expect(await rows('w1 e1\n"w1"\t"e2"\nw1, e3\nw1;e4\nw1\nw1 e5 e6\n', two)).toEqual([
      { line: 1, values: ['w1', 'e1'] },
      { line: 2, values: ['w1', 'e2'] },
      { line: 3, values: ['w1', 'e3'] },
      { line: 4, values: ['w1', 'e4'] },
      { line: 5, values: ['w1'], problem: 'the line gives 1 of 2 keys (wallet_key, wallet_entry_key)' },
      { line: 6, values: ['w1', 'e5', 'e6'], problem: 'the line gives 3 of 2 keys (wallet_key, wallet_entry_key)' },
    ]);
  });

  test('may be none', async () => {
    expect(await rows('\n# nothing\n')).toEqual([]);
    expect(await rows('', { column: 'id' })).toEqual([]);
  });
});

describe('JSON lines of --errors', () => {
  test('give their key, or one key per parameter', async () => {
    expect(await rows('{"key":"REC1","code":"temporary","exit":25}\n\n{"code":"refused","key":["REC2"]}\n')).toEqual([
      { line: 1, values: ['REC1'] },
      { line: 3, values: ['REC2'] },
    ]);
    expect(await rows('# failed\n{"key":["w1","e1"],"code":"not-found"}\n', two)).toEqual([{ line: 2, values: ['w1', 'e1'] }]);
  });

  test('are for the keys that stand for every line, all of them', async () => {
    const lines = ['["w1","i1","e1"]', '["w1","i2","e2"]', '["w2","i1","e3"]', '["e4"]'].map(key => `{"key":${key}}\n`).join('');
    expect(await rows(lines, { parameters: ['entry_key'], fixed: ['w1', 'i1'] })).toEqual([
      { line: 1, values: ['e1'] },
      { line: 2, values: ['e2'], problem: 'the line is for i2, not for i1' },
      { line: 3, values: ['e3'], problem: 'the line is for w2, not for w1' },
      { line: 4, values: ['e4'] },
    ]);
  });

  test('without a usable key fail alone', async () => {
    const problem = 'the line is no JSON object with a "key" of text';
    expect(await rows('{"key":"REC1"}\n{"key":12}\n{"key":"REC\nREC4\n{"key":["a","b"]}\n')).toEqual([
      { line: 1, values: ['REC1'] },
      { line: 2, values: ['{"key":12}'], problem },
      { line: 3, values: ['{"key":"REC'], problem },
      { line: 4, values: ['REC4'], problem },
      { line: 5, values: ['a', 'b'], problem: 'the line gives 2 of 1 keys (id)' },
    ]);
  });
});

describe('a table', () => {
  test.each([
    ['comma', ',', ''],
    ['semicolon', ';', '\uFEFF'],
    ['TAB', '\t', ''],
  ])('is separated by %s', async (_name, cut, mark) => {
    const text = `${mark}name${cut}id\r\n"Silva${cut} ""J."""${cut}REC1\r\n\r\n${cut}${cut}\r\nLi${cut}"REC2"\r\n`;
    expect(await rows(text, { column: 'id' })).toEqual([
      { line: 2, values: ['REC1'] },
      { line: 5, values: ['REC2'] },
    ]);
  });

  test('of one column has the column too', async () => {
    expect(await rows('loan number\nREC1\nREC2', { column: 'loan number' })).toEqual([
      { line: 2, values: ['REC1'] },
      { line: 3, values: ['REC2'] },
    ]);
  });

  test('is known by a header with the names of the parameters', async () => {
    expect(await rows('note,wallet-entry-key,WALLET_KEY\nx,e1,w1\ny,e2,w2\n', two)).toEqual([
      { line: 2, values: ['w1', 'e1'] },
      { line: 3, values: ['w2', 'e2'] },
    ]);
    expect(await rows('id;amount\nREC1;10.00\n')).toEqual([{ line: 2, values: ['REC1'] }]);
  });

  test('has no comments below its header: a row that begins with # is a row', async () => {
    const text = '# export\nnumber,id\n#1,REC1\n"#2",REC2\n3,REC3\n';
    expect((await rows(text)).map(row => row.values)).toEqual([['REC1'], ['REC2'], ['REC3']]);
    expect(await rows('id\nREC1\n# REC2\n')).toEqual([
      { line: 2, values: ['REC1'] },
      { line: 3, values: ['# REC2'] },
    ]);
  });

  test('may have a header that begins with #', async () => {
    expect(await rows('# my list, by id\n#;id\n1;REC1\n')).toEqual([{ line: 3, values: ['REC1'] }]);
    expect(await rows('#id,note\nREC1,x\n', { column: '#id' })).toEqual([{ line: 2, values: ['REC1'] }]);
  });

  test('may have cells over several lines, stray quotes and short rows', async () => {
    const text = '# export\nid,note\nREC1,"two\nlines"\nREC3,5" pipe # 9\nREC4\n,only a note\n';
    expect(await rows(text, { column: 'id' })).toEqual([
      { line: 4, values: ['REC1'] },
      { line: 5, values: ['REC3'] },
      { line: 6, values: ['REC4'] },
      { line: 7, values: [''] },
    ]);
  });

  test('is not made of lines that only a CR ends', async () => {
    expect(await rows('id\rREC1\rREC2\r')).toEqual([{ line: 1, values: ['id\rREC1\rREC2'] }]);
    const table = await rows('id,note\nREC1,a\rb\nREC2,\n');
    expect(table.map(row => row.values)).toEqual([['REC1'], ['REC2']]);
  });

  test('without the column names those it has', async () => {
    await expect(rows('id,name\nREC1,x\n', { column: 'ref' })).rejects.toEqual(
      new UsageError('keys.csv has no column "ref"', { hint: 'its columns are id, name' }),
    );
  });

  test('with a broken header has no columns', async () => {
    await expect(rows('"id,name\nREC1,x\n', { column: 'id' })).rejects.toThrow('keys.csv has no column "id"');
  });

  test('with two such columns is refused', async () => {
    await expect(rows('id,id\n1,2\n', { column: 'id' })).rejects.toEqual(new UsageError('the key file has 2 columns "id"'));
    expect(await rows('ID,id\n1,2\n', { column: 'id' })).toEqual([{ line: 2, values: ['2'] }]);
  });

  test('takes no --column for two keys', async () => {
    await expect(rows('w1 e1\n', { ...two, column: 'x' })).rejects.toEqual(
      new UsageError('--column names one column, but the keys need wallet_key and wallet_entry_key', {
        hint: 'give the columns these names: wallet_key, wallet_entry_key',
      }),
    );
  });

  test('with a quote that is never closed is an InputError', async () => {
    await expect(rows('id,note\nREC1,x\n"REC2,y\nREC3,z\n', { column: 'id' })).rejects.toEqual(
      new InputError('line 4 of keys.csv is not CSV: a quote is not closed'),
    );
    const endless = `id,note\n"REC1,${'y'.repeat(1000)}\n${'z\n'.repeat(600_000)}`;
    await expect(rows(endless, { column: 'id' })).rejects.toThrow(/^line \d+ of keys\.csv is not CSV: a quote is not closed$/);
  });

  test('with such a quote is given up after a megabyte, not at its end', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('id,note\n"REC1,');
      for (; sent < 16; sent += 1) yield Buffer.from('z\n'.repeat(262_144));
    }
    const reading = readKeys(endless(), { parameters: ['id'], fileName: 'keys.csv', column: 'id' });
    await expect(reading.next()).rejects.toThrow('is not CSV: a quote is not closed');
    expect(sent).toBeLessThan(8);
  });

  test('with broken UTF-8 is an InputError with the line', async () => {
    const text = Buffer.concat([Buffer.from('id,name\nREC1,x\nREC2,'), Uint8Array.of(0xe9), Buffer.from('\n')]);
    await expect(rows(text, { column: 'id' })).rejects.toThrow('line 3 of keys.csv is not UTF-8');
  });
});

test('a reader that stops early stops the source', async () => {
  let closed = 0;
  async function* endless(begin: string): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from(begin);
      for (let key = 0; ; key += 1) yield Buffer.from(`REC${key},x\n`.repeat(100));
    } finally {
      closed += 1;
    }
  }
  for (const begin of ['id,name\n', 'REC\n', '{"key":"REC"}\n']) {
    for await (const rows of readKeys(endless(begin), { parameters: ['id'], fileName: 'keys.csv' }))
      if (rows.some(row => row.line > 2)) break;
  }
  await expect.poll(() => closed).toBe(3);
});
