// Which endpoint an export is of, and which of its columns can be compared: told from the names it has.
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { isList } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { type Step, stepsAlong } from '../core/relations.ts';
import { say } from '../core/say.ts';
import { type Column, declaredColumns, explodableLists, followMember } from '../output/columns.ts';

export interface Recognized {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  /** Columns that both exports have. */
  readonly columns: readonly Column[];
  /** Columns of the keys that were asked for; none where the exports do not have them all. */
  readonly asked: readonly Column[];
  /** Columns that tell the rows of one key apart. */
  readonly own: readonly Column[];
}

/** Names of an export, and whether they are columns or the members of records. */
export interface Named {
  readonly names: readonly string[];
  readonly isTable: boolean;
}

/** Finds the endpoint of two exports. `wanted`: `crego/record`. Throws UsageError. */
export function recognize(providers: readonly Provider[], exports: readonly Named[], wanted: string | undefined): Recognized | undefined {
  const named = exports.filter(({ names }) => names.length > 0);
  if (named.length === 0 && wanted === undefined) return undefined;
  const all = providers.flatMap(provider => provider.endpoints.map(endpoint => ({ provider, endpoint })));
  const candidates = wanted === undefined ? all : all.filter(one => nameOf(one) === wanted);
  if (candidates.length === 0)
    throw new UsageError(say`there is no endpoint ${wanted ?? ''}`, { hint: say`such as --endpoint crego/record` });
  const fits = candidates.flatMap(one => fitsOf(one, named).map(fit => ({ ...one, ...fit })));
  // Exports cut down with --fields fit many endpoints: which one has fewer other fields says nothing.
  const closest = fits.filter(({ strange }) => strange === Math.min(...fits.map(fit => fit.strange)));
  const whole = closest.filter(({ spare }) => spare === 0);
  const best = (whole.length > 0 ? whole : closest).sort((a, b) => a.spare - b.spare);
  const [found] = best;
  if (found === undefined) throw unknown(wanted, named);
  if (best.some(other => nameOf(other) !== nameOf(found))) {
    const names = [...new Set(best.map(nameOf))].join(', ');
    throw new UsageError(say`the exports could be of more than one endpoint: ${names}`, { hint: say`say which with --endpoint` });
  }
  return { provider: found.provider, endpoint: found.endpoint, ...partsOf(found.endpoint, found.explode, found.columns) };
}

function nameOf({ provider, endpoint }: { readonly provider: Provider; readonly endpoint: Endpoint }): string {
  return `${provider.name}/${endpoint.name}`;
}

interface Fit {
  readonly explode: string | undefined;
  readonly columns: readonly Column[];
  /** Names that no document declares: none in a table. */
  readonly strange: number;
  /** Declared columns that the exports do not have. */
  readonly spare: number;
}

function fitsOf({ provider, endpoint }: Pick<Recognized, 'provider' | 'endpoint'>, exports: readonly Named[]): Fit[] {
  const follow = followedIn(provider, endpoint, exports);
  return [undefined, ...explodableLists(endpoint)].flatMap((explode): Fit[] => {
    const known = declaredColumns(endpoint, { explode, follow });
    const held = exports.map(named => {
      const { names, isTable } = named;
      return { names, isTable, columns: known.filter(column => holds(named, column)) };
    });
    const strange = held.map(({ names, isTable }) => names.filter(name => !known.some(column => stands(column, name, isTable))).length);
    if (held.some(({ columns, isTable }, at) => columns.length === 0 || (isTable && !endpoint.open && strange[at] !== 0))) return [];
    if (held.some(({ names }, at) => (strange[at] ?? 0) * 2 > names.length)) return [];
    const columns = known.filter(column => held.every(one => one.columns.includes(column)));
    return [{ explode, columns, strange: Math.max(0, ...strange), spare: known.length - columns.length }];
  });
}

/** The fields that were followed: their names begin those of other columns, or stand under `_follow`. */
function followedIn(provider: Provider, endpoint: Endpoint, exports: readonly Named[]): readonly Step[] {
  const found = new Map<string, Step>();
  for (const { names, isTable } of exports) {
    for (const name of names) {
      if (!isTable && !name.startsWith(`${followMember}.`)) continue;
      const { steps, rest } = stepsAlong(provider, endpoint, isTable ? name : name.slice(followMember.length + 1));
      for (const step of isTable && rest === '' ? steps.slice(0, -1) : steps) found.set(step.name, step);
    }
  }
  return [...found.values()];
}

function holds({ names, isTable }: Named, column: Column): boolean {
  return names.some(name => stands(column, name, isTable));
}

/** Whether a name of an export stands for a column; in JSON it stands for all that is inside, too. */
function stands({ name: own, request, path, followed }: Column, name: string, isTable: boolean): boolean {
  if (followed !== undefined && !isTable) return name === `${followMember}.${followed}`;
  return own === name || (!isTable && !request && path[0] === name);
}

function partsOf(
  endpoint: Endpoint,
  explode: string | undefined,
  columns: readonly Column[],
): Pick<Recognized, 'columns' | 'asked' | 'own'> {
  const find = (names: readonly string[]): Column[] => {
    const found = names.flatMap(name => columns.find(column => column.name === name) ?? []);
    return found.length === names.length ? found : [];
  };
  const asked = find(Object.entries(endpoint.keys ?? {}).map(([parameter, key]) => key.field ?? `request.${parameter}`));
  const ids = columns.filter(({ field, request }) => field.kind === 'id' && !request);
  const element = explode === undefined ? undefined : ids.find(({ name }) => name.startsWith(`${explode}.`));
  const id = endpoint.unified?.id;
  const unified = typeof id === 'string' ? find([id]) : typeof id === 'object' && 'join' in id ? find(id.join) : [];
  const record = unified.length > 0 ? unified : ids.slice(0, 1);
  const isOne = asked.length > 0 && !isList(endpoint);
  const own = [...(isOne ? [] : record), ...(element === undefined ? [] : [element])];
  if (asked.length === 0 && own.length === 0) {
    throw new UsageError(say`the exports have no column that tells their rows apart`, {
      hint: say`keep the ids of ${endpoint.name} among --fields`,
    });
  }
  return { columns, asked, own };
}

function unknown(wanted: string | undefined, [first]: readonly Named[]): UsageError {
  const names = first?.names.slice(0, 5).join(', ') ?? '';
  if (wanted !== undefined) return new UsageError(say`the exports are not of ${wanted}: they begin with ${names}`);
  return new UsageError(say`no endpoint has the fields ${names}`, {
    hint: say`exports written with --labels or --no-header cannot be compared; --endpoint says which endpoint it is`,
  });
}
