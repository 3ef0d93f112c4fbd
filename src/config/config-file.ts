// Reads a config file as inert data. cosmiconfig parses it, but only by its loaders: building one of its explorers
// would run code from the working directory. Messages name the file and the line, never what stands there.
import { basename, extname } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { type Reader, readGuardedFile } from '../files/guarded-file.ts';

export interface ConfigFile {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  /** Objects, lists, texts, numbers, booleans and null; YAML may add dates and bytes, which no key accepts. */
  readonly data: unknown;
  /** Line of a key that stands only once in the file; undefined otherwise. */
  readonly lineOf: (key: string) => number | undefined;
}

const maxBytes = 1024 * 1024;
const maxDepth = 16;
const maxValues = 20_000;
const forbiddenKeys: ReadonlySet<string> = new Set(['$import', '__proto__', 'constructor', 'prototype']);

/** Reads and parses a config file; `path` is absolute. Throws ConfigError. */
export async function readConfig(path: string, reader: Reader): Promise<ConfigFile> {
  const format = formatOf(path);
  const { bytes, mode } = readGuardedFile(path, { ...reader, maxBytes });
  const text = decode(bytes, path);
  const data = format === 'JSON' ? await parseJson(text, path) : await parseYaml(text, path);
  const lineOf = (key: string): number | undefined => findKeyLine(text, key);
  refuseTraps(data, path, lineOf);
  return { path, mode, data, lineOf };
}

function formatOf(path: string): 'JSON' | 'YAML' {
  const ending = extname(path).toLowerCase();
  if (ending === '.json') return 'JSON';
  if (ending === '' || ending === '.yaml' || ending === '.yml') return 'YAML';
  throw new ConfigError(say`${path} must be JSON or YAML: its name has to end in .json, .yaml or .yml`);
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError(say`${path} is not UTF-8 text`);
  }
}

async function parseJson(text: string, path: string): Promise<unknown> {
  const plain = readPlainJson(text);
  if (plain !== undefined) return plain.data;
  const { findJsonFault } = await import('./json-fault.ts');
  const fault = findJsonFault(text);
  if (fault?.kind === 'duplicate key') throw duplicateKey(path, fault.line);
  if (fault?.kind === 'too deep') throw tooDeep(path);
  if (fault !== undefined) throw new ConfigError(say`${path} is not valid JSON (line ${fault.line})`);
  const { loadJson } = await import('./data-loaders.ts');
  try {
    return loadJson(basename(path), text);
  } catch {
    throw new ConfigError(say`${path} is not valid JSON`);
  }
}

/** JSON without a fault and without a key that is given twice; undefined for anything else, of which the parsers above know more. */
export function readPlainJson(text: string): { readonly data: unknown } | undefined {
  let keys = 0;
  try {
    const data: unknown = JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) keys += Object.keys(value).length;
      return value;
    });
    // In valid JSON a text before a colon is a key, and nothing else is.
    return keys === [...text.matchAll(/"(?:[^"\\]|\\.)*"[ \t\n\r]*(:?)/g)].filter(([, colon]) => colon === ':').length
      ? { data }
      : undefined;
  } catch {
    return undefined;
  }
}

async function parseYaml(text: string, path: string): Promise<unknown> {
  const { loadYaml } = await import('./data-loaders.ts');
  try {
    return loadYaml(basename(path), text) ?? {};
  } catch (error) {
    throw yamlFault(error, path, text.trimEnd().split('\n').length);
  }
}

/** The parser's own words may quote the file: only its kind and line are used. */
function yamlFault(error: unknown, path: string, lines: number): ConfigError {
  const reason = error instanceof Error && 'reason' in error ? String(error.reason) : '';
  const marked = markedLine(error);
  // What is missing at the end is marked behind the last line.
  const line = marked === undefined ? undefined : Math.min(marked, lines);
  if (reason === 'duplicated mapping key') return duplicateKey(path, line);
  const where = line === undefined ? '' : say` (line ${line})`;
  if (/^unknown tag|tag resolver/.test(reason)) return new ConfigError(say`${path} uses a YAML tag, which is not supported${where}`);
  if (reason.startsWith('unidentified alias')) {
    return new ConfigError(say`${path} is not valid YAML${where}`, { hint: say`a text that begins with * or & has to stand in quotes` });
  }
  if (/exceeded max|abnormal/.test(reason)) return new ConfigError(say`${path} nests or merges too much${where}`);
  if (reason.startsWith('expected a single document')) return new ConfigError(say`${path} holds more than one YAML document`);
  return new ConfigError(say`${path} is not valid YAML${where}`);
}

function markedLine(error: unknown): number | undefined {
  if (!(error instanceof Error && 'mark' in error)) return undefined;
  const mark: unknown = error.mark;
  return typeof mark === 'object' && mark !== null && 'line' in mark && typeof mark.line === 'number' ? mark.line + 1 : undefined;
}

function duplicateKey(path: string, line: number | undefined): ConfigError {
  return new ConfigError(say`${path} gives a key twice${line === undefined ? '' : say` (line ${line})`}`);
}

function tooDeep(path: string): ConfigError {
  return new ConfigError(say`${path} nests or repeats too much`);
}

/** Refuses keys that reach beyond data, and aliases that expand without end. */
function refuseTraps(data: unknown, path: string, lineOf: (key: string) => number | undefined): void {
  let values = 0;
  const visit = (value: unknown, depth: number): void => {
    values += 1;
    if (values > maxValues || depth > maxDepth) throw tooDeep(path);
    if (Array.isArray(value)) for (const element of value) visit(element, depth + 1);
    else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (forbiddenKeys.has(key)) {
          const line = lineOf(key);
          const what = key === '$import' ? 'imports are not supported' : `the key "${key}" is not allowed`;
          throw new ConfigError(say`${path}: ${what}${line === undefined ? '' : say` (line ${line})`}`);
        }
        visit(member, depth + 1);
      }
    }
  };
  visit(data, 0);
}

/** Looks at the characters around each occurrence only, so that no file makes it slow. */
function findKeyLine(text: string, key: string): number | undefined {
  const found = new Set<number>();
  for (const spelling of [key, JSON.stringify(key), `'${key}'`]) {
    let at = text.indexOf(spelling);
    for (let tries = 0; at !== -1 && tries < 1000 && found.size < 2; tries++, at = text.indexOf(spelling, at + 1)) {
      const before = text.slice(Math.max(0, at - 80), at);
      const after = text.slice(at + spelling.length, at + spelling.length + 80);
      if (/(?:^|[\n{,]|-[ \t])\s*$/.test(before) && /^\s*:/.test(after)) found.add(text.slice(0, at).split('\n').length);
    }
  }
  const [line] = found;
  return found.size === 1 ? line : undefined;
}
