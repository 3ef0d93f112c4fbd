// The forms that personal numbers and dates have in texts, as data; core/personal-text.ts looks for them. Each pattern looks at a
// bounded stretch from each place, because the texts are a provider's and may have megabytes.
import { isAadhaar, isCard, isCnpj, isCpf, isMoment, isResidentId } from './check-digits.ts';
import type { PersonalKind } from './fields.ts';
import { late } from './late.ts';

/** A form of a personal value. A pattern with a group `lead` finds the words before the value, too, which stay. */
export interface PersonalForm {
  readonly kind: PersonalKind;
  readonly pattern: () => RegExp;
  /** The fewest digits that what is found has, and of what stands in it, in small letters, one at least: most texts are told by these. */
  readonly digits: number;
  readonly words?: readonly string[];
  /** Whether what was found is one; `bare` is without blanks and signs. */
  readonly fits?: (bare: string, found: string) => boolean;
}

// Parts of longer numbers, of keys (`a1:123`, `a-123`), and amounts are none; what a percent escape ends before is.
const currency = 'BRL|CNY|EUR|GBP|HKD|INR|JPY|USD';
const before = `(?:(?<=%[\\dA-F]{2})|(?<![\\w$€£¥₹₩.+-]|\\d,|\\d[\\w$-]{0,40}:|(?:[$€£¥₹₩]|\\bRs\\.?|\\b(?:${currency})) ))`;
const after = `(?![\\w$]|%(?![\\dA-F]{2})|-\\w|[.,]\\d| ?(?:[€£¥₹₩]|(?:${currency})\\b))`;

function form(kind: PersonalKind, digits: number, body: string, fits?: PersonalForm['fits'], words?: PersonalForm['words']): PersonalForm {
  const pattern = late(() => new RegExp(`(?=[\\dA-Z])${before}(?:${body})${after}`, 'g'));
  return { kind, digits, pattern, ...(fits && { fits }), ...(words && { words }) };
}

// Signs are listed: classes of letters by property, without regard to case, take 10 ms to be compiled.
const sign = '[ \\u00a0\\u3000\\t"\'“”:：=#.,，_°)）\\[\\]<>|-]';
const month = '[a-z\\u00df-\\u00ff]{3,9}';
const day =
  '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2})|(?:19|20)\\d{6}|\\d{4}年\\d{1,2}月\\d{1,2}日|' +
  '\\d{1,2}\\.? (?:de )?' +
  month +
  '\\.?,? (?:de )?\\d{4}|' +
  month +
  ' \\d{1,2},? \\d{4}';
const births = [
  'birth(?:[ _-]?(?:date|day)s?)?',
  'date[ _-]?of[ _-]?birth',
  'dob',
  'born',
  'nascimento',
  'nascid[oa]',
  '出生(?:日期|年月)?',
  '生日',
];
const birth = births.join('|');

/** Whether a sentence speaks of a birth. */
export const birthWord = late(() => new RegExp(`(?<![a-z])(?:${birth})`, 'i'));
/** Calendar days. */
export const days = late(() => new RegExp(`(?<![\\w-])(?:${day})(?!\\d|-\\d)`, 'gi'));

const lone = [
  ...[
    'cpf',
    'cnpj',
    'rg',
    'ssn',
    'itin',
    'tin',
    'nif',
    'curp',
    'rfc',
    'aadhaa?r',
    'uidai',
    'pan',
    'gstin',
    'passport',
    'passaporte',
    'iban',
  ],
  ...['clabe', 'pix', 'phone', 'mobile', 'cellphone', 'tel', 'telephone', 'telefone', 'celular', 'whatsapp'],
  ...['身份证', '证件', '护照', '银行卡', '卡', '账户?', '帐户?', '手机', '电话'],
];
const numbered = ['account', 'acct', 'conta(?: corrente)?', 'card', 'cart[ãa]o', 'contact', 'identity', 'document', 'licen[cs]e', 'cell'];
const no = '(?:no|num|number|n[ºo°])';
const gap = `${sign}{0,4}`;
const labels = `(?<![a-z\\d])(?:(?:${lone.join('|')})(?:${gap}(?:${no}|key|is|was|号码?|码)(?![a-z])){0,2}|(?:${numbered.join('|')})[ _]?${no}(?![a-z]))${gap}`;
const numberish = '\\+?\\(?[A-Z]{0,3}(?:\\d{1,6}(?:[ ./()-]{1,2}\\d{1,6}){1,6}|\\d{5,20})(?:-?X|[A-Z])?';

/** A number behind its name is long enough to be one, and no amount. */
function isNamedNumber(bare: string, found: string): boolean {
  const digits = bare.replace(/\D/g, '').length;
  return digits >= 5 && !/^\d+[.,]\d{1,2}$/.test(found) && (digits > 6 || !/^\d{1,3}[.,]\d{3}$/.test(found));
}

/** So many digits as phone numbers have, and no amount with a sign. */
function isPhone(bare: string, found: string): boolean {
  return bare.length >= 8 && bare.length <= 15 && !/^\+\d+[.]\d+$|^\+\d{1,3}(?:[ .]\d{3})*[.]\d{1,2}$/.test(found);
}

const space = '[ \\u00a0\\u2009\\u202f]';
const dash = '[ \\u00a0\\u2009\\u202f-]';

/** What a text that fits the pattern begins with, up to the first letter that may be another: `cart[ãa]o` with `cart`. */
function beginningOf(pattern: string): string {
  return /^[^[(?]*?(?=.\?|[[(]|$)/.exec(pattern)?.[0] ?? '';
}

const named: readonly PersonalForm[] = [
  {
    kind: 'birth',
    digits: 4,
    words: births.map(beginningOf),
    pattern: late(
      () => new RegExp(`(?<lead>(?<![a-z])(?:${birth})${sign}{0,5}(?:(?:is|was|on|in|em|为|是)${sign}{0,3})?)(?:${day})(?!\\d)`, 'gi'),
    ),
  },
  {
    kind: 'document',
    digits: 5,
    words: [...lone, ...numbered].map(beginningOf),
    pattern: late(() => new RegExp(`(?<lead>${labels})(?:${numberish})(?!\\w|-\\w|[.,]\\d)`, 'gi')),
    fits: isNamedNumber,
  },
];

const phones: readonly PersonalForm[] = [
  { kind: 'phone', digits: 8, words: ['+'], pattern: late(() => /(?<![\w+])\(?\+\(?\d[\d ().-]{6,22}\d(?!\w|[.,]\d)/g), fits: isPhone },
  // (11) 98765-4321, (0755) 8888 1234
  {
    kind: 'phone',
    digits: 9,
    words: ['('],
    pattern: late(() => /(?<![\w(])\((?:0\d{1,3}|[1-9]\d{1,2})\)[ .-]?(?:\d{3,5}[ .-]\d{4}|\d{7,9})(?!\w|[.,]\d)/g),
  },
  // 138-1234-5678 in China, 11 98765-4321 in Brazil, 98765 43210 in India
  form('phone', 10, `1[3-9]\\d${dash}\\d{4}${dash}\\d{4}|\\d{2}${dash}9\\d{4}-\\d{4}|[6-9]\\d{4}${space}\\d{5}`),
];

const documents: readonly PersonalForm[] = [
  form('document', 2, '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}|[\\dA-Z]{2}\\.[\\dA-Z]{3}\\.[\\dA-Z]{3}/[\\dA-Z]{4}-\\d{2}', undefined, ['.']),
  form('document', 11, `\\d{3}[ .]?\\d{3}[ .]?\\d{3}[ ./-]?\\d{2}`, isCpf),
  form('document', 14, '\\d{8}/?\\d{4}-?\\d{2}', bare => isCnpj(bare) && !isMoment(bare)),
  form('document', 17, `[1-9]\\d{5}${dash}?\\d{8}${dash}?\\d{3}[\\dXx]`, isResidentId),
  form('document', 9, '(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}', undefined, ['-']),
  // PAN and GSTIN of India
  form('document', 4, '[A-Z]{5}\\d{4}[A-Z]|\\d{2}[A-Z]{5}\\d{4}[A-Z][A-Z\\d]Z[A-Z\\d]'),
];

/** Numbers in groups, as they stand on a card: four and four, or 4-6-5 and 4-6-4. */
const onCards = `\\d{4}(${dash})\\d{4}\\1\\d{4}(?:\\1\\d{1,7}){0,2}|\\d{4}(${dash})\\d{6}\\2\\d{4,5}`;

/** Aadhaar as it is written. */
const threeFours = `(?<!\\d${dash})\\d{4}(${dash})\\d{4}\\1\\d{4}(?!\\1\\d)`;

const isNotYears = (bare: string): boolean => !/^(?:(?:19|20)\d\d)+$/.test(bare);

/** Forms that are personal wherever they stand. */
export const certainForms: readonly PersonalForm[] = [
  ...named,
  ...phones,
  ...documents,
  form('account', 12, onCards, isCard),
  form('document', 12, threeFours, isAadhaar),
  form('account', 13, '\\d{13,19}', isCard),
];

/** Forms that may be, in a sentence about a number that may be wrong: any number in groups of four, any long one. */
export const suspectedForms: readonly PersonalForm[] = [
  ...named,
  ...phones,
  ...documents,
  form('document', 17, '\\d{17}[Xx]'),
  form('document', 12, threeFours, isNotYears),
  form('account', 12, onCards, isNotYears),
  form('account', 13, '\\d{13,19}', isCard),
  form('document', 9, '\\d{9,20}(?!:\\w)', bare => !isMoment(bare)),
];
