// The money object of Ekuaibao's answers. Doc: https://docs.ekuaibao.com/docs/open-api/flows/creat-and-save.
import { currency, type Fields, money, number, text } from '../../core/fields.ts';

/** All of it: an amount in the base currency of the tenant, and in a foreign one where there is one. */
export const moneyFields = {
  standard: money('Base currency amount'),
  standardUnit: text('Unit'),
  standardScale: number('Decimals'),
  standardSymbol: text('Symbol'),
  standardNumCode: text('ISO 4217 number'),
  standardStrCode: currency('ISO 4217 code', ['standard']),
  // Only an amount in a foreign currency has these: standard = foreign × rate.
  foreign: money('Foreign amount', { optional: true }),
  foreignUnit: text('Foreign unit', { optional: true }),
  foreignScale: number('Foreign decimals', { optional: true }),
  foreignSymbol: text('Foreign symbol', { optional: true }),
  foreignNumCode: text('Foreign ISO 4217 number', { optional: true }),
  foreignStrCode: currency('Foreign ISO 4217 code', ['foreign'], { optional: true }),
  rate: number('Rate', { about: 'rate used', optional: true }),
  sysRate: number('System rate', { about: 'rate configured in the system', optional: true }),
} as const satisfies Fields;

/** Amounts and currencies alone, for the many money objects of one form; the group is open for the rest. */
export const briefMoney = {
  standard: moneyFields.standard,
  standardStrCode: moneyFields.standardStrCode,
  foreign: moneyFields.foreign,
  foreignStrCode: moneyFields.foreignStrCode,
} as const satisfies Fields;
