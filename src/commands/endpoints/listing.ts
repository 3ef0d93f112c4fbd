// What `endpoints` tells of an endpoint, as a literal like any other, and the record of each.
import { documentedPath, type Endpoint, optionName } from '../../core/endpoint.ts';
import { day, type Field, type Fields, flag, list, text, values } from '../../core/fields.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { keyUsage } from '../../core/keys.ts';
import { ownEndpoint } from '../../core/own-rows.ts';
import type { Provider } from '../../core/provider.ts';
import { leadsOf } from '../../core/relations.ts';
import { statusOf } from '../../core/status.ts';

export const endpointListing: Endpoint = ownEndpoint({
  name: 'endpoints',
  summary: 'Every endpoint there is',
  fields: {
    provider: text('System'),
    endpoint: text('Endpoint'),
    command: text('Command'),
    summary: text('What it looks up'),
    method: text('Method'),
    path: text('Path'),
    status: values('Status', { about: 'documented; or deprecated, unverified, columns from data' }),
    documentation: text('Documentation'),
    read: day('Page read', { optional: true }),
    deprecated: text('Deprecated', { optional: true }),
    unverified: text('Unverified', { optional: true }),
    notes: values('Notes'),
    paging: text('Pages', { about: 'page, offset or cursor: --all follows them' }),
    keys: list('Keys', {
      name: text('Name'),
      argument: text('Argument'),
      about: text('Meaning'),
      form: text('Form'),
      pattern: text('Pattern'),
      many: text('Many', { about: 'packed: several share a call; each: one call for each' }),
    }),
    parameters: list('Parameters', {
      name: text('Name'),
      option: text('Option'),
      in: text('Place'),
      about: text('Meaning'),
      required: flag('Required'),
      default: text('Default'),
      choices: values('Choices'),
    }),
    fields: list('Fields', {
      name: text('Name'),
      heading: text('Heading'),
      kind: text('Kind'),
      shown: flag('Shown by default'),
      personal: text('Personal'),
      codes: values('Codes'),
    }),
    relations: list('Relations', { field: text('Field'), endpoint: text('Leads to'), command: text('Command') }),
  },
  columns: ['command', 'method', 'path', 'status'],
});

export function describeEndpoint(provider: Provider, endpoint: Endpoint): JsonObject {
  const { doc, paging } = endpoint;
  return {
    provider: provider.name,
    endpoint: endpoint.name,
    command: `${provider.name} ${endpoint.name} ${keyUsage(endpoint)}`.trimEnd(),
    summary: endpoint.summary,
    method: endpoint.method ?? 'GET',
    path: shownPath(endpoint),
    status: statusOf(endpoint),
    documentation: doc.url,
    read: doc.read ?? null,
    deprecated: doc.deprecated ?? null,
    unverified: doc.unverified ?? null,
    notes: [...(doc.notes ?? [])],
    paging: paging?.kind ?? null,
    keys: keysOf(endpoint),
    parameters: parametersOf(endpoint),
    fields: fieldsOf(endpoint),
    relations: relationsOf(provider, endpoint),
  };
}

function shownPath({ path, keys }: Endpoint): string {
  return typeof path === 'string' ? documentedPath({ path, keys }) : `(paths.${path.profile} of the profile)`;
}

function keysOf({ keys }: Endpoint): Json[] {
  return Object.entries(keys ?? {}).map(([name, { arg, about, grammar, many }]) => ({
    name,
    argument: arg,
    about,
    form: grammar.name,
    pattern: grammar.pattern.source,
    many: many ?? null,
  }));
}

function parametersOf({ params }: Endpoint): Json[] {
  return Object.entries(params ?? {}).map(([name, param]) => ({
    name,
    option: `--${optionName(name)}`,
    in: param.in,
    about: param.about,
    required: param.required ?? false,
    default: param.default ?? null,
    choices: [...(param.choices ?? [])],
  }));
}

function fieldsOf(endpoint: Endpoint): Json[] {
  const shown = new Set<string>(endpoint.columns);
  return namedFields(endpoint.fields).map(([name, field]) => ({
    name,
    heading: field.label,
    kind: field.kind,
    shown: shown.has(name),
    personal: field.personal ?? null,
    codes: field.kind === 'enum' ? Object.keys(field.values) : [],
  }));
}

/** With those of groups and of the elements of lists, dotted as --fields and --explode name them. */
function namedFields(fields: Fields, prefix = ''): (readonly [name: string, field: Field])[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const inner = field.kind === 'group' || field.kind === 'list' ? (field.fields ?? {}) : {};
    return [[`${prefix}${name}`, field] as const, ...namedFields(inner, `${prefix}${name}.`)];
  });
}

/** What --follow can go to, and from which field or key. */
function relationsOf(provider: Provider, endpoint: Endpoint): Json[] {
  return leadsOf(provider, endpoint).map(({ name, target }) => {
    return { field: name, endpoint: target.name, command: `${provider.name} ${target.name}` };
  });
}
