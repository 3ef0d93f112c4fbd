// Exact decimals (interim).
import Big from 'big.js';
export function isDecimal(text: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}
export function compareDecimals(a: string, b: string): number {
  return new Big(a).cmp(new Big(b));
}
