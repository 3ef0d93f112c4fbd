// Personal values with most of them hidden, and how to tell them where no document does: by the name of a member, or in a sentence.
import type { PersonalKind } from './fields.ts';

const hidden = '••••';

/** How many characters at the end stay readable: enough to tell two people apart who are known anyway. */
const kept: Readonly<Record<Exclude<PersonalKind, 'email'>, number>> = { document: 2, phone: 2, account: 4, birth: 0, income: 0 };
const shortest = 5;

/** Hides a personal text: `a••••@example.com`, `••••0000`. An empty text stays empty. */
export function maskText(kind: PersonalKind, text: string): string {
  if (text === '') return '';
  if (kind === 'email') return maskEmail(text);
  const characters = [...text];
  return characters.length < shortest ? hidden : hidden + characters.slice(characters.length - kept[kind]).join('');
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@');
  if (at < 1) return hidden;
  const [first = '', ...others] = [...text.slice(0, at)];
  return `${others.length === 0 ? '' : first}${hidden}${text.slice(at)}`;
}

const telling: readonly (readonly [PersonalKind, RegExp])[] = [
  ['email', /\be ?mail( address)?$/],
  ['phone', /\b(phone|mobile|telephone|msisdn)( (no|num|number))?$/],
  ['account', /\b(account|acct|card) (no|num|number)$|\biban$/],
  ['birth', /\b(birth date|date of birth|birthday|birthdate|dob)$/],
  [
    'document',
    /\b(cpf|cnpj|ssn|bvn|nin|aadhaar|passport|pan)( (no|num|number))?$|\b(document|identity|national id|tax id|id card) (no|num|number)$/,
  ],
];

/** What a member that no document declares is by its name (`account_no`, `phoneNumber`); undefined when the name says nothing. */
export function personalByName(name: string): PersonalKind | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return telling.find(([, pattern]) => pattern.test(words))?.[0];
}

/** Personal values as they stand in sentences. Long numbers of their own are documents, accounts or phones; parts of keys are not. */
const inProse: readonly (readonly [PersonalKind, RegExp])[] = [
  ['email', /[\p{L}\p{N}._%+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu],
  ['phone', /(?<![\w+])\+\d[\d ().-]{6,18}\d(?!\w)/g],
  ['document', /(?<![\w.-])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2})(?![\w-])/g],
  ['document', /(?<![\w.,$:-])\d{9,20}(?![\w$:-]|[.,]\d)/g],
];

/** A sentence of a provider with e-mail addresses, phone numbers and document or account numbers in it hidden. */
export function maskProse(text: string): string {
  return inProse.reduce((masked, [kind, pattern]) => masked.replace(pattern, found => maskText(kind, found)), text);
}
