// What leads where: fields and keys that name a thing another endpoint of the provider looks up, and how that endpoint is asked for it.
import type { Endpoint } from './endpoint.ts';
import type { Fields } from './fields.ts';
import { isList, keyHeading, mainKey } from './keys.ts';
import type { Provider } from './provider.ts';

/** How an endpoint is asked for one thing by its id. */
export type Route =
  /** By its last key; those before it are keys of the call that named the id, carried on under the same name. */
  | { readonly by: 'key'; readonly parameter: string; readonly carried: readonly string[] }
  /** A list that a parameter narrows to the thing itself, which repeats its id in this field. */
  | { readonly by: 'filter'; readonly parameter: string; readonly field: string };

/** A field or key asked for that names a thing. */
export interface Lead {
  /** As a column is named: nested fields dotted, `request.<parameter>` for a key the answer does not repeat. */
  readonly name: string;
  /** Headings of the groups and the field, outermost first. */
  readonly labels: readonly string[];
  /** Where the id is in a record, or the parameter name among the keys asked for. */
  readonly path: readonly string[];
  readonly request?: true;
  /** The nested list it is in: only one element at a time names one thing. */
  readonly list?: string;
  readonly target: Endpoint;
  readonly route: Route;
}

/** The one thing that an endpoint looks up by an id, if it does. */
export function routeTo(target: Endpoint): Route | undefined {
  const main = mainKey(target);
  if (main !== undefined) {
    const carried = Object.keys(target.keys ?? {}).slice(0, -1);
    return isList(target) ? undefined : { by: 'key', parameter: main.parameter, carried };
  }
  for (const [parameter, { filters }] of Object.entries(target.params ?? {})) {
    const field = filters === undefined ? undefined : target.fields[filters];
    if (filters !== undefined && field?.kind === 'id' && field.of === target.name) return { by: 'filter', parameter, field: filters };
  }
  return undefined;
}

/** Every field and key of an endpoint that names one thing. `known`: the keys its calls have; those it is asked by itself unless given. */
export function leadsOf(provider: Provider, endpoint: Endpoint, known: readonly string[] = Object.keys(endpoint.keys ?? {})): Lead[] {
  const named = [...keysThatName(endpoint), ...fieldsThatName(endpoint.fields, { path: [], labels: [] })];
  return named.flatMap(({ of, ...from }) => {
    const target = provider.endpoints.find(({ name }) => name === of);
    if (target === undefined || typeof target.path !== 'string' || (endpoint.credential === 'none' && target.credential !== 'none'))
      return [];
    const route = routeTo(target);
    if (route === undefined || (target === endpoint && isOwn(endpoint, route, from.name))) return [];
    return route.by === 'key' && !route.carried.every(parameter => known.includes(parameter)) ? [] : [{ ...from, target, route }];
  });
}

/** A field that is followed, and from where. */
export interface Step {
  /** Of the field, behind that of the step before: `loanInfoId.flowId`. */
  readonly name: string;
  /** Heading of the field, groups before it. */
  readonly label: string;
  /** What answers with the thing. */
  readonly endpoint: Endpoint;
  readonly lead: Lead;
  /** Name of the step whose thing has this field; undefined: the record itself. */
  readonly from: string | undefined;
}

/** More steps than this are a circle. */
const mostSteps = 5;

/** How far a dotted name leads: the steps on the way, what is left of it, and where one could go on from there. */
export function stepsAlong(
  provider: Provider,
  endpoint: Endpoint,
  name: string,
): { readonly steps: readonly Step[]; readonly rest: string; readonly leads: readonly Lead[] } {
  const steps: Step[] = [];
  let leads = leadsOf(provider, endpoint);
  let rest = name;
  while (rest !== '' && steps.length < mostSteps) {
    const lead = leads.find(one => rest === one.name || rest.startsWith(`${one.name}.`));
    if (lead === undefined) break;
    const { route, target } = lead;
    const from = steps.at(-1)?.name;
    steps.push({ name: (from === undefined ? '' : `${from}.`) + lead.name, label: lead.labels.join(': '), endpoint: target, lead, from });
    rest = rest.slice(lead.name.length + 1);
    leads = leadsOf(provider, target, route.by === 'key' ? [...route.carried, route.parameter] : []).filter(one => !one.request);
  }
  return { steps, rest, leads };
}

type Named = Omit<Lead, 'target' | 'route'> & { readonly of: string };

function keysThatName(endpoint: Endpoint): Named[] {
  return Object.entries(endpoint.keys ?? {}).flatMap(([parameter, { of, field }]) =>
    of === undefined || of === endpoint.name || field !== undefined
      ? []
      : [{ name: `request.${parameter}`, labels: [keyHeading(parameter)], path: [parameter], request: true as const, of }],
  );
}

interface Place {
  readonly path: readonly string[];
  readonly labels: readonly string[];
  readonly list?: string;
}

function fieldsThatName(fields: Fields, { path, labels, list }: Place): Named[] {
  return Object.entries(fields).flatMap(([member, field]): Named[] => {
    const at = { path: [...path, member], labels: [...labels, field.label], ...(list !== undefined && { list }) };
    const name = at.path.join('.');
    if (field.kind === 'id' || field.kind === 'any') return field.of === undefined ? [] : [{ name, ...at, of: field.of }];
    if (field.kind === 'group') return fieldsThatName(field.fields, at);
    // Of a list within a list no row is made.
    return field.kind === 'list' && list === undefined ? fieldsThatName(field.fields ?? {}, { ...at, list: name }) : [];
  });
}

/** Whether a field names the record that it is in. */
function isOwn(endpoint: Endpoint, route: Route, name: string): boolean {
  return name === (route.by === 'filter' ? route.field : endpoint.keys?.[route.parameter]?.field);
}

/** How a list is narrowed to what belongs to one thing. */
export interface Reverse {
  readonly endpoint: Endpoint;
  /** Name of the key or parameter that takes the id of the thing. */
  readonly parameter: string;
  readonly isKey: boolean;
}

/** The endpoints that a thing is a key of or that a parameter narrows to it: what belongs to it. */
export function reverseOf(provider: Provider, { name }: Endpoint): Reverse[] {
  return provider.endpoints.flatMap((endpoint): Reverse[] => {
    if (endpoint.name === name || typeof endpoint.path !== 'string') return [];
    const [key, ...more] = Object.entries(endpoint.keys ?? {});
    if (key !== undefined) return more.length === 0 && key[1].of === name ? [{ endpoint, parameter: key[0], isKey: true }] : [];
    return Object.entries(endpoint.params ?? {}).flatMap(([parameter, { filters }]) => {
      const field = filters === undefined ? undefined : endpoint.fields[filters];
      return field?.kind === 'id' && field.of === name ? [{ endpoint, parameter, isKey: false }] : [];
    });
  });
}
