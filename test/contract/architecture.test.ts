// The rules of the house that a reader relies on, checked over the source text: who may import whom, who may touch the process,
// and how large a file gets.
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';

const sourceRoot = fileURLToPath(new URL('../../src', import.meta.url));
const files = await Promise.all(
  (await readdir(sourceRoot, { recursive: true }))
    .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort()
    .map(async path => ({ path, text: await readFile(join(sourceRoot, path), 'utf8') })),
);

/** What each room may import besides itself. Directions are one-way: `rooms know no circle` checks the table as a whole. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  main: ['cli', 'core'],
  cli: ['commands', 'lookup', 'plan', 'providers', 'auth', 'output', 'console', 'lang', 'core'],
  docs: ['cli', 'plan', 'providers', 'config', 'lang', 'core'],
  commands: [
    'lookup',
    'batch',
    'diff',
    'plan',
    'output',
    'providers',
    'sandbox',
    'auth',
    'config',
    'decode',
    'http',
    'console',
    'files',
    'lang',
    'core',
  ],
  batch: ['lookup', 'diff', 'plan', 'output', 'auth', 'http', 'console', 'files', 'core'],
  lookup: ['diff', 'plan', 'output', 'providers', 'sandbox', 'auth', 'config', 'decode', 'http', 'console', 'files', 'lang', 'core'],
  diff: ['output', 'files', 'core'],
  plan: ['diff', 'output', 'config', 'console', 'core'],
  output: ['auth', 'console', 'files', 'lang', 'core'],
  auth: ['config', 'decode', 'http', 'files', 'core'],
  config: ['files', 'core'],
  console: ['files', 'core'],
  decode: ['core'],
  http: ['core'],
  files: ['core'],
  browser: ['core'],
  lang: [],
  providers: ['core'],
  sandbox: ['core'],
  core: [],
};

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : basename(path, '.ts');
}

/** Every module a file names, types included. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm)].map(
    ([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '',
  );
}

/** The files a file imports, as paths below src. */
function targetsOf({ path, text }: (typeof files)[number]): string[] {
  return importsOf(text)
    .filter(name => name.startsWith('.') && name.endsWith('.ts'))
    .map(name => relative(sourceRoot, join(sourceRoot, dirname(path), name)));
}

test('a file imports only what its room may', () => {
  const known = new Set(files.map(({ path }) => path));
  const imports = files.flatMap(file => targetsOf(file).map(target => ({ from: file.path, target })));
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.filter(({ target }) => !known.has(target))).toEqual([]);
  expect(files.filter(({ path }) => mayImport[roomOf(path)] === undefined)).toEqual([]);
  const forbidden = imports.filter(({ from, target }) => {
    const [room, other] = [roomOf(from), roomOf(target)];
    return room !== other && !mayImport[room]?.includes(other);
  });
  expect(forbidden).toEqual([]);
});

test('imports name the file, and built-in modules as such', () => {
  const odd = files.flatMap(({ path, text }) =>
    importsOf(text)
      .filter(name =>
        name.startsWith('.') ? !/\.(ts|json)$/.test(name) : /^(fs|path|os|crypto|stream|util|net|tls|http|https|url)(\/|$)/.test(name),
      )
      .map(name => `${path}: ${name}`),
  );
  expect(odd).toEqual([]);
});

test('rooms know no circle', () => {
  const circle = (room: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(room)) return [...path, room];
    return mayImport[room]?.map(next => circle(next, [...path, room])).find(found => found !== undefined);
  };
  expect(Object.keys(mayImport).flatMap(room => circle(room, []) ?? [])).toEqual([]);
});

test('files know no circle', () => {
  const edges = new Map(files.map(file => [file.path, targetsOf(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

test('help loads none of the rooms that carry out a call: they come by import() when one is made', () => {
  const byPath = new Map(files.map(file => [file.path, file]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const file = byPath.get(path);
    if (file === undefined || reached.has(path)) return;
    reached.add(path);
    for (const [, from = ''] of file.text.matchAll(/^(?:import|export) (?!type\b)[^;]*?\bfrom '(\.[^']+)'/gm)) {
      visit(relative(sourceRoot, join(sourceRoot, dirname(path), from)));
    }
  };
  visit('main.ts');
  expect(reached.size).toBeGreaterThan(30);
  const carryOut = ['lookup', 'batch', 'http', 'decode', 'sandbox', 'lang', 'diff'];
  expect([...reached].filter(path => carryOut.includes(roomOf(path)) || /^providers\/\w+\//.test(path))).toEqual([]);
});

test('only main.ts names the process and the console', async () => {
  // esbuild replaces free identifiers only: no comment, string, property or local variable is mistaken for one.
  const define = { process: 'FOUND', console: 'FOUND', 'globalThis.process': 'FOUND', 'globalThis.console': 'FOUND' };
  const found = await Promise.all(
    files.map(async ({ path, text }) => {
      const { code } = await transform(text, { loader: 'ts', define, legalComments: 'none' });
      return /\bFOUND\b/.test(code) || importsOf(text).some(name => /^(node:)?(process|console)$/.test(name)) ? path : undefined;
    }),
  );
  expect(found.filter(path => path !== undefined)).toEqual(['main.ts']);
});

test('nothing but main.ts ends the process by force, in one place: after the deadline, when nobody takes what is left', () => {
  // The text of a child process (the keyring) may: it is a program of its own.
  const found = files.flatMap(({ path, text }) => (text.replaceAll(/`[^`]*`/g, '').match(/process\.exit\(/g) ?? []).map(() => path));
  expect(found).toEqual(['main.ts']);
});

test('files stay below 300 lines', () => {
  expect(files.filter(({ text }) => lineCount(text) > 300).map(({ path }) => path)).toEqual([]);
});

/** Endpoint files longer than 80 lines, and why. */
const longEndpoints: Readonly<Record<string, string>> = {
  'providers/crego/record.ts': 'the page documents 47 fields and five parameters',
  'providers/ekuaibao/repayments.ts': 'the page documents 46 fields and four parameters',
  'providers/finlend/loan.ts': 'the page documents 50 fields',
};

test('an endpoint is a page of text: 80 lines, unless its documented fields are more', () => {
  const long = files.filter(({ path, text }) => text.includes('defineEndpoint({') && path.startsWith('providers/') && ownLines(text) > 80);
  expect(long.map(({ path }) => path)).toEqual(Object.keys(longEndpoints));
  for (const { text } of long) expect(ownLines(text) - fieldLines(text)).toBeLessThanOrEqual(80 - 30);
});

test('files say why they exist, and their names are nouns of their subject', () => {
  expect(files.filter(({ text }) => !text.startsWith('// ')).map(({ path }) => path)).toEqual([]);
  const vague = /(^|[-/])(utils?|helpers?|managers?|common|misc)\.ts$/;
  expect(files.filter(({ path }) => vague.test(path) || !/^[a-z0-9/-]+(\.facts)?\.ts$/.test(path)).map(({ path }) => path)).toEqual([]);
});

/** Without its row among those of other systems, which names its fields once more. */
function ownLines(text: string): number {
  const lines = text.split('\n');
  const start = lines.indexOf('  unified: {');
  return lineCount(text) - (start < 0 ? 0 : lines.indexOf('  },', start) - start + 1);
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}

/** Lines of the `fields` literal. */
function fieldLines(text: string): number {
  const lines = text.split('\n');
  const start = lines.indexOf('  fields: {');
  return start < 0 ? 0 : lines.indexOf('  },', start) - start;
}
