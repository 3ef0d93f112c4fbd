// Personal values with most of them hidden, and how a member tells by its name that it is personal. Texts: core/personal-text.ts.
import type { PersonalKind } from './fields.ts';

/** What stands for the hidden part. */
export const hidden = '••••';

/** How many characters at the end stay readable: enough to tell two people apart who are known anyway. */
const kept: Readonly<Record<Exclude<PersonalKind, 'email'>, number>> = { document: 2, phone: 2, account: 4, birth: 0, income: 0 };
const shortest = 5;

/** Hides a personal text: `a••••@example.com`, `••••0000`. An empty text stays empty. */
export function maskText(kind: PersonalKind, text: string): string {
  if (text === '') return '';
  if (kind === 'email') return maskEmail(text);
  // A character has two code units at most: more is not taken apart, because a text may be long.
  if ([...text.slice(0, 2 * shortest)].length < shortest) return hidden;
  const end = [...text.slice(-2 * shortest)];
  return hidden + end.slice(end.length - kept[kind]).join('');
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@');
  if (at < 1) return hidden;
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return `${first.length === at ? '' : first}${hidden}${text.slice(at)}`;
}

const no = '(?: (?:no|nos|num|number|numbers|numero))';

/** By the last words of a name. `account`, `id` and `number` alone say nothing: they name things. */
const telling: readonly (readonly [PersonalKind, RegExp])[] = [
  ['email', /\be ?mails?(?: (?:id|ids|address|addresses))?$/],
  [
    'phone',
    new RegExp(
      `\\b(?:phones?|cell ?phones?|mobiles?|telephones?|tel|telefone|celular|whats ?app|msisdn|fax)${no}?$|\\b(?:contact|cell)${no}$`,
    ),
  ],
  ['phone', /(?:手机|电话)(?:号码?)?$/],
  [
    'document',
    new RegExp(
      '\\b(?:cpf|cnpj|cpf cnpj|rg|ssn|social security|itin|tin|tax ?id|tax ?payer(?: id)?|bvn|nin|nif|curp|rfc|aadhaa?r|passport|passaporte|' +
        `id ?card|identity card|national id|voter id|pan(?: card)?|gstin|driving licen[cs]e)${no}?$|` +
        `\\b(?:document|identity|tax|licen[cs]e|id)${no}$`,
    ),
  ],
  ['document', /(?:身份证|证件|护照)(?:号码?)?$/],
  [
    'account',
    new RegExp(
      `\\b(?:account|acct|card|conta)${no}$|\\b(?:bank|beneficiary|debit|credit) (?:account|acct|card)s?$|\\bconta (?:bancaria|corrente)$`,
    ),
  ],
  ['account', /\biban(?: (?:no|number))?$|\bclabe$|\b(?:pix key|chave pix|vpa|upi(?: id)?)$|\b(?:cvv|cvc)$/],
  ['account', /(?:银行卡|卡号|账号|账户|帐号)(?:号码?)?$/],
  ['birth', /\b(?:birth|birth ?date|date of birth|birth ?day|dob|(?:data (?:de )?)?nascimento)$|(?:出生日期|出生年月|生日)$/],
];

const tellingAtAll = new RegExp(telling.map(([, { source }]) => source).join('|'));

/** Behind this a name says no more. */
const mostName = 100;

/** What a member that no document declares is by its name (`account_no`, `phoneNumber`); undefined when the name says nothing. */
export function personalByName(name: string): PersonalKind | undefined {
  const words = wordsOf(name);
  // Most names tell nothing, and an answer may have a million.
  if (!tellingAtAll.test(words)) return undefined;
  return telling.find(([, pattern]) => pattern.test(words))?.[0];
}

/** Whether a name says that what it holds is an id, which is no number of a person however it looks. */
export function namesId(name: string): boolean {
  return /\b(?:u?u?id|guid|key|ref|reference|utr|rrn|hash|code)s?$/.test(wordsOf(name));
}

/** Whether a name says that the number of what it belongs to stands there. */
export function namesNumber(name: string): boolean {
  return /(?:^|\b(?:account|acct|card) )(?:no|num|number|digits|value|key|iban|pan)$/.test(wordsOf(name));
}

/** Whether a text is made as ids are: a letter or digit, then letters, digits and `_ - . : $ /`. */
export function looksLikeId(text: string): boolean {
  // The letters of all scripts are looked up only for those that have others than ASCII's.
  return /^[A-Za-z\d][\w.:$/-]*$/.test(text) || (/[^\0-\x7f]/.test(text) && /^[\p{L}\p{N}][\p{L}\p{N}_.:$/-]*$/u.test(text));
}

/** `customerEmailID2` is `customer email id`. */
function wordsOf(name: string): string {
  return name
    .slice(-mostName)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ ?\d+ ?$/, '')
    .trimEnd()
    .toLowerCase();
}
