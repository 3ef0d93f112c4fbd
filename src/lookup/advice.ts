// What is told of a failed call beside what went wrong: whom it concerns, where was asked, and what there is to do about it.
import { hostOf } from '../config/profile.ts';
import { sourceWords } from '../config/secret-source.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { type ErrorFacts, LoanqError } from '../core/errors.ts';
import { type KeyValues, keyUsage } from '../core/keys.ts';
import type { HttpResponse } from '../core/request.ts';
import { say, type Words } from '../core/say.ts';
import { requiredCredentials } from '../core/scheme.ts';
import { argumentWords, shellWord } from '../core/shell.ts';
import { shownKeys } from '../core/shown-keys.ts';
import type { Session } from './session.ts';

/** A call, and what is known of its answer. */
export interface Asked {
  readonly session: Pick<Session, 'provider' | 'profile' | 'hasTold'>;
  readonly endpoint: Endpoint;
  readonly keys: readonly KeyValues[];
}

export interface Sent {
  readonly response: HttpResponse;
  readonly attempts: number;
  readonly requestId: string | undefined;
}

/** The failure with what is known of its call; what it says itself stays. */
export function withCall(error: unknown, asked: Asked, sent: Partial<Sent> = {}): unknown {
  if (!(error instanceof LoanqError)) return error;
  const hint = adviceFor(error, asked, sent);
  return error.with({
    ...callFacts(asked),
    ...(sent.attempts !== undefined && { attempts: sent.attempts }),
    ...(sent.requestId !== undefined && { requestId: sent.requestId }),
    ...(hint !== undefined && { hint }),
  });
}

/** Names the keys of one lookup; a shared call is about none of its keys more than the others. */
export function callFacts({ session, endpoint, keys }: Asked): ErrorFacts {
  const [only, ...others] = keys;
  const named = only === undefined || others.length > 0 ? [] : Object.values(shownKeys(endpoint, only));
  return { provider: session.provider.name, endpoint: endpoint.name, ...(named.length > 0 && { keys: named }) };
}

function adviceFor(error: LoanqError, asked: Asked, { response, attempts = 1 }: Partial<Sent>): Words | undefined {
  const { profile, provider } = asked.session;
  const { status } = error.facts;
  switch (error.code) {
    case 'not-found':
      return notFound(error.facts, asked);
    case 'temporary':
      if (status === 429) return slower(response);
      if (status !== undefined && attempts > 1) return say`${attempts} tries; the trouble is at ${provider.title}: try again later`;
      if (status !== undefined) return say`the trouble is at ${provider.title}: try again later`;
      return say`check baseUrl of profile "${profile.name}" (${hostOf(profile)}), the VPN and the proxy`;
    case 'bad-response':
      return isPage(response)
        ? say`a web page answered: baseUrl of profile "${profile.name}" (${hostOf(profile)}) is likely no API`
        : undefined;
    case 'refused':
      return status === 403 ? noRight(asked) : undefined;
    default:
      return undefined;
  }
}

/** The provider may say how long it wants to be left alone. */
function slower(response: HttpResponse | undefined): Words {
  const seconds = /^\d{1,5}$/.exec(response?.headers['retry-after']?.trim() ?? '')?.[0];
  return seconds === undefined
    ? say`ask again in a minute, or more slowly with --max-rate 1`
    : say`ask again in ${seconds} s, or more slowly with --max-rate 1`;
}

/** Where was asked: a record that is not in one environment may be in another. */
function notFound({ providerCode }: ErrorFacts, { session: { profile }, endpoint, keys }: Asked): Words {
  const { name, environment } = profile;
  const isSandbox = hostOf(profile) === 'sandbox';
  const where = isSandbox
    ? say`asked the sandbox`
    : say`asked ${hostOf(profile)}${environment === undefined ? '' : ` (${environment})`}, profile ${name}`;
  const [only, ...others] = keys;
  const id = only === undefined || others.length > 0 ? undefined : Object.values(only).at(-1);
  if (only !== undefined && Object.keys(only).length > 1) return say`${unknownKey(endpoint, only, providerCode)}; ${where}`;
  const isLookedUp = id !== undefined && endpoint.unified !== undefined && Object.keys(endpoint.keys ?? {}).length === 1;
  if (!isLookedUp) return where;
  return say`${where}; in every system: loanq lookup ${argumentWords([id], isSandbox ? ['--sandbox'] : [])}`;
}

/** Of several keys the one that the provider does not know, as its page says; an entry is found only below its own wallet. */
function unknownKey(endpoint: Endpoint, keys: KeyValues, providerCode: string | undefined): Words {
  const failure = endpoint.failures?.find(({ code }) => code !== undefined && code === providerCode);
  const parameter = typeof failure?.when === 'object' ? failure.when.unknown : undefined;
  const key = parameter === undefined ? undefined : endpoint.keys?.[parameter];
  const unknown =
    key === undefined || parameter === undefined
      ? ''
      : say`unknown is the ${key.arg.replace(/s$/, '')} ${shownKeys(endpoint, keys)[parameter] ?? ''}; `;
  return say`${unknown}the order is ${keyUsage(endpoint)}`;
}

/** What to do about a rejected credential. `known`: what its scheme knows, such as that it has expired, which is said once. */
export function authAdvice(asked: Asked, status: number | undefined, known: Words | undefined): Words {
  const { profile, provider, hasTold } = asked.session;
  const said = known !== undefined && hasTold(known) ? undefined : known;
  const source = Object.entries(profile.credentials).find(([name]) =>
    provider.schemes.some(scheme => requiredCredentials(scheme).includes(name)),
  );
  const isToken = provider.schemes.some(scheme => scheme.kind === 'token' && scheme.credential === source?.[0]);
  if (known === undefined && status === 403) return noRight(asked);
  if (source === undefined || !isToken)
    return said ?? say`check the credentials of profile "${profile.name}": loanq auth status -p ${shellWord(profile.name)} --check`;
  const { kind } = source[1];
  if (kind === 'keyring' || kind === 'file') {
    // loanq can put a new one where the old one is.
    const renewed = say`a new one: loanq auth login -p ${shellWord(profile.name)}`;
    return said === undefined ? renewed : say`${said}; ${renewed}`;
  }
  const place = sourceWords(source[1]);
  return said === undefined
    ? say`put a new ${source[0]} where profile "${profile.name}" reads it: ${place}`
    : say`${said}; put a new one where it is read: ${place}`;
}

function noRight({ session: { provider }, endpoint }: Asked): Words {
  return say`if other lookups work, the credential may not read ${endpoint.name}: ask whoever gave it out at ${provider.title} for that right`;
}

function isPage(response: HttpResponse | undefined): boolean {
  return response !== undefined && /^\s*</.test(new TextDecoder().decode(response.body.subarray(0, 256)));
}
