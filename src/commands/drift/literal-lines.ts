// The lines that a literal needs so that what a provider sends now is no drift any more. What a field means only its page says.
import type { Endpoint } from '../../core/endpoint.ts';
import type { Field, Fields } from '../../core/fields.ts';
import type { Difference } from './history.ts';

/** A line for the literal, with where it belongs; undefined for what a line cannot mend. */
export function literalLine(endpoint: Endpoint, { kind, what }: Difference): string | undefined {
  const path = what.split('.');
  const name = path.at(-1) ?? '';
  const inside = path.length === 1 ? '' : `  // in ${path.slice(0, -1).join('.')}`;
  switch (kind) {
    case 'unknown':
      return `${memberName(name)}: any(${quoted(labelOf(name))}, { optional: true }),${inside}`;
    case 'missing': {
      const field = fieldAt(endpoint.fields, path);
      return field && `// ${what}: add optional: true, as long as it is not sent`;
    }
    case 'unlisted': {
      const [field = '', ...code] = what.split(' ');
      return `${memberName(code.join(' '))}: '',  // a code of ${field}`;
    }
    default:
      return undefined;
  }
}

function fieldAt(fields: Fields, [name = '', ...rest]: readonly string[]): Field | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (rest.length === 0 || field === undefined) return field;
  return 'fields' in field && field.fields !== undefined ? fieldAt(field.fields, rest) : undefined;
}

/** `remaining_amount` and `remainingAmount`: `Remaining amount`. */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
}
