// Plans as people may see them: whatever a scheme has marked is masked, wherever it stands.
import { redacted } from '../core/redacted.ts';
import { type Part, queryText, type RequestPlan } from '../core/request.ts';
import { shellQuote } from '../core/shell.ts';

/** A header or query value as shown. */
export function showPart(part: Part): string {
  return part.secret ? redacted : part.value;
}

/** The URL of a plan as shown. */
export function showUrl(plan: RequestPlan): string {
  const shown = plan.query.map(part => (part.secret ? `${part.name}=${redacted}` : queryText([part])));
  return `${plan.baseUrl}${plan.path}${shown.length === 0 ? '' : `?${shown.join('&')}`}`;
}

/** A plan as a curl line that can be pasted once the masked parts are filled in. */
export function curlLine(plan: RequestPlan): string {
  const words = ['curl', '--globoff', ...(plan.method === 'GET' && plan.body === undefined ? [] : ['--request', plan.method])];
  words.push(shellQuote(showUrl(plan)));
  for (const header of plan.headers) words.push('--header', shellQuote(`${header.name}: ${showPart(header)}`));
  if (plan.body?.kind === 'json') {
    words.push(
      '--header',
      shellQuote('content-type: application/json'),
      '--data-raw',
      shellQuote(plan.body.secret ? redacted : plan.body.text),
    );
  }
  if (plan.body?.kind === 'form')
    for (const field of plan.body.fields) words.push('--form-string', shellQuote(`${field.name}=${showPart(field)}`));
  return words.join(' ');
}
