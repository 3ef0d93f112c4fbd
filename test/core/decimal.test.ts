import { describe, expect, it, test } from 'vitest';
import { addDecimals, compareDecimals, isDecimal } from '../../src/core/decimal.ts';

describe('isDecimal', () => {
  test.each(['0', '-0', '10.0', '120.50', '-5.00', '1e5', '1E+5', '1.5e-300', '1e400', '9007199254740993'])('%s is one', text =>
    expect(isDecimal(text)).toBe(true),
  );
  test.each(['', '=1+1', '1,5', '1,000.00', '01', '+1', '.5', '1.', '1e', '-', 'NaN', 'Infinity', '0x10', ' 1', '1 ', '1\n', '１'])(
    '%j is none',
    text => expect(isDecimal(text)).toBe(false),
  );
});

describe('compareDecimals', () => {
  test.each([
    ['10.0', '10', 0],
    ['0.10', '0.1', 0],
    ['-0.00', '0', 0],
    ['1e2', '100.0', 0],
    ['9007199254740993', '9007199254740992', 1],
    ['12345678901234567.89', '12345678901234567.90', -1],
    ['-5.00', '0', -1],
    ['-10', '-9.99', -1],
    ['1e400', '1e399', 1],
    ['-1e400', '1e-400', -1],
  ])('%s and %s', (a, b, order) => {
    expect(compareDecimals(a, b)).toBe(order);
    expect(compareDecimals(b, a)).toBe(0 - order);
  });

  it('does not write out a huge exponent', () => {
    expect(compareDecimals('1e999999999', '1e999999998')).toBe(1);
    expect(compareDecimals('1e-999999999', '0')).toBe(1);
    expect(compareDecimals(`1e${'9'.repeat(400)}`, '1')).toBe(1);
  });
});

describe('addDecimals', () => {
  test.each([
    [['10.0', '-2.25'], '7.75'],
    [['5.00', '5'], '10.00'],
    [['1e2', '0.1'], '100.1'],
    [['-1', '1'], '0'],
    [['1e5000', '1'], undefined],
    [['1', '1e-5000'], undefined],
    [['0e-2000000', '1'], undefined],
    [['0e5000', '1'], '1'],
    [['1e999999999', '-1e999999999'], undefined],
  ])('%j: %s', (parts, sum) => expect(addDecimals(parts)).toBe(sum));
});
