// One call of a token exchange: a literal with `{placeholders}` → a request whose secret parts are marked.

import { freezePlan, type Part, type RequestBody, type RequestPlan } from '../core/request.ts';
import type { TokenStep } from '../core/scheme.ts';

/** A value a placeholder stands for. */
export interface TemplateValue {
  readonly value: string;
  readonly secret?: true;
}
/** Credentials, settings and values extracted by earlier steps, by name. */
export type TemplateValues = ReadonlyMap<string, TemplateValue>;

const placeholder = /\{([^{}]+)\}/g;

/** Fills a step. Members, query parameters and headers whose placeholder has no value are left out. */
export function planStep(step: TokenStep, baseUrl: string, values: TemplateValues): RequestPlan {
  const body = jsonBody(step, values);
  return freezePlan({
    method: step.method,
    baseUrl,
    path: step.path.replace(placeholder, (_, name: string) => encodeURIComponent(values.get(name)?.value ?? '')),
    template: step.path,
    query: fillParts(step.query, values),
    headers: [{ name: 'accept', value: 'application/json' }, ...fillParts(step.headers, values)],
    ...(body && { body }),
  });
}

/** Whether a step repeats a value, e.g. a refresh that sends the access token it replaces. */
export function stepUses(step: TokenStep, name: string): boolean {
  const templates = [step.path, ...[step.query, step.json, step.headers].flatMap(parts => Object.values(parts ?? {}))];
  return templates.some(template => template.includes(`{${name}}`));
}

function fillParts(templates: Readonly<Record<string, string>> | undefined, values: TemplateValues): readonly Part[] {
  return Object.entries(templates ?? {}).flatMap(([name, template]) => {
    const filled = fill(template, values);
    return filled === undefined ? [] : [{ name, ...filled }];
  });
}

function jsonBody(step: TokenStep, values: TemplateValues): RequestBody | undefined {
  if (step.json === undefined) return undefined;
  const members = fillParts(step.json, values);
  const text = JSON.stringify(Object.fromEntries(members.map(member => [member.name, member.value])));
  return { kind: 'json', text, ...(members.some(member => member.secret) && { secret: true as const }) };
}

function fill(template: string, values: TemplateValues): TemplateValue | undefined {
  const used = [...template.matchAll(placeholder)].map(match => values.get(match[1] ?? ''));
  if (used.includes(undefined)) return undefined;
  const value = template.replace(placeholder, (_, name: string) => values.get(name)?.value ?? '');
  return { value, ...(used.some(one => one?.secret) && { secret: true as const }) };
}
