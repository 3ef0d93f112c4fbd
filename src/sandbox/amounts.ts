// Amounts in cents, written in the style of the documented one: `10.0`, `150.00`, `0`, or text.
// All amounts of a record are moved by one factor, so what adds up in the document still does, give or take a cent.
import { dice, hashWith } from './dice.ts';

/** A documented amount: its value and how it is written. */
export interface Amount {
  readonly cents: number;
  readonly decimals: number;
}

const amountText = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/** Reads a decimal; undefined when it is none. */
export function readAmount(text: string): Amount | undefined {
  const [, sign, whole, fraction = ''] = amountText.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const cents = Math.round(Number(`${whole}.${fraction.slice(0, 4) || '0'}`) * 100);
  return { cents: sign === '-' ? -cents : cents, decimals: fraction.length };
}

/** Writes cents like the documented amount is written. */
export function writeAmount(cents: number, decimals: number, padded: boolean): string {
  const sign = cents < 0 ? '-' : '';
  const size = Math.abs(cents);
  const whole = `${sign}${Math.floor(size / 100)}`;
  const fraction = `${size % 100}`.padStart(2, '0');
  if (decimals === 2 && padded) return `${whole}.${fraction}`;
  const short = fraction.replace(/0+$/, '');
  if (short === '') return decimals === 0 ? whole : `${whole}.0`;
  // Binary-float noise of the document, such as 36673.740000000005, befalls some others: readers must stand it.
  return decimals > 4 && short.length === 2 && size % 3 === 0 ? `${whole}.${short}${'5'.padStart(decimals - 2, '0')}` : `${whole}.${short}`;
}

/** How much larger the amounts of a record are than the documented ones; every third record gets a round main amount. */
export function recordFactor(seed: number, mainCents: number): number {
  // Documented samples are at times test entries of ten units: loans are larger.
  const factor = 0.3 * 100 ** dice(hashWith(seed, 'factor'))() * (mainCents < 5000 ? 50 : 1);
  if (mainCents === 0 || seed % 3 !== 0) return factor;
  return (Math.max(1, Math.round((mainCents * factor) / 1000)) * 1000) / mainCents;
}

/** Cents of one of several parts of an amount; the parts add up to it. */
export function partOf(cents: number, parts: number, part: number): number {
  const share = Math.trunc(cents / parts);
  return part === 0 ? cents - share * (parts - 1) : share;
}

const open = /remain|unpaid|outstanding/i;
const done = /reserv|repay|paid|settle/i;

/**
 * Where a documented record shows one part of an amount as zero (nothing remaining, nothing unpaid), other records show it split.
 * Returns the fields whose amount is taken from another one: zero field → field it is taken from.
 */
export function splitFields(amounts: ReadonlyMap<string, Amount>): ReadonlyMap<string, string | undefined> {
  const split = new Map<string, string | undefined>();
  for (const [name, { cents }] of amounts) {
    if (cents !== 0 || !(open.test(name) || done.test(name))) continue;
    const partner = [...amounts].find(
      ([other, whole]) => whole.cents !== 0 && (open.test(other) || done.test(other)) && stem(other) === stem(name),
    );
    split.set(name, partner?.[0]);
  }
  return split;
}

/** Whether a field holds the part of an amount that is no longer open. */
export function isDonePart(name: string): boolean {
  return done.test(name) && !open.test(name);
}

/** `cardUnpaidAmount` and `cardSettleAmount` are parts of one thing, as are `remain` and `reserved`. */
function stem(name: string): string {
  return name.replace(/_?(?:remain(?:ing)?|unpaid|outstanding|reserved?|repayment|repaid|paid|settled?)(?:_?amount)?/i, '').toLowerCase();
}
