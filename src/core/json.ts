// JSON of a provider: strict, and exact where JSON.parse is not. `10.0`, `9007199254740993` and `1e400` keep their source
// text, a key given twice is an error, and no message repeats what the answer holds.
import { isDecimal } from './decimal.ts';
import { ResponseError } from './errors.ts';
import { findRepeatedKey, scanJson } from './json-scan.ts';
import { isMarked, type Json, markStart, numberMark } from './json-text.ts';

export { isNumber, isText, type Json, type JsonObject, numberText, writeJson } from './json-text.ts';

/** Deepest nesting of an answer unless the caller says otherwise. */
const defaultDepth = 64;

const openMark = `"${numberMark}`;
const escapedMarkStart = '\\u0091';
/** A key that may be named in a message. */
const plainKey = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

/** Parses one JSON text. Throws ResponseError when it is no JSON, too deep, or has a key twice in one object. */
export function parseJson(text: string, limits: { readonly maxDepth?: number } = {}): Json {
  const maxDepth = limits.maxDepth ?? defaultDepth;
  const scan = scanJson(text, maxDepth);
  if (scan === undefined) throw new ResponseError(`the answer is nested deeper than ${maxDepth} levels`);
  const value = parseStrictly(scan.exact.length === 0 ? text : markNumbers(text, scan.exact));
  if (countMembers(value) !== scan.members) throw repeatedKeyError(text);
  if ((text.includes(escapedMarkStart) || text.includes(markStart)) && countMarks(value) * 2 !== scan.exact.length) {
    throw new ResponseError('the answer holds text that poses as a number');
  }
  return value;
}

/** A number from its source text, e.g. `150.00`. Throws RangeError when JSON does not allow it. */
export function makeNumber(text: string): Json {
  if (!isDecimal(text)) throw new RangeError('not a JSON number');
  return parseJson(text);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text of a body. One byte order mark is dropped; throws ResponseError when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ResponseError('the answer is not UTF-8');
  }
}

/** The value at a dotted path such as `value.errorMessage` or `items.0.id`; '' is the value itself. */
export function getPath(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path === '' ? [] : path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (Array.isArray(found)) found = /^\d+$/.test(key) ? found[Number(key)] : undefined;
    else found = Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}

function parseStrictly(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new ResponseError('the answer is not JSON');
  }
}

/** The text with each number in `exact` turned into a marked string. */
function markNumbers(text: string, exact: readonly number[]): string {
  let marked = '';
  let from = 0;
  for (let i = 0; i < exact.length; i += 2) {
    const start = exact[i] ?? 0;
    const end = exact[i + 1] ?? 0;
    marked += `${text.slice(from, start)}${openMark}${text.slice(start, end)}"`;
    from = end;
  }
  return marked + text.slice(from);
}

function countMembers(value: Json): number {
  let count = 0;
  if (typeof value !== 'object' || value === null) return count;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
  } else {
    for (const key in value) {
      const item = value[key];
      count += typeof item === 'object' ? 1 + countMembers(item) : 1;
    }
  }
  return count;
}

/** How many keys and values begin with the mark. */
function countMarks(value: Json): number {
  if (typeof value !== 'object' || value === null) return isMarked(value) ? 1 : 0;
  let count = 0;
  for (const [key, item] of Object.entries(value)) count += countMarks(key) + countMarks(item);
  return count;
}

function repeatedKeyError(text: string): ResponseError {
  const key = findRepeatedKey(text);
  return new ResponseError(
    key !== undefined && plainKey.test(key) ? `the answer has the key "${key}" twice` : 'the answer has a key twice in one object',
  );
}
