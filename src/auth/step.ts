// One call of a token exchange: a literal with `{placeholders}` → a request whose secret parts are marked → the values taken from the answer.
import type { TokenStep } from '../core/provider.ts';
import { freezePlan, type Part, type RequestBody, type RequestPlan } from '../core/request.ts';

/** A value a placeholder stands for. */
export interface Word {
  readonly value: string;
  readonly secret?: true;
}
/** Credentials, settings and values taken by earlier steps, by name. */
export type Words = ReadonlyMap<string, Word>;

const placeholder = /\{([^{}]+)\}/g;

/** Fills a step. Members, query parameters and headers whose placeholder has no value are left out. */
export function planStep(step: TokenStep, baseUrl: string, words: Words): RequestPlan {
  const body = jsonBody(step, words);
  return freezePlan({
    method: step.method,
    baseUrl,
    path: step.path.replace(placeholder, (_, name: string) => encodeURIComponent(words.get(name)?.value ?? '')),
    template: step.path,
    query: fillParts(step.query, words),
    headers: [{ name: 'accept', value: 'application/json' }, ...fillParts(step.headers, words)],
    ...(body && { body }),
  });
}

/** Whether a step repeats a value, e.g. a refresh that sends the access token it replaces. */
export function stepUses(step: TokenStep, name: string): boolean {
  const templates = [step.path, ...[step.query, step.json, step.headers].flatMap(parts => Object.values(parts ?? {}))];
  return templates.some(template => template.includes(`{${name}}`));
}

function fillParts(templates: Readonly<Record<string, string>> | undefined, words: Words): readonly Part[] {
  return Object.entries(templates ?? {}).flatMap(([name, template]) => {
    const filled = fill(template, words);
    return filled === undefined ? [] : [{ name, ...filled }];
  });
}

function jsonBody(step: TokenStep, words: Words): RequestBody | undefined {
  if (step.json === undefined) return undefined;
  const members = fillParts(step.json, words);
  const text = JSON.stringify(Object.fromEntries(members.map(member => [member.name, member.value])));
  return { kind: 'json', text, ...(members.some(member => member.secret) && { secret: true as const }) };
}

function fill(template: string, words: Words): Word | undefined {
  const used = [...template.matchAll(placeholder)].map(match => words.get(match[1] ?? ''));
  if (used.includes(undefined)) return undefined;
  const value = template.replace(placeholder, (_, name: string) => words.get(name)?.value ?? '');
  return { value, ...(used.some(word => word?.secret) && { secret: true as const }) };
}
