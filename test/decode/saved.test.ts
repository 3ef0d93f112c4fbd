import { describe, expect, test } from 'vitest';
import { Drift } from '../../src/decode/drift.ts';
import { readSaved } from '../../src/decode/saved.ts';
import { loan, provider } from './things.ts';

const row = (no: string) => `{"no":"${no}","state":"OPEN","amount":1.50}`;

/** Numbers of the loans in a saved text, which comes in pieces of the given size. */
async function numbersIn(text: string | Uint8Array, pieceBytes = 7, drift = new Drift()): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const found: unknown[] = [];
  for await (const records of readSaved({ provider, endpoint: loan, bytes: pieces(), name: 'answer.json', drift })) {
    for (const { no } of records) found.push(no);
  }
  return found;
}

describe('a document', () => {
  test.each([
    ['the envelope', `{"status":"ok","data":{"list":[${row('a')},${row('b')}]}}`],
    ['an array', `[${row('a')},${row('b')}]`],
    ['over many lines', `{\n "data": {\n "list": [\n${row('a')},\n\n${row('b')}\n]\n}\n}\n`],
    ['the envelope as text inside a webhook', JSON.stringify({ id: 'e', resource: `{"data":{"list":[${row('a')},${row('b')}]}}` })],
    ['twice wrapped', JSON.stringify({ resource: JSON.stringify({ resource: `[${row('a')},${row('b')}]` }) })],
  ])('%s', async (_, text) => {
    for (const size of [1, 7, 1000]) expect(await numbersIn(text, size)).toEqual(['a', 'b']);
  });

  test('one object', async () => {
    expect(await numbersIn(row('a'))).toEqual(['a']);
    expect(await numbersIn(`{"data":${row('a')}}`)).toEqual(['a']);
  });

  test('a record with a field of the name of a success word is a record', async () => {
    expect(await numbersIn('{"no":"a","state":"OPEN","amount":1,"code":"17"}')).toEqual(['a']);
  });

  test('an empty list', async () => {
    expect(await numbersIn('[]')).toEqual([]);
    expect(await numbersIn('{"data":{"list":[]}}')).toEqual([]);
  });
});

describe('NDJSON', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => row(`n${at}`));

  test('any size of piece, any line end, blank lines, a byte order mark', async () => {
    const expected = lines(40).map((_, at) => `n${at}`);
    for (const size of [1, 7, 64, 10_000]) {
      expect(await numbersIn(lines(40).join('\n'), size)).toEqual(expected);
      expect(await numbersIn(`\ufeff${lines(40).join('\r\n\r\n')}\r\n`, size)).toEqual(expected);
    }
  });

  test('lines may be envelopes and arrays', async () => {
    expect(await numbersIn(`[${row('a')}]\n{"data":{"list":[${row('b')},${row('c')}]}}\n${row('d')}\n`)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a line may have more records than a call has arguments', async () => {
    const list = `[${`${row('a')},`.repeat(149_999)}${row('a')}]`;
    expect(await numbersIn(`${list}\n${list}\n${list}\n`, 1_000_000)).toHaveLength(450_000);
  });

  test('yields what it has before the text ends', async () => {
    let ended = false;
    async function* endless() {
      yield Buffer.from(`${row('a')}\n${row('b')}\n`);
      yield Buffer.from(`${row('c')}\n`);
      ended = true;
    }
    for await (const records of readSaved({ provider, endpoint: loan, bytes: endless(), name: 'x', drift: new Drift() })) {
      expect(records.length).toBeGreaterThan(0);
      expect(ended).toBe(false);
      break;
    }
  });

  test('a broken line is named; a line that is not UTF-8, likewise', async () => {
    await expect(numbersIn(`${row('a')}\n${row('b')}\nnope\n`)).rejects.toThrow('line 3 of answer.json: the answer is not JSON');
    const latin1 = Buffer.concat([Buffer.from(`${row('a')}\n${row('b')}\n`), Buffer.from('{"no":"\xe9"}\n', 'latin1')]);
    await expect(numbersIn(latin1)).rejects.toThrow('line 3 of answer.json is not UTF-8');
  });

  test('a refusal in a line is one', async () => {
    await expect(numbersIn(`${row('a')}\n{"status":"failed","message":"no"}\n`)).rejects.toThrow('refused (no)');
  });
});

describe('what is no answer', () => {
  test.each([
    ['', 'answer.json is empty'],
    [' \n\t\r\n ', 'answer.json is empty'],
    ['nope', 'answer.json: the answer is not JSON'],
    ['{"data":', 'answer.json: the answer is not JSON'],
    ['"text"', 'the answer has not the documented shape'],
    ['{"no":"a","no":"b"}', 'answer.json: the answer gives a key twice'],
    ['[1]', 'the list holds something that is no object'],
    ['[{"state":"OPEN","amount":1}]', 'the answer has no no'],
  ])('%j', async (text, message) => {
    await expect(numbersIn(text)).rejects.toThrow(message);
  });
});

describe('a saved refusal', () => {
  test.each([
    ['{"status":"failed","code":"17","message":"no"}', 'refused', 'refused (17: no)'],
    ['{"code":"L404","message":"gone"}', 'not-found', 'not found (L404: gone)'],
    ['{"error":{"code":"BUSY","message":"later"}}', 'temporary', 'the provider is not available now (BUSY: later)'],
    ['{"code":400,"message":"unknown loan 7"}', 'not-found', 'not found (400: unknown loan 7)'],
    ['{"code":"401"}', 'auth', 'credential rejected (401)'],
  ])('%s', async (text, code, message) => {
    await expect(numbersIn(text)).rejects.toMatchObject({ code, message });
  });

  test('claims no HTTP status', async () => {
    const error = await numbersIn('{"status":"failed"}').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'refused', facts: expect.not.objectContaining({ status: expect.anything() }) });
  });
});

test('drift is collected over all records', async () => {
  const drift = new Drift();
  await numbersIn(`${row('a').replace('}', ',"new":1}')}\n${row('b').replace('}', ',"new":1}')}\n`, 100, drift);
  expect([drift.words(), drift.facts()]).toEqual([['unknown new'], { drift: { new: 2 } }]);
});
