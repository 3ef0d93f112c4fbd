import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { writeJson } from '../../src/core/json.ts';
import { allColumns, type Column } from '../../src/output/columns.ts';
import { selectColumns } from '../../src/output/named-columns.ts';
import { sortBy, sortOrder } from '../../src/output/sort.ts';
import { entry, loan, row } from './samples.ts';

function sorted(column: Column | undefined, values: readonly string[], descending = false): string[] {
  if (column === undefined) throw new Error('no such column');
  const name = column.path[0] ?? '';
  const rows = values.map(value => row(value === '' ? '{}' : `{${JSON.stringify(name)}:${value}}`));
  return sortBy(rows, each => each, { column, descending }).map(({ record }) => (name in record ? writeJson(record[name] ?? null) : ''));
}

const column = (name: string): Column | undefined => selectColumns(loan, [name])[0];

describe('sortBy', () => {
  test('amounts exactly, beyond what a JS number holds', () => {
    const values = ['9007199254740993', '9007199254740992.5', '-5.00', '"10.0"', '9', '1e2', '0.1'];
    expect(sorted(column('total'), values)).toEqual(['-5.00', '0.1', '9', '"10.0"', '1e2', '9007199254740992.5', '9007199254740993']);
    expect(sorted(column('total'), values, true)).toEqual(['9007199254740993', '9007199254740992.5', '1e2', '"10.0"', '9', '0.1', '-5.00']);
  });

  test('missing and null last in both directions', () => {
    expect(sorted(column('total'), ['', '2', 'null', '1'])).toEqual(['1', '2', '', 'null']);
    expect(sorted(column('total'), ['', '2', 'null', '1'], true)).toEqual(['2', '1', '', 'null']);
  });

  test('equal rows keep their order in both directions', () => {
    expect(sorted(column('total'), ['1.0', '1', '1.00', '0'])).toEqual(['0', '1.0', '1', '1.00']);
    expect(sorted(column('total'), ['1.0', '1', '1.00', '0'], true)).toEqual(['1.0', '1', '1.00', '0']);
  });

  test('instants by time, "no due date" as missing, what is no instant after them', () => {
    const values = ['9007199254740991', '1654583439075', '"1654583439074"', '"soon"', '-1'];
    expect(sorted(column('due'), values)).toEqual(['-1', '"1654583439074"', '1654583439075', '"soon"', '9007199254740991']);
    const created = selectColumns(entry, ['created_at'])[0];
    expect(sorted(created, ['"2024-01-15T10:30:00-03:00"', '"2024-01-15T12:00:00Z"', '"2024-01-15T13:30:00.5Z"'])).toEqual([
      '"2024-01-15T12:00:00Z"',
      '"2024-01-15T10:30:00-03:00"',
      '"2024-01-15T13:30:00.5Z"',
    ]);
  });

  test('text by code point, not by locale or UTF-16 unit', () => {
    expect(sorted(column('title'), ['"b"', '"a"', '"B"', '"上"', '"迭"', '"\u{1f600}"', '"\uff1d"', '"ab"'])).toEqual([
      '"B"',
      '"a"',
      '"ab"',
      '"b"',
      '"上"',
      '"迭"',
      '"\uff1d"',
      '"\u{1f600}"',
    ]);
  });

  test('truth values false first, numbers before text in a column of no fixed shape', () => {
    expect(sorted(column('reminded'), ['true', 'false', 'true'])).toEqual(['false', 'true', 'true']);
    expect(sorted(column('foreign'), ['"x"', '10', '9', '{"a":1}'])).toEqual(['9', '10', '"x"', '{"a":1}']);
  });
});

describe('sortOrder', () => {
  const columns = allColumns(loan);

  test('reads a field and a direction', () => {
    expect(sortOrder('total', columns)).toMatchObject({ column: { name: 'total' }, descending: false });
    expect(sortOrder('unit.code:desc', columns)).toMatchObject({ column: { name: 'unit.code' }, descending: true });
    expect(sortOrder('id:asc', columns)).toMatchObject({ column: { name: 'id' }, descending: false });
  });

  test.each(['totl', 'total:down', '', 'unit'])('%j is a usage error', given => {
    expect(() => sortOrder(given, columns)).toThrow(UsageError);
    expect(() => sortOrder(given, columns)).toThrow(`cannot sort by ${given}`);
  });
});
