// The codes that stand in a result and have a meaning that is not the code itself: each can be asked for.
import type { Fields } from '../../core/fields.ts';
import { isObject, type Json, textOrNumber } from '../../core/json.ts';
import type { Found } from '../../lookup/related.ts';

const mostCodes = 3;

/** Of the default columns first, each once. Only codes of the document are told, never a text of the provider. */
export function codesIn(found: readonly Found[]): string[] {
  const codes = found.flatMap(({ endpoint, records }) => {
    const all = records.flatMap(record => codesOf(endpoint.fields, record));
    const rank = (name: string): number => (endpoint.columns.includes(name) ? 0 : 1);
    return all.sort((a, b) => rank(a.name) - rank(b.name)).map(({ code }) => code);
  });
  return [...new Set(codes)].slice(0, mostCodes);
}

function codesOf(fields: Fields, value: Json | undefined, prefix = ''): { readonly name: string; readonly code: string }[] {
  if (!isObject(value)) return [];
  return Object.entries(fields).flatMap(([name, field]) => {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    const path = `${prefix}${name}`;
    if (field.kind === 'group') return codesOf(field.fields, inner, `${path}.`);
    if (field.kind === 'list' && Array.isArray(inner)) return inner.flatMap(element => codesOf(field.fields ?? {}, element, `${path}.`));
    const code = field.kind === 'enum' ? textOrNumber(inner ?? null) : undefined;
    if (field.kind !== 'enum' || code === undefined || !Object.hasOwn(field.values, code)) return [];
    return field.values[code] === code ? [] : [{ name: path, code }];
  });
}
