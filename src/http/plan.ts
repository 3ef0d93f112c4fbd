// Endpoint + keys + parameters + profile → one frozen request, complete but for the credential.
import { documentedPath, type Endpoint, type HeaderValue, keysIn, optionName, type Param } from '../core/endpoint.ts';
import { ConfigError, UsageError } from '../core/errors.ts';
import { type JsonObject, makeNumber, writeJson } from '../core/json.ts';
import type { KeyValues } from '../core/keys.ts';
import { late } from '../core/late.ts';
import type { CallProfile } from '../core/profile.ts';
import { headersOf, type Provider } from '../core/provider.ts';
import { exactUrl, freezePlan, type Part, type RequestBody, type RequestPlan } from '../core/request.ts';
import { say, sayingOf } from '../core/say.ts';

/** What a call is made of. */
export interface Call {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly profile: CallProfile;
  /** Key values of the lookups that share this call; more than one only for packed keys. */
  readonly keys: readonly KeyValues[];
  /** Parameters the user gave, by documented name. */
  readonly params: Readonly<Record<string, string>>;
  /** Page, size, offset or cursor, by the provider's names; they win over `params`. */
  readonly page?: Readonly<Record<string, string>>;
  readonly now: () => Date;
  /** Source of fresh ids. */
  readonly freshId: () => string;
}

/** A planned request and the fresh id by which the provider can find it in its logs. */
export interface PlannedCall {
  readonly plan: RequestPlan;
  readonly requestId?: string;
}

/**
 * Plans one request. Throws UsageError for a missing parameter and for a key that would change the address, ConfigError for
 * a missing path or setting.
 */
export function planRequest(call: Call): PlannedCall {
  const shape = shapeOf(call);
  const path = fillPath(shape, call);
  const headers: Part[] = [{ name: 'accept', value: 'application/json' }];
  let requestId: string | undefined;
  for (const [name, rule] of shape.headers) {
    const value = headerValue(name, rule, call);
    if (typeof rule === 'object' && 'fresh' in rule && rule.report) requestId = value;
    headers.push({ name, value });
  }
  const body = formBody(shape) ?? jsonBody(shape, call);
  const plan = freezePlan({
    method: call.endpoint.method ?? 'GET',
    baseUrl: call.profile.baseUrl,
    path,
    template: shape.documented,
    query: behindFixed(shape.fixed, queryParts(shape, call)),
    headers,
    ...(body && { body }),
  });
  // A key must never change where a request goes.
  if (exactUrl(plan) === undefined) throw new UsageError(say`the path ${plan.template} would change on the way`);
  return { plan, ...(requestId !== undefined && { requestId }) };
}

/** What all calls of a run have in common. A batch makes thousands of them, so it is read from the literals once. */
interface Shape {
  readonly of: readonly [Provider, CallProfile, Call['params']];
  readonly template: string;
  /** The template in pieces: a text, a parameter, a text, and so on. */
  readonly pieces: readonly string[];
  readonly documented: string;
  readonly fixed: URLSearchParams | undefined;
  readonly headers: readonly (readonly [name: string, rule: HeaderValue])[];
  /** What is sent for the documented parameters of one place; throws UsageError for a missing one. */
  readonly params: Readonly<Record<'query' | 'form' | 'json', () => ReadonlyMap<string, string>>>;
  readonly keys: Readonly<Record<'query' | 'json', readonly string[]>>;
}

const shapes = new WeakMap<Endpoint, Shape>();

function shapeOf(call: Call): Shape {
  const { provider, endpoint, profile, params } = call;
  const known = shapes.get(endpoint);
  if (known !== undefined && known.of[0] === provider && known.of[1] === profile && known.of[2] === params) return known;
  const [template, fixed] = pathTemplate(call);
  const shape: Shape = {
    of: [provider, profile, params],
    template,
    pieces: template.split(/\{([^}]+)\}/),
    documented: documentedPath({ path: template, keys: endpoint.keys }),
    fixed,
    headers: Object.entries(headersOf(provider, endpoint)),
    params: {
      query: late(() => paramValues(call, 'query')),
      form: late(() => paramValues(call, 'form')),
      json: late(() => paramValues(call, 'json')),
    },
    keys: { query: keysIn(endpoint, 'query'), json: keysIn(endpoint, 'json') },
  };
  shapes.set(endpoint, shape);
  return shape;
}

/** The path, and the parameters a profile has written after it. */
function pathTemplate({ endpoint, profile }: Call): readonly [path: string, fixed?: URLSearchParams] {
  if (typeof endpoint.path === 'string') return [endpoint.path];
  const path = profile.paths[endpoint.path.profile];
  if (path === undefined) {
    throw new ConfigError(say`profile "${profile.name}" names no path for ${endpoint.path.profile}`, {
      hint: sayingOf(endpoint.path.hint),
    });
  }
  const mark = path.indexOf('?');
  return mark < 0 ? [path] : [path.slice(0, mark), new URLSearchParams(path.slice(mark))];
}

/** What a profile has written may name a parameter twice; what this call says wins over it. */
function behindFixed(fixed: URLSearchParams | undefined, parts: readonly Part[]): readonly Part[] {
  if (fixed === undefined) return parts;
  const kept = [...fixed].filter(([name]) => parts.every(part => part.name !== name));
  return [...kept.map(([name, value]) => ({ name, value })), ...parts];
}

function fillPath({ pieces }: Shape, call: Call): string {
  let path = '';
  pieces.forEach((piece, at) => {
    path += at % 2 === 0 ? piece : (call.page?.[piece] ?? pageDefault(call.endpoint, piece) ?? keyText(call, piece));
  });
  return path;
}

/** The key of a call; those that share it stand together: `a,b`. */
function keyText({ endpoint, keys }: Call, parameter: string): string {
  const values = keys.map(key => key[parameter]).filter(value => value !== undefined);
  if (values.length === 0) throw new UsageError(say`missing ${parameter}`);
  return endpoint.keys?.[parameter]?.many === 'packed' ? values.join(',') : (values[0] ?? '');
}

/** A page that stands in the path must be named even when nobody asked for one. */
function pageDefault({ paging }: Endpoint, parameter: string): string | undefined {
  if (parameter === paging?.size) return `${paging.defaultSize}`;
  return paging?.kind === 'page' && parameter === paging.page ? `${paging.first}` : undefined;
}

function queryParts({ template, keys, params }: Shape, call: Call): readonly Part[] {
  const parts = new Map([...keys.query.map(name => [name, keyText(call, name)] as const), ...params.query()]);
  for (const [name, value] of Object.entries(call.page ?? {})) {
    if (!template.includes(`{${name}}`)) parts.set(name, value);
  }
  return [...parts].map(([name, value]) => ({ name, value }));
}

function formBody({ params }: Shape): RequestBody | undefined {
  const fields = Array.from(params.form(), ([name, value]) => ({ name, value }));
  return fields.length === 0 ? undefined : { kind: 'form', fields };
}

/** The members of a JSON body: parameters, then keys; those that share a call are an array. */
function jsonBody(shape: Shape, call: Call): RequestBody | undefined {
  const { endpoint, keys } = call;
  const members: JsonObject = {};
  for (const [name, value] of shape.params.json()) {
    members[name] = endpoint.params?.[name]?.type === 'number' ? makeNumber(value) : value;
  }
  for (const name of shape.keys.json) {
    members[name] = endpoint.keys?.[name]?.many === 'packed' ? keys.flatMap(key => key[name] ?? []) : keyText(call, name);
  }
  return Object.keys(members).length === 0 ? undefined : { kind: 'json', text: writeJson(members) };
}

/** What is sent for the documented parameters of one location, in the order of the document. */
function paramValues({ endpoint, params }: Call, location: Param['in']): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, param] of Object.entries(endpoint.params ?? {})) {
    if (param.in !== location) continue;
    const value = params[name] ?? param.default;
    if (value === undefined && param.required) throw new UsageError(say`missing --${optionName(name)}`, { hint: sayingOf(param.about) });
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

function headerValue(name: string, rule: HeaderValue, { profile, now, freshId }: Call): string {
  if (typeof rule === 'string') return rule;
  if ('now' in rule)
    return now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  if ('fresh' in rule) return freshId();
  const value = profile.settings[rule.setting];
  if (value === undefined) {
    throw new ConfigError(say`profile "${profile.name}" has no ${rule.setting}, which the header ${name} needs`, {
      hint: sayingOf(rule.hint),
    });
  }
  return value;
}
