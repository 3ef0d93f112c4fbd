// A call of any endpoint, made from its literal alone: an endpoint that is new can be asked at once.
import { parse } from 'lossless-json';
import { type Endpoint, envelopesOf, type HeaderValue, keysIn, type Param } from '../../src/core/endpoint.ts';
import type { Provider } from '../../src/core/provider.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { signedHeaders } from './signer.ts';
import { ask, at, now, type Told } from './visit.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Asks for the records of an endpoint as its literal says; `query` is added. */
export async function lookAt(
  sandbox: Sandbox,
  provider: Provider,
  endpoint: Endpoint,
  keys: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const template = typeof endpoint.path === 'string' ? endpoint.path : at(at(sandbox.paths, provider.name), endpoint.path.profile);
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => keys[name] ?? pageWord(endpoint, name));
  const asked = keysIn(endpoint, 'query').map((name): [string, string] => [name, at(keys, name)]);
  const required = Object.entries(endpoint.params ?? {}).flatMap(([name, param]) =>
    param.required && param.in !== 'json' ? [[name, param.default ?? requiredValue(param)] as [string, string]] : [],
  );
  const params = [...asked, ...required];
  const credentials = at(sandbox.credentials, provider.name);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...provider.headers, ...endpoint.headers }))
    headers[name] = headerText(value, sandbox, provider);
  const [scheme] = provider.schemes;
  if (scheme?.kind === 'token') {
    const token = at(credentials, scheme.credential);
    const { location } = scheme;
    if (location.in === 'query') params.push([location.name, token]);
    else headers[location.name] = `${location.prefix ?? ''}${token}`;
  }
  const search = new URLSearchParams([...params, ...Object.entries(query)]).toString();
  const target = search === '' ? path : `${path}?${search}`;
  if (scheme?.kind === 'es512') Object.assign(headers, (await signedHeaders(credentials, target)).headers);
  return ask(at(sandbox.addresses, provider.name), target, { method: endpoint.method ?? 'GET', headers, ...jsonBody(endpoint, keys) });
}

/** A value for a parameter that has none of its own. */
function requiredValue({ instant }: Param): string {
  if (instant?.form !== 'ms') throw new Error('no value is known for a required parameter without a default');
  return `${now().getTime()}`;
}

/** The JSON body of a POST that reads: its parameters, then its keys. */
function jsonBody(endpoint: Endpoint, keys: Readonly<Record<string, string>>): { readonly body?: string } {
  const params = Object.entries(endpoint.params ?? {}).filter(([, param]) => param.in === 'json' && param.default !== undefined);
  const asked = keysIn(endpoint, 'json').map(name => [
    name,
    endpoint.keys?.[name]?.many === 'packed' ? at(keys, name).split(',') : at(keys, name),
  ]);
  const members = [...params.map(([name, param]) => [name, param.default]), ...asked];
  return members.length === 0 ? {} : { body: JSON.stringify(Object.fromEntries(members)) };
}

/** What stands at a page word of a path: the first page, in the provider's own size. */
function pageWord({ name, paging }: Endpoint, word: string): string {
  if (paging?.kind === 'page' && word === paging.page) return `${paging.first}`;
  if (paging?.kind === 'page' && word === paging.size) return `${paging.defaultSize}`;
  throw new Error(`${name} has no ${word}`);
}

function headerText(value: HeaderValue, sandbox: Sandbox, { name }: Provider): string {
  if (typeof value === 'string') return value;
  if ('setting' in value) return at(at(sandbox.settings, name), value.setting);
  return 'now' in value ? now().toISOString() : 'a-fresh-one';
}

/** The records of an answer, numbers as they stand. */
export async function rowsAt(...asked: Parameters<typeof lookAt>): Promise<Row[]> {
  const { status, body } = await lookAt(...asked);
  if (status !== 200) throw new Error(`${asked[2].name} ${JSON.stringify(asked[3])}: ${status} ${body}`);
  const answer = parse(body);
  for (const envelope of envelopesOf(asked[2])) {
    const place = 'items' in envelope ? envelope.items : envelope.item;
    const found = place.split('.').reduce<unknown>((inner, name) => (name === '' ? inner : isRow(inner) ? inner[name] : undefined), answer);
    if ('items' in envelope ? Array.isArray(found) : isRow(found)) return [found].flat().filter(isRow);
  }
  throw new Error(`${asked[2].name}: no envelope fits ${body}`);
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
