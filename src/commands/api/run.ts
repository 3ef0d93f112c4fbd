// `loanq api`: an endpoint literal is made from the path, and goes the way of every other call.
import { type Endpoint, type Envelope, envelopesOf, type Paging } from '../../core/endpoint.ts';
import { ConfigError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { ownRows } from '../../core/own-rows.ts';
import type { Provider } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { openConfig } from '../../lookup/profile.ts';
import type { Options } from '../../plan/options.ts';
import { loadProvider } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';
import { runEndpoint } from '../endpoint.ts';
import { checkPath } from './path.ts';

/** Asks for a path. Throws UsageError before anything is sent for one that cannot be meant. */
export async function runApi(context: Context, { args, own, options }: CalledCommand): Promise<ExitName> {
  const [first, second] = args;
  const path = second ?? first;
  if (path === undefined || (second === undefined && Object.hasOwn(context.providers, path))) {
    throw new UsageError(say`missing path`, { hint: say`loanq api [provider] /path/below/the/base/url` });
  }
  // Before the configuration is looked at: what cannot be a path needs no profile.
  checkPath(anyProvider, path);
  const provider = second === undefined ? await providerOfProfile(context, options) : await loadProvider(first ?? '', context.providers);
  const params = readQuery(provider, own.query);
  const endpoint = endpointFor(provider, checkPath(provider, path), {
    params,
    rows: typeof own.rows === 'string' ? own.rows : undefined,
    paging: pagingFor(provider, options),
  });
  return runEndpoint(context, { provider, endpoint, keys: [], params, options });
}

const anyProvider = ownRows('');

/** The provider of the profile that is named, or of the only system that is configured. */
async function providerOfProfile(context: Context, { profile, sandbox, config: file }: Options): Promise<Provider> {
  const hint = say`name the provider before the path: ${Object.keys(context.providers).join(', ')}`;
  if (sandbox) throw new UsageError(say`api needs to know whose sandbox is meant`, { hint });
  const config = await openConfig(context, file);
  const named = profile ?? (context.runtime.env.LOANQ_PROFILE || undefined);
  const known = config?.profiles;
  if (named !== undefined) {
    const entry = known?.get(named);
    if (entry === undefined) throw new ConfigError(say`there is no profile ${JSON.stringify(named)}`, { hint });
    return loadProvider(entry.provider, context.providers);
  }
  const [only, ...others] = new Set([...(known?.values() ?? [])].map(entry => entry.provider));
  if (only === undefined || others.length > 0) throw new UsageError(say`api needs a profile (-p) or a provider`, { hint });
  return loadProvider(only, context.providers);
}

/** Parameters by name. A credential is none: it comes from the profile. */
function readQuery({ schemes }: Provider, given: unknown): Readonly<Record<string, string>> {
  const pairs = Array.isArray(given) ? given.map(String) : [];
  const credentials = schemes.flatMap(scheme => ('location' in scheme && scheme.location.in === 'query' ? [scheme.location.name] : []));
  const params = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (at < 1) throw new UsageError(say`--query wants name=value, not ${JSON.stringify(pair.slice(0, 200))}`);
    if (/\p{Cc}/u.test(pair)) throw new UsageError(say`--query ${JSON.stringify(name)} holds a control character`);
    if (credentials.includes(name)) throw new UsageError(say`--query ${name} is a credential, which comes from the profile`);
    if (params.has(name)) throw new UsageError(say`--query ${name} is given twice`);
    params.set(name, pair.slice(at + 1));
  }
  return Object.freeze(Object.fromEntries(params));
}

/** Page parameters are sent when pages are asked for; without, the provider's own first page is one answer like any other. */
function pagingFor({ name, usualPaging }: Provider, { all, limit }: Options): Paging | undefined {
  if (usualPaging === undefined && all) {
    throw new UsageError(say`it is not known how ${name} cuts lists into pages`, { hint: say`give its page parameters with --query` });
  }
  return usualPaging?.kind === 'page' || all || limit !== undefined ? usualPaging : undefined;
}

interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly rows: string | undefined;
  readonly paging: Paging | undefined;
}

function endpointFor(provider: Provider, path: string, { params, rows, paging }: Asked): Endpoint {
  return {
    name: `api ${path}`,
    summary: 'A path of the provider',
    doc: { url: provider.docs },
    path,
    params: Object.fromEntries(Object.keys(params).map(name => [name, { in: 'query' as const, about: '' }])),
    answer: rows === undefined ? usualPlaces(provider) : placesOf(rows === '.' ? '' : rows),
    // A record may have a `status` of its own; the provider's other words tell a refusal inside HTTP 200 here, too.
    success: (provider.failure.success ?? []).filter(({ at }) => at !== 'status'),
    ...(provider.usualHeaders && { headers: provider.usualHeaders }),
    ...(paging && { paging }),
    open: true,
    anyBody: true,
    fields: {},
    columns: [],
    example: '{}',
  };
}

function placesOf(place: string): Envelope[] {
  return [{ items: place }, { item: place }];
}

/** An array at its root or under a usual name; then as the provider's other answers are made; else the whole of it. */
function usualPlaces(provider: Provider): Envelope[] {
  const arrays = ['', 'items', 'data', 'list', 'results'].map(items => ({ items }));
  const ofProvider = provider.endpoints.flatMap(endpoint => [...envelopesOf(endpoint)]).filter(one => !('item' in one && one.item === ''));
  const distinct = new Map(ofProvider.map(one => [JSON.stringify(one), one]));
  return [...arrays, ...[...distinct.values()].sort((a, b) => ('items' in b ? 1 : 0) - ('items' in a ? 1 : 0)), { item: '' }];
}
