// Key file → keys, whatever its form: plain lines, a CSV table, or the JSON lines of an earlier `--errors`.
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseText } from 'csv-parse/sync';
import { InputError, UsageError } from '../../core/errors.ts';
import { trimKey } from '../../core/keys.ts';
import { say, together, type Words } from '../../core/say.ts';
import { isIdle, type LineRules, splitLines, type TextLine } from './lines.ts';
import { unnamedColumn } from './unnamed-column.ts';

/** The keys of one line, trimmed but not yet checked against their grammar. */
export interface KeyInput {
  readonly line: number;
  /** In the order of the parameters. With a `problem`, what was found. */
  readonly values: readonly string[];
  /** Why the line cannot name one key per parameter; that key fails alone. */
  readonly problem?: Words;
}

export interface KeySource extends LineRules {
  /** Documented names of the keys that each line gives. */
  readonly parameters: readonly string[];
  /** Keys that stand for every line and come before those it gives. Lines of an earlier `--errors` name them, too. */
  readonly fixed?: readonly string[];
  /** Whether a text could be the key: so that a table is told from lines. */
  readonly isKey?: (text: string) => boolean;
  /** `--column`: the column of a CSV that holds the key. */
  readonly column?: string;
}

/**
 * Reads keys as they are asked for. The first line that is neither blank nor a comment decides the form for all:
 * it begins with `{`: JSON lines, each with a `key` (a string, or an array with one string per parameter);
 * `--column` is given, or the line names a column for every parameter: CSV separated by comma, semicolon or TAB, of which
 * every row counts, also one that begins with `#`;
 * anything else: plain lines, one key a line, or for more parameters one word each.
 * Throws UsageError when a wanted column is missing, InputError when the input cannot be read.
 */
export async function* readKeys(stream: AsyncIterable<Uint8Array>, source: KeySource): AsyncGenerator<readonly KeyInput[]> {
  if (source.column !== undefined && source.parameters.length !== 1) {
    throw new UsageError(say`--column names one column, but the keys need ${together(source.parameters)}`, {
      hint: say`give the columns these names: ${source.parameters.join(', ')}`,
    });
  }
  const lines = new LineReader(splitLines(stream, source));
  try {
    const first = await lines.nextKeyLine(line => isMarkedHeader(line, source));
    if (first === undefined) return;
    if (first.text.trimStart().startsWith('{')) yield* eachLine([first], lines, line => fromJson(line, source));
    else if (isTable(first, source)) yield* fromTable(first, lines, source);
    else yield* fromLines(first, lines, source);
  } finally {
    await lines.close();
  }
}

/** The first lines of a file are looked at one by one, the others are taken as they come. */
class LineReader {
  #ready: readonly TextLine[] = [];

  constructor(readonly lines: AsyncGenerator<readonly TextLine[]>) {}

  /** The next line that is neither blank nor a comment, or that is wanted all the same. */
  async nextKeyLine(isWanted?: (line: TextLine) => boolean): Promise<TextLine | undefined> {
    for await (const some of this.rest()) {
      const at = some.findIndex(line => !isIdle(line.text) || isWanted?.(line));
      if (at === -1) continue;
      this.#ready = some.slice(at + 1);
      return some[at];
    }
    return undefined;
  }

  /** What has not been taken yet. May be left off and gone on with. */
  async *rest(): AsyncGenerator<readonly TextLine[]> {
    const ready = this.#ready;
    this.#ready = [];
    if (ready.length > 0) yield ready;
    for (let next = await this.lines.next(); !next.done; next = await this.lines.next()) yield next.value;
  }

  async close(): Promise<void> {
    await this.lines.return(undefined);
  }
}

/** One key a line. A file whose first two lines look like a table is not read as one by chance: somebody has to name the column. */
async function* fromLines(first: TextLine, lines: LineReader, source: KeySource): AsyncGenerator<readonly KeyInput[]> {
  const { isKey, parameters, fileName } = source;
  const second = isKey === undefined || parameters.length !== 1 || isKey(trimKey(first.text)) ? undefined : await lines.nextKeyLine();
  if (isKey !== undefined && second !== undefined) {
    const { delimiter, names } = splitHeader(first.text);
    const fault = unnamedColumn({ fileName, names, cells: headerNames(second.text, delimiter), isKey });
    if (fault !== undefined) throw fault;
  }
  yield* eachLine(second === undefined ? [first] : [first, second], lines, line => fromWords(line, source));
}

async function* eachLine(
  first: readonly TextLine[],
  lines: LineReader,
  read: (line: TextLine) => KeyInput,
): AsyncGenerator<readonly KeyInput[]> {
  yield first.map(read);
  for await (const some of lines.rest()) yield some.filter(({ text }) => !isIdle(text)).map(read);
}

function fromWords({ line, text }: TextLine, { parameters }: KeySource): KeyInput {
  if (parameters.length === 1) return { line, values: [trimKey(text)] };
  return complete(
    line,
    text
      .split(/[\s,;]+/)
      .map(trimKey)
      .filter(word => word !== ''),
    parameters,
  );
}

function fromJson({ line, text }: TextLine, { parameters, fixed = [] }: KeySource): KeyInput {
  const found = keyOfJson(text);
  const values = (typeof found === 'string' ? [found] : Array.isArray(found) ? found : []).filter(value => typeof value === 'string');
  if (values.length === 0) return { line, values: [text.slice(0, 80)], problem: say`the line is no JSON object with a "key" of text` };
  const keys = values.map(trimKey);
  if (fixed.length === 0 || keys.length !== fixed.length + parameters.length) return complete(line, keys, parameters);
  const own = keys.slice(fixed.length);
  const other = fixed.findIndex((value, at) => trimKey(value) !== keys[at]);
  if (other === -1) return { line, values: own };
  return { line, values: own, problem: say`the line is for ${keys[other] ?? ''}, not for ${fixed[other] ?? ''}` };
}

function keyOfJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'key' in parsed ? parsed.key : undefined;
  } catch {
    return undefined;
  }
}

function complete(line: number, values: readonly string[], parameters: readonly string[]): KeyInput {
  if (values.length === parameters.length) return { line, values };
  return { line, values, problem: say`the line gives ${values.length} of ${parameters.length} keys (${parameters.join(', ')})` };
}

function isTable(first: TextLine, source: KeySource): boolean {
  if (source.column !== undefined) return true;
  const header = splitHeader(first.text);
  return source.parameters.every(name => findColumn(header.names, name) !== undefined);
}

/** Whether a line that looks like a comment is a header: its first column numbers the rows (`#`) or is itself asked for. */
function isMarkedHeader({ text }: TextLine, source: KeySource): boolean {
  if (!text.startsWith('#')) return false;
  const { names } = splitHeader(text);
  const wanted = wantedColumns(source);
  return (names[0] === '#' || wanted.includes(names[0] ?? '')) && wanted.every(name => findColumn(names, name) !== undefined);
}

function wantedColumns({ column, parameters }: KeySource): readonly string[] {
  return column === undefined ? parameters : [column];
}

interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

/** The delimiter that makes the most of the header line, and the names it gives. */
function splitHeader(text: string): Header {
  const readings = [',', ';', '\t'].map(delimiter => ({ delimiter, names: headerNames(text, delimiter) }));
  return readings.reduce((best, other) => (other.names.length > best.names.length ? other : best));
}

function headerNames(text: string, delimiter: string): readonly string[] {
  try {
    return parseText(text, { delimiter, record_delimiter: '\n', relax_quotes: true, trim: true })[0] ?? [];
  } catch (error) {
    // Quotes that make no sense with this delimiter.
    if (error instanceof CsvError) return [];
    throw error;
  }
}

/** Column of a name; without an exact match, one that differs in case or in `-` and `_` only. */
function findColumn(names: readonly string[], wanted: string): number | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll('_', '-');
  const exact = names.flatMap((name, at) => (name === wanted ? [at] : []));
  const alike = exact.length > 0 ? exact : names.flatMap((name, at) => (plain(name) === plain(wanted) ? [at] : []));
  if (alike.length > 1) throw new UsageError(say`the key file has ${alike.length} columns "${wanted}"`);
  return alike[0];
}

async function* fromTable(first: TextLine, lines: LineReader, source: KeySource): AsyncGenerator<readonly KeyInput[]> {
  const { delimiter, names } = splitHeader(first.text);
  const columns = wantedColumns(source).map(name => {
    const at = findColumn(names, name);
    if (at !== undefined) return at;
    throw new UsageError(say`${source.fileName} has no column "${name}"`, { hint: say`its columns are ${names.join(', ')}` });
  });
  const table = parse({
    delimiter,
    info: true,
    max_record_size: 1_048_576,
    // Otherwise it goes by what it finds first, and a CR alone would hide all lines behind it.
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  // What goes wrong in the source reaches the reader through the table, which the pipeline destroys with it.
  pipeline(Readable.from(blocks(lines)), table, () => {});
  try {
    for await (const row of table as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      if (row.record.every(cell => cell.trim() === '')) continue;
      yield [{ line: first.line + row.info.lines, values: columns.map(at => trimKey(row.record[at] ?? '')) }];
    }
  } catch (error) {
    throw error instanceof CsvError ? badTable(error, first.line, source.fileName) : error;
  }
}

/** Lines joined again into blocks, because the table reader is slow with one write per line. */
async function* blocks(lines: LineReader): AsyncGenerator<string> {
  let block = '';
  for await (const some of lines.rest()) {
    for (const { text } of some) block += `${text}\n`;
    if (block.length < 16_384) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

function badTable(error: CsvError, headerLine: number, fileName: string): InputError {
  const line = typeof error.lines === 'number' ? headerLine + error.lines : headerLine;
  const quote = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(error.code);
  return new InputError(say`line ${line} of ${fileName} is not CSV${quote ? say`: a quote is not closed` : ''}`);
}
