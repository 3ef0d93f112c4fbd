// A profile of any provider, made from its literal alone, with credentials that can be recognised wherever they turn up.
import { generateKeyPairSync } from 'node:crypto';
import type { Provider } from '../../src/core/provider.ts';
import { requiredCredentials } from '../../src/core/scheme.ts';

const pem = generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** Where endpoints without a published path are asked for. */
const profilePath = '/path-of-the-profile';

/** A config file with one profile, for the preferred way into the provider. */
export function canaryConfig(provider: Provider, baseUrl: string, credentials: object = canaryCredentials(provider)): object {
  return { profiles: { canary: { provider: provider.name, baseUrl, ...canarySettings(provider), credentials } } };
}

/** The credentials of that profile. */
export function canaryCredentials(provider: Provider): Record<string, string> {
  const [scheme] = provider.schemes;
  const names = scheme === undefined ? [] : requiredCredentials(scheme);
  return Object.fromEntries(names.map(name => [name, scheme?.kind === 'es512' && name === scheme.key ? pem : canary(provider, name)]));
}

/** What must never be seen of it: of a key, every line that is long enough to tell something. */
export function canarySecrets(provider: Provider): string[] {
  const closed = Object.entries(canaryCredentials(provider)).filter(([name]) => !provider.open?.includes(name));
  return closed.flatMap(([, value]) => value.trim().split('\n')).filter(line => line.length >= 8 && !line.startsWith('-----'));
}

/** The one secret to send back to the program: as a whole, as a provider would echo it. */
export function echoedSecret(provider: Provider): string {
  return Object.entries(canaryCredentials(provider)).find(([name]) => !provider.open?.includes(name))?.[1] ?? '';
}

function canarySettings(provider: Provider): Record<string, unknown> {
  const headers = [provider.headers, ...provider.endpoints.map(endpoint => endpoint.headers)].flatMap(given => Object.values(given ?? {}));
  const needed = new Set(headers.map(value => (typeof value === 'object' && 'setting' in value ? value.setting : '')));
  const entries = Object.entries(provider.settings ?? {}).flatMap(([name, { type, choices }]): [string, unknown][] => {
    if (type === 'paths') return [[name, profilePaths(provider)]];
    return needed.has(name) ? [[name, type === 'ip' ? '203.0.113.7' : (choices?.[0] ?? '1')]] : [];
  });
  return Object.fromEntries(entries);
}

function profilePaths({ endpoints }: Provider): Record<string, string> {
  return Object.fromEntries(endpoints.flatMap(({ path }) => (typeof path === 'string' ? [] : [[path.profile, profilePath]])));
}

function canary(provider: Provider, name: string): string {
  return `canary-${provider.name}-${name}:5f0c+91ab/`;
}
