// The bundle: what is in it is known and told, the same sources give the same bytes, and a package that changes is noticed.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { build, type Plugin } from 'esbuild';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsOfEndpoints } from '../contract/facts.ts';
import { appDirectory, buildApp, projectRoot } from '../runner/app.ts';
import { pack } from '../runner/pack.ts';

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
}

const app = appDirectory() ?? '';
const bomText = await readFile(join(app, 'sbom.cdx.json'), 'utf8');
const bom = JSON.parse(bomText) as { components: Component[] };
const names = bom.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loanq-bundle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the bill of materials', () => {
  it('is CycloneDX 1.6, and a bill with a licence nobody knows would not be', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(bomText)).toBeNull();
    expect(await validator.validate(bomText.replace('"id": "MIT"', '"id": "MITTENS"'))).not.toBeNull();
  });

  it('names what the program is built on', () => {
    expect(names).toEqual(expect.arrayContaining(['commander', 'inquirer', 'chalk', 'cli-table3', 'got', 'cosmiconfig']));
  });

  it('names each package once, and two versions of those only that disagree about ES modules', () => {
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    expect(twice).toEqual(['ansi-regex', 'string-width', 'strip-ansi']);
  });

  it('has nothing of what is left out', () => {
    const heavy = /^(iconv-lite|chardet|rxjs|typescript|import-fresh|env-paths|@inquirer\/editor|http2-wrapper|cacheable-.*|keyv)$/;
    expect(names.filter(name => heavy.test(name))).toEqual([]);
  });

  it('names the same packages as the notices', async () => {
    const notices = await readFile(join(app, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    expect([...notices.matchAll(/^## (\S+) (\S+) \(/gm)].map(([, name, version]) => `${name} ${version}`)).toEqual(
      bom.components.map(({ version }, at) => `${names[at]} ${version}`),
    );
  });

  it('has the checksums of the lock file', async () => {
    const lock = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity: string }>;
    };
    const expected = Buffer.from(lock.packages['node_modules/got']?.integrity.replace('sha512-', '') ?? '', 'base64').toString('hex');
    expect(bom.components.find(({ name }) => name === 'got')).toMatchObject({ hashes: [{ alg: 'SHA-512', content: expected }] });
  });
});

describe('the code', () => {
  it('holds nothing of the facts that tests read beside the literals', async () => {
    const text = await programText();
    const keys = (await factsOfEndpoints()).map(({ facts }) => facts.keys.trim().split('\n')[0] ?? '');
    expect(keys.filter(words => words.includes(' ') && text.includes(words))).toEqual([]);
    expect(keys.length).toBeGreaterThan(0);
  });

  it('writes to no temporary directory under a name that can be guessed', async () => {
    expect((await programText()).match(/tmpdir\(|['"]\/tmp\b/g)).toBeNull();
  });
});

describe('a build', () => {
  it('gives the same archive whatever the umask of the check-out and of the build', async () => {
    const strict = await buildApp(true);
    try {
      const [usual, other] = await Promise.all([pack(app, folder), pack(strict.directory, await mkdtemp(join(folder, 'strict-')))]);
      expect(await digest(other.path)).toBe(await digest(usual.path));
    } finally {
      await strict.remove();
    }
  }, 180_000);

  const plugin = async (file: string, name: string): Promise<Plugin> => {
    const module = (await import(pathToFileURL(join(projectRoot, 'scripts', file)).href)) as Readonly<Record<string, Plugin>>;
    return module[name] ?? { name: 'missing', setup: () => undefined };
  };
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  const building = (entry: string, plugins: Plugin[]) =>
    build({ absWorkingDir: folder, entryPoints: [entry], bundle: true, write: false, logLevel: 'silent', plugins });

  it('fails when a package no longer imports a part that is left out', async () => {
    await write('entry.js', "import 'got';");
    await write('node_modules/got/index.js', "import 'http2-wrapper'; import 'cacheable-lookup';");
    const built = building('entry.js', [await plugin('unused-parts.js', 'withoutUnusedParts')]);
    await expect(built).rejects.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ text: 'got no longer imports cacheable-request' })]),
    });
    await expect(built).rejects.not.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ text: 'got no longer imports http2-wrapper' })]),
    });
  });

  it('fails when a package no longer says what is made on first use instead', async () => {
    await write('wide.js', "import 'string-width';");
    await write('node_modules/string-width/index.js', 'const segmenter = new Intl.Segmenter(); const rgiEmojiRegex = /^\\p{Emoji}$/v;');
    const built = building('wide.js', [await plugin('late-parts.js', 'withLateParts')]);
    await expect(built).rejects.toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ text: 'string-width no longer says: const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;' }),
      ]),
    });
    await expect(built).rejects.not.toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ text: 'string-width no longer says: const segmenter = new Intl.Segmenter();' }),
      ]),
    });
  });
});

describe('an export that is another later', () => {
  it.each([
    ['function made(){return 1}', true],
    ['var x=1;async function made(a){}', true],
    ['var made=class{};', true],
    ['var other=1,made=late(()=>2);made();other.made=3;made==4;', true],
    ['var made=0;function more(){made++}', false],
    ['var made;function open(){made=1}function close(){made=2}', false],
    ['var made=0;function open(){made??=1}', false],
    ['var made=0;function open(){[made,x]=pair()}', false],
    ['var made=0;function open(){({made,x}=pair())}', false],
  ])('is read anew: %s', async (code, expected) => {
    const { isFixed } = (await import(pathToFileURL(join(projectRoot, 'scripts/packs.js')).href)) as {
      isFixed(local: string, code: string): boolean;
    };
    expect([isFixed('made', code), isFixed('import_chunk_A.made', code)]).toEqual([expected, false]);
  });
});

describe('what is made on first use', () => {
  it('measures texts as the package does by itself', async () => {
    const { withLateParts } = (await import(pathToFileURL(join(projectRoot, 'scripts/late-parts.js')).href)) as { withLateParts: Plugin };
    // Of other packages nothing is asked for here.
    const ofOne: Plugin = { name: 'of-one', setup: builder => withLateParts.setup({ ...builder, onEnd: () => undefined }) };
    const { outputFiles } = await build({
      absWorkingDir: projectRoot,
      stdin: { contents: "export { default } from 'string-width';", resolveDir: projectRoot },
      bundle: true,
      format: 'esm',
      write: false,
      plugins: [ofOne],
    });
    const text = outputFiles[0]?.text ?? '';
    const { default: late } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { default: (text: string) => number };
    const texts = [
      'abc',
      '中文',
      'e\u0301',
      '👍🏽',
      '👨‍👩‍👧',
      '1\u20e3',
      '\u1100\u1161',
      'ｶﾞ',
      '\u200b',
      'का',
      '❤',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '👩\u200d🚀x',
      '\u0000',
      '❤\u200d❤',
    ];
    const widths = texts.map(late);
    expect(widths).toEqual([3, 4, 1, 2, 2, 2, 2, 2, 0, 2, 1, 2, 3, 0, 2]);
    expect(widths).toEqual(texts.map(known => stringWidth(known)));
    expect(text).not.toContain('const segmenter = new Intl.Segmenter()');
  });
});

async function programText(): Promise<string> {
  const names = (await readdir(join(app, 'dist'))).filter(name => name.endsWith('.js'));
  return (await Promise.all(names.map(name => readFile(join(app, 'dist', name), 'utf8')))).join('');
}

async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
