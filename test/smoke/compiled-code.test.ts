// Compiled code from another user's hands: V8 runs what a code cache holds, so nobody else may write where the launcher looks.
import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
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

const { codeDirectory } = createRequire(import.meta.url)(join(projectRoot, 'bin/code-directory.js')) as {
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

describe('the launcher', () => {
  const lookup = ['endpoints', '-o', 'json'];

  it('gives Node that directory, or none', async () => {
    const home = await ownHome();
    // Node 20 has no such cache: what a newer one would be given is written to stderr.
    const probe = await home.write('probe.cjs', "require('node:module').enableCompileCache = (...given) => console.error(given);");
    const env = { NODE_DISABLE_COMPILE_CACHE: undefined, NODE_OPTIONS: `--require ${probe}` };
    expect((await run(lookup, { home, env })).stderr).toBe(`[ '${join(home.path, '.cache/loanq/compiled')}' ]\n`);
    await chmod(join(home.path, '.cache'), 0o777);
    expect((await run(lookup, { home, env })).stderr).toBe('');
  });

  it('makes no directory where Node has no such cache or is told to use none', async () => {
    const home = await ownHome();
    const probe = await home.write('probe.cjs', "require('node:module').enableCompileCache = undefined;");
    await run(lookup, { home, env: { NODE_DISABLE_COMPILE_CACHE: undefined, NODE_OPTIONS: `--require ${probe}` } });
    expect((await readdir(home.path)).sort()).toEqual(['probe.cjs', 'work']);
    await home.write('probe.cjs', "require('node:module').enableCompileCache = () => console.error('enabled');");
    const ran = await run(lookup, { home, env: { NODE_DISABLE_COMPILE_CACHE: '1', NODE_OPTIONS: `--require ${probe}` } });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect((await readdir(home.path)).sort()).toEqual(['probe.cjs', 'work']);
  });
});

/** Versions that keep compiled code. Without LOANQ_NODES=all and on Node 20 there is none. */
const withCache = [
  ...otherNodes.filter(version => !version.startsWith('20.')),
  ...('enableCompileCache' in module ? [process.versions.node] : []),
];
if (withCache.length === 0) console.warn('skipped without LOANQ_NODES=all: compiled code that another user planted');

describe.runIf(isRoot).each(withCache)('planted by another user, Node %s', version => {
  const mark = 'run by a stranger';
  let nodePath = '';
  let launcher = '';
  let poison = '';

  beforeAll(async () => {
    nodePath = await nodeBinary(version);
    const app = join(folder, `app-${version}`);
    await cp(appDirectory() ?? '', app, { recursive: true, filter: source => !/node_modules|\/src$/.test(source) });
    launcher = join(app, 'bin/loanq.js');
    poison = await makePoison(nodePath, app, mark);
  }, 180_000);

  const look = async (env: NodeJS.ProcessEnv): Promise<Ran> =>
    run(['endpoints', '-o', 'json'], { nodePath, launcher, env: { NODE_DISABLE_COMPILE_CACHE: undefined, ...env } });
  const byStranger = (...command: string[]): Promise<unknown> =>
    execute('setpriv', [`--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups', ...command]);

  it('would be run, were it trusted', async () => {
    expect((await look({ NODE_COMPILE_CACHE: poison })).stdout).toBe(mark);
  });

  it.each([
    ['in the temporary directory', 'node-compile-cache', ['TMPDIR']],
    ['in the cache directory', 'loanq/compiled', ['XDG_CACHE_HOME']],
    ['in a home', '.cache/loanq/compiled', ['HOME']],
  ])('%s: it is not', async (title, place, names) => {
    const shared = await directory(`${version} ${title}`, 0o1777);
    await byStranger('mkdir', '-p', '-m', '0700', join(shared, place, '..'));
    await byStranger('cp', '-r', poison, join(shared, place));
    const env = { XDG_CACHE_HOME: undefined, ...Object.fromEntries(names.map(name => [name, shared])) };
    const ran = await look(env);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('"repayment-records"');
  });

  it('where it is one’s own, compiled code is kept', async () => {
    const cache = await directory(`own-${version}`, 0o700);
    await look({ XDG_CACHE_HOME: cache });
    const files = (await readdir(join(cache, 'loanq/compiled'), { recursive: true, withFileTypes: true })).filter(entry => entry.isFile());
    expect(files.length).toBeGreaterThan(5);
  });
});

/** A compile cache in which the program's main file is another program: of the same length, under the checksum of the real one. */
async function makePoison(nodePath: string, app: string, mark: string): Promise<string> {
  const main = join(app, 'dist/main.js');
  const real = await readFile(main);
  const text = real.toString('utf8');
  const evil = `process.stdout.write(${JSON.stringify(mark)});`.padEnd(text.length, ' ');
  await writeFile(main, evil);
  const made = join(folder, `poison-${process.hrtime.bigint()}`);
  await run(['endpoints'], {
    nodePath,
    launcher: join(app, 'bin/loanq.js'),
    env: { NODE_DISABLE_COMPILE_CACHE: undefined, NODE_COMPILE_CACHE: made },
  });
  await writeFile(main, real);
  const checksum = crc32(evil);
  for (const entry of await readdir(made, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isFile() ? 0o644 : 0o755);
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    // The header of an entry: five words of 32 bits, the length and the checksum of the source among them.
    for (let at = 0; at < 20; at += 4) {
      if (bytes.readUInt32LE(at) === checksum) bytes.writeUInt32LE(crc32(real), at);
      else if (bytes.readUInt32LE(at) === evil.length) bytes.writeUInt32LE(real.length, at);
    }
    await writeFile(path, bytes);
  }
  return made;
}
