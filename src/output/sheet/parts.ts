// The files of a workbook that hold no rows.
import { stylesXml } from './styles.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** A sheet, and the cells that its filter stands over, as `A1:T101`; undefined where there is no heading. */
export interface SheetPart {
  readonly name: string;
  readonly filter: string | undefined;
}

/** Where a sheet lies in the file. */
export const sheetPath = (at: number): string => `xl/worksheets/sheet${at + 1}.xml`;

/** What stands around the rows of a sheet. */
export const sheetStart = `${declaration}<worksheet xmlns="${main}">`;
export const sheetEnd = '</worksheet>';

export function workbookParts(sheets: readonly SheetPart[]): readonly (readonly [path: string, xml: string])[] {
  return [
    ['xl/styles.xml', declaration + stylesXml],
    ['xl/workbook.xml', workbookXml(sheets)],
    [
      'xl/_rels/workbook.xml.rels',
      relations([...sheets.map((_, at) => ['worksheet', sheetPath(at).slice('xl/'.length)] as const), styles]),
    ],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['[Content_Types].xml', contentTypes(sheets.length)],
  ];
}

const styles = ['styles', 'styles.xml'] as const;

function workbookXml(sheets: readonly SheetPart[]): string {
  const list = sheets.map(({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  // Programs that know filters by this name only would show none.
  const filters = sheets.map(({ name, filter }, at) =>
    filter === undefined
      ? ''
      : `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${escapeXml(`'${name}'!${filter.replace(/[A-Z]+|\d+/g, '$$$&')}`)}</definedName>`,
  );
  const names = filters.every(filter => filter === '') ? '' : `<definedNames>${filters.join('')}</definedNames>`;
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list.join('')}</sheets>${names}</workbook>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`);
  return `${declaration}<Relationships xmlns="${packaged}/relationships">${list.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const list = Array.from({ length: sheets }, (_, at) => override(sheetPath(at), 'worksheet'));
  return [
    `${declaration}<Types xmlns="${packaged}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('xl/workbook.xml', 'sheet.main'),
    override('xl/styles.xml', 'styles'),
    ...list,
    '</Types>',
  ].join('');
}

function override(path: string, type: string): string {
  return `<Override PartName="/${path}" ContentType="${types}.${type}+xml"/>`;
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** Text as it stands in XML. What XML cannot hold must be gone by then. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, sign => signs[sign] ?? sign);
}

/** The text of a cell: `_x0041_` would be read as the letter A. */
export function cellText(text: string): string {
  const escaped = escapeXml(text).replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_');
  return /^\s|\s$|[\n\t]/.test(text) ? `<t xml:space="preserve">${escaped}</t>` : `<t>${escaped}</t>`;
}
