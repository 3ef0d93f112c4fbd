// Labels and glosses in the user's language. English stands in the endpoint literals and is what remains where nothing is translated.

export type Lang = 'en' | 'zh' | 'pt';

/**
 * The phrases of one provider. `endpoint.field` (nested fields dotted) is a label, `endpoint.field=CODE` the gloss of a code,
 * `endpoint.field=none` the word for "no time", `endpoint.request.parameter` the label of a key that answers do not repeat.
 * `*` in place of the endpoint serves every endpoint that has no phrase of its own.
 */
export type Dictionary = Readonly<Record<string, string>>;

/** What is said, by its English pattern: `unknown provider: {1}` → `未知系统：{1}`; the places may stand in another order. */
export type Phrases = Readonly<Record<string, string>>;

/** Dictionaries of one language, by provider. */
export type Catalog = Readonly<Record<string, Dictionary>>;

/** Phrases that several endpoints, or several fields, have in common: each under each of the names before it. `=CODE` is a gloss. */
export function under(before: readonly string[], phrases: Dictionary): Dictionary {
  const join = (name: string, rest: string) => (rest.startsWith('=') ? name + rest : `${name}.${rest}`);
  return Object.fromEntries(before.flatMap(name => Object.entries(phrases).map(([rest, phrase]) => [join(name, rest), phrase])));
}

/** Looks phrases up; every method gives back the English text it was handed when there is no translation. */
export interface Translations {
  readonly lang: Lang;
  /** Label of a field; `field` is dotted for nested ones. */
  label(provider: string, endpoint: string, field: string, english: string): string;
  /** Meaning of a code of an enum field. */
  gloss(provider: string, endpoint: string, field: string, code: string, english: string): string;
  /** Word for an instant that means "no time". */
  none(provider: string, endpoint: string, field: string, english: string): string;
  /** What stands for a nested list where only the number of its elements is shown. */
  items(count: number): string;
  /** What a screen leaves out of a nested list: `28 more, 6 more columns`; '' for nothing. */
  more(rows: number, columns: number): string;
  /** What stands before the sum of the amounts of a list. */
  readonly total: string;
  /** A flag as people read it. */
  flag(value: boolean): string;
  /** What stands before the headings of flags that are false, and of fields without a value. */
  readonly no: string;
  readonly empty: string;
}

const items: Readonly<Record<Lang, (count: number) => string>> = {
  en: count => (count === 1 ? '1 item' : `${count} items`),
  zh: count => `${count} 项`,
  pt: count => (count === 1 ? '1 item' : `${count} itens`),
};

const moreRows: Readonly<Record<Lang, (count: number) => string>> = {
  en: count => `${count} more`,
  zh: count => `还有 ${count} 项`,
  pt: count => `mais ${count}`,
};

const moreColumns: Readonly<Record<Lang, (count: number) => string>> = {
  en: count => (count === 1 ? '1 more column' : `${count} more columns`),
  zh: count => `还有 ${count} 列`,
  pt: count => (count === 1 ? 'mais 1 coluna' : `mais ${count} colunas`),
};

const total: Readonly<Record<Lang, string>> = { en: 'sum', zh: '合计', pt: 'soma' };
const flags: Readonly<Record<Lang, readonly [yes: string, no: string]>> = { en: ['yes', 'no'], zh: ['是', '否'], pt: ['sim', 'não'] };
const no: Readonly<Record<Lang, string>> = { en: 'No', zh: '否', pt: 'Não' };
const empty: Readonly<Record<Lang, string>> = { en: 'Empty', zh: '空', pt: 'Vazio' };

export function makeTranslations(lang: Lang, catalog: Catalog): Translations {
  const find = (provider: string, endpoint: string, name: string, english: string): string => {
    const dictionary = catalog[provider];
    return own(dictionary, `${endpoint}.${name}`) ?? own(dictionary, `*.${name}`) ?? english;
  };
  return {
    lang,
    label: find,
    gloss: (provider, endpoint, field, code, english) => find(provider, endpoint, `${field}=${code}`, english),
    none: (provider, endpoint, field, english) => find(provider, endpoint, `${field}=none`, english),
    items: items[lang],
    flag: value => flags[lang][value ? 0 : 1],
    more: (rows, columns) =>
      [...(rows === 0 ? [] : [moreRows[lang](rows)]), ...(columns === 0 ? [] : [moreColumns[lang](columns)])].join(
        lang === 'zh' ? '，' : ', ',
      ),
    total: total[lang],
    no: no[lang],
    empty: empty[lang],
  };
}

function own(dictionary: Dictionary | undefined, name: string): string | undefined {
  return dictionary !== undefined && Object.hasOwn(dictionary, name) ? dictionary[name] : undefined;
}
