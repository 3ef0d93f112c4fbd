// What `diff` delivers, as a literal like any other: so every format, option and language treats its rows as those of an endpoint.
import type { Endpoint } from '../core/endpoint.ts';
import { id, number, oneOf, text } from '../core/fields.ts';
import { ownEndpoint, ownRows } from '../core/own-rows.ts';

export const kinds = {
  added: 'only in the new export',
  changed: 'a field has another value',
  gone: 'the provider said that it does not know the key any more',
  unknown: 'not in the new export, and nobody said that it is gone',
} as const;

export interface Change {
  readonly change: keyof typeof kinds;
  /** The keys asked for, with a blank between them. */
  readonly key: string;
  /** What tells rows of one key apart. */
  readonly row: string;
  readonly field: string;
  readonly old: string;
  readonly new: string;
  /** Why it is gone or unknown: the code of its line in `--errors`, or `absent`. */
  readonly code: string;
}

export const changesEndpoint: Endpoint = ownEndpoint({
  name: 'diff',
  summary: 'What changed between two exports',
  fields: {
    change: oneOf('Change', kinds),
    key: id('Key'),
    row: id('Row', { about: 'tells rows of one key apart' }),
    field: text('Field'),
    // Amounts, mostly: a negative one is no formula.
    old: number('Old'),
    new: number('New'),
    code: text('Why', { about: 'code of the key in --errors; absent: neither in the new export nor there' }),
  },
  columns: ['change', 'key', 'row', 'field', 'old', 'new', 'code'],
});

export const noProvider = ownRows('exports', [changesEndpoint]);
