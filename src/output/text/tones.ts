// The colours of values on a terminal, always beside a word: a code has the tone that its literal declares, a masked value is dim.
import type { Field, Tone } from '../../core/fields.ts';
import type { Json } from '../../core/json.ts';
import { hidden } from '../../core/personal.ts';
import type { Terminal } from '../format.ts';
import { plainText } from '../values.ts';

const colours: Readonly<Record<Tone, 'green' | 'yellow' | 'red'>> = { good: 'green', waiting: 'yellow', bad: 'red' };

/** What a code says at a glance; undefined for one that is not documented, or whose meaning has no tone. */
export function toneOf(value: Json | undefined, field: Field): Tone | undefined {
  if (field.kind !== 'enum' || field.tones === undefined) return undefined;
  const code = plainText(value);
  return Object.hasOwn(field.tones, code) ? field.tones[code] : undefined;
}

/** The shown text of a value, or a line of it, in its colour. */
export function coloured(text: string, value: Json | undefined, field: Field, { chalk }: Terminal): string {
  const tone = toneOf(value, field);
  if (tone !== undefined) return chalk[colours[tone]](text);
  return text.includes(hidden) ? chalk.dim(text) : text;
}
