// Puts a credential into its place in a request and marks it secret, so that whatever shows the plan masks it.
import type { Place } from '../core/provider.ts';
import { freezePlan, type Part, type RequestPlan } from '../core/request.ts';

/** The plan with the credential in its place, and nothing else there: a part of the same name is replaced. */
export function placeCredential(plan: RequestPlan, place: Place, value: string): RequestPlan {
  if ('query' in place) {
    const part: Part = { name: place.query, value, secret: true };
    return freezePlan({ ...plan, query: [part, ...plan.query.filter(other => other.name !== place.query)] });
  }
  return withHeaders(plan, [{ name: place.header, value: `${place.prefix ?? ''}${value}`, secret: true }]);
}

/** The plan with these headers; headers of the same name, in any case, are replaced. */
export function withHeaders(plan: RequestPlan, headers: readonly Part[]): RequestPlan {
  const names = new Set(headers.map(header => header.name.toLowerCase()));
  return freezePlan({ ...plan, headers: [...plan.headers.filter(header => !names.has(header.name.toLowerCase())), ...headers] });
}

/** What stands in the place of a credential in an authorised plan. */
export function placedCredential(plan: RequestPlan, place: Place): string | undefined {
  if ('query' in place) return plan.query.find(part => part.name === place.query)?.value;
  const header = plan.headers.find(part => part.name.toLowerCase() === place.header.toLowerCase());
  return header?.value.slice(place.prefix?.length ?? 0);
}
