// How a record is written as JSON but for its values: what stands between them, and where each goes in records that are filled.
import type { Json, JsonObject } from './json.ts';

/** An object, or a list with its indices as names. */
type Holder = { [name: string]: Json };

/** A place where lines differ: that of a text, number or word. */
export interface Place {
  readonly name: string;
  /** Where it is in the record that is wanted, and in the one that stands in for the whole. */
  readonly wanted: Holder | undefined;
  readonly standIn: Holder;
  /** The stand-in has the very value, too. */
  readonly isExact: boolean;
}

/** What is made of a line. Paths are of names; an element of a list has the path of the list. */
export interface LayoutUse {
  /** Whether a member of the record is wanted. */
  readonly wants: (name: string) => boolean;
  /** Whether the stand-in has to have the very value at a path. */
  readonly looksAt: (path: readonly string[]) => boolean;
}

/** What writers of JSON put between members, and behind a name. */
export const styles = [
  [',', ':'],
  [', ', ': '],
] as const;

export type Style = (typeof styles)[number];

/** What a record is written as but for its values, each of which gets a place, and the objects that hold them. */
export function layOut(
  record: JsonObject,
  { wants, looksAt }: LayoutUse,
  [between, colon]: Style,
): { literals: string[]; places: Place[]; standIn: JsonObject; wanted: JsonObject } {
  const places: Place[] = [];
  const literals: string[] = [];
  let literal = '';
  const lay = (value: JsonObject | Json[], path: readonly string[], standIn: Holder, wanted: Holder | undefined): void => {
    const isList = Array.isArray(value);
    literal += isList ? '[' : '{';
    for (const [at, [name, member]] of Object.entries(value).entries()) {
      const inner = isList ? path : [...path, name];
      const holder = path.length > 0 || wants(name) ? wanted : undefined;
      literal += (at === 0 ? '' : between) + (isList ? '' : JSON.stringify(name) + colon);
      if (typeof member === 'object' && member !== null) lay(member, inner, held(standIn, name), holder && held(holder, name));
      else {
        literals.push(literal);
        literal = '';
        places.push({ name, wanted: holder, standIn, isExact: looksAt(inner) });
      }
    }
    literal += isList ? ']' : '}';
  };
  // Copies of whole objects: V8 walks through them faster than through what was built name by name.
  const standIn = copyOf(record);
  const wanted = copyOf(Object.fromEntries(Object.entries(record).filter(([name]) => wants(name))));
  lay(record, [], standIn, wanted);
  return { literals: [...literals, literal], places, standIn, wanted };
}

/** What is in an object or list at a name or index, to be filled. */
function held(holder: Holder, name: string): Holder {
  return holder[name] as Holder;
}

/** A copy as deep as the value; it must not hold a member `__proto__`. */
export function copyOf<Value extends Json>(value: Value): Value;
export function copyOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy = { ...value };
  for (const name in copy) {
    const member = copy[name];
    if (typeof member === 'object') copy[name] = copyOf(member);
  }
  return copy;
}

/** Whether there is a member `__proto__` in it, which copies would lose. */
export function holdsPrototype(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsPrototype);
}
