// Text values: what stands in a text field is guessed from its name, the kind of personal data, and the documented value.
import type { PersonalKind } from '../core/fields.ts';
import { hashWith, pick } from './dice.ts';
import { type Language, words } from './words.ts';

/** Who and what a text is about. Texts with one seed agree with each other: a name and its e-mail address. */
export interface TextSource {
  readonly language: Language;
  /** Of the record. */
  readonly seed: number;
  /** Of the person the record is about. */
  readonly person: number;
}

/** The language of texts written for speakers of … , judged from a provider's documented samples. */
export function languageOf(samples: string): Language {
  if (/[çãõáéíóú]/i.test(samples)) return 'pt';
  if (/"(?:ifsc|utr|gst\w*|pan)"/.test(samples)) return 'in';
  return /\p{Script=Han}/u.test(samples) ? 'zh' : 'en';
}

/** A text for a field; `like` is the documented one. Codes keep their shape, and what cannot be judged stays as it is. */
export function makeText(name: string, like: string, personal: PersonalKind | undefined, source: TextSource): string {
  if (personal !== undefined) return makePersonal(personal, like, source);
  if (like === '') return like;
  const language = languageHere(name, like, source.language);
  const maker = makers.find(([pattern]) => pattern.test(name))?.[1];
  if (maker !== undefined) return maker(like, { ...source, language }, name);
  if (/\d$/.test(like) || (/^[A-Z\d_-]+$/.test(like) && /\d/.test(like))) return changeDigits(like, source.seed);
  return /\p{Script=Han}/u.test(like) ? phrase(like, { ...source, language }, name) : like;
}

/** Personal data no person has: addresses in example.com, numbers that begin with zeros. */
export function makePersonal(kind: PersonalKind, like: string, source: TextSource): string {
  if (kind === 'email') return `${emailName(source)}@example.com`;
  if (kind === 'birth') return `${1950 + (source.person % 50)}-0${1 + (source.person % 9)}-1${source.person % 10}`;
  let left = like.replace(/\D/g, '').length;
  // The first digits are zeros, a country code excepted; the last four tell people apart.
  const start = like.startsWith('+') ? left - (/^\+\d*/.exec(like)?.[0].length ?? 1) + 1 : left;
  return like.replace(/\d/g, digit => {
    left--;
    if (left >= start) return digit;
    return left >= 4 ? '0' : `${hashWith(source.person, `${kind}${left}`) % 10}`;
  });
}

/** The same text with other digits; equal runs of digits stay equal within one record, and runs that are ids follow them. */
export function changeDigits(like: string, seed: number, renamed?: ReadonlyMap<string, string>): string {
  return like.replace(renamed === undefined ? /\d+/g : /\d{4,}/g, run => {
    let at = 0;
    return (
      renamed?.get(run) ?? run.replace(/\d/g, digit => (at++ === 0 && run.length > 2 ? digit : `${hashWith(seed, `${run}${at}`) % 10}`))
    );
  });
}

type Maker = (like: string, source: TextSource, name: string) => string;

const phrase: Maker = (_, { language, seed }, name) => pick(words[language].phrases, hashWith(seed, name));
const company: Maker = (like, { language, person }) => {
  const suffix = / Collection Account$/.exec(like)?.[0] ?? '';
  return `${pick(words[language].companies, hashWith(person, 'company'))}${suffix}`;
};
const person: Maker = (like, source) => {
  if (/account|ltd|inc\b|company|集团|公司|账户/i.test(like)) return company(like, source, '');
  const { given, family, fullName } = words[source.language];
  return fullName(pick(given, hashWith(source.person, 'given')), pick(family, hashWith(source.person, 'family')));
};
const from =
  (list: 'products' | 'banks' | 'cities'): Maker =>
  (_, { language, person }, name) =>
    pick(words[language][list], hashWith(person, name));

const makers: readonly (readonly [RegExp, Maker])[] = [
  [/account_?product|unit|symbol|currency|country|(?:num|str)_?code|grayver|version/i, like => like],
  [/product_?name$/i, from('products')],
  [/bank_?name$/i, from('banks')],
  [/city$/i, from('cities')],
  [/(?:merchant|company|corporation|account)_?(?:name|en)$/i, company],
  [/(?:customer|holder|owner|staff|person|user|full|verified)_?name(?:en)?$/i, person],
  [/title$|description$|remark$|purpose$/i, phrase],
];

/** A field for the English form of a name stays English beside one in another script. */
function languageHere(name: string, like: string, language: Language): Language {
  return language === 'zh' && !/\p{Script=Han}/u.test(like) && /en$|name/i.test(name) ? 'en' : language;
}

function emailName({ language, person: seed }: TextSource): string {
  const { given, family } = words[language === 'zh' ? 'en' : language];
  const name = `${pick(given, hashWith(seed, 'given'))}.${pick(family, hashWith(seed, 'family'))}`;
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
