// Puts a credential where it belongs in a request and marks it secret, so that whatever shows the plan masks it.
import { freezePlan, type Part, type RequestPlan } from '../core/request.ts';
import type { CredentialLocation } from '../core/scheme.ts';

/** The plan with the credential at its location, and nothing else there: a part of the same name is replaced. */
export function withCredential(plan: RequestPlan, location: CredentialLocation, value: string): RequestPlan {
  const part: Part = { name: location.name, value: `${location.prefix ?? ''}${value}`, secret: true };
  if (location.in === 'header') return withHeaders(plan, [part]);
  return freezePlan({ ...plan, query: [part, ...plan.query.filter(other => other.name !== location.name)] });
}

/** The plan with these headers; headers of the same name, in any case, are replaced. */
export function withHeaders(plan: RequestPlan, headers: readonly Part[]): RequestPlan {
  const names = new Set(headers.map(header => header.name.toLowerCase()));
  return freezePlan({ ...plan, headers: [...plan.headers.filter(header => !names.has(header.name.toLowerCase())), ...headers] });
}

/** The credential in an authorised plan. */
export function credentialIn(plan: RequestPlan, location: CredentialLocation): string | undefined {
  const parts = location.in === 'header' ? plan.headers : plan.query;
  const name = location.name.toLowerCase();
  const part = parts.find(other => (location.in === 'header' ? other.name.toLowerCase() === name : other.name === location.name));
  return part?.value.slice(location.prefix?.length ?? 0);
}
