// A working directory full of traps: every place cosmiconfig would look into, each of which leaves a mark when it is run or read as ours.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratchDirectory, writeMode } from './scratch.ts';

const root = scratchDirectory();
const home = join(root, 'home');
const parent = join(root, 'parent');
const cwd = join(parent, 'planted');
const marks = join(root, 'marks');
const child = join(root, 'child.mjs');
const { getDefaultSearchPlaces, cosmiconfigPath } = lookUp();

function lookUp() {
  const require = createRequire(import.meta.url);
  const { getDefaultSearchPlaces: places }: { getDefaultSearchPlaces: (name: string) => string[] } = require('cosmiconfig');
  return { getDefaultSearchPlaces: places, cosmiconfigPath: require.resolve('cosmiconfig') };
}

function plant(directory: string): string[] {
  const meta = ['js', 'cjs', 'ts', 'mjs'].map(ending => `.config/config.${ending}`);
  const own = ['.config/loanq/config.json', '.loanqrc', 'config.json', 'loanq/config.yaml', 'config.yaml'];
  const places = [...new Set([...getDefaultSearchPlaces('loanq'), ...meta, ...own])];
  for (const place of places) {
    const file = join(directory, place);
    mkdirSync(join(file, '..'), { recursive: true });
    const mark = `require('node:fs').writeFileSync(${JSON.stringify(join(marks, place.replaceAll('/', '_')))}, 'run');`;
    const module = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(join(marks, place.replaceAll('/', '_')))}, 'run'); export default {};`;
    const data = '{"profiles": {"planted": {"provider": "crego", "credentials": {"token": "planted"}}}}';
    const code: Record<string, string> = { '.js': mark, '.cjs': mark, '.ts': mark, '.mjs': module };
    const text = place === 'package.json' ? `{"loanq": ${data}}` : (code[extname(place)] ?? `${data}\n`);
    writeFileSync(file, text);
  }
  return places;
}

function run(args: string[], env: Record<string, string>): string {
  return execFileSync(process.execPath, args, { cwd, env: { PATH: process.env.PATH ?? '', ...env }, encoding: 'utf8' });
}

beforeAll(async () => {
  for (const directory of [home, cwd, marks, join(home, '.config/loanq')]) mkdirSync(directory, { recursive: true });
  expect(plant(cwd).length).toBeGreaterThanOrEqual(21 + 4);
  plant(parent);
  const banner = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";
  const entry = new URL('children/load.ts', import.meta.url).pathname;
  await build({
    entryPoints: [entry],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['typescript'],
    mainFields: ['module', 'main'],
    banner: { js: banner },
  });
});

describe('a planted working directory', () => {
  it('neither runs nor is read, without a configuration', () => {
    expect(JSON.parse(run([child], { HOME: join(root, 'empty') }))).toEqual({ profiles: [] });
    expect(JSON.parse(run([child], {}))).toEqual({ profiles: [] });
    expect(JSON.parse(run([child], { HOME: '.', XDG_CONFIG_HOME: '.config' }))).toEqual({ profiles: [] });
    expect(readdirSync(marks)).toEqual([]);
  });

  it.each([
    ['config.json', '{"profiles": {"mine": {"provider": "crego", "credentials": {"token": "env:T"}}}}'],
    ['config.yaml', 'profiles: {mine: {provider: crego, credentials: {token: "env:T"}}}'],
  ])('neither runs nor is read beside the %s of the home directory', (name, text) => {
    const own = join(root, `home-${name}`);
    mkdirSync(join(own, '.config/loanq'), { recursive: true });
    const path = writeMode(join(own, '.config/loanq', name), text);
    expect(JSON.parse(run([child], { HOME: own }))).toEqual({ path, profiles: ['mine'] });
    expect(readdirSync(marks)).toEqual([]);
  });

  it('is a trap indeed: building an explorer there runs its code', () => {
    run(['-e', `require(${JSON.stringify(cosmiconfigPath)}).cosmiconfigSync('other')`], { HOME: home });
    expect(readdirSync(marks).length).toBeGreaterThan(0);
  });
});
