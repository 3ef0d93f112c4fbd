// Personal values as they stand in a text, told by what they are: an address, a number with its check digits, or a number behind
// its name. Amounts, ids and dates stay. docs/security.md has the table.
import { ibanLength, isIban } from './check-digits.ts';
import { late } from './late.ts';
import { hidden, maskText } from './personal.ts';
import { birthWord, certainForms, days, type PersonalForm, suspectedForms } from './personal-forms.ts';
import { finish, type Steps } from './turn.ts';

/** A text without any of these is left alone at once. */
const telltale = /[@＠]|%(?:25)*40|&#|\\u0040|\d\D{0,2}\d/;

/**
 * The text with e-mail addresses, phone numbers, document and account numbers and birth dates hidden, as far as each can be told
 * by itself or by a word before it; numbers count only with their check digits. Names of people stay.
 */
export function personalByValue(text: string): string {
  return finish(hideByValue(text));
}

/** The same in steps, one for each form, because a text may be long. */
export function* hideByValue(text: string): Steps<string> {
  if (!telltale.test(text)) return text;
  yield text.length;
  const withoutEmails = hideEmails(text);
  yield text.length;
  let shown = hideIbans(withoutEmails, isIban);
  for (const form of formsIn(text, certainForms)) {
    yield text.length;
    shown = hideForm(shown, form);
  }
  return shown;
}

/** Behind so many characters a text is searched for every form. */
const mostTold = 1000;
const mostDigits = 20;

/** Those of the forms that may stand in the text: most ids and codes have none, and to compile all of them takes milliseconds. */
export function formsIn(text: string, forms: readonly PersonalForm[]): readonly PersonalForm[] {
  if (text.length > mostTold) return forms;
  const count = digitsOf(text);
  const small = text.toLowerCase();
  return forms.filter(({ digits, words }) => digits <= count && (words?.some(word => small.includes(word)) ?? true));
}

function digitsOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length && count < mostDigits; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) count += 1;
  }
  return count;
}

/**
 * The same for a sentence of a provider, such as the words of a refusal. It may be about a number that is wrong, so every long
 * number is hidden, and every date where it speaks of a birth.
 */
export function maskProse(text: string): string {
  if (!telltale.test(text)) return text;
  const undated = birthWord().test(text) ? text.replace(days(), () => hidden) : text;
  return formsIn(text, suspectedForms).reduce(
    hideForm,
    hideIbans(hideEmails(undated), () => true),
  );
}

/** The text with what has this form hidden. */
export function hideForm(text: string, { kind, pattern, fits }: PersonalForm): string {
  return text.replace(pattern(), (...match: unknown[]) => {
    const [all] = match;
    const groups = match.at(-1);
    const lead = typeof groups === 'object' && groups !== null && 'lead' in groups ? String(groups.lead) : '';
    const found = String(all).slice(lead.length);
    const bare = bareOf(found);
    return fits === undefined || fits(bare, found) ? lead + maskText(kind, bare) : String(all);
  });
}

/** Letters and digits alone. */
function bareOf(found: string): string {
  return found.replace(/[^\p{L}\p{N}]/gu, '');
}

const ibanBegin = /(?<![\w$-])[A-Z]{2}\d{2}(?= ?[A-Z\d])/gi;

/** Where an IBAN ends is told by its country: capitals may follow it. */
function hideIbans(text: string, fits: (bare: string) => boolean): string {
  return spliced(text, ibanBegin, ({ 0: head, index }) => {
    const length = ibanLength(head.slice(0, 2));
    if (length === undefined) return undefined;
    const [found] = new RegExp(`^[A-Z\\d](?: ?[A-Z\\d]){${length - 1}}(?!\\w)`, 'i').exec(text.slice(index, index + 2 * length)) ?? [];
    if (found === undefined || !fits(bareOf(found))) return undefined;
    return { start: index, end: index + found.length, shown: maskText('account', bareOf(found)) };
  });
}

const atSign = /[@＠]|%(?:25){0,4}40|&#(?:64|x40);|\\u0040/gi;
// To look up the letters of all scripts takes a millisecond.
const domain = late(() => /(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/uy);
const localPart = late(() => /[\p{L}\p{N}\p{M}._%+-]/u);
const mostLocal = 128;

function hideEmails(text: string): string {
  let behindLast = 0;
  return spliced(text, atSign, ({ 0: at, index }) => {
    const behind = index + at.length;
    const start = beginningOfLocal(text, Math.max(behindLast, index - mostLocal), index);
    behindLast = behind;
    const name = domain();
    name.lastIndex = behind;
    if (start === index || !name.test(text)) return undefined;
    const first = String.fromCodePoint(text.codePointAt(start) ?? 0);
    const kept = start + first.length < index ? first : '';
    return { start, end: behind, shown: `${kept}${hidden}${at}` };
  });
}

/** Goes back as long as there is what may stand before the at sign. */
function beginningOfLocal(text: string, least: number, end: number): number {
  let start = end;
  while (start > least) {
    const isPair = /[\udc00-\udfff]/.test(text.charAt(start - 1)) && start - 1 > least;
    const before = isPair ? start - 2 : start - 1;
    if (!localPart().test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly shown: string;
}

/** The text with stretches replaced that `judge` makes out at the places of a pattern; they do not overlap. */
function spliced(text: string, pattern: RegExp, judge: (match: RegExpExecArray) => Splice | undefined): string {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const splice = match.index < from ? undefined : judge(match);
    if (splice === undefined) continue;
    pieces.push(text.slice(from, splice.start), splice.shown);
    from = splice.end;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
}
