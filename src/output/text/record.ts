// One row as a vertical list: every column with its label, codes with their meaning, nested lists as small tables below.

import { displayWidth, trimBlanks, wrap } from '../../console/width.ts';
import type { Field } from '../../core/fields.ts';
import { isObject, type Json } from '../../core/json.ts';
import { type Column, elementColumns, resolveLabels } from '../columns.ts';
import type { Terminal, Writer } from '../format.ts';
import { cellOf, type Row, valueAt } from '../rows.ts';
import { plainText } from '../values.ts';
import { isTabular, recordCell, shownText } from './cells.ts';
import { elementsOf, type Nested, type NestedOptions, nestedTable } from './nested.ts';
import { screenOrder } from './record-order.ts';
import { screenCells } from './screen-table.ts';
import { bareLines } from './table.ts';
import { coloured } from './tones.ts';

export interface RecordOptions extends NestedOptions {
  /** The currency of an amount, where the row names it. */
  readonly currencyOf?: ((row: Row, column: Column) => string | undefined) | undefined;
  /** Names of the columns a screen shows first; given, what is empty or false is only named. */
  readonly leading?: readonly string[] | undefined;
}

/** What stands for null and for a field the record does not have. */
const absent = '—';
const step = '  ';
const gap = '  ';
const leastValueCells = 20;

/** Records as vertical lists, a blank line between them. */
export function createRecords(options: RecordOptions): Writer {
  let isFirst = true;
  return {
    begin: () => '',
    rows: rows => {
      const texts = rows.map(row => `${recordLines(row, options).join('\n')}\n`);
      if (texts.length === 0) return '';
      const before = isFirst ? '' : '\n';
      isFirst = false;
      return before + texts.join('\n');
    },
    end: () => '',
  };
}

function recordLines(row: Row, options: RecordOptions): string[] {
  const { columns, leading } = options;
  if (leading === undefined || options.terminal === undefined) return columnLines(row, columns, labelWidth(columns), options);
  const order = screenOrder(row, columns, leading);
  const { words } = options;
  const named = [
    [words.no, order.no],
    [words.empty, order.empty],
  ] as const;
  const labelCells = Math.max(labelWidth([...order.leading, ...order.others]), ...named.map(([label]) => displayWidth(label)));
  const parts = [
    columnLines(row, order.leading, labelCells, options),
    [
      ...columnLines(row, order.others, labelCells, options),
      ...named.flatMap(([label, headings]) => (headings.length === 0 ? [] : labelled(label, headings.join(', '), labelCells, options))),
    ],
  ].filter(lines => lines.length > 0);
  return parts.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function labelWidth(columns: readonly Column[]): number {
  return columns.reduce(
    (widest, { labels }) => labels.reduce((wide, label, at) => Math.max(wide, displayWidth(indentOf(labels, at) + label)), widest),
    0,
  );
}

function columnLines(row: Row, columns: readonly Column[], labelCells: number, options: RecordOptions): string[] {
  let openGroups: readonly string[] = [];
  return columns.flatMap(column => {
    const groups = column.request ? [] : column.path.slice(0, -1);
    const missing = groups.findIndex((_, at) => !isObject(valueAt(row.record, groups.slice(0, at + 1))));
    const heads = groupHeads(
      row,
      column,
      commonLength(openGroups, groups),
      missing === -1 ? groups.length : missing + 1,
      labelCells,
      options,
    );
    openGroups = groups;
    return missing === -1 ? [...heads, ...fieldLines(row, column, labelCells, options)] : heads;
  });
}

/** What has no label is no step inwards. */
function indentOf(labels: readonly string[], at: number): string {
  return step.repeat(labels.slice(0, at).filter(label => label !== '').length);
}

/** Labels of the groups that begin with this column; a group that is no object shows what it is instead. */
function groupHeads(row: Row, column: Column, from: number, to: number, labelCells: number, options: RecordOptions): string[] {
  const lines: string[] = [];
  for (let at = from; at < to; at++) {
    const value = valueAt(row.record, column.path.slice(0, at + 1));
    const text = isObject(value) ? '' : value === undefined || value === null ? absent : shownText(plainText(value), options);
    const label = column.labels[at] ?? '';
    if (label !== '') lines.push(...labelled(indentOf(column.labels, at) + label, text, labelCells, options));
  }
  return lines;
}

function fieldLines(row: Row, column: Column, labelCells: number, options: RecordOptions): string[] {
  const { terminal } = options;
  const value = cellOf(row, column);
  const name = (options.prefix ?? '') + column.name;
  const indent = indentOf(column.labels, column.labels.length - 1);
  const label = indent + (column.labels.at(-1) ?? '');
  const inside = (lines: readonly string[]) => lines.map(line => (line === '' ? '' : indent + step + line));
  const elements = elementsOf(value);
  if (terminal !== undefined && elements !== undefined) {
    const nested = nestedTable(row, column, elements, narrower(terminal, indent.length + step.length), options);
    return [
      ...labelled(label, nested.head, labelCells, options),
      ...inside([...(nested.lines ?? elementLists(nested, name, options)), ...nested.rest]),
    ];
  }
  const text =
    value === undefined || value === null ? absent : withUnit(recordCell(value, column.field, name, options), row, column, options);
  const finish: Finish = (line, on) => coloured(line, value, column.field, on);
  return [...labelled(label, text, labelCells, options, finish), ...inside(elementTable(value, column.field, name, options))];
}

/** An amount on a terminal has its currency beside it. */
function withUnit(text: string, row: Row, column: Column, { terminal, currencyOf, prefix = '' }: RecordOptions): string {
  const unit = terminal === undefined || prefix !== '' || text === '' ? undefined : currencyOf?.(row, column);
  return unit === undefined ? text : `${text} ${shownText(unit, { terminal })}`;
}

/** In a pipe a nested list of documented objects is a table, whole. */
function elementTable(value: Json | undefined, field: Field, name: string, options: RecordOptions): string[] {
  if (field.kind !== 'list' || !isTabular(field, value)) return [];
  const prefix = `${name}.`;
  const columns = resolveLabels(elementColumns(field), options.words, prefix);
  const rows = value.map(record => ({ record, request: {} }));
  return bareLines(rows, { ...options, columns, prefix, header: true });
}

/** One list per element, where a terminal is too narrow for a table of them. */
function elementLists({ rows, columns }: Nested, name: string, options: RecordOptions): string[] {
  const terminal = options.terminal && narrower(options.terminal, step.length);
  const inner = { ...options, columns, leading: undefined, prefix: `${name}.`, terminal };
  return rows.flatMap((row, at) => [...(at === 0 ? [] : ['']), ...recordLines(row, inner)]);
}

function narrower(terminal: Terminal, cells: number): Terminal {
  return { ...terminal, columns: Math.max(1, screenCells(terminal) - cells) };
}

/** Gives a line of a value its colour. */
type Finish = (line: string, terminal: Terminal) => string;

/** A label and its value; on a terminal long values continue below their beginning. */
function labelled(label: string, text: string, labelCells: number, { terminal }: RecordOptions, finish: Finish = line => line): string[] {
  const fill = ' '.repeat(Math.max(0, labelCells - displayWidth(label))) + gap;
  if (terminal === undefined) return [trimBlanks(label + fill + text)];
  const cells = screenCells(terminal) - labelCells - gap.length;
  if (cells < leastValueCells) return stacked(label, text, terminal, finish);
  const [first = '', ...others] = wrap(text, cells).map(line => (line === '' ? '' : finish(line, terminal)));
  const hanging = ' '.repeat(labelCells) + gap;
  return [first === '' ? boldLabel(label, terminal) : boldLabel(label, terminal) + fill + first, ...others.map(line => hanging + line)];
}

/** Where labels leave no room beside them: a value that does not fit behind its label stands below it. */
function stacked(label: string, text: string, terminal: Terminal, finish: Finish): string[] {
  const screen = screenCells(terminal);
  const indent = label.slice(0, label.length - label.trimStart().length);
  if (text !== '' && displayWidth(label + gap + text) <= screen) return [boldLabel(label, terminal) + gap + finish(text, terminal)];
  const within = (words: string, before: string) =>
    wrap(words, Math.max(leastValueCells, screen - before.length)).map(line => ({ before, line }));
  const heads = within(label.trimStart(), indent).map(({ before, line }) => boldLabel(before + line, terminal));
  return text === '' ? heads : [...heads, ...within(text, indent + step).map(({ before, line }) => before + finish(line, terminal))];
}

function boldLabel(label: string, { chalk }: Terminal): string {
  const text = label.trimStart();
  return label.slice(0, label.length - text.length) + chalk.bold(text);
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const differs = b.findIndex((name, at) => name !== a[at]);
  return differs === -1 ? b.length : differs;
}
