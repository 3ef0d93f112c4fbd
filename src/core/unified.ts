// What a record says in words that every system shares, for `loanq lookup`: which field of an endpoint fills which column.

/** What kind of thing a row is about, and what people call it. */
export const unifiedKinds = {
  repayment: 'repayment',
  loan: 'loan',
  instalment: 'instalment still to pay',
  settlement: 'settlement',
  entry: 'wallet entry',
  invoice: 'invoice',
  wallet: 'wallet',
  reservation: 'card reservation',
  form: 'form',
  requisition: 'requisition',
  balance: 'balance',
  bill: 'bill',
  batch: 'batch',
  transaction: 'card transaction',
} as const;

export type UnifiedKind = keyof typeof unifiedKinds;

/** Columns that a record fills. What a document does not say stays empty: no currency is guessed, no status translated. */
export const unifiedColumns = [
  'id',
  'event',
  'status',
  'amount',
  'currency',
  'outstanding',
  'date',
  'due',
  'party',
  'loan',
  'title',
] as const;

export type UnifiedColumn = (typeof unifiedColumns)[number];

/**
 * Where the value of a column comes from. A text is a documented field as it stands, dotted where nested, or `request.<parameter>`
 * for a key asked for. Anything else is computed, and the row says so in `derived`:
 */
export type UnifiedSource =
  | string
  /** The values of fields with `#` between them: an id for what has none of its own. */
  | { readonly join: readonly string[] }
  /** Exact sum of amounts; empty as soon as one is missing. */
  | { readonly sum: readonly string[] }
  /** The first amount less the second, exactly. */
  | { readonly less: readonly [from: string, what: string] }
  /** Field of the elements of a list: its value in the first element, or the highest day of all. */
  | { readonly first: string }
  | { readonly latest: string }
  /** A list of plain values that has exactly one. */
  | { readonly only: string };

/**
 * How a record of an endpoint becomes one row among those of other systems. Declaring it also says that the endpoint identifies:
 * `lookup` asks every endpoint that has one, and whose last key could be the id.
 */
export interface Unified extends Partial<Readonly<Record<UnifiedColumn, UnifiedSource>>> {
  readonly kind: UnifiedKind;
}
