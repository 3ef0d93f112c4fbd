// Records from a saved answer: the documented envelope, an array, one object, a webhook envelope, or NDJSON line by line.
import { isUtf8 } from 'node:buffer';
import { InputError, ResponseError } from '../core/errors.ts';
import { isObject, type Json, type JsonObject, parseUtf8 } from '../core/json.ts';
import { LineCutter } from '../core/lines.ts';
import { say } from '../core/say.ts';
import type { AlikeLines } from './alike.ts';
import { isPlainRecord, type SavedForm, unwrap } from './saved-form.ts';

export interface SavedAnswer extends SavedForm {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** For messages: the file's name, or "standard input". */
  readonly name: string;
  /** Members of records that anybody asks for: others may be left out. Absent: all are wanted. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

/** A saved document (not NDJSON) is held in memory whole, so it has a limit. */
const maxDocumentBytes = 256 * 1024 * 1024;

/**
 * Yields the records of a saved answer. NDJSON is streamed: a file whose first line is a whole JSON value and which has
 * more lines. Anything else is one document. Throws InputError for an unreadable file, ResponseError for what it holds.
 */
export async function* readSaved(saved: SavedAnswer): AsyncGenerator<readonly JsonObject[]> {
  const reader = new SavedReader(saved);
  for await (const lines of linesOf(saved)) {
    await reader.prepare();
    const { records, failure } = reader.take(lines);
    if (records.length > 0) yield records;
    if (failure !== undefined) throw failure;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

/** Tells NDJSON from a document, and reads many lines at a time: going through promises for each would take longer than parsing it. */
class SavedReader {
  #isStream = false;
  #line = 0;
  /** Lines so far, while the form is not known or the text is one document. */
  #head: Uint8Array[] = [];
  #headBytes = 0;
  /** The first line, if it is a whole JSON value. */
  #first: Json | undefined;
  #alike: AlikeLines | undefined;

  constructor(readonly saved: SavedAnswer) {}

  /** Loads what only a long file has use of. */
  async prepare(): Promise<void> {
    const { endpoint, wanted } = this.saved;
    if (!this.#isStream || this.#alike !== undefined) return;
    const { AlikeLines } = await import('./alike.ts');
    this.#alike = new AlikeLines(endpoint, wanted);
  }

  /** Records of these lines; the failure of a line comes after the records before it. */
  take(lines: readonly Buffer[]): { readonly records: readonly JsonObject[]; readonly failure?: unknown } {
    const records: JsonObject[] = [];
    try {
      for (const line of lines) {
        this.#line += 1;
        if (this.#isStream) {
          if (!isBlank(line)) this.#addLine(line, records);
        } else this.#begin(line, records);
      }
      return { records };
    } catch (failure) {
      return { records, failure };
    }
  }

  /** Records of a document, once all of it is there. */
  end(): readonly JsonObject[] {
    const { name } = this.saved;
    if (this.#isStream) return [];
    if (this.#head.length === 0) throw new ResponseError(say`${name} is empty`);
    return unwrap(this.saved, this.#first ?? parseLine(Buffer.concat(this.#head), undefined, name));
  }

  #begin(line: Uint8Array, records: JsonObject[]): void {
    const blank = isBlank(line);
    if (blank && this.#head.length === 0) return;
    if (this.#first !== undefined && !blank) {
      this.#isStream = true;
      this.#head = [];
      const first = this.#recordsOf(this.#first);
      const second = this.#recordsOf(parseLine(line, this.#line, this.saved.name));
      addAll(records, first);
      addAll(records, second);
      return;
    }
    if (this.#head.length === 0) this.#first = tryParse(line);
    this.#head.push(line);
    this.#headBytes += line.length;
    if (this.#headBytes > maxDocumentBytes) throw new InputError(say`${this.saved.name} is larger than 256 MiB and not NDJSON`);
  }

  #addLine(line: Buffer, records: JsonObject[]): void {
    const alike = this.#takeAlike(line);
    if (alike !== undefined) {
      records.push(alike);
      return;
    }
    const value = parseLine(line, this.#line, this.saved.name);
    const found = this.#recordsOf(value);
    if (found.length === 1 && found[0] === value && isObject(value) && isPlainRecord(this.saved, value)) this.#alike?.learn(line, value);
    addAll(records, found);
  }

  #takeAlike(line: Buffer): JsonObject | undefined {
    try {
      return this.#alike?.take(line, this.saved.drift);
    } catch (error) {
      throw this.#atLine(error);
    }
  }

  #recordsOf(value: Json): readonly JsonObject[] {
    try {
      return unwrap(this.saved, value);
    } catch (error) {
      throw this.#atLine(error);
    }
  }

  #atLine(error: unknown): unknown {
    if (!(error instanceof ResponseError)) return error;
    return new ResponseError(say`line ${this.#line} of ${this.saved.name}: ${error.said}`, error.given);
  }
}

/** A line may be a list of more records than a call can have arguments. */
function addAll<T>(list: T[], more: readonly T[]): void {
  for (const element of more) list.push(element);
}

function tryParse(line: Uint8Array): Json | undefined {
  try {
    return parseUtf8(line);
  } catch {
    return undefined;
  }
}

function parseLine(line: Uint8Array, number: number | undefined, name: string): Json {
  try {
    return parseUtf8(line);
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const place = number === undefined ? name : say`line ${number} of ${name}`;
    throw new ResponseError(isUtf8(line) ? say`${place}: ${error.said}` : say`${place} is not UTF-8`);
  }
}

function isBlank(line: Uint8Array): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 13 && byte !== 9 && byte !== 10) return false;
  return true;
}

/** The lines of a saved answer, as many at a time as a chunk holds; the last may have no line feed. */
async function* linesOf(saved: SavedAnswer): AsyncGenerator<readonly Buffer[]> {
  const cutter = new LineCutter();
  for await (const chunk of saved.bytes) {
    const lines = cutter.cut(chunk);
    if (lines.length > 0) yield lines;
    if (cutter.pending > maxDocumentBytes) throw new InputError(say`${saved.name} has a line longer than 256 MiB`);
  }
  const rest = cutter.end();
  if (rest !== undefined) yield [rest];
}
