// What is looked for to find a secret: itself, and what base64 makes of it.
import { normalForm } from './secret-spelling.ts';

/** Shorter values would mask harmless text. */
const shortest = 8;
/** The same for what is left of a value without its quotes and backslashes, which are read over. */
const shortestForm = 6;

/** Texts to look for, each with its normal form. */
export interface Patterns {
  /** By their text. */
  readonly forms: ReadonlyMap<string, readonly number[]>;
  /** Those that could be an amount, a number or a date. */
  readonly numbers: readonly string[];
}

/** The patterns of a secret; of a key of several lines, those of its body and of each line. */
export function patternsOf(value: string): Patterns {
  const forms = new Map<string, readonly number[]>();
  const numbers: string[] = [];
  for (const text of textsOf(value)) {
    const form = normalForm(text);
    if (form.length < shortestForm) continue;
    if (isNumber(form)) numbers.push(text.replace(/["'\\]/g, ''));
    else forms.set(text, form);
  }
  return { forms, numbers };
}

function textsOf(value: string): string[] {
  const lines = value.split(/(?:\r?\n|(?:\\r)?\\n)+/).filter(line => !line.startsWith('-----'));
  const texts = lines.length === 1 && lines[0] === value ? [value] : [...lines, lines.join('')];
  const bytes = texts.map(text => Buffer.from(text, 'utf8').toString('latin1'));
  // Nearly all are ASCII, whose bytes are the same text.
  const long = [...new Set([...texts, ...bytes])].filter(text => text.length >= shortest);
  return long.flatMap(text => [text, ...base64Of(text)]);
}

/** Base64 of a text depends on how many bytes stand before it, modulo 3. Characters that mix with neighbours are left out. */
function base64Of(text: string): string[] {
  return [0, 1, 2].map(before => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'latin1')]);
    return bytes.toString('base64').slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
  });
}

/** Digits with the signs of amounts, numbers and dates among them: `12345678`, `-0.00000150`, `1e100000`, `1990-05-17`. */
function isNumber(form: readonly number[]): boolean {
  const text = String.fromCharCode(...form);
  return /\d/.test(text) && /^[\d.,:+/]+(?:e[\d.,:+/]+)?$/.test(text);
}
