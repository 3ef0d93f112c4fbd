// --dry-run: the first request as it would go out, secrets masked, and the same as a curl line; with -v the plan of the run, too.
// It needs no credential: a missing one is named, and its place in the request is shown.
import { randomUUID } from 'node:crypto';
import { withCredential } from '../auth/credential-location.ts';
import { visible } from '../console/escape.ts';
import { documentedPath } from '../core/endpoint.ts';
import { ConfigError, UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { isList, type KeyValues } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { redacted } from '../core/redacted.ts';
import type { Part, RequestPlan } from '../core/request.ts';
import { say } from '../core/say.ts';
import { requiredCredentials } from '../core/scheme.ts';
import { openingParams } from '../http/pages.ts';
import { planRequest } from '../http/plan.ts';
import { curlLine, showPart, showUrl } from '../http/redact.ts';
import { writeResult } from '../output/destination.ts';
import { describePlan } from '../plan/describe.ts';
import type { ManyKeys } from '../plan/keys.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { divisionOf } from '../plan/shard-option.ts';
import type { Context } from './context.ts';
import type { OpenProfile } from './profile.ts';
import { openSession } from './session.ts';
import { pagedWithin } from './whole-record.ts';

/** The keys of the first call of a batch; reading them is the batch's business. */
export type FirstPack = (plan: RunPlan, keys: Extract<ManyKeys, { kind: 'arguments' }>) => Promise<readonly KeyValues[]>;

/** Prints the first request and sends nothing. */
export async function printDryRun(context: Context, plan: RunPlan, opened: OpenProfile, firstPack: FirstPack): Promise<ExitName> {
  const { provider, endpoint, params } = plan;
  const call = { provider, endpoint, params, profile: opened.profile, now: context.runtime.now, freshId: () => randomUUID() };
  const request = planRequest({ ...call, ...(await firstCall(plan, firstPack)) }).plan;
  for (const line of describePlan(plan)) context.messages.trace?.(line);
  const shown = await authenticated(context, plan, opened, request);
  const lines = [
    `${shown.method} ${showUrl(shown)}`,
    ...shown.headers.map(header => `${header.name}: ${showPart(header)}`),
    ...(shown.body?.kind === 'json' ? [shown.body.secret ? redacted : shown.body.text] : []),
    ...(shown.body?.kind === 'form' ? shown.body.fields.map(field => `form ${field.name}=${showPart(field)}`) : []),
    '',
    curlLine(shown),
  ];
  const division = plan.batch?.shard && divisionOf(plan.batch.shard, plan.limits);
  if (division !== undefined) context.messages.note(division);
  for (const sentence of followedCalls(plan)) context.messages.note(sentence);
  return writeResult(context, plan.output.destination, lines.map(line => `${visible(line)}\n`).join(''));
}

/** What comes behind the answers: `then for each loanInfoId: GET /api/openapi/v2/loan/{id}`. */
function followedCalls({ follow }: RunPlan): string[] {
  return follow.map(({ name, endpoint, lead: { route } }) => {
    const query = route.by === 'filter' ? `?${route.parameter}={${route.parameter}}` : '';
    return `then for each ${name}, once: ${endpoint.method ?? 'GET'} ${documentedPath({ ...endpoint, path: `${endpoint.path}` })}${query}`;
  });
}

interface FirstCall {
  readonly keys: readonly KeyValues[];
  /** Page parameters of a list. */
  readonly page: Readonly<Record<string, string>>;
}

/** What the first request of the run asks for: the first page of a list, or as many keys as share a call. */
async function firstCall(plan: RunPlan, firstPack: FirstPack): Promise<FirstCall> {
  const { endpoint, params, keys, rowLimit } = plan;
  if (keys.kind === 'stream') throw new UsageError(say`--dry-run shows one request: give a key as an argument`);
  if (keys.kind === 'arguments') return { keys: await firstPack(plan, keys), page: {} };
  const isWhole = pagedWithin(endpoint.paging) !== undefined;
  const isPaged = (isList(endpoint) || isWhole) && !plan.raw;
  return {
    keys: keys.kind === 'one' ? [keys.keys] : [],
    page: isPaged ? openingParams({ paging: endpoint.paging, params, limit: isWhole ? Number.POSITIVE_INFINITY : rowLimit }) : {},
  };
}

async function authenticated(context: Context, { provider, endpoint, limits }: RunPlan, opened: OpenProfile, request: RequestPlan) {
  try {
    const session = await openSession(context, provider, opened, limits, endpoint);
    try {
      return await session.authenticator.preview(request);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const why = opened.profile.source === 'none' ? say`there is no profile for ${provider.name}` : error.said;
    context.messages.warn(say`shown without its credential: ${why}`);
    return withoutCredential(request, provider, opened);
  }
}

/** No secret has been placed: what is marked as one is the name that stands for it. */
function unmasked({ name, value }: Part): Part {
  return { name, value };
}

/** The request with the missing credential's name in its place, where a scheme has one place. */
function withoutCredential(request: RequestPlan, { schemes }: Provider, { profile }: OpenProfile): RequestPlan {
  const fits = schemes.find(scheme => requiredCredentials(scheme).every(name => Object.hasOwn(profile.credentials, name)));
  const scheme = fits ?? schemes[0];
  if (scheme === undefined || scheme.kind === 'es512') return request;
  const named = withCredential(request, scheme.location, `[missing: ${requiredCredentials(scheme).join(' and ')}]`);
  return { ...named, headers: named.headers.map(unmasked), query: named.query.map(unmasked) };
}
