// What is said of a comparison, and how a value may be shown.
import { LoanqError } from '../core/errors.ts';
import { isText, type Json, parseJson } from '../core/json.ts';
import { type Saying, say } from '../core/say.ts';
import type { Column } from '../output/columns.ts';
import { maskRecord } from '../output/mask.ts';
import { plainText } from '../output/values.ts';
import type { Counts } from './comparison.ts';

/** `2 added, 3 changed (5 fields), 1 gone, 4 unknown`. */
export function changeSentence({ added, changed, fields, gone, unknown }: Counts): Saying {
  const values = changed === 0 ? '' : fields === 1 ? say` (1 field)` : say` (${fields} fields)`;
  return say`${added} added, ${changed} changed${values}, ${gone} gone, ${unknown} unknown`;
}

/** Values of personal fields are hidden as they are in the export itself. */
export function shownValue(masked: boolean): (value: string, column: Column) => string {
  return (value, { name, field }) => {
    if (!masked || value === '') return value;
    const shown = maskRecord({ [name]: partsOf(value) }, { [name]: field })[name];
    return isText(shown) ? shown : plainText(shown);
  };
}

/** A list or object in a cell, so that the parts of it that are personal can be told. */
function partsOf(value: string): Json {
  if (!/^[[{]/.test(value)) return value;
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof LoanqError) return value;
    throw error;
  }
}
