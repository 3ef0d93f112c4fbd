// A limit means the same wherever it is set: an option and a profile take and refuse the same numbers, in the same words.
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { firstFault } from '../../src/config/schema-fault.ts';
import type { bounds } from '../../src/core/bounds.ts';
import { inEnglish } from '../../src/core/say.ts';
import { InvalidValue } from '../../src/plan/invalid-value.ts';
import { optionTable } from '../../src/plan/option-table.ts';
import { allProviders } from '../../src/providers/index.ts';

const schema = configSchema(await allProviders(), 'linux');

function byOption(name: keyof typeof bounds, value: number): string | undefined {
  try {
    expect(optionTable[name].read(`${value}`)).toBe(value);
    return undefined;
  } catch (error) {
    return error instanceof InvalidValue ? error.message.replace(/^it /, '') : String(error);
  }
}

function byProfile(name: keyof typeof bounds, value: number): string | undefined {
  const data = { profiles: { a: { provider: 'crego', credentials: { token: 'x' }, [name]: value } } };
  const { success, error } = schema.safeParse(data);
  return success ? undefined : inEnglish(firstFault(error.issues, data).text);
}

describe.each([
  ['timeout', 0.1, 86_400, 'must be a number from 0.1 to 86400'],
  ['retries', 0, 100, 'must be a whole number from 0 to 100'],
  ['maxRate', 0.01, 10_000, 'must be a number from 0.01 to 10000'],
  ['concurrency', 1, 64, 'must be a whole number from 1 to 64'],
] as const)('%s', (name, min, max, refusal) => {
  it.each([min, max])('may be %d', value => {
    expect([byOption(name, value), byProfile(name, value)]).toEqual([undefined, undefined]);
  });

  it.each([min - 0.001, max + 0.001, max * 10])('may not be %d', value => {
    const said = byProfile(name, value);
    expect(said).toBe(refusal);
    // No option value begins with a minus.
    if (value >= 0) expect(byOption(name, value)).toBe(said);
  });
});
