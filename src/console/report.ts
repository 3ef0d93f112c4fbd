// Failure → lines for stderr, or one JSON object. The only place that words an error for a user.
import { type ErrorFacts, LoanqError } from '../core/errors.ts';
import { exitCodes } from '../core/exit-codes.ts';
import { writeJson } from '../core/json.ts';
import { joined, type SayingValue, say, sayingOf, type Words } from '../core/say.ts';
import { type Look, labelOf } from './messages.ts';
import { english, type Wording } from './wording.ts';

/** An error as reported: the text for stderr (each line ended) and the exit code. */
export interface Report {
  readonly text: string;
  readonly exit: number;
}

/** Words a failure. `format` json: one last line that is one JSON object, absent values omitted, always in English. */
export function reportError(
  error: unknown,
  format: 'text' | 'json',
  visible: (text: string) => string,
  wording: Wording = english,
  look: Look = {},
): Report {
  const known = error instanceof LoanqError ? error : internalError();
  if (format === 'json') return { text: `${writeJson(errorObject(known))}\n`, exit: known.exit };
  const { hint } = known.given;
  const line = (kind: 'error' | 'hint', text: Words) => `${labelOf(kind, wording, look)}${visible(wording.words(text))}`;
  const lines = [line('error', errorSentence(known)), ...(hint === undefined ? [] : [line('hint', hint)])];
  return { text: `${lines.join('\n')}\n`, exit: known.exit };
}

/** The error as one sentence: who, which key, what. */
export function errorSentence(error: LoanqError): Words {
  const { provider, endpoint, keys, requestId } = error.facts;
  // A sentence that names the only key itself need not be headed by it; of several, the one it leaves out would look like the culprit.
  const named = keys?.length === 1 ? keys.filter(key => !error.message.includes(key)) : (keys ?? []);
  const call = [provider, endpoint, ...named].filter(part => part !== undefined).join(' ');
  const reference: SayingValue = requestId === undefined ? '' : say` [request ${requestId}]`;
  return joined([...(call === '' ? [] : [`${call}: `]), error.said, reference], '');
}

type Reported = { [key: string]: string | number | boolean | string[] | { [field: string]: number } };

function errorObject(error: LoanqError): { error: Reported } {
  const facts: ErrorFacts = error.facts;
  const reported: Reported = { code: error.code, exit: error.exit, message: error.message };
  if (facts.provider !== undefined) reported.provider = facts.provider;
  if (facts.endpoint !== undefined) reported.endpoint = facts.endpoint;
  if (facts.keys !== undefined) reported.keys = [...facts.keys];
  if (facts.status !== undefined) reported.status = facts.status;
  if (facts.providerCode !== undefined) reported.providerCode = facts.providerCode;
  if (facts.requestId !== undefined) reported.requestId = facts.requestId;
  reported.retryable = error.retryable;
  if (facts.drift !== undefined) reported.drift = { ...facts.drift };
  if (facts.driftMore !== undefined) reported.driftMore = facts.driftMore;
  if (facts.hint !== undefined) reported.hint = facts.hint;
  return { error: reported };
}

/** A bug: its own text may hold anything, so it is not shown. */
function internalError(): LoanqError {
  return new LoanqError('internal', sayingOf(exitCodes.internal.meaning), {
    hint: say`run again with LOANQ_DEBUG=1 and report the stack trace`,
  });
}
