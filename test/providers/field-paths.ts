// Every documented field of an endpoint with its dotted path, elements of nested lists included.
import type { Field, Fields } from '../../src/core/fields.ts';

export interface FieldAt {
  readonly path: string;
  readonly field: Field;
}

export function fieldPaths(fields: Fields, prefix = ''): FieldAt[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = prefix + name;
    const inner = 'fields' in field && field.fields !== undefined ? fieldPaths(field.fields, `${path}.`) : [];
    return [{ path, field }, ...inner];
  });
}
