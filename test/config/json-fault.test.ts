import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../src/config/json-fault.ts';

const valid = [
  '{}',
  '[]',
  ' [1, -0.5e+3, "a\\u00e9\\"", true, false, null] ',
  '{"a": {"b": [{}, []]}, "c": ""}',
  '"x"',
  '0',
  '{"a":{"a":1},"b":{"a":1}}',
];
const broken = [
  '',
  ' ',
  '{',
  '}',
  '[1,]',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a" 1}',
  '{"a":}',
  '{"a":1 "b":2}',
  '[1 2]',
  '01',
  '1.',
  '+1',
  'NaN',
  '[1}',
];
const moreBroken = [
  '{"a":1]',
  '"\\x"',
  '"\n"',
  '"open',
  '{} {}',
  '[,1]',
  '{,}',
  '{"a":1,,"b":2}',
  '// x\n{}',
  '[1]]',
  '{"a":tru}',
  '"a":1',
  '{1:2}',
  '\u00a0{}',
];

describe('JSON faults', () => {
  it.each(valid)('accepts %s', text => {
    expect(findJsonFault(text)).toBeUndefined();
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each([...broken, ...moreBroken])('refuses %j, as JSON.parse does', text => {
    expect(findJsonFault(text)).toMatchObject({ kind: 'syntax' });
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('names the line', () => {
    expect(findJsonFault('{\n  "a": 1\n  "b": 2\n}')).toEqual({ kind: 'syntax', line: 3 });
    expect(findJsonFault('{\n  "a": 1,\n')).toEqual({ kind: 'syntax', line: 3 });
    expect(findJsonFault('{\r\n"a": x}')).toEqual({ kind: 'syntax', line: 2 });
  });

  it('finds a key given twice, however it is written', () => {
    expect(findJsonFault('{"a": 1,\n"b": 2,\n"a": 3}')).toEqual({ kind: 'duplicate key', line: 3 });
    expect(findJsonFault('{"x": {"a": 1, "\\u0061": 3}}')).toEqual({ kind: 'duplicate key', line: 1 });
  });

  it.each([
    ['lists without end', '['.repeat(1e6), { kind: 'too deep', line: 1 }],
    ['objects without end', '\n{"a":'.repeat(2e5), { kind: 'too deep', line: 66 }],
    ['deep and whole', `${'['.repeat(65)}${']'.repeat(65)}`, { kind: 'too deep', line: 1 }],
    ['just not too deep', `${'[{"a":'.repeat(32)}1${'}]'.repeat(32)}`, undefined],
    ['a text of escapes without end', `"${'\\"'.repeat(5e5)}`, { kind: 'syntax', line: 1 }],
    ['a text without end', `"${'x'.repeat(1e6)}`, { kind: 'syntax', line: 1 }],
    ['a number without end', '1'.repeat(1e6), undefined],
  ])('is not broken by %s', (_, text, fault) => {
    expect(findJsonFault(text)).toEqual(fault);
  });
});
