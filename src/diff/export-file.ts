// An export that loanq wrote, read back: csv, tsv, json or ndjson, told by its first bytes, one row at a time.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseText } from 'csv-parse/sync';
import { InputError, LoanqError } from '../core/errors.ts';
import { isObject, type JsonObject, parseJson } from '../core/json.ts';
import { LineCutter } from '../core/lines.ts';
import { say } from '../core/say.ts';
import { readFailure } from '../files/errno.ts';
import { type Column, followMember } from '../output/columns.ts';
import { cellOf } from '../output/rows.ts';
import { plainText } from '../output/values.ts';
import { jsonElements } from './json-elements.ts';

type Form = { readonly kind: 'json' } | { readonly kind: 'csv' | 'tsv'; readonly delimiter: string; readonly names: readonly string[] };

/** So many records tell which fields a JSON export has. */
const looked = 100;
/** So many signs of a header are tried as delimiters: reading it by each of thousands would take minutes. */
const mostDelimiters = 16;
const headBytes = 256 * 1024;
const mostCell = 64 * 1024 * 1024;

export class ExportFile {
  constructor(
    readonly handle: FileHandle,
    /** For messages. */
    readonly name: string,
    readonly form: Form,
    /** Names that rows have: the header, or the members of the first records, `_request` and `_follow` apart; none where there is no row. */
    readonly names: readonly string[],
    readonly signal: AbortSignal,
  ) {}

  /** Whether its cells passed a guard against formulas. */
  get isTable(): boolean {
    return this.form.kind !== 'json';
  }

  /** The texts of these columns in each row; '' for empty, null and missing. */
  async *rows(columns: readonly Column[]): AsyncGenerator<readonly string[]> {
    if (this.form.kind === 'json') {
      for await (const record of this.#records()) {
        const request = requestOf(record);
        yield columns.map(column => plainText(cellOf({ record, request }, column)));
      }
      return;
    }
    const { names } = this.form;
    const places = columns.map(({ name }) => names.indexOf(name));
    for await (const cells of this.form.kind === 'csv' ? this.#csvRows(this.form.delimiter) : this.#tsvRows()) {
      if (cells.length !== names.length)
        throw new InputError(say`${this.name} has a row of ${cells.length} cells; its header has ${names.length}`);
      yield places.map(at => cells[at] ?? '');
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  async *#records(): AsyncGenerator<JsonObject> {
    for await (const text of jsonElements(bytesOf(this.handle, this.name, this.signal), this.name)) yield recordOf(text, this.name);
  }

  async *#csvRows(delimiter: string): AsyncGenerator<readonly string[]> {
    const table = parse({ delimiter, record_delimiter: '\r\n', bom: true, max_record_size: mostCell, relax_column_count: true, from: 2 });
    pipeline(wholeLines(bytesOf(this.handle, this.name, this.signal), this.name), table, () => {});
    try {
      yield* table as AsyncIterable<readonly string[]>;
    } catch (error) {
      throw error instanceof CsvError
        ? new InputError(say`${this.name} is no CSV as loanq writes it (line ${String(error.lines)})`)
        : error;
    }
  }

  async *#tsvRows(): AsyncGenerator<readonly string[]> {
    const cutter = new LineCutter();
    let isHead = true;
    for await (const chunk of bytesOf(this.handle, this.name, this.signal)) {
      for (const line of cutter.cut(chunk)) {
        if (!isHead)
          yield line
            .toString('utf8', 0, line.length - 1)
            .split('\t')
            .map(unescapeTsv);
        isHead = false;
      }
    }
    if (cutter.end() !== undefined) throw cutOff(this.name);
  }
}

/** A row that was cut inside its last cell would pass for a whole one. */
async function* wholeLines(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  let end = '';
  for await (const chunk of bytes) {
    end = (end + chunk.toString('latin1', Math.max(0, chunk.length - 2))).slice(-2);
    yield chunk;
  }
  if (end !== '\r\n') throw cutOff(name);
}

function cutOff(name: string): InputError {
  return new InputError(say`${name} is cut off: its last line has no end`);
}

/** Opens an export. Throws InputError for what cannot be read, or is none. */
export async function openExport(path: string, signal: AbortSignal): Promise<ExportFile> {
  // A FIFO that nobody writes would be waited for without end.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(error => {
    throw readFailure(path, error);
  });
  try {
    if (!(await handle.stat()).isFile()) throw new InputError(say`${path} is no file: an export is read twice`);
    return await readExport(handle, path, signal);
  } catch (error) {
    await handle.close();
    throw readFailure(path, error);
  }
}

/** The same for a file that is open. */
export async function readExport(handle: FileHandle, name: string, signal: AbortSignal): Promise<ExportFile> {
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await handle.read(head, 0, headBytes, 0);
  const text = head.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
  const form = formOf(text, name);
  const file = (names: readonly string[]) => new ExportFile(handle, name, form, names, signal);
  return file(form.kind === 'json' ? await namesIn(handle, name, signal) : form.names);
}

function formOf(text: string, name: string): Form {
  if (/^\s*([[{]|$)/.test(text)) return { kind: 'json' };
  const end = text.indexOf('\n');
  if (end === -1) throw new InputError(say`${name} has no header line: exports written with --no-header cannot be compared`);
  const isCsv = text[end - 1] === '\r';
  const line = text.slice(0, isCsv ? end - 1 : end);
  if (!isCsv) return { kind: 'tsv', delimiter: '\t', names: line.split('\t').map(unescapeTsv) };
  const signs = new Set([',', ';', '\t', '|', ...line.replace(/[\p{L}\p{N}"'\\._\r\n-]/gu, '')]);
  const readings = [...signs].slice(0, mostDelimiters).map(delimiter => ({
    delimiter,
    names: headerNames(line, delimiter),
  }));
  return { kind: 'csv', ...readings.reduce((best, other) => (other.names.length > best.names.length ? other : best)) };
}

function headerNames(line: string, delimiter: string): readonly string[] {
  try {
    return (parseText(line, { delimiter }) as string[][])[0] ?? [];
  } catch {
    return [];
  }
}

async function namesIn(handle: FileHandle, name: string, signal: AbortSignal): Promise<readonly string[]> {
  const names = new Set<string>();
  let count = 0;
  for await (const text of jsonElements(bytesOf(handle, name, signal), name)) {
    const record = recordOf(text, name);
    for (const member of Object.keys(record)) if (member !== '_request' && member !== followMember) names.add(member);
    const things = record[followMember];
    for (const field of isObject(things) ? Object.keys(things) : []) names.add(`${followMember}.${field}`);
    for (const member of Object.keys(requestOf(record))) names.add(`request.${member}`);
    count += 1;
    if (count === looked) break;
  }
  return [...names];
}

function recordOf(text: string, name: string): JsonObject {
  try {
    const value = parseJson(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof LoanqError)) throw error;
  }
  throw new InputError(say`${name} has a record that is not JSON`);
}

function requestOf({ _request }: JsonObject): Readonly<Record<string, string>> {
  const request = isObject(_request) ? _request : {};
  return Object.fromEntries(Object.entries(request).map(([name, value]) => [name, plainText(value)]));
}

/** All bytes of a file from its beginning, as often as they are asked for. No stream: one that is left early closes the file. */
async function* bytesOf(handle: FileHandle, name: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    signal.throwIfAborted();
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(headBytes), 0, headBytes, at).catch(error => {
      throw readFailure(name, error);
    });
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const tsvSigns: Readonly<Record<string, string>> = { '\\t': '\t', '\\r': '\r', '\\n': '\n', '\\\\': '\\' };

function unescapeTsv(cell: string): string {
  return cell.includes('\\') ? cell.replace(/\\[trn\\]/g, sign => tsvSigns[sign] ?? sign) : cell;
}
