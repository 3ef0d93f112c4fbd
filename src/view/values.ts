// What a view asks of a JSON value before it prints it.
import { isText, type Json, type JsonObject, numberText, writeJson } from '../core/json.ts';

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a text, number or truth value as sent; undefined for null, arrays and objects. */
export function scalarText(value: Json): string | undefined {
  return numberText(value) ?? (isText(value) ? value : typeof value === 'boolean' ? String(value) : undefined);
}

/** Any value as text: '' for null and missing, JSON for arrays and objects. */
export function plainText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return scalarText(value) ?? writeJson(value);
}
