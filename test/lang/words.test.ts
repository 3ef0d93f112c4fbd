// Whatever is said with `say` is said in every language: the sources are parsed, so that no pattern is missed or kept for nothing.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { neededSettings } from '../../src/core/provider.ts';
import { loadPhrases } from '../../src/lang/words.ts';
import { allProviders } from '../../src/providers/index.ts';

const root = fileURLToPath(new URL('../../src', import.meta.url));

interface Node {
  readonly type: string;
  readonly [name: string]: unknown;
}

interface Said {
  readonly pattern: string;
  readonly path: string;
}

const paths = (await readdir(root, { recursive: true })).filter(path => path.endsWith('.ts') && !path.startsWith('lang/')).sort();
const said: Said[] = [];
for (const path of paths) {
  const program = parseAst(await readFile(join(root, path), 'utf8'), { lang: 'ts' });
  for (const pattern of patternsIn(program)) said.push({ pattern, path });
}

/** The patterns of the templates that are tagged `say`, wherever in the tree they stand. */
function patternsIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(patternsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const inside = Object.values(tree).flatMap(patternsIn);
  return isSay(tree as Node) ? [patternOf(tree as Node), ...inside] : inside;
}

function isSay({ type, tag }: Node): boolean {
  return type === 'TaggedTemplateExpression' && (tag as Node | undefined)?.name === 'say';
}

function patternOf({ quasi }: Node): string {
  const { quasis } = quasi as { quasis: { value: { cooked: string } }[] };
  return quasis.map(({ value }, at) => (at === 0 ? value.cooked : `{${at}}${value.cooked}`)).join('');
}

/** What the literals say as plain text, which `sayingOf` makes a saying of: hints, what grammars are called, what a required option is. */
const literals = [exitCodes.internal.meaning, ...(await allProviders()).flatMap(textsOf)];

function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return [];
  const inside = Object.values(value).flatMap(textsOf);
  const { hint, pattern, name, say, required, about } = value as Record<string, unknown>;
  const own = [hint, ...(pattern instanceof RegExp ? [name, say] : []), ...(required === true ? [about] : [])];
  return [...own.filter(text => typeof text === 'string'), ...inside];
}

/** Faults of a value in the configuration pass through its schema as text. */
const valueFaults = ['base-url', 'schema-fault', 'secret-source', 'value-faults'];
for (const name of valueFaults) {
  const program = parseAst(await readFile(join(root, `config/${name}.ts`), 'utf8'), { lang: 'ts' });
  literals.push(...textsIn(program).filter(text => /^(?:must|is|has) /.test(text)));
}

/** What the keys of an endpoint are, where one is missing. */
for (const provider of await allProviders()) {
  literals.push(...provider.endpoints.flatMap(({ keys }) => Object.values(keys ?? {}).map(({ about }) => about)));
}

/** What somebody who sets a system up reads of its literal. */
for (const provider of await allProviders()) {
  literals.push(...Object.values(provider.credentials ?? {}));
  literals.push(...provider.schemes.flatMap(({ about }) => about ?? []));
  literals.push(...(provider.environments ?? []).flatMap(({ about }) => about ?? []));
  literals.push(...neededSettings(provider).flatMap(({ name }) => provider.settings?.[name]?.ask ?? []));
}

function textsIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(textsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const { type, value } = tree as Node;
  return type === 'Literal' && typeof value === 'string' ? [value] : Object.values(tree).flatMap(textsIn);
}

/** A pattern without a word, such as `{1}: {2}`, is the same everywhere. */
const hasWords = (pattern: string) => /\p{L}/u.test(pattern);
const wanted = [...new Set([...said.map(({ pattern }) => pattern), ...literals])].filter(hasWords).sort();

const places = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();

test('the sources are read: nested sayings, escapes and all', () => {
  const sample = 'say`a \\n ${say`inner ${1}`} b ${x}`; other`no`; (y as string) === z ? say`one` : say`two`;';
  expect(patternsIn(parseAst(sample, { lang: 'ts' }))).toEqual(['a \n {1} b {2}', 'inner {1}', 'one', 'two']);
  expect(said.length).toBeGreaterThan(3);
});

test('a pattern stands for values only by its own places', () => {
  expect(said.filter(({ pattern }) => new Set(places(pattern)).size !== places(pattern).length)).toEqual([]);
});

describe.each(['zh', 'pt'] as const)('%s', lang => {
  const phrases = loadPhrases(lang);

  test('has a phrase for everything that is said, and no other', async () => {
    expect(
      Object.keys(await phrases)
        .filter(hasWords)
        .sort(),
    ).toEqual(wanted);
  });

  test('puts every value somewhere, once', async () => {
    const odd = Object.entries(await phrases).filter(([pattern, phrase]) => places(pattern).join() !== places(phrase).join());
    expect(odd).toEqual([]);
  });

  test('phrases are whole: one line, and blanks around them only where the English has them', async () => {
    const odd = Object.entries(await phrases).filter(([pattern, phrase]) => {
      if (phrase === '' || /[\r\n\t]/.test(phrase)) return true;
      return phrase !== phrase.trim() && pattern === pattern.trim();
    });
    expect(odd).toEqual([]);
  });
});

test('English needs no phrases', async () => {
  expect(await loadPhrases('en')).toEqual({});
});

test.each(['zh', 'pt'] as const)('%s: each phrase stands in one place', async lang => {
  const folder = join(root, 'lang', lang);
  const names = (await readdir(folder)).filter(name => /^words-.*\.ts$/.test(name));
  const parts = await Promise.all(names.map(async name => Object.values(await import(join(folder, name)))));
  const patterns = parts.flat().flatMap(phrases => Object.keys(phrases as object));
  expect(patterns.filter((pattern, at) => patterns.indexOf(pattern) !== at)).toEqual([]);
  expect(patterns.length).toBe(Object.keys(await loadPhrases(lang)).length);
});

describe('nothing is said past the phrases', () => {
  const ownError = /^(?:Usage|Auth|Config|NotFound|Refused|Write|Partial|Temporary|Input|Response|Deadline|Locked|Trust|Loanq)Error$/;
  const rawText = (node: unknown): string | undefined => {
    const { type, value, quasis } = (node ?? {}) as { type?: string; value?: unknown; quasis?: { value: { cooked: string } }[] };
    const text = type === 'Literal' ? value : type === 'TemplateLiteral' ? quasis?.map(part => part.value.cooked).join(' ') : undefined;
    // A command to type is the same in every language; a single word is a name.
    return typeof text === 'string' && hasWords(text) && / /.test(text) && !/^\s*loanq /.test(text) ? text : undefined;
  };

  /** Texts that are handed to an error, a hint or a message without a tag. */
  function untagged(tree: unknown): string[] {
    if (Array.isArray(tree)) return tree.flatMap(untagged);
    if (typeof tree !== 'object' || tree === null) return [];
    const { type, callee, arguments: args, key, value } = tree as Node & { callee?: Node; arguments?: Node[]; key?: Node; value?: Node };
    const name = (callee?.name ?? (callee?.property as Node | undefined)?.name ?? '') as string;
    const said =
      type === 'NewExpression' && ownError.test(name)
        ? args?.[name === 'LoanqError' ? 1 : 0]
        : type === 'CallExpression' && callee?.type === 'MemberExpression' && /^(?:note|warn|error|place|status)$/.test(name)
          ? args?.[0]
          : type === 'Property' && key?.name === 'hint'
            ? value
            : undefined;
    return [rawText(said) ?? [], Object.values(tree).flatMap(untagged)].flat();
  }

  test('a text without its tag is found', () => {
    const sample =
      "new UsageError('no way'); new LoanqError('internal', `x ${1}`, { hint: 'do it' }); messages.note(say`fine`); messages.warn('so bad');";
    expect(untagged(parseAst(sample, { lang: 'ts' }))).toEqual(['no way', 'x  ', 'do it', 'so bad']);
  });

  test('errors, hints and messages', async () => {
    const found = await Promise.all(
      paths
        // Literals of providers are inert: `sayingOf` looks their texts up.
        .filter(path => !/^(?:providers|sandbox|docs)\//.test(path))
        .map(async path => untagged(parseAst(await readFile(join(root, path), 'utf8'), { lang: 'ts' })).map(text => `${path}: ${text}`)),
    );
    expect(found.flat()).toEqual([]);
  });
});
