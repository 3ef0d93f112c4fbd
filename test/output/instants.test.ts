import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import type { InstantUnit } from '../../src/core/fields.ts';
import { makeNumber, parseJson } from '../../src/core/json.ts';
import { openZone, utc } from '../../src/core/zones.ts';
import { compareInstants, humanText, type Instant, readInstant, utcText, zonedText } from '../../src/output/text/instants.ts';

const read = (json: string, unit: InstantUnit): Instant | undefined => readInstant(parseJson(json), unit);

function text(json: string, unit: InstantUnit): string | undefined {
  const instant = read(json, unit);
  return instant && utcText(instant);
}

describe('UTC text', () => {
  test.each([
    ['1654583439075', '2022-06-07T06:30:39.075Z'],
    ['"1700620189590"', '2023-11-22T02:29:49.590Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['-1', '1969-12-31T23:59:59.999Z'],
    ['1654583439075.25', '2022-06-07T06:30:39.07525Z'],
    ['1.654583439075E12', '2022-06-07T06:30:39.075Z'],
    ['1.6545E12', '2022-06-06T07:20:00.000Z'],
    ['253402300799999', '9999-12-31T23:59:59.999Z'],
    ['-62167219200000', '0000-01-01T00:00:00.000Z'],
  ])('of milliseconds %s', (json, expected) => {
    expect(text(json, 'ms')).toBe(expected);
  });

  test.each([
    ['1733077724.629719', '2024-12-01T18:28:44.629719Z'],
    ['1739345496.9493103', '2025-02-12T07:31:36.9493103Z'],
    ['1704479399.999999', '2024-01-05T18:29:59.999999Z'],
    ['1733077724', '2024-12-01T18:28:44Z'],
    ['1733077724.0', '2024-12-01T18:28:44.0Z'],
    ['1.733077724629719E9', '2024-12-01T18:28:44.629719Z'],
    ['-0.5', '1969-12-31T23:59:59.5Z'],
    ['0.1234567890123456789012345', '1970-01-01T00:00:00.1234567890123456789012345Z'],
  ])('of seconds %s', (json, expected) => {
    expect(text(json, 's')).toBe(expected);
  });

  test.each([
    ['"2024-01-15T10:30:00Z"', '2024-01-15T10:30:00Z'],
    ['"2024-01-15T10:30:00.120-03:00"', '2024-01-15T13:30:00.120Z'],
    ['"2024-01-15 10:30:00.123456789+0530"', '2024-01-15T05:00:00.123456789Z'],
    ['"2024-02-29T23:59:59z"', '2024-02-29T23:59:59Z'],
    ['"0001-01-01T00:00:00Z"', '0001-01-01T00:00:00Z'],
  ])('of text %s', (json, expected) => {
    expect(text(json, 'iso')).toBe(expected);
  });

  test.each<[string, InstantUnit]>([
    ['null', 'ms'],
    ['true', 'ms'],
    ['""', 'ms'],
    ['"soon"', 'ms'],
    ['{}', 'ms'],
    ['9007199254740991', 'ms'],
    ['1e400', 'ms'],
    ['-1e400', 's'],
    ['1e-400', 's'],
    ['253402300800', 's'],
    ['-62167219201', 's'],
    ['1654583439', 'iso'],
    ['"2024-01-15T10:30:00"', 'iso'],
    ['"2024-01-15"', 'iso'],
    ['"2024-02-30T10:30:00Z"', 'iso'],
    ['"2024-01-15T24:00:00Z"', 'iso'],
    ['"2016-12-31T23:59:60Z"', 'iso'],
    ['"2024-01-15T10:30:00+25:00"', 'iso'],
    ['"0000-01-01T00:00:00+01:00"', 'iso'],
  ])('%s is no instant of unit %s', (json, unit) => {
    expect(read(json, unit)).toBeUndefined();
  });

  test('a number of a million digits is refused at once', () => {
    expect(readInstant(makeNumber('9'.repeat(1_000_000)), 's')).toBeUndefined();
  });
});

describe('zones', () => {
  const instant: Instant = { seconds: 1654583439, fraction: '075' };

  test('human text has the offset, the fraction as sent', () => {
    expect(humanText(instant, openZone('Asia/Shanghai'))).toBe('2022-06-07 14:30:39.075 +08:00');
    expect(humanText(instant, openZone('America/Sao_Paulo'))).toBe('2022-06-07 03:30:39.075 -03:00');
    expect(humanText(instant, openZone('Asia/Kolkata'))).toBe('2022-06-07 12:00:39.075 +05:30');
    expect(humanText({ seconds: 0, fraction: '' }, utc)).toBe('1970-01-01 00:00:00 +00:00');
  });

  test('RFC 3339 text has the offset', () => {
    expect(zonedText(instant, openZone('Asia/Shanghai'))).toBe('2022-06-07T14:30:39.075+08:00');
    expect(zonedText(instant, openZone('-03:30'))).toBe('2022-06-07T03:00:39.075-03:30');
    expect(zonedText(instant, openZone('UTC'))).toBe('2022-06-07T06:30:39.075+00:00');
  });

  test('the offset changes in the right second of a day with a change', () => {
    const berlin = openZone('Europe/Berlin');
    const change = Date.UTC(2024, 2, 31, 1) / 1000;
    expect(humanText({ seconds: change - 1, fraction: '' }, berlin)).toBe('2024-03-31 01:59:59 +01:00');
    expect(humanText({ seconds: change, fraction: '' }, berlin)).toBe('2024-03-31 03:00:00 +02:00');
    expect(humanText({ seconds: change + 86_400, fraction: '' }, berlin)).toBe('2024-04-01 03:00:00 +02:00');
  });

  test('the last and the first second of the range survive a shift', () => {
    expect(zonedText({ seconds: 253_402_300_799, fraction: '' }, openZone('+08:00'))).toBe('9999-12-31T23:59:59+00:00');
    expect(zonedText({ seconds: -62_167_219_200, fraction: '' }, openZone('-08:00'))).toBe('0000-01-01T00:00:00+00:00');
  });

  test('offsets with seconds stay exact points in time', () => {
    expect(zonedText({ seconds: -2_300_000_000, fraction: '' }, openZone('Asia/Shanghai'))).toBe('1897-02-11T23:11:40+08:05');
  });

  test('no name is the zone of the system, whichever it is, as the zone of that name has it', () => {
    const { TZ } = process.env;
    try {
      for (const name of Intl.supportedValuesOf('timeZone')) {
        process.env.TZ = name;
        const [system, named] = [openZone(), openZone(name)];
        for (let year = 0; year < 9_999; year += year < 1_890 || year > 2_040 ? 401 : 9) {
          // Another hour of another day each year, so that some lie beside a change.
          const seconds = Date.UTC(2000, year % 12, year % 28, year % 24) / 1000 + (year - 2000) * 31_556_952;
          expect([name, seconds, system.offsetMinutes(seconds) + 0]).toEqual([name, seconds, named.offsetMinutes(seconds) + 0]);
        }
      }
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });

  test.each(['Mars/Olympus', '', '+25:00', 'local time'])('%j is a usage error', name => {
    expect(() => openZone(name)).toThrow(UsageError);
    expect(() => openZone(name)).toThrow(`unknown time zone: ${name}`);
  });
});

test('instants compare exactly across precisions', () => {
  const compare = (a: string, b: string) => {
    const [first, second] = [read(a, 's'), read(b, 's')];
    return first && second && Math.sign(compareInstants(first, second));
  };
  expect(compare('1733077724.629719', '1733077724.6297190')).toBe(0);
  expect(compare('1733077724.629719', '1733077724.6297191')).toBe(-1);
  expect(compare('1733077724.7', '1733077724.629719')).toBe(1);
  expect(compare('1733077724', '1733077724.000')).toBe(0);
  expect(compare('-0.5', '0')).toBe(-1);
});

test('more days than are kept at hand have the dates of the calendar', () => {
  const day = (number: number) => utcText({ seconds: number * 86_400 + 3_661, fraction: '' });
  for (const number of [0, -1, 19_000, ...Array.from({ length: 10_050 }, (_, n) => -700_000 + n * 7), 0, 19_000])
    expect(day(number)).toBe(new Date((number * 86_400 + 3_661) * 1000).toISOString().replace('.000', ''));
});
