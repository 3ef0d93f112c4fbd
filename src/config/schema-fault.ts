// Words for what the schema found: which key and what it must be, never what stands there.
import { closest, distance } from 'fastest-levenshtein';
import type { core } from 'zod/mini';
import { inEnglish, type Saying, say } from '../core/say.ts';

export interface SchemaFault {
  /** Keys from the root to the place. */
  readonly path: readonly string[];
  /** `must be text`, or a whole sentence when `unknown` is set. */
  readonly text: string;
  /** The key that has no meaning there. */
  readonly unknown?: string;
}

/** The fault to tell the user of: an unknown key first, since a misspelt key also looks like a missing one. */
export function firstFault(issues: readonly core.$ZodIssue[], data: unknown): SchemaFault {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return { path: [], text: 'cannot be used' };
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return { path, text: issue.message, unknown: issue.keys[0] ?? '' };
  if (issue.code === 'invalid_union') return unionFault(issue, path, data);
  return { path, text: issueWords(issue, valueAt(data, path)) };
}

/** `unknown key "profles" (did you mean "profiles"?)` */
export function unknownKey(key: string, known: readonly string[]): string {
  return `unknown key ${JSON.stringify(key)} (${inEnglish(suggest(key, known) ?? say`known: ${known.join(', ')}`)})`;
}

/** `did you mean "profiles"?`, when something known is close enough. */
export function suggest(given: string, known: readonly string[]): Saying | undefined {
  if (known.length === 0) return undefined;
  const best = closest(given, [...known]);
  const close = distance(given.toLowerCase(), best.toLowerCase()) <= Math.max(1, Math.floor(best.length / 3));
  return close ? say`did you mean ${JSON.stringify(best)}?` : undefined;
}

/** A union fails without saying why: the branch that came furthest knows. */
function unionFault(issue: core.$ZodIssueInvalidUnion, path: string[], data: unknown): SchemaFault {
  const value = valueAt(data, path);
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : undefined;
  if (options !== undefined) return { path, text: value === undefined ? 'is missing' : `must be one of ${options.join(', ')}` };
  const branch = issue.errors.find(([first]) => first !== undefined && (first.path.length > 0 || first.code === 'unrecognized_keys'));
  if (branch !== undefined && !(value instanceof Date)) {
    const inner = firstFault(branch, value);
    return { ...inner, path: [...path, ...inner.path] };
  }
  return { path, text: mustBe('text', value) };
}

function issueWords(issue: core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  if (issue.code === 'invalid_key') return 'has a name with other characters than letters, digits, - and _';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid ')) return issue.message;
  const wanted: Readonly<Record<string, string>> = {
    string: 'text',
    boolean: 'true or false',
    array: 'a list',
    object: 'a set of keys',
    record: 'a set of keys',
  };
  return mustBe(wanted[issue.expected] ?? issue.expected, value);
}

function mustBe(wanted: string, value: unknown): string {
  if (value === null) return 'is empty';
  const unquoted = typeof value === 'number' || typeof value === 'boolean' || value instanceof Date;
  return wanted === 'text' && unquoted ? 'must be text: put it in quotes' : `must be ${wanted}`;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
