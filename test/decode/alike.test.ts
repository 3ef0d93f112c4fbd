// NDJSON read by the layouts of its lines is what the same lines are when each is parsed: records, drift and faults.
import { expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/endpoint.ts';
import { LoanqError } from '../../src/core/errors.ts';
import { type JsonObject, writeJson } from '../../src/core/json.ts';
import type { Provider } from '../../src/core/provider.ts';
import { AlikeLines } from '../../src/decode/alike.ts';
import { Drift } from '../../src/decode/drift.ts';
import { readSaved } from '../../src/decode/saved.ts';
import { randomFrom } from '../random.ts';
import { loan, provider } from './things.ts';

interface Reading {
  readonly records: readonly string[];
  readonly drift: unknown;
  readonly error: string;
}

/** What is read of a file that comes in pieces; of each record only the members asked for, in the order of their names. */
async function read(text: string | Uint8Array, members: readonly string[], wanted: ReadonlySet<string> | undefined): Promise<Reading> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 200) yield bytes.subarray(at, at + 200);
  }
  const drift = new Drift();
  const records: string[] = [];
  let error = '';
  try {
    for await (const page of readSaved({ provider: toy, endpoint, bytes: pieces(), name: 'saved.ndjson', drift, wanted })) {
      for (const record of page) records.push(writeJson(cut(record, members)));
    }
  } catch (caught) {
    if (!(caught instanceof LoanqError)) throw caught;
    error = caught.message;
  }
  return { records, drift: [drift.facts(), drift.words()], error };
}

const toy: Provider = provider;
const endpoint: Endpoint = loan;

function cut(record: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(members.filter(name => Object.hasOwn(record, name)).map(name => [name, record[name] ?? null]));
}

const values: Readonly<Record<string, readonly string[]>> = {
  no: ['"L-1"', '"L-2"', '"a\\/b"', '17', '"é"'],
  state: ['"OPEN"', '"NEW"', '1', '2', 'null', 'true'],
  kind: ['"A"', '"B"', '"\\u0041"'],
  amount: ['1.50', '"1.50"', '0', 'null', '-0.00'],
  count: ['7', '"7"', '1e3', 'false'],
  at: ['1654583439075', '"x"', 'null'],
  paid: ['true', 'false', '"yes"'],
  title: ['"t"', '"还款"', '"\\u00e3 \\"x\\""', '5', 'null'],
  bank: ['{"iban":"x"}', '{"iban":"y","open":true}', 'null', '{"iban":4}'],
  items: ['[]', '[{"sum":1.50}]', '[{"sum":"2.50"}]', '[{"sum":2},{"sum":3.0}]', '["x"]'],
  tags: ['[]', '["a"]', '["b"]', '[1]'],
  more: ['1.0', '{"a":[1,2]}', '"m"'],
  foreign: ['1', '"f"'],
  resource: ['null', 'null', 'null', 'null', '4', '"17"'],
};
const groups = new Set(['bank', 'items', 'tags', 'more']);
/** Each ends the reading. */
const faults = [
  '{"no":"a","state":"OPEN","amount":"much"}',
  '{"state":"OPEN","amount":1}',
  '{"no":"a","amount":01}',
  '{"no":"a","no":"b","amount":1}',
];

test('records, drift and faults are those of parsed lines', async () => {
  const random = randomFrom(5);
  let found = 0;
  let ended = 0;
  for (let round = 0; round < 200; round += 1) {
    const layouts = Array.from({ length: 1 + random(3) }, () =>
      Object.keys(values).filter(name => name === 'no' || name === 'amount' || (name !== 'resource' && random(3) > 0) || random(20) === 0),
    );
    // A file of one layout differs in its values alone as a rule.
    const plain = random(2) === 0;
    const hasEnvelopes = random(4) === 0;
    const line = (): string => {
      const names = layouts[random(layouts.length)] ?? [];
      const members = names.map(name => {
        const all = values[name] ?? [];
        return `"${name}":${all[plain && groups.has(name) ? 0 : random(all.length)] ?? 'null'}`;
      });
      const record = `{${members.join(',')}}`;
      if (!hasEnvelopes || random(3) === 0) return record;
      return random(2) === 0 ? `{"data":${record}}` : `{"no":"outer","data":${record}}`;
    };
    const lines = Array.from({ length: 60 }, line);
    if (random(4) === 0) lines[random(60)] = line().replace(/"amount":[^,}]*/, '"amount":"much"');
    if (random(4) === 0) lines[random(60)] = faults[random(faults.length)] ?? '';
    if (random(4) === 0) lines[random(60)] = `[${line()},${line()}]`;
    if (random(4) === 0) lines[random(60)] = '';
    const members = Object.keys(values).filter(() => random(3) === 0);
    const end = random(2) === 0 ? '\n' : '\r\n';
    // No layout begins with a blank: such lines are parsed.
    const expected = await read(lines.map(text => ` ${text}`).join(end), members, undefined);
    expect(await read(lines.join(end), members, new Set(members))).toEqual(expected);
    expect(await read(lines.join(end), members, undefined)).toEqual(expected);
    found += expected.records.length;
    if (expected.error !== '') ended += 1;
  }
  expect(found).toBeGreaterThan(5_000);
  expect(ended).toBeGreaterThan(30);
});

const record = (no: string, more = ''): string => `{"no":"${no}","state":"OPEN","amount":1.50${more}}`;
const parsedLine = (text: string): JsonObject => JSON.parse(text);

test('a record has what is wanted and nothing else', () => {
  const lines = new AlikeLines(endpoint, new Set(['amount', 'nothing']));
  const drift = new Drift();
  expect(lines.take(Buffer.from(record('a')), drift)).toBeUndefined();
  lines.learn(Buffer.from(record('a')), parsedLine(record('a')));
  expect(writeJson(lines.take(Buffer.from(record('b').replace('1.50', '10.0')), drift) ?? null)).toBe('{"amount":10.0}');
  expect(drift.isEmpty).toBe(true);
});

test('layouts that come in turn are all known; one that does not come again makes room', () => {
  const lines = new AlikeLines(endpoint, new Set(['no']));
  const drift = new Drift();
  const layouts = [',"a":1', ',"b":1', ',"c":1', ',"d":1', ',"e":1'].map(more => record('x', more));
  const take = (at: number): boolean => lines.take(Buffer.from(layouts[at] ?? ''), drift) !== undefined;
  for (const text of layouts.slice(0, 4)) lines.learn(Buffer.from(text), parsedLine(text));
  expect([0, 1, 2, 3, 0].map(take)).toEqual([true, true, true, true, true]);
  lines.learn(Buffer.from(layouts[4] ?? ''), parsedLine(layouts[4] ?? ''));
  expect([0, 2, 3, 4, 1].map(take)).toEqual([true, true, true, true, false]);
});

test('where hardly a line is like another, nothing is tried any more', () => {
  const lines = new AlikeLines(endpoint, new Set(['no']));
  const drift = new Drift();
  for (let at = 0; at < 100; at += 1) {
    const text = record('x', `,"m${at}":1`);
    expect(lines.take(Buffer.from(text), drift)).toBeUndefined();
    lines.learn(Buffer.from(text), parsedLine(text));
  }
  expect(lines.take(Buffer.from(record('x', ',"m99":1')), drift)).toBeUndefined();
});
