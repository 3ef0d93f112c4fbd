// Where answers differed from the documented shape: counted by field, for a warning, a summary and errors. What a provider calls
// its members is text like any other of its: secrets and people in it are hidden, then it is cut.
import { maskProse } from '../core/personal-text.ts';
import { joined, type Saying, say, type Words } from '../core/say.ts';

/** A documented field is not there or of another type; a complete list of codes lacks one; a member is not documented. */
export type DriftKind = 'missing' | 'changed' | 'unlisted' | 'unknown';

/** Drift as data: how often by field, and how many fields more there are at least. Nothing where there is none. */
export interface DriftFacts {
  readonly drift?: Readonly<Record<string, number>>;
  readonly driftMore?: number;
}

interface Difference {
  readonly kind: DriftKind;
  readonly field: string;
  /** The field, and the code where one is the matter. */
  readonly what: string;
  count: number;
}

/** Names and codes are the provider's: a million records with names of their own must not fill the memory. */
const mostForeign = 1000;
/** A name as it came is kept up to here, to count it again without looking through it: a crowd of long ones would take minutes. */
const mostKept = 200;
/** So much of a name is searched for secrets: the filter does not know a part of one. */
const mostRead = 256 * 1024;
const mostShown = 100;
const mostNamed = 5;
const mostFields = 100;

const kindWords: Readonly<Record<DriftKind, (what: string) => Saying>> = {
  missing: what => say`missing ${what}`,
  changed: what => say`changed ${what}`,
  unlisted: what => say`unlisted ${what}`,
  unknown: what => say`unknown ${what}`,
};

export class Drift {
  readonly #hideSecrets: (text: string) => string;
  /** Of documented fields: as many as the document has. */
  readonly #documented = new Map<string, Difference>();
  /** With names or codes of the provider. */
  readonly #foreign = new Map<string, Difference>();

  constructor(hideSecrets: (text: string) => string = text => text) {
    this.#hideSecrets = hideSecrets;
  }

  get isEmpty(): boolean {
    return this.#documented.size === 0 && this.#foreign.size === 0;
  }

  /** A documented field differs. */
  noteField(kind: 'missing' | 'changed', field: string): void {
    const known = this.#documented.get(`${kind} ${field}`);
    if (known !== undefined) known.count += 1;
    else this.#documented.set(`${kind} ${field}`, { kind, field, what: field, count: 1 });
  }

  /** A member is not documented; `prefix` is the path of the group it is in. */
  noteMember(prefix: string, name: string): void {
    this.#noteForeign('unknown', prefix, name, shown => ({ field: shown, what: shown }));
  }

  /** A code is not in the list of its field. */
  noteCode(field: string, code: string): void {
    this.#noteForeign('unlisted', `${field} `, code, shown => ({ field, what: shown }));
  }

  #noteForeign(kind: DriftKind, before: string, text: string, describe: (shown: string) => Pick<Difference, 'field' | 'what'>): void {
    const key = `${kind} ${before}${text.length <= mostKept ? text : `${text.slice(0, mostKept)}…${text.length}`}`;
    const known = this.#foreign.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#foreign.size < mostForeign) {
      this.#foreign.set(key, { kind, ...describe(before + this.#show(text)), count: 1 });
    }
  }

  #show(text: string): string {
    const clean = maskProse(this.#hideSecrets(text.slice(0, mostRead)).slice(0, 10 * mostShown));
    const characters = [...clean];
    return characters.length > mostShown ? `${characters.slice(0, mostShown - 1).join('')}…` : clean;
  }

  /** Counts what another has counted, too; `before` stands before its fields. */
  add(other: Drift, before = ''): void {
    const add = (mine: Map<string, Difference>, theirs: ReadonlyMap<string, Difference>, most: number): void => {
      for (const [theirKey, { kind, field, what, count }] of theirs) {
        const key = `${kind} ${before}${theirKey.slice(kind.length + 1)}`;
        const known = mine.get(key);
        if (known !== undefined) known.count += count;
        else if (mine.size < most) mine.set(key, { kind, field: before + field, what: before + what, count });
      }
    };
    add(this.#documented, other.#documented, Number.POSITIVE_INFINITY);
    add(this.#foreign, other.#foreign, mostForeign);
  }

  /** Documented fields first: a crowd of new names must not hide that an amount is gone. */
  #all(): Difference[] {
    return [...this.#documented.values(), ...this.#foreign.values()];
  }

  /** Each difference once: `missing utr`. */
  words(): string[] {
    return [...new Set(this.#all().map(({ kind, what }) => `${kind} ${what}`))];
  }

  /** The same for people. */
  #sayings(): Saying[] {
    const all = new Map(this.#all().map(({ kind, what }) => [`${kind} ${what}`, kindWords[kind](what)]));
    return [...all.values()];
  }

  /** One sentence about all of it, or undefined when there is none. */
  describe(): Words | undefined {
    const words = this.words();
    if (words.length === 0) return undefined;
    const more = words.length - mostNamed;
    const rest = more <= 0 ? '' : this.#foreign.size < mostForeign ? say` and ${more} more` : say` and at least ${more} more`;
    return say`answers differ from the documented shape: ${joined(this.#sayings().slice(0, mostNamed))}${rest}`;
  }

  facts(): DriftFacts {
    const counts = new Map<string, number>();
    for (const { field, count } of this.#all()) counts.set(field, (counts.get(field) ?? 0) + count);
    if (counts.size === 0) return {};
    const drift = Object.fromEntries([...counts].slice(0, mostFields));
    return counts.size > mostFields ? { drift, driftMore: counts.size - mostFields } : { drift };
  }

  /** The fields by what became of them, each list as long as the counts at most: a field that is gone is told from one that is new. */
  kinds(): Record<string, string[]> {
    const kinds = new Map<DriftKind, Set<string>>();
    for (const { kind, what } of this.#all()) {
      const list = kinds.get(kind) ?? new Set();
      kinds.set(kind, list);
      if (list.size < mostFields) list.add(what);
    }
    return Object.fromEntries([...kinds].map(([kind, list]) => [kind, [...list]]));
  }
}
