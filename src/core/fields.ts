// Field kinds: what a documented field of an answer is. Everything that prints, sorts, masks or samples a field asks its kind.
// Field names are the provider's own and never renamed; the label is the human header in English.

/** What makes a value personal, and so how much of it a mask leaves. Names are not masked. */
export type PersonalKind = 'document' | 'email' | 'phone' | 'birth' | 'account' | 'income';

/** Unit of an instant as the provider writes it. */
export type InstantUnit =
  /** Unix epoch in milliseconds, as a JSON number or a string of digits. */
  | 'ms'
  /** Unix epoch in seconds, possibly with a fraction: `1733077724.629719`. */
  | 's'
  /** RFC 3339 text with a zone: `2024-01-15T10:30:00Z`. */
  | 'iso';

interface FieldBase {
  /** Human header in English; zh and pt stand in `lang/`. */
  readonly label: string;
  /** Meaning where the label does not say it, for reference pages. */
  readonly about?: string;
  readonly personal?: PersonalKind;
  /** The document shows the field only sometimes: its absence is no drift. */
  readonly optional?: true;
}

/** Text without further meaning. */
export interface TextField extends FieldBase {
  readonly kind: 'text' | 'url' | 'date-text';
  /** It names the currency of amounts: of all in its object and below, or of these in its object. Amounts without one are of a currency nobody states. */
  readonly currencyOf?: 'all' | readonly string[];
}
/** Identifier of a thing; `of` names the endpoint of the same provider that looks such an id up. */
export interface IdField extends FieldBase {
  readonly kind: 'id';
  readonly of?: string;
}
/** Amount in major units, as a JSON number or a decimal string; never through a JS number. */
export interface MoneyField extends FieldBase {
  readonly kind: 'money';
  /** Adding up the amounts of several rows makes sense: payments, or parts of a whole. No balance, no limit. */
  readonly adds?: true;
}
/** Count, index, rate or percentage, exact as sent. */
export interface NumberField extends FieldBase {
  readonly kind: 'number';
}
/** Point in time. */
export interface InstantField extends FieldBase {
  readonly kind: 'instant';
  readonly unit: InstantUnit;
  /** Source text that means "no time", e.g. `9007199254740991`, and the word to show for it. */
  readonly none?: { readonly is: string; readonly say: string };
}
/** Calendar day, `YYYY-MM-DD`, without a zone. */
export interface DayField extends FieldBase {
  readonly kind: 'day';
}
/** Truth value, as a JSON boolean. */
export interface FlagField extends FieldBase {
  readonly kind: 'flag';
}
/** What a code says at a glance: it went well, it is under way, it went wrong or is late. */
export type Tone = 'good' | 'waiting' | 'bad';

/** Code from a list; `open` lists are not stated to be complete, so an unlisted code is no drift. */
export interface EnumField extends FieldBase {
  readonly kind: 'enum';
  readonly values: Readonly<Record<string, string>>;
  readonly open?: true;
  /** Tones of the codes whose documented meaning has one; a screen gives them a colour, beside the word. Other codes have none. */
  readonly tones?: Readonly<Record<string, Tone>>;
}
/**
 * Object whose fields are documented; columns are dotted: `collection_bank.ifsc`. An `open` one has more of them by the document's
 * own words, such as the fields a tenant has made: they pass in JSON, are columns where `--fields` names them, and no drift.
 */
export interface GroupField extends FieldBase {
  readonly kind: 'group';
  readonly fields: Fields;
  readonly open?: true;
}
/** Array of documented objects (`fields`), of plain values, or of elements whose shape is not documented. */
export interface ListField extends FieldBase {
  readonly kind: 'list';
  readonly fields?: Fields;
  /** What a screen shows first of each element: names of its fields, nested ones dotted. */
  readonly columns?: readonly string[];
}
/** Shape not documented: passed through, printed as sent (text) or as JSON. Where it is an id, `of` names what looks that up. */
export interface AnyField extends FieldBase {
  readonly kind: 'any';
  readonly of?: string;
}

export type Field =
  | TextField
  | IdField
  | MoneyField
  | NumberField
  | InstantField
  | DayField
  | FlagField
  | EnumField
  | GroupField
  | ListField
  | AnyField;
/** Documented fields in the document's order, by the provider's own names. */
export type Fields = Readonly<Record<string, Field>>;

type Extra = Omit<FieldBase, 'label'>;

export const text = (label: string, extra?: Extra): TextField => ({ kind: 'text', label, ...extra });
/** Code of the currency of the amounts beside it and below, or of those named. */
export const currency = (label: string, of: 'all' | readonly string[] = 'all', extra?: Extra): TextField => ({
  kind: 'text',
  label,
  currencyOf: of,
  ...extra,
});
export const url = (label: string, extra?: Extra): TextField => ({ kind: 'url', label, ...extra });
/** A date or time whose format the document does not state: shown and exported as sent. */
export const dateText = (label: string, extra?: Extra): TextField => ({ kind: 'date-text', label, ...extra });
export const id = (label: string, extra?: Extra & { of?: string }): IdField => ({ kind: 'id', label, ...extra });
export const money = (label: string, extra?: Extra & Pick<MoneyField, 'adds'>): MoneyField => ({ kind: 'money', label, ...extra });
export const number = (label: string, extra?: Extra): NumberField => ({ kind: 'number', label, ...extra });
export const instant = (label: string, unit: InstantUnit, extra?: Extra & Pick<InstantField, 'none'>): InstantField => ({
  kind: 'instant',
  label,
  unit,
  ...extra,
});
export const day = (label: string, extra?: Extra): DayField => ({ kind: 'day', label, ...extra });
export const flag = (label: string, extra?: Extra): FlagField => ({ kind: 'flag', label, ...extra });
/** Only documented codes have a tone. */
type WithTones<C extends string> = Extra & { readonly tones?: Tones<C> };
/** The tones of codes. */
export type Tones<C extends string> = Readonly<Partial<Record<C, Tone>>>;

/** Code from a list the document states in full. */
export const oneOf = <C extends string>(label: string, values: Readonly<Record<C, string>>, extra?: WithTones<C>): EnumField => ({
  kind: 'enum',
  label,
  values,
  ...(extra as Extra & Pick<EnumField, 'tones'>),
});
/** Code of which only some values are documented. */
export const someOf = <C extends string>(label: string, values: Readonly<Record<C, string>>, extra?: WithTones<C>): EnumField => ({
  ...oneOf(label, values, extra),
  open: true,
});
export const group = (label: string, fields: Fields, extra?: Extra & Pick<GroupField, 'open'>): GroupField => ({
  kind: 'group',
  label,
  fields,
  ...extra,
});
/** Array of documented objects. */
export const list = <F extends Fields>(
  label: string,
  fields: F,
  extra?: Extra & { readonly columns?: readonly ((keyof F & string) | `${keyof F & string}.${string}`)[] },
): ListField => ({ kind: 'list', label, fields, ...extra });
/** Array of plain values, or of elements whose shape is not documented. */
export const values = (label: string, extra?: Extra): ListField => ({ kind: 'list', label, ...extra });
export const any = (label: string, extra?: Extra & { of?: string }): AnyField => ({ kind: 'any', label, ...extra });
