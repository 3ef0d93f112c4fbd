// What a view asks of a JSON value before it prints it.
import { type Json, scalarText, writeJson } from '../core/json.ts';

/** Any value as text: '' for null and missing, JSON for arrays and objects. */
export function plainText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return scalarText(value) ?? writeJson(value);
}
