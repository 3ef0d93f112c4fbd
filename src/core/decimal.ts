// Exact decimals from their text: amounts are compared without ever being JS numbers.
import Big from 'big.js';

const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Whether a text is a decimal as JSON writes numbers; providers write amounts so in strings, too. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/** Order of two decimals: negative, zero or positive. Both must be decimals. */
export function compareDecimals(a: string, b: string): number {
  return new Big(a).cmp(new Big(b));
}
