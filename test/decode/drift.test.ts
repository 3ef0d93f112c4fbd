// How drift is counted and told. Names and codes in it are a provider's, and may hold or be anything.
import { describe, expect, test } from 'vitest';
import { createMessageFilter, Secret, SecretRegister } from '../../src/auth/secret.ts';
import { inEnglish } from '../../src/core/say.ts';
import { Drift } from '../../src/decode/drift.ts';

function driftOf(...names: readonly string[]): Drift {
  const drift = new Drift();
  for (const name of names) drift.noteMember('', name);
  return drift;
}

describe('in words', () => {
  test('counts what is too much to name', () => {
    expect(new Drift().describe()).toBeUndefined();
    expect(inEnglish(driftOf('a', 'a').describe() ?? '')).toBe('answers differ from the documented shape: unknown a');
    expect(inEnglish(driftOf('a', 'b', 'c', 'd', 'e', 'f', 'g').describe() ?? '')).toBe(
      'answers differ from the documented shape: unknown a, unknown b, unknown c, unknown d, unknown e and 2 more',
    );
  });

  test('a field that is gone comes before any number of new ones', () => {
    const drift = driftOf(...Array.from({ length: 3000 }, (_, n) => `x${n}`));
    drift.noteField('missing', 'amount');
    drift.noteCode('state', 'NEW');
    expect(inEnglish(drift.describe() ?? '')).toBe(
      'answers differ from the documented shape: missing amount, unknown x0, unknown x1, unknown x2, unknown x3 and at least 996 more',
    );
    expect(Object.entries(drift.facts().drift ?? {})[0]).toEqual(['amount', 1]);
  });
});

describe('as data', () => {
  test('counts each field, however it differs', () => {
    const drift = driftOf('new', 'new');
    drift.noteField('missing', 'bank.iban');
    drift.noteField('changed', 'bank.iban');
    drift.noteCode('state', 'A');
    drift.noteCode('state', 'B');
    drift.noteMember('bank.', 'new');
    expect(drift.facts()).toEqual({ drift: { 'bank.iban': 2, new: 2, state: 2, 'bank.new': 1 } });
    expect(drift.kinds()).toEqual({
      missing: ['bank.iban'],
      changed: ['bank.iban'],
      unlisted: ['state A', 'state B'],
      unknown: ['new', 'bank.new'],
    });
  });

  test('nothing where there is none', () => {
    expect([new Drift().facts(), new Drift().kinds()]).toEqual([{}, {}]);
  });

  test('100 fields are counted, of the others it is said how many there are at least', () => {
    const drift = driftOf(...Array.from({ length: 3000 }, (_, n) => `x${n}`));
    const { drift: counts = {}, driftMore } = drift.facts();
    expect([Object.keys(counts).length, driftMore, drift.kinds().unknown?.length]).toEqual([100, 900, 100]);
    expect(drift.words().length).toBe(1000);
  });

  test('a member called __proto__ is one like others', () => {
    expect(JSON.stringify(driftOf('__proto__', '__proto__').facts())).toBe('{"drift":{"__proto__":2}}');
  });

  test('two runs are added', () => {
    const one = driftOf('a', 'b');
    const two = driftOf('b', 'c');
    two.noteField('missing', 'd');
    one.add(two);
    expect(one.facts().drift).toEqual({ d: 1, a: 1, b: 2, c: 1 });
  });
});

describe('what a provider calls its members', () => {
  test('is cut at 100 characters', () => {
    expect(driftOf('x'.repeat(100)).words()).toEqual([`unknown ${'x'.repeat(100)}`]);
    expect(driftOf('𝟙'.repeat(5000)).words()).toEqual([`unknown ${'𝟙'.repeat(99)}…`]);
    const drift = new Drift();
    drift.noteCode('state', 'y'.repeat(500));
    expect([drift.words(), drift.facts()]).toEqual([[`unlisted state ${'y'.repeat(99)}…`], { drift: { state: 1 } }]);
  });

  test('long names that are cut alike are one', () => {
    expect(driftOf(`${'x'.repeat(300)}1`, `${'x'.repeat(300)}2`).facts()).toEqual({ drift: { [`${'x'.repeat(99)}…`]: 2 } });
  });

  test('names no person, also where the cut would go through it, and counts for all', () => {
    const long = `${'x'.repeat(90)} 4111 1111 1111 1111`;
    expect(driftOf('ana.silva@example.com', 'abel@example.com', long).facts()).toEqual({
      drift: { 'a••••@example.com': 2, [`${'x'.repeat(90)} ••••1111`]: 1 },
    });
  });

  test('holds no secret, nor a part of one at the cut', () => {
    const secrets = new SecretRegister();
    const drift = new Drift(createMessageFilter(secrets));
    secrets.add(new Secret('canary-token-0123456789'));
    drift.noteMember('', `${'x'.repeat(90)}canary-token-0123456789`);
    drift.noteCode('state', 'canary-token-0123456789');
    expect(drift.words()).toEqual([`unknown ${'x'.repeat(90)}[redacted]`, 'unlisted state [redacted]']);
  });

  test('is read only as often as there are names to keep: a crowd of long ones takes no longer than a crowd of short ones', () => {
    let reads = 0;
    const drift = new Drift(text => {
      reads += 1;
      return text;
    });
    for (let n = 0; n < 5_000; n += 1) drift.noteMember('', `${n}`.padEnd(300, 'x'));
    expect(reads).toBe(1_000);
  });

  test('of a long one no more is kept than is shown', () => {
    const drift = new Drift();
    for (let n = 0; n < 64; n += 1) drift.noteMember('', `${n}`.repeat(1024 * 1024));
    expect(JSON.stringify([drift.facts(), drift.words()]).length).toBeLessThan(64 * 1000);
  });
});
