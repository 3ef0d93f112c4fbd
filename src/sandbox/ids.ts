// Ids in the shape of a documented one. The last places of an id hold its number and the others a hash of that, so that up to
// a million ids are known without a list of them, and an unknown one is told at once.
import { hashOf, prng } from './prng.ts';

/** Ids of one kind of thing. Number 0 is the documented thing; numbers beyond the pool wrap around. */
export interface IdPool {
  readonly documented: readonly string[];
  readonly size: number;
  at(number: number): string;
  /** A known id in the provider's own letter case, and its number. */
  find(id: string): { readonly id: string; readonly number: number } | undefined;
}

/** Which characters of an id vary, and among which. */
interface Shape {
  readonly text: string;
  readonly places: readonly { readonly at: number; readonly from: string }[];
  /** The first of the places that hold the number. */
  readonly counting: number;
  readonly size: number;
}

/** Things that own others (wallets of entries) own them in turns, so sizes of pools are multiples of this. */
export const owners = 64;
/** Ids of a pool, where the shape of its ids has room for as many. */
export const wantedSize = 1_000_000;
const digits = '0123456789';
const alphabets: readonly (readonly [RegExp, string])[] = [
  [/\d/, digits],
  [/[a-z]/, 'abcdefghijklmnopqrstuvwxyz'],
  [/[A-Z]/, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
];
const uuidShape = /^[0-9a-z]{8}(?:-[0-9a-z]{4}){3}-[0-9a-z]{12}$/i;

/** The id of a thing by the name of its pool and its number, in the shape of a documented id. */
export function makeId(name: string, like: string, number: number): string {
  return spell(name, shapeOf(like), number);
}

/** The ids of a pool: the documented ones, and those in the shape of any of them. */
export function makePool(name: string, documented: readonly [string, ...string[]], ignoreCase: boolean): IdPool {
  const fold = (id: string): string => (ignoreCase ? id.toLowerCase() : id);
  const known = new Map(documented.map(id => [fold(id), id]));
  // A document may name a thing `xxx`: others are not made after that.
  const shape = shapeOf(documented.find(id => shapeOf(id).size > owners) ?? documented[0]);
  const shapes = [...new Map(documented.map(shapeOf).map(one => [spell(name, one, 0), one])).values()];
  return {
    documented,
    size: shape.size,
    at: number => (number % shape.size === 0 ? documented[0] : spell(name, shape, number)),
    find: id => {
      const folded = fold(id);
      const listed = known.get(folded);
      if (listed !== undefined) return { id: listed, number: 0 };
      for (const one of shapes) {
        const number = readNumber(one, folded);
        if (number >= 0 && number < one.size && spell(name, one, number) === folded) return { id: folded, number };
      }
      return undefined;
    },
  };
}

function shapeOf(like: string): Shape {
  const isUuid = uuidShape.test(like);
  const text = isUuid ? `${like.slice(0, 14)}4${like.slice(15, 19)}a${like.slice(20)}`.toLowerCase() : like;
  const places = isUuid ? uuidPlaces(text) : variablePlaces(text);
  let size = 1;
  let counting = places.length;
  // Two places at least are left to the hash.
  while (counting > 2 && size < wantedSize) size *= places[--counting]?.from.length ?? 1;
  const least = Math.min(size, wantedSize);
  return { text, places, counting, size: least - (least > owners ? least % owners : 0) };
}

/** All but the two that state version and variant. */
function uuidPlaces(text: string): Shape['places'] {
  return [...text].flatMap((char, at) => (char === '-' || at === 14 || at === 19 ? [] : [{ at, from: `${digits}abcdef` }]));
}

/** What follows the first digit: `ID_`, `REC` and the like say what kind of id it is, `corporation:` whose it is. */
function variablePlaces(text: string): Shape['places'] {
  const start = /^(?:.*:)?\D*\d?/.exec(text)?.[0].length ?? 0;
  return [...text].flatMap((char, at) => {
    const from = at < start ? undefined : alphabets.find(([pattern]) => pattern.test(char))?.[1];
    return from === undefined ? [] : [{ at, from }];
  });
}

function spell(name: string, shape: Shape, number: number): string {
  const chars = [...shape.text];
  const own = number % shape.size;
  const roll = prng(hashOf(name, own));
  let rest = own;
  for (let nth = shape.places.length - 1; nth >= 0; nth--) {
    const { at = 0, from = '' } = shape.places[nth] ?? {};
    const digit = nth < shape.counting ? Math.floor(roll() * from.length) : rest % from.length;
    chars[at] = from[digit] ?? '';
    if (nth >= shape.counting) rest = Math.floor(rest / from.length);
  }
  return chars.join('');
}

/** The number an id would have; whether it is one of the pool is told by spelling that. */
function readNumber(shape: Shape, id: string): number {
  return shape.places.slice(shape.counting).reduce((number, { at, from }) => number * from.length + from.indexOf(id[at] ?? ''), 0);
}
