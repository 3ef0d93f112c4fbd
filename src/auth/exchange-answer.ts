// The answer of a token exchange → the values it brings, or the error that says why there are none.
import { AuthError, type GivenFacts, type LoanqError, ResponseError, TemporaryError } from '../core/errors.ts';
import { getPath, type Json, parseJson, textOrNumber } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';
import { redacted } from '../core/redacted.ts';
import type { HttpResponse } from '../core/request.ts';
import { say, type Words, withValues } from '../core/say.ts';
import type { TokenStep } from '../core/scheme.ts';
import { hintOf, isRefusal, problemError, readProblem } from '../decode/problem.ts';
import { clockSkewHint } from './clock-skew.ts';
import type { TemplateValues } from './exchange-step.ts';
import { createMessageFilter, Secret, SecretRegister } from './secret.ts';

/** What an answer is judged by. */
export interface StepContext {
  readonly provider: Provider;
  /** Begins every message: `login failed`. */
  readonly sentence: Words;
  /** The documented failures of a login are told by their status alone, and mean something else at a refresh. */
  readonly duringLogin: boolean;
  /** Said when neither the provider nor the clock explains a refusal. */
  readonly hint: Words;
  /** What was sent: no message may carry a secret among it. */
  readonly sent: TemplateValues;
  readonly now: () => Date;
}

interface Judged {
  readonly response: HttpResponse;
  readonly text: string;
  /** Absent when the body is not JSON. */
  readonly body: Json | undefined;
}

/** Values whose absence is no failure. */
const optional: ReadonlySet<string> = new Set(['refreshToken', 'expires']);
const headerSafe = /^[\x21-\x7e]+$/;
/** Servers take no longer header. */
const longestValue = 16 * 1024;

/** Reads the values of a step out of its answer. A refusal throws AuthError, also on HTTP 200. */
export function extractValues(context: StepContext, step: TokenStep, response: HttpResponse): ReadonlyMap<string, string> {
  const text = new TextDecoder().decode(response.body);
  const judged: Judged = { response, text, body: parseBody(text) };
  const good = response.status >= 200 && response.status < 300;
  if (!good || (judged.body !== undefined && isRefusal(context.provider, judged.body))) throw refusalOf(context, judged);
  const values = new Map<string, string>();
  for (const [name, places] of Object.entries(step.extract)) {
    const value = firstValue(judged.body, places);
    if (value === undefined && !optional.has(name)) throw absence(context, judged, name);
    if (value === undefined) continue;
    if (!headerSafe.test(value)) throw new ResponseError(say`${context.sentence}: the ${name} holds characters that cannot be sent back`);
    if (value.length > longestValue) throw new ResponseError(say`${context.sentence}: the ${name} is longer than 16 KiB`);
    values.set(name, value);
  }
  return values;
}

function refusalOf({ provider, sentence, duringLogin, hint, sent, now }: StepContext, judged: Judged): LoanqError {
  const { response } = judged;
  const { text, body } = withoutEcho(judged, sent);
  const problem = readProblem(provider, undefined, response.status, body, text, { duringLogin });
  const error = problemError(provider, problem, body, text);
  const message = withValues(say`${sentence}: ${error.said}`, value => maskSent(value, sent));
  if (error instanceof TemporaryError) return new TemporaryError(message, { status: response.status });
  if (error instanceof ResponseError) return new ResponseError(message, { status: response.status });
  const facts: GivenFacts = {
    status: response.status,
    ...(error.facts.providerCode !== undefined && { providerCode: maskSent(error.facts.providerCode, sent) }),
    hint: hintOf(problem) ?? clockSkewHint(response, now()) ?? hint,
  };
  return new AuthError(message, facts);
}

/** A 2xx without the token: a refusal when the provider says anything in its own words, else an answer nobody can use. */
function absence(context: StepContext, judged: Judged, name: string): LoanqError {
  const { provider, sentence, duringLogin } = context;
  const problem = readProblem(provider, undefined, judged.response.status, judged.body, judged.text, { duringLogin });
  const speaks =
    judged.body === undefined ? problem.message !== undefined : provider.failure.success === undefined && problem.code !== undefined;
  if (speaks) return refusalOf(context, judged);
  const what = judged.body === undefined ? say`the answer is not JSON` : say`the answer has no ${name}`;
  return new ResponseError(say`${sentence}: ${what}`, { status: judged.response.status });
}

/** Providers echo what they were sent. Masked before a message is cut out of it: no part of a secret may remain. */
function withoutEcho({ text, body }: Judged, sent: TemplateValues): Pick<Judged, 'text' | 'body'> {
  const secrets = new SecretRegister();
  for (const { value, secret } of sent.values()) if (secret) secrets.add(new Secret(value));
  const clean = createMessageFilter(secrets)(text);
  return { text: clean, body: body === undefined ? undefined : (parseBody(clean) ?? body) };
}

/** Secrets that are too short for the filter. */
function maskSent(message: string, sent: TemplateValues): string {
  let masked = message;
  for (const { value, secret } of sent.values()) if (secret && value !== '') masked = masked.replaceAll(value, redacted);
  return masked;
}

function firstValue(body: Json | undefined, places: readonly string[]): string | undefined {
  if (body === undefined) return undefined;
  for (const place of places) {
    const value = textOrNumber(getPath(body, place));
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function parseBody(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
