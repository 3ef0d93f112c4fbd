// Rows as a workbook: one sheet with a heading that stays in sight and a filter, and as many more as the rows need. No cell is a formula.
import { visible } from '../../console/escape.ts';
import { displayWidth } from '../../console/width.ts';
import { WriteError } from '../../core/errors.ts';
import type { Field } from '../../core/fields.ts';
import { say } from '../../core/say.ts';
import type { Column } from '../columns.ts';
import type { View, Writer } from '../format.ts';
import { cellOf, type Row } from '../rows.ts';
import { Archive, type ArchivePart } from './archive.ts';
import { cellText, type SheetPart, sheetEnd, sheetPath, sheetStart, workbookParts } from './parts.ts';
import { headingLook, lookOf, originLook } from './styles.ts';
import { type SheetValue, sheetValue } from './values.ts';

/** What a sheet holds. */
export const sheetLimits = { rows: 1_048_576, columns: 16_384, characters: 32_767, bytes: 2 ** 31 };
const chooseSome = say`choose some with --fields`;
/** Below the rows: an empty one, and where they are from. */
const footRows = 2;

export function createWorkbook(view: View, limits = sheetLimits): Writer<Uint8Array> {
  const { columns, header, origin } = view;
  if (columns.length > limits.columns)
    throw new WriteError(say`${columns.length} columns, and a sheet holds ${limits.columns}`, { hint: chooseSome });
  const archive = new Archive();
  const headings = header ? headingCells(view) : undefined;
  for (const { length } of headings ?? []) if (length > limits.characters) throw tooLongHeading(length, limits.characters);
  const letters = columns.map((_, at) => columnLetters(at));
  const lastLetter = letters.at(-1) ?? 'A';
  const parts: SheetPart[] = [];
  let sheet: ArchivePart | undefined;
  let used = 0;
  let bytes = 0;

  const put = (xml: string): void => {
    bytes += sheet?.write(xml) ?? 0;
  };
  const putRow = (cells: string): void => {
    put(`<row r="${used}">${cells}</row>`);
  };
  const start = (): void => {
    sheet = archive.open(sheetPath(parts.length));
    used = 0;
    bytes = 0;
    put(`${sheetStart}${viewXml(header, parts.length === 0)}${widthsXml(columns, headings)}<sheetData>`);
    if (headings === undefined) return;
    used = 1;
    putRow(headings.map((text, at) => textCell(text, `${letters[at]}1`, headingLook)).join(''));
  };
  const finish = (foot = ''): void => {
    const cells = `A1:${lastLetter}${Math.max(used, 1)}`;
    const filter = headings === undefined ? undefined : cells;
    const filterXml = filter === undefined ? '' : `<autoFilter ref="${filter}"/>`;
    put(`${foot}</sheetData>${filterXml}<ignoredErrors><ignoredError sqref="${cells}" numberStoredAsText="1"/></ignoredErrors>${sheetEnd}`);
    sheet?.end();
    parts.push({ name: sheetName(view.title, parts.length), filter });
  };
  const cellXml = (row: Row, column: Column, at: number): string => {
    const value = sheetValue(cellOf(row, column), column.field, column.name, view);
    if (value === undefined) return '';
    if ('text' in value && value.text.length > limits.characters) throw tooLong(column, value.text, limits.characters);
    return valueCell(value, `${letters[at]}${used}`);
  };

  return {
    begin: () => {
      start();
      return archive.take();
    },
    rows: rows => {
      for (const row of rows) {
        if (used >= limits.rows - footRows || bytes >= limits.bytes) {
          finish();
          start();
        }
        used += 1;
        putRow(columns.map((column, at) => cellXml(row, column, at)).join(''));
      }
      return archive.take();
    },
    end: () => {
      const foot = used + footRows;
      finish(origin === undefined ? '' : `<row r="${foot}">${textCell(visible(origin()), `A${foot}`, originLook)}</row>`);
      for (const [path, xml] of workbookParts(parts)) {
        const part = archive.open(path);
        part.write(xml);
        part.end();
      }
      archive.end();
      return archive.take();
    },
  };
}

function valueCell(value: SheetValue, at: string): string {
  const look = lookOf(value);
  if (value.kind === 'number') return `<c r="${at}" s="${look}"><v>${value.digits}</v></c>`;
  if ('serial' in value) return `<c r="${at}" s="${look}"><v>${value.serial}</v></c>`;
  return textCell(value.text, at, look);
}

function textCell(text: string, at: string, look: number): string {
  return `<c r="${at}" s="${look}" t="inlineStr"><is>${cellText(text)}</is></c>`;
}

function tooLong({ name, field }: Column, text: string, most: number): WriteError {
  const instead =
    field.kind === 'list' && field.fields !== undefined ? say`--explode ${name}, or -o csv` : say`-o csv, or --fields without it`;
  return new WriteError(say`${name} has ${text.length} characters, and a cell of a sheet holds ${most}`, { hint: instead });
}

function tooLongHeading(length: number, most: number): WriteError {
  return new WriteError(say`a heading has ${length} characters, and a cell of a sheet holds ${most}`, { hint: chooseSome });
}

/** Times have their zone in the heading: a date in a sheet has none. */
function headingCells({ columns, zoneName }: View): string[] {
  const zone = (): string => zoneName ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return columns.map(({ name, label, field, fromData }) => {
    const isTwice = columns.some(other => other.label === label && other.name !== name);
    const heading = fromData ? name : isTwice ? `${label} (${name})` : label;
    return visible(field.kind === 'instant' ? `${heading} (${zone()})` : heading);
  });
}

/** Of rows in the font of the workbook: a program that lacks the font would make them too low. */
const heights = '<sheetFormatPr defaultRowHeight="15"/>';

function viewXml(isFrozen: boolean, isFirst: boolean): string {
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>';
  return `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${isFrozen ? pane : ''}</sheetView></sheetViews>${heights}`;
}

/** Characters that values of a kind need. */
const widths: Readonly<Record<Field['kind'], number>> = {
  id: 38,
  text: 28,
  url: 40,
  'date-text': 22,
  money: 16,
  number: 12,
  instant: 24,
  day: 12,
  flag: 10,
  enum: 18,
  group: 28,
  list: 40,
  any: 28,
};
const widestHeading = 30;
/** The button of the filter stands over the heading. */
const filterButton = 4;

function widthsXml(columns: readonly Column[], headings: readonly string[] = []): string {
  const list = columns.map(({ field }, at) => {
    const heading = Math.min(displayWidth(headings[at] ?? '') + filterButton, widestHeading);
    return `<col min="${at + 1}" max="${at + 1}" width="${Math.max(widths[field.kind], heading)}" customWidth="1"/>`;
  });
  return `<cols>${list.join('')}</cols>`;
}

/** A, B, … Z, AA, AB. */
function columnLetters(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (at % 26));
}

const longestName = 31;

/** Of the second sheet on with its number. */
function sheetName(title: string, at: number): string {
  const number = at === 0 ? '' : ` (${at + 1})`;
  return title.replace(/[[\]:*?/\\']/g, ' ').slice(0, longestName - number.length) + number;
}
