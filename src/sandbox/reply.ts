// What the sandbox sends back, and the failures it sends for documented reasons.
import type { Endpoint, Failure } from '../core/endpoint.ts';
import { type Json, type JsonObject, makeNumber, withMember, writeJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';

/** What the ledger says of a request. `undeclared`: no document knows such a request. */
export type Verdict = 'ok' | 'refused' | 'undeclared' | 'fault';

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly outcome: Verdict;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Situations in which a call fails whatever it asks for. */
export type Trouble = Extract<Failure['when'], string>;

/** A situation that has no documented failure is answered like a wider one. */
const wider: Readonly<Partial<Record<Trouble, Trouble>>> = {
  'no-credential': 'bad-credential',
  'bad-signature': 'bad-credential',
  'unknown-client': 'bad-credential',
  'bad-login': 'bad-credential',
};

const messages: Readonly<Record<Trouble, string>> = {
  'no-credential': 'Authentication credentials were not provided.',
  'bad-credential': 'Invalid or expired token.',
  'bad-signature': 'Invalid signature.',
  'unknown-client': 'Unknown client.',
  'bad-login': 'Wrong credentials.',
};

export function succeed(body: string): Reply {
  return { status: 200, body, outcome: 'ok' };
}

/** The documented failure for trouble with a credential, else a 401. */
export function failFor(provider: Provider, trouble: Trouble, values: Readonly<Record<string, string>> = {}): Reply {
  for (let when: Trouble | undefined = trouble; when !== undefined; when = wider[when]) {
    const documented = provider.failures?.find(failure => failure.when === when);
    if (documented !== undefined) return replyWith(provider, documented, values, messages[trouble]);
  }
  return refuse(provider, 401, messages[trouble]);
}

/** The documented failure for a key that is not known, else a 404. */
export function failUnknown(provider: Provider, endpoint: Endpoint, parameter: string, keys: Readonly<Record<string, string>>): Reply {
  const documented = [...(endpoint.failures ?? []), ...(provider.failures ?? [])].find(
    ({ when }) => typeof when === 'object' && when.unknown === parameter,
  );
  return documented === undefined ? refuse(provider, 404, 'Not found.') : replyWith(provider, documented, keys, 'Not found.');
}

/** A request that is refused without a documented body, in the provider's words. */
export function refuse(provider: Provider, status: number, message: string, outcome: Verdict = 'refused'): Reply {
  return { status, body: failureBody(provider, status, undefined, message), outcome };
}

function replyWith(provider: Provider, failure: Failure, values: Readonly<Record<string, string>>, otherwise: string): Reply {
  const status = failure.status ?? 400;
  // A failure told by its message has to carry one that tells it.
  const message = failure.message === undefined || failure.message.test(otherwise) ? otherwise : failure.about;
  const body = failure.body === undefined ? failureBody(provider, status, failure.code, message) : fillBody(failure.body, values);
  return { status, body, outcome: 'refused' };
}

/** `{parameter}` in a documented body becomes the value asked for; other braces are JSON. */
function fillBody(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
  });
}

function failureBody({ failure }: Provider, status: number, code: string | undefined, message: string): string {
  let body: JsonObject = {};
  const codePlace = failure.code[0];
  for (const { at, is } of failure.success ?? []) {
    if (is.includes('true')) body = withMember(body, at, false);
    else if (at === codePlace && code === undefined) body = withMember(body, at, is.length === 0 ? makeNumber(`${status}`) : `${status}`);
  }
  if (code !== undefined && codePlace !== undefined) body = withMember(body, codePlace, code);
  return writeJson(withMember(body, failure.message[0] ?? 'message', message satisfies Json));
}
