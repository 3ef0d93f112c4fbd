// `--follow`: which fields lead to a thing that is asked for, too, and what its columns are called.

import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import type { CallProfile } from '../core/profile.ts';
import type { Provider } from '../core/provider.ts';
import { type Lead, type Step, stepsAlong } from '../core/relations.ts';
import { say } from '../core/say.ts';
import { type PackRules, planPacks } from './packs.ts';
import { section } from './section.ts';

/** One field that is followed. */
export type Follow = Step;

/** The fields to follow, each behind the one it is reached by. Throws UsageError. */
export const planFollow = section(
  ['follow', 'explode', 'raw', 'input', 'fields', 'sum'],
  ({ follow, explode, raw, input, fields, sum }, provider: Provider, endpoint: Endpoint): readonly Follow[] => {
    if (follow === undefined) return [];
    if (raw) throw new UsageError(say`--raw cannot be combined with --follow`);
    if (input !== undefined) throw new UsageError(say`--input sends nothing, so there is nothing for --follow to ask`);
    const found = new Map<string, Follow>();
    for (const name of follow) for (const step of stepsTo(provider, endpoint, name, explode)) found.set(step.name, step);
    const follows = [...found.values()];
    refuseUnused(follows, fields);
    refuseSums(follows, sum);
    return Object.freeze(follows);
  },
);

/** How followed things share calls. */
export function followPacks({ lead }: Follow, profile: CallProfile): PackRules | undefined {
  return lead.route.by === 'key' ? planPacks(lead.target, profile) : undefined;
}

function stepsTo(provider: Provider, endpoint: Endpoint, name: string, explode: string | undefined): readonly Follow[] {
  const { steps, rest, leads } = stepsAlong(provider, endpoint, name);
  for (const [at, { lead }] of steps.entries()) {
    if (lead.list !== undefined && (at > 0 || lead.list !== explode)) throw inList(name, lead, steps[at - 1]);
  }
  if (rest !== '' || steps.length === 0) throw unknown(name, leads, endpoint, steps.at(-1));
  return steps;
}

function unknown(name: string, leads: readonly Lead[], endpoint: Endpoint, from: Follow | undefined): UsageError {
  const named = from === undefined ? endpoint.name : from.name;
  const names = leads.map(lead => (from === undefined ? '' : `${from.name}.`) + lead.name);
  const hint =
    names.length === 0 ? say`no field of ${named} names another thing` : say`fields of ${named} that lead to one: ${names.join(', ')}`;
  return new UsageError(say`--follow ${name}: it leads to nothing that can be asked for`, { hint });
}

function inList(name: string, { list = '' }: Lead, from: Follow | undefined): UsageError {
  if (from !== undefined) return new UsageError(say`--follow ${name}: ${list} of ${from.name} is a list, which names several things`);
  return new UsageError(say`--follow ${name}: ${list} is a list, which names several things`, {
    hint: say`a row for each: --explode ${list}`,
  });
}

/** Nothing is asked for that nobody sees. */
function refuseUnused(follows: readonly Follow[], fields: readonly string[] | undefined): void {
  if (fields === undefined) return;
  const unused = follows.find(({ name }) => !fields.some(field => field.startsWith(`${name}.`)));
  if (unused === undefined) return;
  throw new UsageError(say`--follow ${unused.name}: none of its columns is among the --fields`, {
    hint: say`name them, such as ${unused.name}.${sampleOf(unused)}, or leave --fields out`,
  });
}

function sampleOf({ endpoint, lead }: Follow): string {
  const own = lead.route.by === 'filter' ? lead.route.field : endpoint.keys?.[lead.route.parameter]?.field;
  return endpoint.columns.find(column => column !== own && !column.startsWith('request.')) ?? 'id';
}

/** Two rows may name one thing: its amount would count twice. */
function refuseSums(follows: readonly Follow[], sum: readonly string[] = []): void {
  for (const { name } of follows) {
    const doubled = sum.find(column => column.startsWith(`${name}.`));
    if (doubled === undefined) continue;
    throw new UsageError(say`--sum ${doubled}: several rows may name one thing, whose amount would count several times`);
  }
}
