// Numbers that issuers publish as samples, and what a slip of the pen makes of them.
import { describe, expect, test } from 'vitest';
import { isAadhaar, isCard, isCnpj, isCpf, isIban, isMoment, isResidentId } from '../../src/core/check-digits.ts';

const samples: readonly (readonly [string, (characters: string) => boolean, readonly string[]])[] = [
  ['CPF', isCpf, ['12345678909', '11144477735', '00000000191']],
  ['CNPJ', isCnpj, ['12345678000195', '11222333000181', '00000000000191', '12ABC34501DE35']],
  ['resident id', isResidentId, ['11010519491231002X', '11010519491231002x', '440524188001010014']],
  ['card', isCard, ['4111111111111111', '5555555555554444', '378282246310005', '30569309025904', '6011111111111117', '3530111333300000']],
  ['Aadhaar', isAadhaar, ['999941057058', '999971658847', '234123412346']],
  ['IBAN', isIban, ['GB29NWBK60161331926819', 'DE89370400440532013000', 'BR1800360305000010009795493C1', 'gb29nwbk60161331926819']],
];

describe.each(samples)('%s', (_, isValid, published) => {
  test.each(published)('%s is one', number => {
    expect(isValid(number)).toBe(true);
  });

  test.each(published)('%s with another last digit, or one digit less, is none', number => {
    const last = /x$/i.test(number) ? 10 : Number(number.at(-1));
    for (let other = 0; other < 10; other += 1) {
      const wrong = `${number.slice(0, -1)}${other}`;
      if (other !== last) expect([wrong, isValid(wrong)]).toEqual([wrong, false]);
    }
    expect([isValid(number.slice(1)), isValid('')]).toEqual([false, false]);
  });
});

const pure: readonly (readonly [string, (characters: string) => boolean, string])[] = [
  ['card', isCard, '4111111111111111'],
  ['Aadhaar', isAadhaar, '999941057058'],
  ['resident id', isResidentId, '11010519491231002X'],
  ['IBAN', isIban, 'GB29NWBK60161331926819'],
];

// The sums of CPF and CNPJ write a remainder of ten as zero, and so miss some.
test.each(pure)('%s: no slip of one digit passes', (_, isValid, number) => {
  for (let at = 0; at < number.length; at += 1) {
    for (let other = 0; other < 10; other += 1) {
      const wrong = `${number.slice(0, at)}${other}${number.slice(at + 1)}`;
      if (wrong !== number) expect([wrong, isValid(wrong)]).toEqual([wrong, false]);
    }
  }
});

test('eleven equal digits pass the sum of a CPF and are none', () => {
  expect(isCpf('11111111111')).toBe(false);
});

test('a resident id names a day of the calendar', () => {
  expect(isResidentId('110105194913310022')).toBe(false);
  expect(isResidentId('110105194902300029')).toBe(false);
});

test.each(['20240115103000', '202401151030', '20240229235959', '20240115103000123'])('%s is a moment', digits => {
  expect(isMoment(digits)).toBe(true);
});

test.each(['20240230103000', '20241301103000', '20240115250000', '12345678000195', '18991231235959'])('%s is none', digits => {
  expect(isMoment(digits)).toBe(false);
});
