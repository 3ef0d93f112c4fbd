// The checks every call for records goes through, in the order a provider would make them: credential, parameters, headers.
import { isIP } from 'node:net';
import { type Endpoint, type HeaderValue, keysIn, type Param } from '../core/endpoint.ts';
import { isSpelt } from '../core/instant-param.ts';
import { headersOf, type Provider } from '../core/provider.ts';
import type { CredentialLocation } from '../core/scheme.ts';
import { failFor, type Reply, refuse } from './reply.ts';
import { jsonMembers, type Received } from './request.ts';
import type { TokenIssuer } from './token-issuer.ts';

/** What is wrong with the token of a request; undefined when it is good. */
export function checkToken(provider: Provider, issuer: TokenIssuer, received: Received): Reply | undefined {
  const locations = tokenLocations(provider);
  if (locations.length === 0) return undefined;
  const tokens = locations.map(location => presented(location, received)).filter(token => token !== undefined);
  if (tokens.length === 0) return failFor(provider, 'no-credential');
  return tokens.some(issuer.accepts) ? undefined : failFor(provider, 'bad-credential');
}

/** Where the provider's schemes put a token. */
function tokenLocations(provider: Provider): CredentialLocation[] {
  return provider.schemes.flatMap(scheme => ('location' in scheme ? [scheme.location] : []));
}

function presented(location: CredentialLocation, received: Received): string | undefined {
  if (location.in === 'query') return received.query.get(location.name) || undefined;
  const value = received.header(location.name);
  const prefix = location.prefix ?? '';
  return value?.startsWith(prefix) && value !== prefix ? value.slice(prefix.length) : undefined;
}

/** What is wrong with the parameters of a call: undeclared ones, missing ones, values outside the documented ones. */
export function checkParams(provider: Provider, endpoint: Endpoint, received: Received): Reply | undefined {
  const params = endpoint.params ?? {};
  const declared = new Set([
    ...keysIn(endpoint, 'query'),
    ...Object.keys(params).filter(name => params[name]?.in === 'query'),
    ...pagingParams(endpoint),
  ]);
  for (const location of tokenLocations(provider)) if (location.in === 'query') declared.add(location.name);
  const unknown =
    [...received.query.keys()].find(name => !declared.has(name)) ??
    [...received.form.keys()].find(name => params[name]?.in !== 'form') ??
    unknownMember(endpoint, received);
  if (unknown !== undefined) return refuse(provider, 400, `Unknown parameter: ${unknown}`, 'undeclared');
  const members = jsonMembers(received);
  const missing =
    keysIn(endpoint, 'query').find(name => !received.query.has(name)) ?? keysIn(endpoint, 'json').find(name => !members.has(name));
  if (missing !== undefined) return refuse(provider, 400, `Parameter ${missing} is required`);
  const crowded = keysIn(endpoint, 'json').find(name => (members.get(name)?.split(',').length ?? 0) > mostOf(endpoint, name));
  if (crowded !== undefined) return refuse(provider, 400, `Parameter ${crowded} has more than ${mostOf(endpoint, crowded)} values`);
  for (const [name, param] of Object.entries(params)) {
    const fault = paramFault(param, (param.in === 'query' ? received.query : param.in === 'form' ? received.form : members).get(name));
    if (fault !== undefined) return refuse(provider, 400, `Parameter ${name} ${fault}`);
  }
  return undefined;
}

/** A body that the document does not describe at all is not looked into. */
function unknownMember({ keys = {}, params = {} }: Endpoint, received: Received): string | undefined {
  const declared = Object.entries({ ...params, ...keys }).flatMap(([name, { in: place }]) => (place === 'json' ? [name] : []));
  return declared.length === 0 ? undefined : [...jsonMembers(received).keys()].find(name => !declared.includes(name));
}

function mostOf({ keys }: Endpoint, name: string): number {
  return keys?.[name]?.maxPack ?? Number.POSITIVE_INFINITY;
}

function pagingParams({ paging }: Endpoint): string[] {
  if (paging === undefined) return [];
  const place = paging.kind === 'page' ? paging.page : paging.kind === 'offset' ? paging.offset : paging.cursor;
  return paging.size === undefined ? [place] : [place, paging.size];
}

function paramFault(param: Param, given: string | undefined): string | undefined {
  if (given === undefined) return param.required ? 'is required' : undefined;
  if (param.instant !== undefined && !isSpelt(param.instant.form, given)) return 'is no time of the documented form';
  if (param.type === 'number' && !/^-?\d+(?:\.\d+)?$/.test(given)) return 'must be a number';
  if (param.choices !== undefined && !given.split(',').every(value => param.choices?.includes(value))) return 'has an unknown value';
  return param.grammar !== undefined && !param.grammar.pattern.test(given) ? `must be ${param.grammar.name}` : undefined;
}

/** What is wrong with the headers of a call beside its credential. */
export function checkHeaders(provider: Provider, endpoint: Endpoint | undefined, received: Received): Reply | undefined {
  for (const [name, value] of Object.entries(headersOf(provider, endpoint))) {
    const fault = headerFault(value, received.header(name), provider);
    if (fault !== undefined) return refuse(provider, 400, `Header ${name} ${fault}`);
  }
  return undefined;
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function headerFault(wanted: HeaderValue, given: string | undefined, provider: Provider): string | undefined {
  // Constant values may be left out, as some documented curl lines do.
  if (typeof wanted === 'string') return given === undefined || given === wanted || given === '*/*' ? undefined : `must be ${wanted}`;
  if (given === undefined || given.trim() === '') return 'is required';
  if ('now' in wanted) return isoTime.test(given) && !Number.isNaN(Date.parse(given)) ? undefined : 'must be an ISO 8601 time';
  const isAddress = 'setting' in wanted && provider.settings?.[wanted.setting]?.type === 'ip';
  return isAddress && isIP(given) === 0 ? 'must be an IP address' : undefined;
}
