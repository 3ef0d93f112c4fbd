// Which documented call a request is: paths are compared byte for byte, so `%5B` in place of `[` is another path.
import { type Endpoint, keysIn } from '../core/endpoint.ts';
import type { Provider } from '../core/provider.ts';
import type { ExchangeScheme, TokenStep } from '../core/scheme.ts';
import type { Received } from './request.ts';

/** What stands behind a path. */
export type RouteTarget =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'step'; readonly step: TokenStep; readonly role: 'login' | 'refresh' | 'revoke'; readonly scheme: ExchangeScheme }
  | { readonly kind: 'test' };

export interface Match {
  readonly target: RouteTarget;
  /** Values of the path's parameters, as they stand in the path. */
  readonly values: Readonly<Record<string, string>>;
}

export interface Routes {
  /** The call, or `method` when the path is known and the method is not. */
  find(request: Pick<Received, 'method' | 'path' | 'query'>): Match | 'method' | undefined;
}

interface CompiledRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly parameters: readonly string[];
  /** Keys that stand in the query: two calls may differ by them alone. */
  readonly queryKeys: readonly string[];
  readonly target: RouteTarget;
}

/** The routes of a provider. `paths` stands in for paths the provider does not publish, by endpoint name. */
export function makeRoutes(provider: Provider, paths: Readonly<Record<string, string>>): Routes {
  const routes: CompiledRoute[] = [];
  for (const endpoint of provider.endpoints) {
    const path = typeof endpoint.path === 'string' ? endpoint.path : paths[endpoint.path.profile];
    if (path !== undefined) routes.push(makeRoute(endpoint.method ?? 'GET', path, { kind: 'endpoint', endpoint }));
  }
  for (const scheme of provider.schemes) {
    if (scheme.kind !== 'exchange') continue;
    for (const step of scheme.login) routes.push(makeRoute(step.method, step.path, { kind: 'step', step, role: 'login', scheme }));
    for (const role of ['refresh', 'revoke'] as const) {
      const step = scheme[role];
      if (step !== undefined) routes.push(makeRoute(step.method, step.path, { kind: 'step', step, role, scheme }));
    }
  }
  if (provider.test !== undefined) routes.push(makeRoute(provider.test.method, provider.test.path, { kind: 'test' }));
  // `/v1/things/mine` comes before `/v1/things/{id}`.
  routes.sort((a, b) => a.parameters.length - b.parameters.length || b.queryKeys.length - a.queryKeys.length);
  return { find: request => findRoute(routes, request) };
}

/** Made-up paths for endpoints without a published one: beside the paths the provider does publish. */
export function makePaths(provider: Provider): Record<string, string> {
  const published = [
    ...provider.endpoints.flatMap(({ path }) => (typeof path === 'string' ? [path] : [])),
    ...provider.schemes.flatMap(scheme => (scheme.kind === 'exchange' ? scheme.login.map(({ path }) => path) : [])),
    ...(provider.test === undefined ? [] : [provider.test.path]),
  ];
  const [first = [], ...others] = published.map(path => path.split('/'));
  const prefix = others.reduce((a, b) => a.slice(0, firstDifference(a, b)), first);
  const missing = provider.endpoints.flatMap(({ name, path }) => (typeof path === 'string' ? [] : [[path.profile, name] as const]));
  return Object.fromEntries(missing.map(([profile, name]) => [profile, `${prefix.join('/')}/sandbox/${name}`]));
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? a.length : at;
}

function makeRoute(method: string, path: string, target: RouteTarget): CompiledRoute {
  const parameters: string[] = [];
  const source = path.split(/(\{[^}]+\})/).map(part => {
    if (!part.startsWith('{')) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    parameters.push(part.slice(1, -1));
    return '([^/\\[\\]]+)';
  });
  const queryKeys = target.kind === 'endpoint' ? keysIn(target.endpoint, 'query') : [];
  return { method, pattern: new RegExp(`^${source.join('')}$`), parameters, queryKeys, target };
}

type Asked = Pick<Received, 'method' | 'path' | 'query'>;

function findRoute(routes: readonly CompiledRoute[], { method, path, query }: Asked): Match | 'method' | undefined {
  const known = routes.filter(({ pattern }) => pattern.test(path));
  const fitting = known.filter(({ method: wanted }) => wanted === method);
  const route = fitting.find(({ queryKeys }) => queryKeys.every(name => query.has(name))) ?? fitting[0];
  if (route === undefined) return known.length > 0 ? 'method' : undefined;
  const found = route.pattern.exec(path) ?? [];
  const inPath = route.parameters.map((name, at) => [name, found[at + 1] ?? ''] as const);
  const inQuery = route.queryKeys.flatMap(name => (query.has(name) ? [[name, query.get(name) ?? ''] as const] : []));
  return { target: route.target, values: Object.fromEntries([...inPath, ...inQuery]) };
}
