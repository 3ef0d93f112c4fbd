// What the search for secrets costs, in steps of its automaton instead of seconds: as many for a byte whatever the body is, however
// long it is, and however many secrets there are.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Automaton, buildAutomaton } from '../../src/auth/secret-automaton.ts';
import { Matcher } from '../../src/auth/secret-matcher.ts';
import { patternsOf } from '../../src/auth/secret-patterns.ts';

const secrets = Array.from({ length: 100 }, (_, at) => createHash('sha256').update(`${at}`).digest('base64'));
const [first = ''] = secrets;

/** The automaton of secrets, and how often it has been asked for its next state. */
function counting(values: readonly string[]): { automaton: Automaton; steps: () => number } {
  const automaton = buildAutomaton(values.flatMap(value => [...patternsOf(value).forms.values()]));
  let steps = 0;
  const next = new Proxy(automaton.next, {
    get: (table, index) => {
      steps += 1;
      return Reflect.get(table, index);
    },
  });
  return { automaton: { ...automaton, next }, steps: () => steps };
}

function stepsFor(values: readonly string[], body: Buffer): number {
  const { automaton, steps } = counting(values);
  const matcher = new Matcher(automaton);
  for (let at = 0; at < body.length; at += 1000) matcher.feed(body.subarray(at, at + 1000), 0, at);
  return steps();
}

const inEscapes = (text: string, write: (hex: string) => string): string =>
  [...text].map(character => write(character.charCodeAt(0).toString(16))).join('');

let nested = JSON.stringify({ token: first.slice(1), path: 'a\\b"c' });
while (nested.length < 10_000) nested = JSON.stringify({ nested });

const bodies: Readonly<Record<string, string>> = {
  'one record after another': '{"id":"8cb70dea-9fb0-4a68","amount":12.50,"title":"A \\"B\\"","url":"https://x.example/y%20z?a=1&b=2"},',
  backslashes: '\\',
  quotes: '"',
  'percent signs': '%',
  'percent escapes': '%41',
  'percent escapes of percent signs': '%25',
  'JSON escapes': '\\u0041',
  'JSON escapes that break off': '\\u00',
  ampersands: '&',
  'HTML escapes': '&quot;',
  'JSON within JSON': nested,
  'a secret but for its end': first.slice(0, -1),
  'a secret over and over': first,
  'a secret in percent escapes': inEscapes(first, hex => `%${hex}`),
  'a secret in JSON escapes': inEscapes(first, hex => `\\\\u00${hex}`),
};

describe.each(Object.entries(bodies))('a body of %s', (_, piece) => {
  const small = Buffer.alloc(40_000, piece);
  const large = Buffer.alloc(80_000, piece);

  it('costs at most three steps a byte, with a hundred secrets as with one', () => {
    expect(stepsFor([first], small) / small.length).toBeLessThan(3);
    expect(stepsFor(secrets, small) / small.length).toBeLessThan(3);
  });

  it('costs at most twice as much when it is twice as long', () => {
    expect(stepsFor(secrets, large)).toBeLessThanOrEqual(2 * stepsFor(secrets, small) + 100);
  });
});

it('a secret that repeats itself costs no more than any other', () => {
  const periodic = '41'.repeat(200);
  for (const piece of ['41', '%41', '%34%31', 'A'])
    expect(stepsFor([`${periodic}AAAA`, 'AAAA'.repeat(100)], Buffer.alloc(40_000, piece)) / 40_000).toBeLessThan(20);
});

it('the table of a hundred secrets has no more states than they have characters', () => {
  const forms = secrets.flatMap(value => [...patternsOf(value).forms.values()]);
  const characters = forms.reduce((sum, form) => sum + form.length, 0);
  expect(buildAutomaton(forms).depth.length).toBeLessThanOrEqual(characters + 1);
});
