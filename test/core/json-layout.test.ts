// A line read by the layout of another is what JSON.parse makes of it; a line that is no JSON is not read.
import { expect, test } from 'vitest';
import { isObject, type Json, type JsonObject, parseUtf8, writeJson } from '../../src/core/json.ts';
import { JsonLayout } from '../../src/core/json-layout.ts';
import type { LayoutUse } from '../../src/core/json-places.ts';
import { randomFrom } from '../random.ts';

const everything: LayoutUse = { wants: () => true, looksAt: () => true };

const names = ['id', 'amount', 'a b', '', 'constructor', 'toString', '还款', 'é', '"', '\\', '7', 'list', '\ud800', '__proto__'];
const numbers = ['0', '-0', '0.00', '10.0', '1742', '-5', '9007199254740993', '1e5', '1E-400', '12345678901234567890.50', '0.1', '1.0e+2'];
const texts = [
  '',
  'REC0XAM2',
  'São Paulo',
  '还款',
  '😀',
  'a,b}',
  '{a:[1]',
  ' ',
  '=1+1',
  'x'.repeat(300),
  '\u007f',
  '10.0',
  'null',
  '\ufeffx',
];
/** As they are written, with escapes. */
const escaped = ['\\"', 'a\\\\', '\\u00e3\\u8fd8', '\\ud83d\\ude00', '\\ud800', 'é\\n', '\\/', '\\\\\\"', '\\u0000'];

interface Style {
  readonly between: string;
  readonly colon: string;
}
const compact: Style = { between: ',', colon: ':' };
const blanks: Style = { between: ', ', colon: ': ' };

type Shape = null | readonly Shape[] | { readonly members: readonly (readonly [string, Shape])[] };

/** What objects and lists a record consists of; null is the place of a value. */
function shapeOf(random: (below: number) => number, depth = 0): Shape {
  const kind = depth === 0 ? 9 : random(10);
  if (kind < 7 || depth > 3) return null;
  if (kind === 7) return Array.from({ length: random(3) }, () => shapeOf(random, depth + 1));
  const chosen = names.slice(0, -1).filter(() => random(3) === 0);
  return { members: chosen.map(name => [name, shapeOf(random, depth + 1)] as const) };
}

function valueText(random: (below: number) => number): string {
  const kind = random(6);
  if (kind === 2) return `"${escaped[random(escaped.length)] ?? ''}"`;
  if (kind === 0) return numbers[random(numbers.length)] ?? '0';
  if (kind === 1) return ['true', 'false', 'null'][random(3)] ?? 'null';
  return `"${texts[random(texts.length)] ?? ''}"`;
}

/** A text of this shape; texts stand in it as they are. */
function write(shape: Shape, style: Style, value: () => string): string {
  if (shape === null) return value();
  const isList = 'length' in shape;
  const parts = isList
    ? shape.map(inner => write(inner, style, value))
    : shape.members.map(([name, inner]) => JSON.stringify(name) + style.colon + write(inner, style, value));
  const [open, close] = isList ? '[]' : '{}';
  return `${open}${parts.join(style.between)}${close}`;
}

/** What is written of a line by JSON.parse; undefined for one that is no JSON. */
function parsed(line: Uint8Array): string | undefined {
  try {
    return writeJson(parseUtf8(line));
  } catch {
    return undefined;
  }
}

function recordOf(text: string): JsonObject {
  const record = parseUtf8(Buffer.from(text));
  if (!isObject(record)) throw new TypeError('no record');
  return record;
}

function layoutOf(text: string, use = everything): JsonLayout | undefined {
  return JsonLayout.of(Buffer.from(text), recordOf(text), use);
}

/** What a layout says of a line: the record it takes and the stand-in, as JSON; undefined for a line that it does not read. */
function readBy(layout: JsonLayout | undefined, line: Uint8Array): readonly [string, string] | undefined {
  if (layout?.read(Buffer.from(line)) !== true) return undefined;
  return [writeJson(layout.take()), writeJson(layout.standIn)];
}

test('lines of one layout are read, each as JSON.parse reads it', () => {
  const random = randomFrom(11);
  let read = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const shape = shapeOf(random);
    const style = random(2) === 0 ? compact : blanks;
    const next = (): string => write(shape, style, () => valueText(random));
    const layout = layoutOf(next());
    // Names like numbers come first in an object, wherever they stood.
    if (layout === undefined) continue;
    for (let more = 0; more < 4; more += 1) {
      const line = Buffer.from(next() + (['', '\n', '\r\n', ' \t\n'][random(4)] ?? ''));
      const expected = parsed(line);
      expect(readBy(layout, line)).toEqual([expected, expected]);
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(3_000);
});

test('of a line that is a little different, either JSON.parse says the same or nothing is read', () => {
  const random = randomFrom(12);
  const bits = [...'{}[]",:\\ \n\t0159.eE+-tfn\u0000\u001f\u0091'].map(sign => Buffer.from(sign));
  bits.push(
    Buffer.from([0xc3]),
    Buffer.from([0xff]),
    Buffer.from([0x91]),
    Buffer.from('\ufeff'),
    Buffer.from('\\u0091'),
    Buffer.from('":"'),
  );
  let read = 0;
  let refused = 0;
  for (let round = 0; round < 6_000; round += 1) {
    const shape = shapeOf(random);
    const next = (): string => write(shape, compact, () => valueText(random));
    const layout = layoutOf(next());
    if (layout === undefined) continue;
    for (let more = 0; more < 5; more += 1) {
      const line = Buffer.from(next());
      const at = random(line.length + 1);
      const bit = bits[random(bits.length)] ?? Buffer.alloc(0);
      const changed = Buffer.concat([line.subarray(0, at), bit, line.subarray(at + random(3))]);
      const expected = parsed(changed);
      const found = readBy(layout, changed);
      if (found !== undefined)
        expect({ line: changed.toString(), found }).toEqual({ line: changed.toString(), found: [expected, expected] });
      if (found !== undefined) read += 1;
      else if (expected === undefined) refused += 1;
    }
  }
  expect(read).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(4_000);
});

const simple = '{"id":"a","n":1,"ok":true,"in":{"t":"x","l":[1,"y"]},"none":[]}';

test.each([
  ['an escape that is none', simple.replace('"a"', '"\\x"')],
  ['half an escape', simple.replace('"a"', '"\\u006"')],
  ['a control behind a backslash', simple.replace('"a"', '"\\\t"')],
  ['a mark as an escape', simple.replace('"a"', '"\\u0091"')],
  ['a backslash before the end of a text', simple.replace('"a"', '"a\\"')],
  ['a control', simple.replace('"a"', '"\t"')],
  ['half a character', Buffer.from(simple.replace('"a"', '"\u00e9"'), 'latin1')],
  ['a mark', simple.replace('"a"', '"\u0091"')],
  ['a leading zero', simple.replace('"n":1', '"n":01')],
  ['a point without digits', simple.replace('"n":1', '"n":1.')],
  ['a minus alone', simple.replace('"n":1', '"n":-')],
  ['a plus', simple.replace('"n":1', '"n":+1')],
  ['a power without digits', simple.replace('"n":1', '"n":1e+')],
  ['half a word', simple.replace('true', 'tru')],
  ['a word too long', simple.replace('true', 'truee')],
  ['another name', simple.replace('"ok"', '"oK"')],
  ['a name more', simple.replace('"none"', '"more":1,"none"')],
  ['a name twice', simple.replace('"none":[]', '"none":[],"id":"b"')],
  ['a longer list', simple.replace('"none":[]', '"none":[1]')],
  ['an object in the place of a text', simple.replace('"a"', '{}')],
  ['a text in the place of an object', simple.replace('{"t":"x","l":[1,"y"]}', '"x"')],
  ['an end too soon', simple.slice(0, -1)],
  ['an end inside a text', simple.slice(0, simple.indexOf('a"') + 1)],
  ['something behind it', `${simple}1`],
  ['a byte order mark', `\ufeff${simple}`],
  ['nothing', ''],
])('%s is not read', (_, line) => {
  const layout = layoutOf(simple);
  expect(readBy(layout, Buffer.from(simple))).toEqual([writeJson(recordOf(simple)), writeJson(recordOf(simple))]);
  expect(readBy(layout, Buffer.from(line))).toBeUndefined();
});

test.each([
  ['escapes in a name written in another way', '{"\\u0061":1}'],
  ['a name that copies lose', '{"__proto__":1}'],
  ['the same further in', '{"a":[{"__proto__":1}]}'],
  ['blanks elsewhere', '{ "a": 1 }'],
  ['names in an order that objects do not keep', '{"a":1,"7":1}'],
  ['a long line', `{"a":"${'x'.repeat(70_000)}"}`],
  ['very many values', `{"a":[${'1,'.repeat(1_000)}1]}`],
])('no layout is learned of %s', (_, line) => {
  expect(layoutOf(line)).toBeUndefined();
});

test('a long line of a known layout is left to the parser', () => {
  const layout = layoutOf('{"a":"x"}');
  expect(readBy(layout, Buffer.from(`{"a":"${'x'.repeat(60_000)}"}`))?.[0]).toHaveLength(60_008);
  expect(readBy(layout, Buffer.from(`{"a":"${'x'.repeat(70_000)}"}`))).toBeUndefined();
});

test('only what is wanted is taken; what nobody looks at is stood in for by something of its kind', () => {
  const use = { wants: (name: string) => name === 'in' || name === 'n', looksAt: (path: readonly string[]) => path.join('.') === 'id' };
  const layout = layoutOf(simple, use);
  const line = '{"id":"b","n":2.50,"ok":false,"in":{"t":"z","l":[null,"w"]},"none":[]}';
  expect(readBy(layout, Buffer.from(line))).toEqual([
    '{"n":2.50,"in":{"t":"z","l":[null,"w"]}}',
    '{"id":"b","n":0,"ok":false,"in":{"t":"","l":[null,""]},"none":[]}',
  ]);
  expect(readBy(layout, Buffer.from('{"id":null,"n":"é","ok":"\\u00e9","in":{"t":true,"l":[3,4.0]},"none":[]}'))).toEqual([
    '{"n":"é","in":{"t":true,"l":[3,4.0]}}',
    '{"id":null,"n":"","ok":"","in":{"t":true,"l":[0,0]},"none":[]}',
  ]);
});

test('a record that was taken stays as it is', () => {
  const layout = layoutOf(simple);
  const taken: Json[] = [];
  for (const id of ['a', 'b', 'c']) {
    layout?.read(Buffer.from(simple.replace('"a"', `"${id}"`).replace('"x"', `"${id}"`)));
    taken.push(layout?.take() ?? null);
  }
  expect(taken.map(record => writeJson(record))).toEqual(
    ['a', 'b', 'c'].map(id => simple.replace('"a"', `"${id}"`).replace('"x"', `"${id}"`)),
  );
});
