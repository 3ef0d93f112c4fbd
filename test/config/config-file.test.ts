import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config-file.ts';
import { reader, refusal, scratchDirectory, writeMode } from './scratch.ts';

const root = scratchDirectory();
const canary = 'canary-5up3r-secret';
let count = 0;

function file(text: string | Uint8Array, ending: string): string {
  count += 1;
  return writeMode(join(root, `c${count}${ending}`), text);
}

async function refused(text: string | Uint8Array, ending = '.yaml'): Promise<string> {
  const path = file(text, ending);
  const said = await refusal(() => readConfig(path, reader));
  expect(said).not.toContain(canary);
  return said.replaceAll(path, 'FILE');
}

const data = async (text: string | Uint8Array, ending: string): Promise<unknown> => (await readConfig(file(text, ending), reader)).data;

describe('formats', () => {
  it('reads JSON and YAML, and YAML where the name has no ending', async () => {
    const expected = { audit: 'a.log' };
    expect(await data('{"audit": "a.log"}', '.json')).toEqual(expected);
    expect(await data('audit: a.log', '.yaml')).toEqual(expected);
    expect(await data('audit: a.log', '.yml')).toEqual(expected);
    expect(await data('audit: a.log', '')).toEqual(expected);
    expect(await data('\uFEFF{"audit": "a.log"}', '.json')).toEqual(expected);
    expect(await data('\uFEFFaudit: a.log\r\n', '.yaml')).toEqual(expected);
    expect(await data('# nothing yet\n', '.yaml')).toEqual({});
  });

  it.each(['.js', '.cjs', '.mjs', '.ts', '.toml', '.json5'])('refuses %s', async ending => {
    expect(await refused('audit: a.log', ending)).toBe('FILE must be JSON or YAML: its name has to end in .json, .yaml or .yml');
  });

  it('shares anchors', async () => {
    expect(await data('a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}', '.yaml')).toEqual({ a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } });
  });
});

describe('faults name file and line, never content', () => {
  it.each([
    [`{\n "a": "${canary}"\n "b": 1}`, '.json', 'FILE is not valid JSON (line 3)'],
    [`{\n "token": ${canary}}`, '.json', 'FILE is not valid JSON (line 2)'],
    ['', '.json', 'FILE is not valid JSON (line 1)'],
    [`{"a": "${canary}",\n"a": "${canary}"}`, '.json', 'FILE gives a key twice (line 2)'],
    [`a: ${canary}\n\tb: 1`, '.yaml', 'FILE is not valid YAML (line 2)'],
    [`a: "${canary}`, '.yaml', 'FILE is not valid YAML (line 1)'],
    [`a: *${canary}`, '.yaml', 'FILE is not valid YAML (line 1) | a text that begins with * or & has to stand in quotes'],
    [`a: 1\nprofiles:\n  x: ${canary}\n  x: 2`, '.yaml', 'FILE gives a key twice (line 4)'],
    [`a: ${canary}\n---\nb: 1`, '.yaml', 'FILE holds more than one YAML document'],
    [`a: !${canary} x`, '.yaml', 'FILE uses a YAML tag, which is not supported (line 1)'],
    ['a: !!js/function "function () { throw 1 }"', '.yaml', 'FILE uses a YAML tag, which is not supported (line 1)'],
    ['a:\n  $import: /etc/passwd', '.yaml', 'FILE: imports are not supported (line 2)'],
    ['$import: ./evil.cjs', '.yaml', 'FILE: imports are not supported (line 1)'],
    ['{"$import": ["./evil.cjs"]}', '.json', 'FILE: imports are not supported (line 1)'],
    ['{"profiles": {\n"__proto__": {"x": 1}}}', '.json', 'FILE: the key "__proto__" is not allowed (line 2)'],
    ['a: {__proto__: {x: 1}}', '.yaml', 'FILE: the key "__proto__" is not allowed (line 1)'],
    ['a: [{constructor: {prototype: {x: 1}}}]', '.yaml', 'FILE: the key "constructor" is not allowed (line 1)'],
    [Buffer.from([0x61, 0x3a, 0x20, 0xff]), '.yaml', 'FILE is not UTF-8 text'],
    [Buffer.from(`a: ${canary}`, 'utf16le'), '.yaml', 'FILE is not valid YAML (line 1)'],
  ])('%j', async (text, ending, expected) => {
    expect(await refused(text, ending)).toBe(expected);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('x');
  });
});

// A reader that worked these through would need hours, or more memory than there is: each sentence names the limit that stopped it.
describe('files made to break the reader are given up in time', () => {
  const names = 'bcdefghij'.split('');
  const bomb = names.map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]`).join('\n');
  it.each([
    ['alias bomb', `a: &a [x,x,x,x,x,x,x,x,x]\n${bomb}`, 'FILE nests or repeats too much'],
    ['alias that holds itself', 'a: &a [*a]', 'FILE nests or repeats too much'],
    ['nested lists', '['.repeat(1e6), 'FILE nests or merges too much (line 1)'],
    ['nested block lists', '- '.repeat(5e5), 'FILE nests or merges too much (line 1)'],
    [
      'many merges',
      `a: &a {${Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join()}}\n${Array.from({ length: 9000 }, (_, i) => `b${i}: {<<: *a}`).join('\n')}`,
      'FILE nests or merges too much (line 2)',
    ],
    ['many values', Array.from({ length: 60_000 }, (_, i) => `- ${i}`).join('\n'), 'FILE nests or repeats too much'],
    ['trap at the end of a long line', `a: "${'{,'.repeat(4e5)}"\n$import: x`, 'FILE: imports are not supported (line 2)'],
    ['more than 1 MiB', `# ${'x'.repeat(1024 * 1024)}`, 'FILE is larger than 1024 KiB'],
  ])('%s', async (_, text, expected) => {
    expect(await refused(text)).toBe(expected);
  });

  it('50 MB', async () => {
    expect(await refused(Buffer.alloc(50e6, 'a: 1\n'))).toBe('FILE is larger than 1024 KiB');
  });

  it('deep JSON', async () => {
    expect(await refused(`${'['.repeat(5e5)}${']'.repeat(5e5)}`, '.json')).toBe('FILE nests or repeats too much');
  });
});

describe('the line of a key', () => {
  it('is known when it stands only once as a key', async () => {
    const { lineOf } = await readConfig(file('a: token\nb:\n  "token" : 1\n  twice: 1\nc: {twice: 1}\n', '.yaml'), reader);
    expect(lineOf('token')).toBe(3);
    expect(lineOf('twice')).toBeUndefined();
    expect(lineOf('absent')).toBeUndefined();
  });
});
