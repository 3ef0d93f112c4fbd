// Records from a saved answer: the documented envelope, an array, one object, a webhook envelope, or NDJSON line by line.
import { isUtf8 } from 'node:buffer';
import type { Endpoint } from '../core/endpoint.ts';
import { InputError, ResponseError } from '../core/errors.ts';
import { getPath, isObject, isText, type Json, type JsonObject, parseJson, parseUtf8 } from '../core/json.ts';
import { LineCutter } from '../core/lines.ts';
import type { Provider } from '../core/provider.ts';
import { say } from '../core/say.ts';
import { openAnswer, takeItems } from './answer.ts';
import type { Drift } from './drift.ts';
import { isRefusal, type Problem, problemError, readProblem } from './problem.ts';
import { checkShape } from './shape.ts';

export interface SavedAnswer {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** For messages: the file's name, or "standard input". */
  readonly name: string;
  readonly drift: Drift;
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

  constructor(readonly saved: SavedAnswer) {}

  /** Records of these lines; the failure of a line comes after the records before it. */
  take(lines: readonly Uint8Array[]): { readonly records: readonly JsonObject[]; readonly failure?: unknown } {
    const records: JsonObject[] = [];
    try {
      for (const line of lines) {
        this.#line += 1;
        if (this.#isStream) {
          if (!isBlank(line)) addAll(records, this.#recordsOf(parseLine(line, this.#line, this.saved.name)));
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

  #recordsOf(value: Json): readonly JsonObject[] {
    try {
      return unwrap(this.saved, value);
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      throw new ResponseError(say`line ${this.#line} of ${this.saved.name}: ${error.said}`, error.given);
    }
  }
}

/** A line may be a list of more records than a call can have arguments. */
function addAll<T>(list: T[], more: readonly T[]): void {
  for (const element of more) list.push(element);
}

function unwrap(saved: SavedAnswer, value: Json): readonly JsonObject[] {
  const { provider, endpoint, drift } = saved;
  const wrapped = endpoint.unwrap === undefined ? undefined : getPath(value, endpoint.unwrap);
  if (wrapped !== undefined && isText(wrapped)) return unwrap(saved, parseJson(wrapped));
  if (Array.isArray(value)) return checkRecords(endpoint, value, drift);
  const bare = isObject(value) && isBareRecord(endpoint, value);
  if (!bare && isRefusal(provider, value, endpoint)) throw problemError(provider, readRefusal(saved, value), value, '');
  const opened = openAnswer(endpoint, value) ?? (bare ? [value] : undefined);
  const refusal = opened === undefined ? readRefusal(saved, value) : undefined;
  if (refusal?.failure !== undefined) throw problemError(provider, refusal, value, '');
  // What a record of an open endpoint is, no document says: its own JSON rows come back without their envelope.
  if (opened === undefined && endpoint.open && isObject(value)) return checkRecords(endpoint, [value], drift);
  return opened === undefined ? takeItems(endpoint, value, drift) : checkRecords(endpoint, opened, drift);
}

/** Nobody saves the status of an answer with it; a body whose code is a status tells it. */
function readRefusal({ provider, endpoint }: SavedAnswer, value: Json): Problem {
  const { code = '' } = readProblem(provider, endpoint, 200, value, '');
  const status = /^[45]\d\d$/.test(code) ? Number(code) : 200;
  return { ...readProblem(provider, endpoint, status, value, ''), saved: true };
}

/** A record rather than an envelope: it has its key, or several documented fields. */
function isBareRecord(endpoint: Endpoint, value: JsonObject): boolean {
  for (const parameter in endpoint.keys) {
    const field = endpoint.keys[parameter]?.field;
    if (field !== undefined && getPath(value, field) !== undefined) return true;
  }
  return Object.keys(endpoint.fields).filter(name => Object.hasOwn(value, name)).length > 1;
}

function checkRecords(endpoint: Endpoint, records: readonly Json[], drift: Drift): readonly JsonObject[] {
  if (!records.every(isObject)) throw new ResponseError(say`the list holds something that is no object`);
  for (const record of records) checkShape(endpoint, record, drift);
  return records;
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
async function* linesOf(saved: SavedAnswer): AsyncGenerator<readonly Uint8Array[]> {
  const cutter = new LineCutter();
  for await (const chunk of saved.bytes) {
    const lines = cutter.cut(chunk);
    if (lines.length > 0) yield lines;
    if (cutter.pending > maxDocumentBytes) throw new InputError(say`${saved.name} has a line longer than 256 MiB`);
  }
  const rest = cutter.end();
  if (rest !== undefined) yield [rest];
}
