// What a person gives for a time, and what the provider gets.
import { describe, expect, test } from 'vitest';
import type { InstantForm } from '../../src/core/endpoint.ts';
import { UsageError } from '../../src/core/errors.ts';
import { writeInstant } from '../../src/core/instant-param.ts';

const write = (text: string, form: InstantForm, tz?: string) => writeInstant('--from', text, form, tz);

describe('milliseconds and seconds', () => {
  test.each([
    ['2024-05-31', {}, undefined, '1717113600000'],
    ['2024-05-31', { zone: 'Asia/Shanghai' }, undefined, '1717084800000'],
    ['2024-05-31', { zone: 'Asia/Shanghai' }, 'America/Sao_Paulo', '1717124400000'],
    ['2024-05-31', { end: true }, undefined, '1717199999999'],
    ['2024-05-31T09:30:00.25Z', {}, 'Asia/Shanghai', '1717147800250'],
    ['2024-05-31T09:30:00+08:00', { zone: 'UTC' }, undefined, '1717119000000'],
    ['2024-05-31t09:30:00.123456789-0300', {}, undefined, '1717158600123'],
    ['2024-05-31 09:30', { zone: '+08:00', end: true }, undefined, '1717119000000'],
    ['1717113600000', { zone: 'Asia/Shanghai' }, 'UTC', '1717113600000'],
    // The day on which a clock is put forward has 23 hours.
    ['2024-03-31', { zone: 'Europe/Berlin', end: true }, undefined, '1711922399999'],
    ['2024-03-31', { zone: 'Europe/Berlin' }, undefined, '1711839600000'],
  ] as const)('%s of %o, --tz %s: %s', (text, rest, tz, sent) => {
    expect(write(text, { form: 'ms', ...rest }, tz)).toBe(sent);
  });

  test('seconds are rounded down; a day ends with its last one', () => {
    expect(write('2024-05-31T09:30:00.999Z', { form: 's' })).toBe('1717147800');
    expect(write('2024-05-31', { form: 's', end: true })).toBe('1717199999');
    expect(write('1717113600', { form: 's' })).toBe('1717113600');
  });
});

describe('texts', () => {
  test.each([
    ['2024-05-31', { form: 'iso' }, undefined, '2024-05-31T00:00:00Z'],
    ['2024-05-31', { form: 'iso', end: true }, undefined, '2024-05-31T23:59:59Z'],
    ['2024-05-31', { form: 'iso', zone: 'America/Sao_Paulo' }, undefined, '2024-05-31T03:00:00Z'],
    ['2024-05-31', { form: 'text', zone: 'Asia/Shanghai' }, undefined, '2024-05-31 00:00:00'],
    ['2024-05-31', { form: 'text', zone: 'Asia/Shanghai', end: true }, undefined, '2024-05-31 23:59:59'],
    ['2024-05-31', { form: 'text', zone: 'Asia/Shanghai' }, 'UTC', '2024-05-31 08:00:00'],
    ['2024-05-31T20:30:00Z', { form: 'text', zone: 'Asia/Shanghai' }, undefined, '2024-06-01 04:30:00'],
    ['2024-05-31T20:30:00Z', { form: 'day', zone: 'Asia/Shanghai' }, undefined, '2024-06-01'],
    ['2024-05-31', { form: 'day', zone: 'Asia/Shanghai', end: true }, 'America/Sao_Paulo', '2024-05-31'],
    ['2024-05-31', { form: 'text' }, 'Asia/Shanghai', '2024-05-31 00:00:00'],
    ['2024-05-31', { form: 'text', end: true }, undefined, '2024-05-31 23:59:59'],
    ['2024-05-31 09:30:15', { form: 'text' }, undefined, '2024-05-31 09:30:15'],
    ['2024-05-31T09:30:15', { form: 'day' }, undefined, '2024-05-31'],
  ] as const)('%s as %o, --tz %s: %s', (text, form, tz, sent) => {
    expect(write(text, form, tz)).toBe(sent);
  });
});

test.each([
  'yesterday',
  '2024-02-30',
  '2024-05-31T24:30:00Z',
  '2024-13-01',
  '31.05.2024',
  '2024-5-31',
  '17171136000001',
  '',
  '2024-05-31T09:30:00+8',
])('"%s" is no day or time', text => {
  expect(() => write(text, { form: 'ms' })).toThrow(UsageError);
  expect(() => write(text, { form: 'text', zone: 'UTC' })).toThrow(`--from "${text}" is no day or time`);
});

test('a zone is refused where no page says which the provider reads: it could not be told in its time', () => {
  expect(() => write('2024-05-31T09:30:00Z', { form: 'text' })).toThrow('no page says in which zone the provider reads it');
  expect(() => write('2024-05-31T09:30:00+08:00', { form: 'day' })).toThrow(UsageError);
});
