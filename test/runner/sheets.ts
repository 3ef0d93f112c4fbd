// Workbooks as other people's programs read them: a reader in JavaScript, the archive as unzip sees it, and LibreOffice.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { hasPrograms } from './programs.ts';

export type ReadCell = string | number | boolean | Date | null;

export interface ReadSheet {
  readonly sheet: string;
  readonly data: ReadCell[][];
}

/** Every sheet of a workbook. Rows without a cell are not there. */
export async function readSheets(file: string | Buffer): Promise<ReadSheet[]> {
  // @ts-expect-error its types know one form of the options only
  return readXlsxFile(file, { trim: false });
}

/** A file of a workbook as text. */
export function partOf(file: string, path: string): string {
  return execFileSync('unzip', ['-p', file, path.replaceAll('[', '\\[')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

export const hasUnzip = (): boolean => hasPrograms({ unzip: 'unzip' });
export const hasOffice = (): boolean => hasPrograms({ soffice: 'libreoffice-calc-nogui' });

/** A cell as LibreOffice shows it; whether it is a text for it. */
export interface ShownCell {
  readonly text: string;
  readonly isText: boolean;
}

/** The first sheet of a workbook as LibreOffice shows it to somebody of this locale. */
export async function shownByOffice(file: string, locale: 'en-US' | 'pt-BR'): Promise<ShownCell[][]> {
  // Separator, quote, UTF-8, from line 1, no formats, no language, texts quoted, as shown.
  const csv = await convertedByOffice(file, 'csv', { locale, filter: ':Text - txt - csv (StarCalc):9,34,76,1,,0,true,true' });
  const cast = (text: string, { quoting }: { readonly quoting: boolean }): ShownCell => ({ text, isText: quoting });
  return parseCsv(csv, { cast, delimiter: '\t', relax_column_count: true }) as unknown as ShownCell[][];
}

/** A workbook as LibreOffice saves it as one file of XML. */
export function keptByOffice(file: string): Promise<string> {
  return convertedByOffice(file, 'fods', { locale: 'en-US', filter: '' });
}

async function convertedByOffice(
  file: string,
  ending: string,
  { locale, filter }: { readonly locale: string; readonly filter: string },
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loanq-office-'));
  try {
    const profile = join(folder, 'profile');
    await mkdir(join(profile, 'user'), { recursive: true });
    await writeFile(join(profile, 'user/registrymodifications.xcu'), localeSettings(locale));
    const args = [`-env:UserInstallation=file://${profile}`, '--headless', '--convert-to', `${ending}${filter}`, '--outdir', folder, file];
    execFileSync('soffice', args, { stdio: 'pipe', timeout: 120_000 });
    return await readFile(join(folder, basename(file).replace(/\.xlsx$/, `.${ending}`)), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function localeSettings(locale: string): string {
  const setting = (path: string, name: string) =>
    `<item oor:path="${path}"><prop oor:name="${name}" oor:op="fuse"><value>${locale}</value></prop></item>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    setting('/org.openoffice.Setup/L10N', 'ooSetupSystemLocale'),
    '</oor:items>',
  ].join('\n');
}
