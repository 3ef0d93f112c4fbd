// `--fields` without a value: the names, headings and kinds of an endpoint's fields; and headings taken for the fields they stand on.
import { distance } from 'fastest-levenshtein';
import { displayWidth, padRight } from '../console/width.ts';
import { type Endpoint, openSentence } from '../core/endpoint.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Field } from '../core/fields.ts';
import { languages } from '../core/formats.ts';
import { writeJson } from '../core/json.ts';
import type { Provider } from '../core/provider.ts';
import { loadTranslations } from '../lang/index.ts';
import type { Context } from '../lookup/context.ts';
import { allColumns, type Column, declaredColumns, type Followed, resolveLabels } from '../output/columns.ts';
import { printLines } from '../output/destination.ts';
import { defaultColumns, refusedField, selectColumns } from '../output/named-columns.ts';
import { isSlip, slipOf } from '../output/near-names.ts';
import { refusedOrder } from '../output/sort.ts';
import { translationsOf, withFollowed } from '../output/translations.ts';
import { askedFormat } from '../plan/conflicts.ts';
import { planFollow } from '../plan/follow.ts';
import type { Options } from '../plan/options.ts';
import type { GivenCondition } from '../plan/until-option.ts';

/** Whose fields. */
export interface FieldsOf {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
}

/** Prints the fields of an endpoint with the headings of the language. */
export async function listFields(context: Context, { provider, endpoint }: FieldsOf, options: Options): Promise<ExitName> {
  const { describeStreams } = await import('../console/streams.ts');
  const language = options.lang ?? describeStreams(context.runtime).language;
  const follow = planFollow(options, provider, endpoint);
  const columns = await inLanguage({ provider, endpoint }, declaredColumns(endpoint, { follow }), language, follow);
  const shown = new Set(defaultColumns(endpoint, { follow }).map(({ name }) => name));
  const rows = columns.map(({ name, label, field, followed }) => ({
    name,
    heading: label,
    kind: field.kind,
    default: shown.has(name),
    field,
    isOfThing: followed !== undefined,
  }));
  if (askedFormat(options) === 'json')
    return printLines(context, [
      writeJson(
        rows.map(({ field, isOfThing, ...row }) => row),
        2,
      ),
    ]);
  const call = [provider.endpoints.length === 0 ? '' : provider.name, endpoint.name].join(' ').trim();
  const head = `Fields of ${call}: name, heading, kind (* = shown by default)`;
  return printLines(context, [
    head,
    ...aligned(rows.map(row => [`${row.name}${row.default ? ' *' : ''}`, row.heading, kindText(row.field, row.name, row.isOfThing)])),
    ...(endpoint.open ? [`  ${openSentence(endpoint)}`] : []),
  ]);
}

function kindText(field: Field, name: string, isOfThing: boolean): string {
  const codes = field.kind === 'enum' ? Object.keys(field.values) : [];
  if (codes.length > 0) return `code: ${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ', …' : ''}`;
  if (field.kind === 'list') return isOfThing ? 'list' : `list: --explode ${name}`;
  return field.kind === 'any'
    ? 'not documented'
    : field.kind === 'instant'
      ? 'time'
      : field.kind === 'date-text'
        ? 'date as sent'
        : field.kind;
}

function aligned(rows: readonly (readonly [string, string, string])[]): string[] {
  const widest = (at: 0 | 1): number => rows.reduce((most, row) => Math.max(most, displayWidth(row[at])), 0);
  const [names, headings] = [widest(0), widest(1)];
  return rows.map(([name, heading, kind]) => `  ${padRight(name, names)}  ${padRight(heading, headings)}  ${kind}`.trimEnd());
}

async function inLanguage(
  { provider, endpoint }: FieldsOf,
  columns: readonly Column[],
  language: (typeof languages)[number],
  follow: readonly Followed[] = [],
): Promise<Column[]> {
  const translations = await loadTranslations(language);
  const things = follow.map(({ name, endpoint: thing }) => [name, translationsOf(provider.name, thing.name, translations)] as const);
  return resolveLabels(columns, withFollowed(translationsOf(provider.name, endpoint.name, translations), things));
}

/** The options with documented names where headings were given, in whichever language; what is neither stays, and is refused later. */
export async function withFieldNames({ provider, endpoint }: FieldsOf, options: Options): Promise<Options> {
  const known = declaredColumns(endpoint, { explode: options.explode });
  const isName = (name: string): boolean => known.some(column => column.name === name || column.name.startsWith(`${name}.`));
  const [sort = '', direction] = /^(.*?)(:(?:asc|desc))?$/.exec(options.sort ?? '')?.slice(1) ?? [];
  const { until } = options;
  const given = [...(options.fields ?? []), ...(sort === '' ? [] : [sort])];
  if (known.length === 0 || (given.every(isName) && until === undefined)) return options;
  const labelled = (await Promise.all(languages.map(language => inLanguage({ provider, endpoint }, known, language)))).flat();
  const nameOf = (word: string): string => (isName(word) ? word : (namedBy(labelled, word, endpoint.open) ?? word));
  const near = (word: string): string[] => (isMisspelt(word, endpoint, options) ? nearHeadings(labelled, word) : []);
  for (const word of (options.fields ?? []).map(nameOf)) {
    const names = near(word);
    if (names.length > 0) throw refusedField(word, names[0], names);
  }
  const orders = near(nameOf(sort));
  if (orders.length > 0) throw refusedOrder(`${sort}${direction ?? ''}`, orders);
  return Object.freeze({
    ...options,
    ...(options.fields !== undefined && { fields: options.fields.map(nameOf) }),
    ...(sort !== '' && { sort: `${nameOf(sort)}${direction ?? ''}` }),
    ...(until !== undefined && { until: await withCode({ provider, endpoint }, { ...until, field: nameOf(until.field) }) }),
  });
}

/** Whether a word is no field, nor the slip of one: those of a thing that is followed, and of the data, are not known here. */
function isMisspelt(word: string, endpoint: Endpoint, { explode, follow = [] }: Options): boolean {
  if (word === '' || follow.some(name => word.startsWith(`${name}.`))) return false;
  const known = allColumns(endpoint, { explode });
  try {
    selectColumns(endpoint, [word], { explode });
    return false;
  } catch {
    return (
      slipOf(
        word,
        known.map(({ name }) => name),
      ) === undefined
    );
  }
}

const mostNear = 5;

/** The names of the fields and groups whose heading, in any language, the word is a slip of, the nearest first. */
function nearHeadings(columns: readonly Column[], word: string): string[] {
  const wanted = word.toLowerCase();
  const found = columns
    .flatMap(({ name, label, labels, path }) => [
      { name, heading: label },
      ...labels.slice(0, -1).map((heading, at) => ({ name: path.slice(0, at + 1).join('.'), heading })),
    ])
    .filter(({ heading }) => isSlip(wanted, heading.toLowerCase()))
    .sort((a, b) => distance(wanted, a.heading.toLowerCase()) - distance(wanted, b.heading.toLowerCase()));
  return [...new Set(found.map(({ name }) => name))].slice(0, mostNear);
}

/** The condition with the code where its meaning was given, in whichever language; what is neither stays, and is refused later. */
async function withCode({ provider, endpoint }: FieldsOf, given: GivenCondition): Promise<GivenCondition> {
  const field = declaredColumns(endpoint).find(({ name }) => name === given.field)?.field;
  if (field?.kind !== 'enum' || Object.hasOwn(field.values, given.value)) return given;
  const wanted = given.value.toLowerCase();
  const codes = new Set<string>();
  for (const language of languages) {
    const words = translationsOf(provider.name, endpoint.name, await loadTranslations(language));
    for (const [code, gloss] of Object.entries(field.values)) {
      if ([code, gloss, words.gloss(given.field, code, gloss)].some(text => text.toLowerCase() === wanted)) codes.add(code);
    }
  }
  const [only, ...more] = codes;
  return only === undefined || more.length > 0 ? given : { ...given, value: only };
}

/** The one field, or the one group, that has this heading. In an open record another letter case is another field. */
function namedBy(columns: readonly Column[], heading: string, isOpen = false): string | undefined {
  const fold = (text: string): string => (isOpen ? text : text.toLowerCase());
  const wanted = fold(heading.trim());
  const found = columns.flatMap(({ name, label, labels, path }) => {
    if (fold(label) === wanted) return [name];
    const at = labels.findIndex((part, place) => fold(part) === wanted && place < labels.length - 1);
    return at < 0 ? [] : [path.slice(0, at + 1).join('.')];
  });
  const [only, ...more] = new Set(found);
  return more.length === 0 ? only : undefined;
}
