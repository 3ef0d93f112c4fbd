// Lines of --verbose: what was sent and what came back, without bodies, with secrets and people masked.
import { personalByValue } from '../core/personal-text.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import { showPart, showUrl } from './redact.ts';

/** One line for a request about to be sent; people named in it are hidden, as everywhere on stderr. */
export function traceRequest(plan: RequestPlan): string {
  const headers = plan.headers.map(header => `${header.name}: ${showPart(header)}`).join('; ');
  return personalByValue(`> ${plan.method} ${showUrl(plan)} (${headers})`);
}

/** One line for an answer. */
export function traceAnswer(response: HttpResponse, tookMs: number): string {
  // Only what a media type looks like: the rest of the header may be anything.
  const type = /^[\w.+-]{1,40}\/[\w.+-]{1,80}(?=\s*(?:;|$))/.exec(response.headers['content-type'] ?? '')?.[0];
  return `< HTTP ${response.status}, ${response.body.length} bytes${type === undefined ? '' : `, ${type}`}, ${Math.round(tookMs)} ms`;
}

/** The provider's own id of a call, if the header looks like one. */
export function requestIdOf({ headers }: HttpResponse): string | undefined {
  return /^[\w.:/+=-]{1,128}$/.exec(headers['x-request-id'] ?? '')?.[0];
}
