// A provider's refusal → the error class that decides the exit code. Documented failures first, then the status alone.
import type { Endpoint, Failure, FailureMeans } from '../core/endpoint.ts';
import { AuthError, type GivenFacts, type LoanqError, NotFoundError, RefusedError, ResponseError, TemporaryError } from '../core/errors.ts';
import { getPath, isObject, type Json, scalarText } from '../core/json.ts';
import { maskProse, personalByValue } from '../core/personal-text.ts';
import type { Provider } from '../core/provider.ts';
import { say, sayingOf, type Words } from '../core/say.ts';

/** A refusal as read from an answer. */
export interface Problem {
  readonly status: number;
  readonly code?: string;
  /** The provider's own words, one line. */
  readonly message?: string;
  /** The documented failure it matches. */
  readonly failure?: Failure;
  /** What made a 2xx answer a refusal, where the provider has no word of its own for it. */
  readonly decided?: string;
  /** Read from a saved answer: its status is only assumed, so nobody is told of it. */
  readonly saved?: true;
}

const maxMessage = 200;
/** How much of a longer one stands behind the cut: some providers name the call that was refused at the end. */
const maxEnd = 119;
/** So much is read of a message at either end: what is personal in it is hidden before it is cut, for beside a cut it could not be told. */
const maxRead = 5 * maxMessage;
/** So much at either end is folded to find that in it; a message may have 16 MiB. */
const maxFolded = 64 * 1024;

/**
 * Reads a provider's refusal from an answer whose body may be JSON, text or nothing. Never throws. `duringLogin`: failures of a
 * login are among the documented ones, and come first; a lookup does not meet them.
 */
export function readProblem(
  provider: Provider,
  endpoint: Endpoint | undefined,
  status: number,
  body: Json | undefined,
  text: string,
  { duringLogin = false }: { readonly duringLogin?: boolean } = {},
): Problem {
  const code = firstText(body, provider.failure.code);
  const message =
    firstText(body, provider.failure.message) ?? (body === undefined ? plainLine(text) : messageByParameter(provider, body, status));
  const all = [...(endpoint?.failures ?? []), ...(provider.failures ?? [])];
  const ofLogin = duringLogin ? all.filter(known => known.when === 'bad-login') : [];
  const documented = [...ofLogin, ...all.filter(known => known.when !== 'bad-login')];
  // A refusal inside a 2xx answer is told by its code and words alone.
  const inside = status >= 200 && status < 300;
  const failure = documented.find(
    known =>
      (known.status === undefined || known.status === status || (inside && known.code !== undefined)) &&
      (known.code === undefined || known.code === code) &&
      (known.message === undefined || (message !== undefined && known.message.test(message))),
  );
  const isWordless = inside && code === undefined && message === undefined && body !== undefined;
  const decided = isWordless ? decidingWords(provider, endpoint, body) : undefined;
  return {
    status,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(failure && { failure }),
    ...(decided !== undefined && { decided }),
  };
}

/** Whether a 2xx body is a refusal by the provider's documented success words. */
export function isRefusal(provider: Provider, body: Json, endpoint?: Endpoint): boolean {
  return refusalPlace(provider, endpoint, body) !== undefined;
}

/** Where a 2xx body says that it is no success. */
function refusalPlace(provider: Provider, endpoint: Endpoint | undefined, body: Json): string | undefined {
  const decisive = (endpoint?.success ?? provider.failure.success ?? []).find(word => {
    const value = getPath(body, word.at);
    if (value === undefined || value === null) return word.required === true;
    return !word.is.includes(scalarText(value) ?? '');
  });
  return decisive?.at;
}

/** What decided, where the provider has no word of its own for it: `status is "success"` at one that writes `SUCCESS`. */
function decidingWords(provider: Provider, endpoint: Endpoint | undefined, body: Json): string | undefined {
  const place = refusalPlace(provider, endpoint, body);
  if (place === undefined) return undefined;
  const word = scalarText(getPath(body, place));
  return word === undefined ? `${place} is no success` : `${place} is "${oneLine(word)}"`;
}

/** The error a problem is reported as. Where no `endpoint` was called a login was refused, and 403 is no matter of rights. */
export function problemError(provider: Provider, problem: Problem, body: Json | undefined, text: string, endpoint?: Endpoint): LoanqError {
  const { failure, status } = problem;
  const means = failure?.means ?? meaningOfStatus(provider, status, body === undefined && /^\s*</.test(text));
  const message = problem.message ?? problem.decided;
  const said = message === undefined ? '' : `: ${shortened(maskProse(message))}`;
  const providerCode = problem.code === undefined ? undefined : shortened(personalByValue(problem.code));
  const code = providerCode === undefined || (providerCode === `${status}` && !problem.saved) ? '' : ` ${providerCode}`;
  const what = `${problem.saved ? '' : `HTTP ${status}`}${code}${said}`.replace(/^:? /, '');
  const facts: GivenFacts = {
    ...(!problem.saved && { status }),
    ...(providerCode !== undefined && { providerCode }),
    ...hintFor(means, failure, status),
  };
  switch (means) {
    case 'not-found':
      return new NotFoundError(say`not found (${what})`, facts);
    case 'auth':
      return new AuthError(
        endpoint !== undefined && status === 403 && failure === undefined
          ? say`no permission (${what})`
          : say`credential rejected (${what})`,
        facts,
      );
    case 'temporary':
      return new TemporaryError(
        status === 429 ? say`too many requests (${what})` : say`the provider is not available now (${what})`,
        facts,
      );
    case 'refused':
      return new RefusedError(say`refused (${what})`, facts);
    default:
      return new ResponseError(say`unusable answer (${what})`, facts);
  }
}

function meaningOfStatus(provider: Provider, status: number, isPage: boolean): FailureMeans | 'bad-response' {
  if (status === 401 || status === 403 || status === 407) return 'auth';
  if (status === 404 || status === 410) return provider.failure.notFoundBy404 && !isPage ? 'not-found' : 'refused';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'temporary';
  return status >= 400 || (status >= 200 && status < 300) ? 'refused' : 'bad-response';
}

/** What its page says there is to do about it. */
export function hintOf({ failure }: { readonly failure?: Failure | undefined }): Words | undefined {
  return failure?.hint === undefined ? undefined : sayingOf(failure.hint);
}

function hintFor(means: string, failure: Failure | undefined, status: number): { hint?: Words } {
  const hint = hintOf({ failure });
  if (hint !== undefined) return { hint };
  if (means === 'refused' && status === 404) return { hint: say`the address looks wrong: check baseUrl in the profile` };
  return {};
}

function firstText(body: Json | undefined, places: readonly string[]): string | undefined {
  if (body === undefined) return undefined;
  for (const place of places) {
    const text = scalarText(getPath(body, place));
    if (text !== undefined && text.trim() !== '') return oneLine(text);
  }
  return undefined;
}

/** `demand: Must be a valid UUID.`: every member of the body is a list of sentences; what is about no parameter alone stands by itself. */
function messageByParameter({ failure }: Provider, body: Json, status: number): string | undefined {
  if (!failure.byParameter || status < 400 || !isObject(body)) return undefined;
  const members = Object.entries(body);
  const sentences = members.map(([name, said]) => {
    const texts = Array.isArray(said) ? said.map(scalarText) : [undefined];
    const all = texts.every(text => text !== undefined) ? texts.join(' ') : undefined;
    return all === undefined || name === 'non_field_errors' ? all : `${name}: ${all}`;
  });
  return members.length === 0 || sentences.includes(undefined) ? undefined : oneLine(sentences.join('; '));
}

/** First line of a plain text refusal; a page of markup or a stack trace says nothing to a user. */
function plainLine(text: string): string | undefined {
  const line = text.trim().split(/\r?\n/, 1)[0] ?? '';
  return line === '' || line.startsWith('<') || line.startsWith('{') || line.startsWith('[') ? undefined : oneLine(line);
}

function oneLine(text: string): string {
  const whole = text.trim();
  const read = whole.length > 2 * maxFolded ? `${whole.slice(0, maxFolded)} ${whole.slice(-maxFolded)}` : whole;
  const line = read.replace(/\s+/g, ' ').trim();
  return line.length > 2 * maxRead ? `${line.slice(0, maxRead)} ${line.slice(-maxRead)}` : line;
}

function shortened(line: string): string {
  return line.length > maxMessage ? `${line.slice(0, maxMessage - maxEnd - 1)}…${line.slice(-maxEnd)}` : line;
}
