// What a record leads to: the ids in it that another endpoint of its provider looks up, as commands ready to paste.
import type { Endpoint } from '../../core/endpoint.ts';
import type { Fields } from '../../core/fields.ts';
import { isObject, type Json, textOrNumber } from '../../core/json.ts';
import { type KeyValues, mainKey } from '../../core/keys.ts';
import { shellWord } from '../../core/shell.ts';
import type { Said } from './fetcher.ts';
import type { System } from './systems.ts';

const mostCommands = 5;

/** The command that asks an endpoint of a system again. */
export function commandOf(
  { provider, profile, host }: Pick<System, 'provider' | 'profile' | 'host'>,
  endpoint: Endpoint,
  keys: KeyValues,
): string {
  const where = host === 'sandbox' ? ['--sandbox'] : ['-p', profile.name];
  return ['loanq', provider.name, endpoint.name, ...Object.values(keys), ...where].map(shellWord).join(' ');
}

/** Commands for what the records found name, each once, and few enough to read. */
export function relatedCommands(found: readonly Said[]): string[] {
  const commands = new Set<string>();
  const asked = new Set(found.map(({ system, endpoint, keys }) => commandOf(system, endpoint, keys)));
  for (const { system, endpoint, keys, answer } of found) {
    if (answer.kind !== 'found') continue;
    const outer = Object.entries(endpoint.keys ?? {}).flatMap(([parameter, { of }]) =>
      of === undefined || of === endpoint.name ? [] : [{ of, id: keys[parameter] ?? '' }],
    );
    for (const { of, id } of [...outer, ...answer.records.flatMap(record => namedIn(record, endpoint.fields))]) {
      const target = system.provider.endpoints.find(({ name }) => name === of);
      const wanted = target && keysOf(target, keys, id);
      const command = target && wanted && commandOf(system, target, wanted);
      if (command !== undefined && !asked.has(command)) commands.add(command);
    }
  }
  return [...commands].slice(0, mostCommands);
}

interface Named {
  readonly of: string;
  readonly id: string;
}

function namedIn(record: Json, fields: Fields): Named[] {
  if (!isObject(record)) return [];
  return Object.entries(fields).flatMap(([name, field]): Named[] => {
    const value = Object.hasOwn(record, name) ? (record[name] ?? null) : null;
    if (field.kind === 'id' || field.kind === 'any') {
      const id = textOrNumber(value);
      return field.of === undefined || id === undefined || id === '' ? [] : [{ of: field.of, id }];
    }
    if (field.kind === 'group') return namedIn(value, field.fields);
    if (field.kind === 'list' && Array.isArray(value)) return value.flatMap((element: Json) => namedIn(element, field.fields ?? {}));
    return [];
  });
}

/** The keys of a related thing: its own id, and the leading ones that this call had, too. */
function keysOf(target: Endpoint, asked: KeyValues, id: string): KeyValues | undefined {
  const main = mainKey(target);
  const keys: Record<string, string> = {};
  for (const parameter of Object.keys(target.keys ?? {}).slice(0, -1)) {
    const value = asked[parameter];
    if (value === undefined) return undefined;
    keys[parameter] = value;
  }
  return main?.key.grammar.pattern.test(id) ? { ...keys, [main.parameter]: id } : undefined;
}
