// Exact decimals from their text: amounts are compared without ever being JS numbers.
import Big from 'big.js';

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether a text is a decimal as JSON writes numbers; providers write amounts so in strings, too. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/**
 * Exact sum, with as many places as the longest part has; undefined when a part has more digits than an amount can have. All must be
 * decimals.
 */
export function addDecimals(parts: readonly string[]): string | undefined {
  const sum = new DecimalSum();
  return parts.every(part => sum.add(part)) ? sum.text : undefined;
}

/** The decimal with the other sign. */
export function negateDecimal(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** Order of two decimals: negative, zero or positive. Both must be decimals. */
export function compareDecimals(a: string, b: string): number {
  return new Big(a).cmp(new Big(b));
}

/** Which part of a whole an amount is, for a drawing: 0 to 1, of two amounts that are not negative. */
export function shareOf(part: string, whole: string): number {
  const all = new Big(whole);
  return all.eq(0) ? 0 : Number(new Big(part).div(all).toFixed(4));
}

/** One text for all spellings of a value: `10.0`, `10.00` and `1e1` are one. */
export function canonicalDecimal(decimal: string): string {
  const { s, c, e } = new Big(decimal);
  return c.length === 1 && c[0] === 0 ? '0' : `${s < 0 ? '-' : ''}${c.join('')}e${e}`;
}

/** More digits than any amount has: a hostile exponent must not fill the memory. */
const mostDigits = 1000;

/** An exact total. It keeps as many decimal places as the longest amount had: 10.0 and 2.25 are 12.25, two of 5.00 are 10.00. */
export class DecimalSum {
  #total = new Big(0);
  #places = 0;

  /** Adds a decimal. False: it has more digits than an amount can have, and was not added. */
  add(decimal: string): boolean {
    if (decimal.length > mostDigits) return false;
    const value = new Big(decimal);
    const places = placesOf(decimal);
    // Of nothing the exponent says nothing, but for its places.
    if (Math.abs(value.e) > mostDigits || places > 2 * mostDigits) return false;
    this.#total = this.#total.plus(value);
    this.#places = Math.max(this.#places, places);
    return true;
  }

  get text(): string {
    return this.#total.toFixed(this.#places);
  }
}

/** Decimal places of a number as it is written; an exponent moves the point. */
function placesOf(decimal: string): number {
  const [, fraction = '', exponent = '0'] = /(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
