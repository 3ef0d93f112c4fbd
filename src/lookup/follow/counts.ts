// How many rows had the thing that a followed field names: what is empty in them is told from what is not there.
import { say, type Words } from '../../core/say.ts';

/** Of one field: rows whose thing was found, whose thing the provider does not know, and which name none. */
export type FollowCount = { readonly found: number; readonly missing: number; readonly none: number };

const nothing: FollowCount = { found: 0, missing: 0, none: 0 };

export class FollowCounts {
  readonly #byField = new Map<string, { readonly what: string; readonly count: FollowCount }>();

  /** `what`: the endpoint that answers with such a thing. */
  note(field: string, what: string, became: keyof FollowCount): void {
    this.#increase(field, what, { ...nothing, [became]: 1 });
  }

  add(other: FollowCounts): void {
    for (const [field, { what, count }] of other.#byField) this.#increase(field, what, count);
  }

  #increase(field: string, what: string, { found, missing, none }: FollowCount): void {
    const { count } = this.#byField.get(field) ?? { count: nothing };
    const sum = { found: count.found + found, missing: count.missing + missing, none: count.none + none };
    this.#byField.set(field, { what, count: sum });
  }

  facts(): Record<string, FollowCount> {
    return Object.fromEntries([...this.#byField].map(([field, { count }]) => [field, count]));
  }

  /** `loanInfoId leads nowhere in 2 of 20 rows (no such loan)`, one line per field where that is so. */
  sentences(): Words[] {
    return [...this.#byField].flatMap(
      ([
        field,
        {
          what,
          count: { found, missing, none },
        },
      ]) => {
        const rows = found + missing + none;
        if (missing === 0) return [];
        const where = rows === 1 ? say`${missing} of ${rows} row` : say`${missing} of ${rows} rows`;
        return [say`${field} leads nowhere in ${where} (no such ${what}): its columns are empty there`];
      },
    );
  }
}
