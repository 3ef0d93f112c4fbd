// Words for what the schema found: which key and what it must be, never what stands there.
import { closest, distance } from 'fastest-levenshtein';
import type { core } from 'zod/mini';
import { inEnglish, type Saying, say, sayingOf, type Words } from '../core/say.ts';

export interface SchemaFault {
  /** Keys from the root to the place. */
  readonly path: readonly string[];
  /** `must be text`, or a whole sentence when `unknown` is set. */
  readonly text: Words;
  /** The key that has no meaning there. */
  readonly unknown?: string;
}

const said = new Map<string, Words>();

/** The schema carries plain text: what was said is found again by its English. */
export function asText(words: Words): string {
  const english = inEnglish(words);
  said.set(english, words);
  return english;
}

function saidAs(text: string): Words {
  return said.get(text) ?? sayingOf(text);
}

/** The fault to tell the user of: an unknown key first, since a misspelt key also looks like a missing one. */
export function firstFault(issues: readonly core.$ZodIssue[], data: unknown): SchemaFault {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return { path: [], text: say`cannot be used` };
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return { path, text: saidAs(issue.message), unknown: issue.keys[0] ?? '' };
  if (issue.code === 'invalid_union') return unionFault(issue, path, data);
  return { path, text: issueWords(issue, valueAt(data, path)) };
}

/** `unknown key "profles" (did you mean "profiles"?)` */
export function unknownKey(key: string, known: readonly string[]): Words {
  return say`unknown key ${JSON.stringify(key)} (${suggest(key, known) ?? say`known: ${known.join(', ')}`})`;
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
  if (options !== undefined) return { path, text: value === undefined ? say`is missing` : say`must be one of ${options.join(', ')}` };
  const branch = issue.errors.find(([first]) => first !== undefined && (first.path.length > 0 || first.code === 'unrecognized_keys'));
  if (branch !== undefined && !(value instanceof Date)) {
    const inner = firstFault(branch, value);
    return { ...inner, path: [...path, ...inner.path] };
  }
  return { path, text: mustBe('string', value) };
}

function issueWords(issue: core.$ZodIssue, value: unknown): Words {
  if (value === undefined) return say`is missing`;
  if (issue.code === 'invalid_key') return say`has a name with other characters than letters, digits, - and _`;
  if (issue.code === 'invalid_value') return say`must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid ')) return saidAs(issue.message);
  return mustBe(issue.expected, value);
}

const wanted: Readonly<Record<string, Words>> = {
  string: say`must be text`,
  boolean: say`must be true or false`,
  array: say`must be a list`,
  object: say`must be a set of keys`,
  record: say`must be a set of keys`,
};

function mustBe(expected: string, value: unknown): Words {
  if (value === null) return say`is empty`;
  const unquoted = typeof value === 'number' || typeof value === 'boolean' || value instanceof Date;
  if (expected === 'string' && unquoted) return say`must be text: put it in quotes`;
  return wanted[expected] ?? say`must be ${expected}`;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
