// How cells look, and by which number a cell names its look.
import type { SheetValue } from './values.ts';

const timeFormats = { day: 'yyyy\\-mm\\-dd', time: 'yyyy\\-mm\\-dd\\ hh:mm:ss', 'time-ms': 'yyyy\\-mm\\-dd\\ hh:mm:ss.000' };
const mostDecimals = 15;
const textFormat = 49;
const firstFormat = 164;

const formats = [
  ...Object.values(timeFormats),
  ...Array.from({ length: mostDecimals + 1 }, (_, decimals) => (decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`)),
];

interface Look {
  readonly format: number;
  readonly font?: number;
  readonly fill?: number;
  readonly align?: string;
}

// A text cell keeps being text when somebody edits it: with the general format a sheet would read it again, formulas among it.
const looks: readonly Look[] = [
  { format: 0 },
  { format: textFormat, font: 1, fill: 2, align: '<alignment vertical="top" wrapText="1"/>' },
  { format: textFormat },
  { format: textFormat, align: '<alignment horizontal="right"/>' },
  { format: textFormat, font: 2 },
  ...formats.map((_, at) => ({ format: firstFormat + at })),
];

/** Looks of what is no value of a record. */
export const headingLook = 1;
export const originLook = 4;
const textLook = 2;
const digitsLook = 3;
const firstTimeLook = 5;
const firstNumberLook = firstTimeLook + Object.keys(timeFormats).length;

/** The number of a cell's look. */
export function lookOf(value: SheetValue): number {
  if (value.kind === 'number') return firstNumberLook + value.decimals;
  if (value.kind === 'text') return textLook;
  if (value.kind === 'digits') return digitsLook;
  return firstTimeLook + Object.keys(timeFormats).indexOf(value.kind);
}

const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';

export const stylesXml = [
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  `<numFmts count="${formats.length}">`,
  ...formats.map((code, at) => `<numFmt numFmtId="${firstFormat + at}" formatCode="${code}"/>`),
  '</numFmts>',
  `<fonts count="3"><font>${font}</font><font><b/>${font}</font><font><i/><sz val="10"/><color rgb="FF595959"/><name val="Calibri"/><family val="2"/></font></fonts>`,
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE7EDF3"/><bgColor indexed="64"/></patternFill></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${looks.length}">`,
  ...looks.map(lookXml),
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('');

function lookXml({ format, font = 0, fill = 0, align }: Look): string {
  const applied = `applyNumberFormat="1"${font > 0 ? ' applyFont="1"' : ''}${fill > 0 ? ' applyFill="1"' : ''}`;
  const start = `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" ${applied}`;
  return align === undefined ? `${start}/>` : `${start} applyAlignment="1">${align}</xf>`;
}
