// CSV and TSV as a reader sees them who splits at another sign than the file has, as Excel does with `;` in Brazil: written here
// by hand, so that nothing of the writer can hide a fault.
import { describe, expect, test } from 'vitest';
import type { FormatName } from '../../src/core/formats.ts';
import { writeJson } from '../../src/core/json.ts';
import { hostileTexts } from './hostile.ts';
import { loan, row } from './samples.ts';
import { createWriter } from './writers.ts';

type Reader = (text: string, sign: string) => string[];

/** Takes quotation marks for letters. */
const plainly: Reader = (text, sign) => text.split(/\r\n|\r|\n/).flatMap(line => line.split(sign));

/** A cell that begins with a quotation mark goes to the next one; two stand for one; what follows is appended. */
const withQuotes: Reader = (text, sign) => {
  const cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; at < text.length; at += 1) {
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else break;
      }
      at += 1;
    }
    for (; at < text.length && text[at] !== sign && text[at] !== '\r' && text[at] !== '\n'; at += 1) cell += text[at];
    cells.push(cell);
    at += 1;
  }
  return cells;
};

/** A cell that a spreadsheet would run, whatever of blanks, controls and quotation marks it skips before. */
const runs = /^[\s\0\u001b\u202e"]*[=+\-@＝＋－＠]/;

const texts = hostileTexts(30_000, { seed: 11 });
const rows = Array.from({ length: 5_000 }, (_, at) => {
  const [id = '', title = '', shared = '', name = '', foreign = '', code = ''] = texts.slice(at * 6);
  return row(writeJson({ id, title, total: 10.5, sharedWith: [shared, 'x', name], foreign: { [code]: foreign, y: name }, state: code }));
});

const columns = ['id', 'title', 'total', 'sharedWith', 'foreign', 'state'].flatMap(name => {
  const field = loan.fields[name];
  return field === undefined ? [] : [{ name, label: field.label, labels: [field.label], field, path: [name] }];
});

function write(format: FormatName, guard: 'auto' | 'off', delimiter?: string): string {
  const writer = createWriter(format, { provider: 'p', endpoint: loan, columns, header: false, guard, delimiter });
  return rows.map(one => writer.rows([one])).join('');
}

const files: readonly (readonly [FormatName, string | undefined])[] = [
  ['csv', undefined],
  ['csv', ';'],
  ['csv', '\t'],
  ['csv', '|'],
  ['tsv', undefined],
  ['tsv', ';'],
];

describe.each(files)('%s with delimiter %j', (format, delimiter) => {
  const text = write(format, 'auto', delimiter);

  test.each([
    [';', plainly],
    [',', plainly],
    ['\t', plainly],
    ['|', plainly],
    [';', withQuotes],
    [',', withQuotes],
    ['\t', withQuotes],
    ['|', withQuotes],
  ] as const)('a reader that splits at %j finds nothing to run', (sign, read) => {
    const cells = read(text, sign);
    expect(cells.length).toBeGreaterThan(5_000);
    expect(cells.filter(cell => runs.test(cell)).slice(0, 5)).toEqual([]);
  });
});

test('without the guard the same readers find plenty', () => {
  const text = write('csv', 'off');
  for (const read of [plainly, withQuotes]) {
    for (const sign of [';', ',', '\t', '|']) expect(read(text, sign).filter(cell => runs.test(cell)).length).toBeGreaterThan(100);
  }
});
