// Check digits of numbers that name people and accounts: what tells such a number from an amount or an id of the same length.
// Each function takes the bare number, without the blanks, dots and hyphens it is written with.

/** CPF, the Brazilian taxpayer number: 11 digits, the last two by weights, modulo 11. Eleven equal digits are none. */
export function isCpf(digits: string): boolean {
  return /^(\d)(?!\1{10})\d{10}$/.test(digits) && endsWithModulo11(digits, 9, 11);
}

/** CNPJ, the Brazilian company number: 14 digits, or since 2026 12 digits and capitals before the two check digits. */
export function isCnpj(characters: string): boolean {
  return /^(?!0{14})[\dA-Z]{12}\d\d$/.test(characters) && endsWithModulo11(characters, 12, 9);
}

/** Both check digits; weights count from 2 at the right, and begin anew behind `heaviest`. */
function endsWithModulo11(characters: string, length: number, heaviest: number): boolean {
  const checkDigit = (body: string): number => {
    const sum = [...body].reduce((total, character, at) => {
      const weight = 2 + ((body.length - 1 - at) % (heaviest - 1));
      return total + (character.charCodeAt(0) - 48) * weight;
    }, 0);
    return sum % 11 < 2 ? 0 : 11 - (sum % 11);
  };
  const first = checkDigit(characters.slice(0, length));
  return characters.slice(length) === `${first}${checkDigit(characters.slice(0, length) + first)}`;
}

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Resident identity number of the People's Republic of China (GB 11643): 17 digits with a birth date in them, and a digit or X. */
export function isResidentId(characters: string): boolean {
  const parts = /^[1-9]\d{5}((?:18|19|20|21)\d\d)(\d\d)(\d\d)\d{3}[\dXx]$/.exec(characters);
  if (parts === null || !isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return false;
  const sum = residentWeights.reduce((total, weight, at) => total + weight * Number(characters[at]), 0);
  return characters.at(-1)?.toUpperCase() === '10X98765432'[sum % 11];
}

/** Whether a calendar has this day. */
export function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Issuers that are in use: Visa, Mastercard, Amex, Diners, Discover, JCB, UnionPay, Maestro, RuPay, Elo, Hipercard. */
const issuers =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[0-8]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,16}|35\d{14}|6\d{15,18}|8[12]\d{14})$/;

/** Payment card: length and first digits of an issuer, and the Luhn sum. */
export function isCard(digits: string): boolean {
  if (!issuers.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

// Verhoeff's dihedral group: products, and what each place does to a digit before.
const products = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043'];
products.push('8765932104', '9876543210');
const turns = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

/** Aadhaar, the Indian identity number: 12 digits, the first from 2, Verhoeff's sum over all. */
export function isAadhaar(digits: string): boolean {
  if (!/^[2-9]\d{11}$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const turned = Number(turns[at % 8]?.[Number(digit)]);
    return Number(products[total]?.[turned]);
  }, 0);
  return sum === 0;
}

const ibanLengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 ' +
    'FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
    'MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ' +
    'SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Length of an IBAN of this country; undefined where there are none. */
export function ibanLength(country: string): number | undefined {
  return ibanLengths.get(country.toUpperCase());
}

/** IBAN (ISO 13616): the length of its country, and 1 modulo 97. */
export function isIban(characters: string): boolean {
  if (!/^[A-Z]{2}\d\d[A-Z\d]+$/i.test(characters) || ibanLength(characters.slice(0, 2)) !== characters.length) return false;
  const turned = characters.slice(4) + characters.slice(0, 4);
  return [...turned].reduce((rest, character) => Number(`${rest}${Number.parseInt(character, 36)}`) % 97, 0) === 1;
}

/** A time written without signs, `20240115103000`: as long as some numbers of people. */
export function isMoment(digits: string): boolean {
  const parts = /^((?:19|20)\d\d)(\d\d)(\d\d)([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d(?:\d{3}){0,2})?$/.exec(digits);
  return parts !== null && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}
