// A path as a user gives it: taken as it is, or refused before anything is sent. It must not be able to name another host, to leave
// the base URL of the profile, to smuggle a second request, or to be read differently by a server than it looks.
import { UsageError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { type Saying, say, type Words } from '../../core/say.ts';

const mostCharacters = 2000;
/** What keeps its meaning in a path (RFC 3986), and the brackets that some providers take. */
const allowed = /^[\w.~!$&'()*+,;=:@/%[\]-]*$/;

/** Returns the path, or throws a UsageError that says what is wrong with it. */
export function checkPath(provider: Provider, path: string): string {
  const fault = faultOf(path);
  if (fault !== undefined) throw new UsageError(say`${JSON.stringify(path.slice(0, 200))} is no path for api: ${fault}`);
  const why = whyNever(provider, path);
  if (why !== undefined) throw new UsageError(say`${path} is never asked for: ${why}`);
  return path;
}

function faultOf(path: string): Saying | undefined {
  if (!path.startsWith('/')) return say`it must begin with / and stand below the base URL of the profile`;
  if (path.startsWith('//')) return say`// would name another host`;
  if (path.includes('?')) return say`a query is given with --query name=value`;
  if (path.includes('#')) return say`it has a fragment`;
  if (path.includes('\\')) return say`it has a backslash`;
  if (path.length > mostCharacters) return say`it is longer than ${mostCharacters} characters`;
  if (!allowed.test(path)) return say`it has a character that must be percent-encoded`;
  if (/%(?![\dA-F]{2})/i.test(path)) return say`it has a % that encodes nothing`;
  // Dots, separators and controls that a server might decode before it looks at the path, and what it might decode twice.
  if (/%(?:2e|2f|5c|25|3f|23|[01][\dA-F]|7f)/i.test(path))
    return say`it hides a dot, a separator or a control character behind a percent sign`;
  if (decoded(path) === undefined) return say`its percent signs encode no UTF-8 text`;
  // Many servers drop what stands behind a semicolon before they look at the path.
  const segments = withoutParameters(path).slice(1).split('/');
  if (segments.some(segment => segment === '.' || segment === '..')) return say`it leads elsewhere by . or ..`;
  return segments.slice(0, -1).includes('') ? say`it has an empty part` : undefined;
}

/** Why a path of this provider is known not to be asked for. */
function whyNever(provider: Provider, path: string): Words | undefined {
  const plain = withoutParameters(decoded(path) ?? path)
    .toLowerCase()
    .replace(/\/$/, '');
  const steps = provider.schemes.flatMap(scheme => {
    if (scheme.kind !== 'exchange') return [];
    return [...scheme.login, scheme.refresh, scheme.revoke].flatMap(step => step?.path.toLowerCase().replace(/\/$/, '') ?? []);
  });
  // The base URL of a profile may hold the beginning of a path, or the path more than a step does.
  if (plain !== '' && steps.some(step => plain.endsWith(step) || step.endsWith(plain)))
    return say`it is a step of a login, and its answer a credential`;
  return provider.never?.find(known => known.path.test(plain))?.why;
}

/** The path without the parameters of its segments (RFC 3986, 3.3), however the semicolon is written. */
function withoutParameters(path: string): string {
  return path.replace(/(?:;|%3b)[^/]*/gi, '');
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
