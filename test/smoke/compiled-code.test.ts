// Compiled code from another user's hands: V8 runs what a code cache holds, so nobody else may write where the launcher looks.
import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appDirectory, projectRoot } from '../runner/app.ts';
import { ownHome } from '../runner/home.ts';
import { nodeBinary, otherNodes } from '../runner/nodes.ts';
import { type Ran, run } from '../runner/run.ts';

const execute = promisify(execFile);
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('skipped without root: compiled code that another user planted');
const stranger = 65534;

interface Asked {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly uid: number | undefined;
}

const { codeDirectory } = createRequire(import.meta.url)(join(projectRoot, 'bin/packs.js')) as {
  codeDirectory(asked: Asked): string | undefined;
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loanq-code-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A directory below the scratch folder with these modes; each step is made if need be. */
async function directory(name: string, mode: number, owner?: number): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  await chmod(path, mode);
  if (owner !== undefined) await chown(path, owner, owner);
  return path;
}

it('is kept again after a killed run left half a file under the same process number', async () => {
  const { openPacks } = createRequire(import.meta.url)(join(projectRoot, 'bin/packs.js')) as {
    openPacks(asked: { dist: string; directory: string; kind: string; uid: number | undefined }): {
      load(id: string): unknown;
      keep(): void;
    };
  };
  const [dist, kept] = [await directory('one-pack', 0o755), await directory('one-pack-code', 0o700)];
  await writeFile(join(dist, 'main.js'), `/*${'0'.repeat(64)}*/(function(){return{where:{},modules:{main:function(){}}}})()`);
  const name = `main.${'0'.repeat(16)}.${process.version}-${process.arch}`;
  await writeFile(join(kept, `${name}.${process.pid}`), 'half');
  const run = () => {
    const { load, keep } = openPacks({ dist, directory: kept, kind: '', uid: process.geteuid?.() });
    load('main');
    return keep;
  };
  expect(run()).toThrow('EEXIST');
  run()();
  expect(await readdir(kept)).toEqual([name]);
});

describe('the directory for compiled code', () => {
  const uid = process.getuid?.();
  const find = (asked: Partial<Asked>): string | undefined => codeDirectory({ env: {}, home: '/nonexistent', uid, ...asked });

  it('is made in the cache directory of the user, for nobody else', async () => {
    const cache = await directory('plain', 0o755);
    expect(find({ env: { XDG_CACHE_HOME: cache } })).toBe(join(cache, 'loanq/compiled'));
    expect([(await stat(join(cache, 'loanq'))).mode & 0o777, (await stat(join(cache, 'loanq/compiled'))).mode & 0o777]).toEqual([
      0o700, 0o700,
    ]);
    expect(find({ env: { XDG_CACHE_HOME: cache } })).toBe(join(cache, 'loanq/compiled'));
  });

  it('is ~/.cache/loanq/compiled by default, and where the variable is no absolute path', async () => {
    const home = await directory('home', 0o755);
    expect(find({ home })).toBe(join(home, '.cache/loanq/compiled'));
    expect(find({ home, env: { XDG_CACHE_HOME: 'relative' } })).toBe(join(home, '.cache/loanq/compiled'));
    expect(find({ home, env: { XDG_CACHE_HOME: '' } })).toBe(join(home, '.cache/loanq/compiled'));
  });

  it('may lie in a directory where everybody writes and nobody removes what is not theirs', async () => {
    const sticky = await directory('sticky', 0o1777);
    expect(find({ env: { XDG_CACHE_HOME: sticky } })).toBe(join(sticky, 'loanq/compiled'));
  });

  it.each([
    ['no home directory', ''],
    ['a relative one', 'relative'],
    ['the root directory', '/'],
    ['one that cannot be made', '/proc/nowhere'],
  ])('%s: none', (_, home) => {
    expect(find({ home })).toBeUndefined();
  });

  it('none where the system tells no owners', async () => {
    const home = await directory('windows', 0o700);
    expect(find({ uid: undefined, home })).toBeUndefined();
    expect(await readdir(home)).toEqual([]);
  });

  it.each([
    ['the group can write the cache directory', '', 0o775],
    ['others can write the cache directory', '', 0o757],
    ['the group can write a directory on the way', '..', 0o775],
    ['others can read it', 'loanq/compiled', 0o704],
    ['the group can read it', 'loanq/compiled', 0o740],
    ['the group can write it', 'loanq/compiled', 0o770],
    ['others can write the one around it', 'loanq', 0o757],
  ])('%s: none, and nothing is changed', async (title, place, mode) => {
    const cache = await directory(`${title}/cache`, 0o755);
    await mkdir(join(cache, 'loanq/compiled'), { recursive: true, mode: 0o700 });
    await chmod(join(cache, place), mode);
    expect(find({ env: { XDG_CACHE_HOME: cache } })).toBeUndefined();
    expect((await stat(join(cache, place))).mode & 0o777).toBe(mode);
  });

  it.each(['', 'loanq', 'loanq/compiled'])('a link in the place of cache/%s: none', async place => {
    const real = await directory(`real-${place.length}`, 0o700);
    const cache = join(await directory(`links-${place.length}`, 0o700), 'cache');
    if (place !== '') await mkdir(join(cache, place, '..'), { recursive: true, mode: 0o700 });
    await symlink(real, join(cache, place));
    expect(find({ env: { XDG_CACHE_HOME: cache } })).toBeUndefined();
    expect(await readdir(real)).toEqual([]);
  });

  it.each(['loanq', 'loanq/compiled'])('a file in the place of cache/%s: none', async place => {
    const cache = await directory(`file-${place.length}`, 0o700);
    await mkdir(join(cache, place, '..'), { recursive: true, mode: 0o700 });
    await writeFile(join(cache, place), '', { mode: 0o600 });
    expect(find({ env: { XDG_CACHE_HOME: cache } })).toBeUndefined();
  });

  it.runIf(isRoot).each(['..', '', 'loanq', 'loanq/compiled'])('another owner of cache/%s: none', async place => {
    const cache = await directory(`foreign-${place.length}/cache`, 0o755);
    await mkdir(join(cache, 'loanq/compiled'), { recursive: true, mode: 0o700 });
    await chown(join(cache, place), stranger, stranger);
    expect(find({ env: { XDG_CACHE_HOME: cache } })).toBeUndefined();
  });

  it.runIf(isRoot)('in the home of the one who called sudo: none, and nothing of root is left there', async () => {
    const home = await directory('caller', 0o755, stranger);
    expect(find({ home })).toBeUndefined();
    expect(await readdir(home)).toEqual([]);
  });

  it.runIf(isRoot)('of another user is that user’s alone: root’s is none of it, root’s directories on the way are', async () => {
    const home = await directory('visited', 0o755);
    const way = ['.cache', '.cache/loanq', '.cache/loanq/compiled'];
    for (const step of way) await mkdir(join(home, step), { mode: 0o700 });
    expect(find({ home, uid: stranger })).toBeUndefined();
    for (const step of way) await chown(join(home, step), stranger, stranger);
    expect(find({ home, uid: stranger })).toBe(join(home, '.cache/loanq/compiled'));
  });
});

const lookup = ['endpoints', '-o', 'json'];
/** In tests no code is kept, unless one asks for it. */
const keeping = { NODE_DISABLE_COMPILE_CACHE: undefined };

describe('the launcher', () => {
  it('keeps compiled code there, as files of the user alone, and leaves them when there is nothing new', async () => {
    const home = await ownHome();
    await run(lookup, { home, env: keeping });
    const kept = join(home.path, '.cache/loanq/compiled');
    const names = await readdir(kept);
    const whole = /^([\w-]+)\.[0-9a-f]{16}\.v\d+\.\d+\.\d+-\w+$/;
    expect(names.map(name => whole.exec(name)?.[1])).toEqual(expect.arrayContaining(['main', 'commands', 'providers-crego']));
    const look = async () =>
      Promise.all(names.map(async name => [name, (await stat(join(kept, name))).mode & 0o777, await inode(join(kept, name))]));
    const before = await look();
    expect(before.map(([, mode]) => mode)).toEqual(names.map(() => 0o600));
    await run(lookup, { home, env: keeping });
    expect(await look()).toEqual(before);
  });

  it('adds what another command compiles', async () => {
    const home = await ownHome();
    await run(['help', 'options'], { home, env: keeping });
    const [main = ''] = await readdir(join(home.path, '.cache/loanq/compiled'));
    const size = async () => (await stat(join(home.path, '.cache/loanq/compiled', main))).size;
    const afterHelp = await size();
    await run(lookup, { home, env: keeping });
    expect(await size()).toBeGreaterThan(afterHelp);
  });

  it('keeps what --help compiles apart', async () => {
    const home = await ownHome();
    for (const words of [
      ['crego', '--help'],
      ['crego', 'record', '-h'],
      ['--version', '--quiet'],
    ])
      await run(words, { home, env: keeping });
    const names = await readdir(join(home.path, '.cache/loanq/compiled'));
    expect(names.map(name => name.split('.')[0]).sort()).toEqual(['main', 'main-help', 'providers-crego-help']);
  });

  it('keeps none where others can write, or when Node is told to keep none', async () => {
    const home = await ownHome();
    await run(lookup, { home, env: { NODE_DISABLE_COMPILE_CACHE: '1' } });
    expect(await readdir(home.path)).toEqual(['work']);
    await mkdir(join(home.path, '.cache'));
    await chmod(join(home.path, '.cache'), 0o777);
    const ran = await run(lookup, { home, env: keeping });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(await readdir(join(home.path, '.cache'))).toEqual([]);
  });

  it('sweeps what other versions and killed runs left, a day later', async () => {
    const cache = await directory('swept', 0o700);
    const kept = await directory('swept/loanq/compiled', 0o700);
    await chmod(join(cache, 'loanq'), 0o700);
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of [
      'main.0123456789abcdef.v20.17.0-x64',
      'main.0123456789abcdef.v20.17.0-x64.4711',
      'of-today.0123456789abcdef.v20.17.0-x64',
    ]) {
      await writeFile(join(kept, name), '', { mode: 0o600 });
      if (!name.startsWith('of-today')) await utimes(join(kept, name), yesterday, yesterday);
    }
    await run(lookup, { env: { ...keeping, XDG_CACHE_HOME: cache } });
    expect((await readdir(kept)).filter(name => name.includes('0123456789abcdef'))).toEqual(['of-today.0123456789abcdef.v20.17.0-x64']);
  });

  it('works where nothing can be written', async () => {
    const cache = await directory('full', 0o700);
    await directory('full/loanq/compiled', 0o700);
    await chmod(join(cache, 'loanq'), 0o700);
    const probe = join(folder, 'full.cjs');
    await writeFile(probe, "require('node:fs').writeSync = () => { throw Object.assign(new Error('full'), { code: 'ENOSPC' }); };");
    const ran = await run(lookup, { env: { ...keeping, XDG_CACHE_HOME: cache, NODE_OPTIONS: `--require ${probe}` } });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(await readdir(join(cache, 'loanq/compiled'))).toEqual([]);
  });
});

/** Each version has its own form of compiled code, and its own way to fail over a bad one. */
describe.each([process.versions.node, ...otherNodes])('compiled code that is another program, Node %s', version => {
  const mark = 'run by a stranger';
  let nodePath = '';
  let launcher = '';
  /** Name of the file and what is in it. */
  let poison: { name: string; bytes: Buffer } = { name: '', bytes: Buffer.alloc(0) };

  beforeAll(async () => {
    nodePath = await nodeBinary(version);
    const app = join(folder, `app-${version}`);
    await cp(appDirectory() ?? '', app, { recursive: true, filter: source => !/node_modules|\/src$/.test(source) });
    launcher = join(app, 'bin/loanq.js');
    poison = await makePoison(nodePath, app, mark);
  }, 180_000);

  const look = (cache: string): Promise<Ran> => run(lookup, { nodePath, launcher, env: { ...keeping, XDG_CACHE_HOME: cache } });
  const plant = async (title: string, bytes: Uint8Array): Promise<{ cache: string; file: string }> => {
    const cache = await directory(`${version} ${title}`, 0o700);
    const kept = await directory(`${version} ${title}/loanq/compiled`, 0o700);
    await chmod(join(cache, 'loanq'), 0o700);
    await rm(join(kept, poison.name), { force: true });
    await writeFile(join(kept, poison.name), bytes, { mode: 0o600 });
    return { cache, file: join(kept, poison.name) };
  };
  const expectRight = (ran: Ran): void => {
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('"repayment-records"');
  };

  it('would be run, were it trusted', async () => {
    const { cache } = await plant('own', poison.bytes);
    expect((await look(cache)).stdout).toBe(mark);
  });

  it('is not, once a byte is flipped, wherever it is', async () => {
    const size = poison.bytes.length;
    const head = poison.bytes.indexOf('\n');
    const places = [0, 12, 20, head - 90, head - 20, head - 12, head - 3, head, head + 1, head + 9, head + 17, head + 25, head + 40];
    for (const at of [...places, ...Array.from({ length: 12 }, (_, n) => head + 60 + Math.floor(((size - head - 61) * n) / 11))]) {
      const bytes = Buffer.from(poison.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 0x04;
      const { cache } = await plant('flipped', bytes);
      expectRight(await look(cache));
    }
  }, 120_000);

  it.each([
    ['an empty file', (): Uint8Array => Buffer.alloc(0)],
    ['its first half', () => poison.bytes.subarray(0, poison.bytes.length / 2)],
    ['with more behind it', () => Buffer.concat([poison.bytes, Buffer.from('x')])],
    ['of another version of Node', () => Buffer.from(poison.bytes.toString('latin1').replace(` v${version}-`, ' v20.0.0-'), 'latin1')],
    ['of another build', () => Buffer.from(poison.bytes.toString('latin1').replace(/ [0-9a-f]{64} /, ` ${'0'.repeat(64)} `), 'latin1')],
  ])('%s: it is not, and is replaced', async (title, make) => {
    const { cache, file } = await plant(title, make());
    expectRight(await look(cache));
    expect((await readFile(file)).equals(make())).toBe(false);
    expectRight(await look(cache));
  });

  it('that others can read, that is a link or a pipe: it is not', async () => {
    const open = await plant('open', poison.bytes);
    await chmod(open.file, 0o640);
    expectRight(await look(open.cache));
    const linked = await plant('linked', poison.bytes);
    await rename(linked.file, join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), linked.file);
    expectRight(await look(linked.cache));
    const piped = await plant('piped', poison.bytes);
    await rm(piped.file);
    await execute('mkfifo', ['-m', '600', piped.file]);
    expectRight(await look(piped.cache));
  });

  it.runIf(isRoot)('of another user in a directory of one’s own: it is not', async () => {
    const { cache, file } = await plant('foreign', poison.bytes);
    await chown(file, stranger, stranger);
    expectRight(await look(cache));
  });

  it.runIf(isRoot).each([
    ['in the temporary directory', 'node-compile-cache', ['TMPDIR']],
    ['in the cache directory', 'loanq/compiled', ['XDG_CACHE_HOME']],
    ['in a home', '.cache/loanq/compiled', ['HOME']],
  ])('planted by another user %s: it is not', async (title, place, names) => {
    const shared = await directory(`${version} ${title}`, 0o1777);
    const source = join(folder, `poison-${version}`);
    await writeFile(source, poison.bytes, { mode: 0o644 });
    const byStranger = (...command: string[]): Promise<unknown> =>
      execute('setpriv', [`--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups', ...command]);
    await byStranger('mkdir', '-p', '-m', '0700', join(shared, place));
    await byStranger('install', '-m', '0600', source, join(shared, place, poison.name));
    const env = { XDG_CACHE_HOME: undefined, ...Object.fromEntries(names.map(name => [name, shared])) };
    expectRight(await run(lookup, { nodePath, launcher, env: { ...keeping, ...env } }));
    const left = await readFile(join(shared, place, poison.name));
    expect(left.equals(poison.bytes)).toBe(true);
  });
});

/** The code that another program leaves, of the same length and under the hash of the same build: V8 itself would run it. */
async function makePoison(nodePath: string, app: string, mark: string): Promise<{ name: string; bytes: Buffer }> {
  const main = join(app, 'dist/main.js');
  const real = await readFile(main, 'latin1');
  const evil = `(function(){return{where:{},modules:{main(){process.stdout.write(${JSON.stringify(mark)})}}}})()`;
  await writeFile(main, (real.slice(0, real.indexOf('*/') + 2) + evil).padEnd(real.length, ' '));
  const cache = await mkdtemp(join(folder, 'poisoned-'));
  await run(lookup, { nodePath, launcher: join(app, 'bin/loanq.js'), env: { ...keeping, XDG_CACHE_HOME: cache } });
  await writeFile(main, real);
  const [name = ''] = await readdir(join(cache, 'loanq/compiled'));
  return { name, bytes: await readFile(join(cache, 'loanq/compiled', name)) };
}

async function inode(path: string): Promise<number> {
  return (await stat(path)).ino;
}
