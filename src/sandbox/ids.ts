// Ids in the shape of a documented one. A pool turns a number into an id and back by arithmetic, so that a million known keys
// cost no memory and an unknown one is told at once.
import { dice, hashText, hashWith } from './dice.ts';

/** Ids of one kind of thing: documented ones have the numbers -1, -2, …; made-up ones 0, 1, … */
export interface IdPool {
  /** How many documented ids there are. */
  readonly documented: number;
  /** How many made-up ids there are. */
  readonly size: number;
  /** The id with a number; numbers beyond the pool wrap around. */
  at(number: number): string;
  /** The number of a known id. */
  numberOf(id: string): number | undefined;
}

/** Which characters of an id vary, and among which. */
interface Shape {
  readonly text: string;
  readonly places: readonly { readonly at: number; readonly from: string }[];
}

const digits = '0123456789';
const hex = '0123456789abcdef';
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = upper.toLowerCase();
const uuidShape = /^[0-9a-z]{8}(?:-[0-9a-z]{4}){3}-[0-9a-z]{12}$/i;
const wantedSize = 1_000_000;
/** Coprime to the size of every alphabet above, so that multiplying by it shuffles. */
const stride = 982_451_653;

/** An id of the same alphabet and length as another; equal hashes give equal ids. */
export function reshapeId(like: string, hash: number): string {
  const shape = shapeOf(like);
  const roll = dice(hash);
  return fill(shape, place => Math.floor(roll() * place.from.length));
}

/** A pool of ids shaped like the first documented one, or like `shape` when none is documented. */
export function makePool(name: string, documented: readonly string[], shape: string, ignoreCase: boolean): IdPool {
  const fold = (id: string): string => (ignoreCase ? id.toLowerCase() : id);
  const known = new Map(documented.map((id, at) => [fold(id), -1 - at]));
  const pattern = shapeOf(documented[0] ?? shape);
  const leading = leadingPlaces(pattern);
  const space = pattern.places.slice(0, leading).reduce((product, place) => product * place.from.length, 1);
  const size = Math.min(wantedSize, space);
  const factor = stride % space || 1;
  const inverse = inverseOf(factor, space);
  const seed = hashText(name);
  const offset = seed % space;
  const make = (number: number): string => {
    let shuffled = (number * factor + offset) % space;
    const roll = dice(hashWith(seed, number));
    return fill(pattern, (place, nth) => {
      if (nth >= leading) return Math.floor(roll() * place.from.length);
      const digit = shuffled % place.from.length;
      shuffled = Math.floor(shuffled / place.from.length);
      return digit;
    });
  };
  return {
    documented: documented.length,
    size,
    at: number => documented[-1 - number] ?? make(((number % size) + size) % size),
    numberOf: id => {
      const folded = fold(id);
      const listed = known.get(folded);
      if (listed !== undefined) return listed;
      const shuffled = readNumber(pattern, leading, folded);
      if (shuffled === undefined) return undefined;
      const number = Number((BigInt(shuffled - offset + space) * BigInt(inverse)) % BigInt(space));
      return number < size && make(number) === folded ? number : undefined;
    },
  };
}

function shapeOf(like: string): Shape {
  if (uuidShape.test(like)) return uuidPlaces(like.toLowerCase());
  // `corporation:staff` keeps its first half; `ID_`, `REC` and the like say what kind of id it is.
  const fixed = like.lastIndexOf(':') + 1;
  const prefix = /^(?:[A-Za-z]+_|[A-Z]{2,4}(?=\d)|\D*(?=\d+$))/.exec(like.slice(fixed))?.[0].length ?? 0;
  const rest = like.slice(fixed + prefix);
  const from = alphabetOf(rest);
  const places = [...rest].flatMap((char, at) => (/[0-9A-Za-z]/.test(char) && keeps(rest, at) ? [{ at: fixed + prefix + at, from }] : []));
  return { text: like, places };
}

/** A number keeps its first digit, so that none begins with 0. */
function keeps(rest: string, at: number): boolean {
  return at > 0 || rest.length < 4 || !/^\d+$/.test(rest);
}

function uuidPlaces(text: string): Shape {
  const places = [...text].flatMap((char, at) => (char === '-' || at === 14 ? [] : [{ at, from: at === 19 ? '89ab' : hex }]));
  return { text: `${text.slice(0, 14)}4${text.slice(15)}`, places };
}

function alphabetOf(text: string): string {
  return `${digits}${/[A-Z]/.test(text) ? upper : ''}${/[a-z]/.test(text) ? lower : ''}`;
}

/** How many places are needed to hold the number of an id. */
function leadingPlaces({ places }: Shape): number {
  let space = 1;
  let count = 0;
  for (const { from } of places) {
    if (space >= wantedSize) break;
    space *= from.length;
    count++;
  }
  return count;
}

function fill(shape: Shape, digit: (place: Shape['places'][number], nth: number) => number): string {
  const chars = [...shape.text];
  for (const [nth, place] of shape.places.entries()) chars[place.at] = place.from[digit(place, nth)] ?? '0';
  return chars.join('');
}

function readNumber(shape: Shape, leading: number, id: string): number | undefined {
  if (id.length !== shape.text.length) return undefined;
  let number = 0;
  for (const place of shape.places.slice(0, leading).toReversed()) {
    const digit = place.from.indexOf(id[place.at] ?? ' ');
    if (digit < 0) return undefined;
    number = number * place.from.length + digit;
  }
  return number;
}

/** Modular inverse by the extended Euclidean algorithm. */
function inverseOf(value: number, modulus: number): number {
  let [r, s] = [modulus, value % modulus];
  let [a, b] = [0, 1];
  while (s > 1) {
    const quotient = Math.floor(r / s);
    [r, s] = [s, r - quotient * s];
    [a, b] = [b, a - quotient * b];
  }
  return ((b % modulus) + modulus) % modulus;
}
