// Whatever a provider sends, no view lets it drive a terminal.
import { describe, expect, test } from 'vitest';
import type { FormatName } from '../../src/core/formats.ts';
import { writeJson } from '../../src/core/json.ts';
import { entry, loan, person, row, terminal } from './samples.ts';
import { createWriter } from './writers.ts';

const controls = [...Array.from({ length: 32 }, (_, code) => code), ...Array.from({ length: 33 }, (_, code) => 0x7f + code)];
const hidden = [0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xd800, 0xdc00];
const hostile = [...controls, ...hidden].map(code => `x${String.fromCharCode(code)}`).join('');

const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/u;
const invisible = /[\u200b\u2060\ufeff]/;

/** What a pattern finds and what stands around it. */
function found(pattern: RegExp, text: string): string | undefined {
  const at = pattern.exec(text)?.index;
  return at === undefined ? undefined : JSON.stringify(text.slice(Math.max(0, at - 20), at + 20));
}

const rows = [
  row(
    writeJson({
      ...Object.fromEntries(
        ['id', 'state', 'total', 'due', 'title', 'name', 'email', 'document', 'born', 'entry_key', 'status'].map(name => [name, hostile]),
      ),
      unit: hostile,
      foreign: { [hostile]: [hostile] },
      sharedWith: [hostile],
      items: [{ about: hostile, item_key: hostile, parts: [hostile, { [hostile]: hostile }] }],
      bank: { ifsc: hostile, account_no: hostile },
    }),
    { wallet_key: hostile },
  ),
];

describe.each<FormatName>(['table', 'record', 'json', 'ndjson', 'csv', 'tsv'])('%s', format => {
  test.each([loan, entry, person])('on a terminal prints nothing raw', endpoint => {
    for (const explode of [undefined, endpoint === loan ? 'sharedWith' : endpoint === entry ? 'items' : 'bank.tags']) {
      const writer = createWriter(format, { provider: 'p', endpoint, tty: terminal(200, 1), showPersonal: true, explode });
      const text = writer.begin() + writer.rows(rows) + writer.end();
      const bare = text.replaceAll(/\u001b\[(?:1|22)m/g, '').replaceAll('\r\n', '\n');
      expect(found(raw, format === 'tsv' ? bare.replaceAll('\t', ' ') : bare)).toBeUndefined();
      if (!format.endsWith('json')) expect(found(invisible, bare)).toBeUndefined();
    }
  });
});

test.each<FormatName>(['table', 'record', 'html'])('%s in a pipe prints nothing raw either', format => {
  const writer = createWriter(format, { provider: 'p', endpoint: loan });
  const text = writer.begin() + writer.rows(rows) + writer.end();
  expect(found(raw, text)).toBeUndefined();
  expect(found(invisible, text)).toBeUndefined();
  expect(text).toContain('x\\x1b');
});
