// The records of -o json as JSON Schema: what it refuses is what loanq reports as drift, or refuses itself.
import type { Endpoint } from '../../core/endpoint.ts';
import type { EnumField, Field, Fields } from '../../core/fields.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Provider } from '../../core/provider.ts';

/** Schema of the array that `-o json` writes; a line of ndjson is a `#/$defs/record`. */
export function jsonSchemaOf(provider: Provider, endpoint: Endpoint, withRequest: boolean): Json {
  const keys = Object.values(endpoint.keys ?? {}).flatMap(({ field }) => (field === undefined ? [] : [field.split('.')]));
  const record = keys.reduce(withKey, objectOf(endpoint.fields, { isOpen: false }));
  if (withRequest) record.properties._request = { type: 'object', additionalProperties: { type: 'string' } };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `loanq ${provider.name} ${endpoint.name}`,
    description: `Records as -o json writes them, with or without --numbers text. Document: ${endpoint.doc.url}`,
    type: 'array',
    items: { $ref: '#/$defs/record' },
    $defs: { record },
  };
}

type ObjectSchema = { type: Json; properties: JsonObject; required: string[]; additionalProperties: boolean };

function objectOf(fields: Fields, { isOpen }: { readonly isOpen: boolean }): ObjectSchema {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, { ...described(field), ...shapeOf(field, isOpen) }])),
    required: entries.filter(([, field]) => !field.optional).map(([name]) => name),
    additionalProperties: isOpen,
  };
}

/** A key that an answer does not repeat is no answer to it: the field is there, and so is what it stands in. */
function withKey(schema: ObjectSchema, [name = '', ...rest]: readonly string[]): ObjectSchema {
  const inner = schema.properties[name] as JsonObject;
  const types = Array.isArray(inner.type) ? inner.type.filter(type => type !== 'null') : 'string';
  const key = rest.length === 0 ? { ...inner, type: types } : { ...withKey(inner as ObjectSchema, rest), type: 'object' };
  return { ...schema, properties: { ...schema.properties, [name]: key }, required: [...new Set([...schema.required, name])] };
}

function described(field: Field): JsonObject {
  const meaning = meaningOf(field);
  const about = [field.about, meaning].filter(part => part !== undefined).join('; ');
  return about === '' ? { title: field.label } : { title: field.label, description: about };
}

function meaningOf(field: Field): string | undefined {
  if (field.kind === 'money') return 'amount, exact: read it as a decimal, never as a double';
  if (field.kind !== 'instant') return undefined;
  const none = field.none === undefined ? '' : `; ${field.none.is} means ${field.none.say}`;
  return `${field.unit === 'iso' ? 'RFC 3339' : field.unit === 'ms' ? 'milliseconds since 1970, UTC' : 'seconds since 1970, UTC'}${none}`;
}

/** As `decode/shape.ts` judges a value: null is always fine. */
function shapeOf(field: Field, isOpen: boolean): JsonObject {
  switch (field.kind) {
    case 'money':
      return {
        anyOf: [{ type: ['number', 'null'] }, { type: 'string', pattern: '^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$' }],
      };
    case 'id':
    case 'number':
    case 'instant':
      return { type: ['string', 'number', 'null'] };
    case 'flag':
      return { type: ['boolean', 'null'] };
    case 'enum':
      return codesOf(field);
    case 'any':
      return {};
    case 'group':
      return { ...objectOf(field.fields, { isOpen: isOpen || (field.open ?? false) }), type: ['object', 'null'] };
    case 'list':
      return {
        type: ['array', 'null'],
        ...(field.fields !== undefined && { items: objectOf(field.fields, { isOpen }) }),
      };
    default:
      return { type: ['string', 'null'] };
  }
}

/** A code may come as a number or truth value, too. An open list refuses nothing. */
function codesOf({ values, open }: EnumField): JsonObject {
  const codes = Object.keys(values);
  if (open) return { examples: codes };
  const spelled = codes.flatMap((code): Json[] => {
    if (code === 'true' || code === 'false') return [code, code === 'true'];
    return String(Number(code)) === code ? [code, Number(code)] : [code];
  });
  return { enum: [...spelled, null] };
}
