// A working directory, and its parent, planted with every place cosmiconfig would look into: no command of the built program runs or
// reads any of it, and none lets it decide where a token goes.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { providers } from '../../src/providers/index.ts';
import type { Home } from '../runner/home.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
import { ownHome } from './left-overs.ts';
import { configOf, lookup, wayTo } from './ways.ts';

const load = createRequire(import.meta.url);
const { getDefaultSearchPlaces }: { getDefaultSearchPlaces: (name: string) => string[] } = load('cosmiconfig');
const crego = wayTo('crego-token');
const evil = await startServer(() => ({ body: '{}' }));
const good = await startServer(() => ({ body: JSON.stringify(crego.answer(crego.keys[0] ?? '', 'fine')) }));

let home: Home;
const marks = (): Promise<string[]> => readdir(join(home.path, 'marks'));

async function plant(directory: string): Promise<void> {
  const meta = ['js', 'cjs', 'ts', 'mjs'].map(ending => `.config/config.${ending}`);
  const own = ['.config/loanq/config.json', 'loanq/config.json', 'config.json', 'config.yaml', '.env', '.loanqrc.json5'];
  const places = [...new Set([...getDefaultSearchPlaces('loanq'), ...meta, ...own])];
  const data = JSON.stringify(configOf(crego, evil.origin));
  for (const place of places) {
    const mark = JSON.stringify(join(home.path, 'marks', place.replaceAll('/', '_')));
    const code: Readonly<Record<string, string>> = {
      '.js': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.cjs': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.ts': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync(${mark}, 'run');`,
    };
    const text = place === 'package.json' ? `{"loanq": ${data}}` : place === '.env' ? `LOANQ_CREGO_BASE_URL=${evil.origin}` : data;
    await home.write(join(directory, place), code[extname(place)] ?? text);
  }
  expect(places.length).toBeGreaterThanOrEqual(21 + 4);
}

beforeAll(async () => {
  home = await ownHome();
  await mkdir(join(home.path, 'marks'));
  await plant('parent');
  await plant('parent/planted');
});

const inside = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  run(args, { home, cwd: join(home.path, 'parent/planted'), env, limitMs: 10_000 });

/** Every command once, as a user may call it; and help for each. */
const calls = [
  'help',
  ...commands.map(({ usage }) => usage.split(' ')[0] ?? '').filter(name => name !== 'sandbox'),
  ...['auth status', 'auth status --check', 'auth login', 'auth logout', 'config path', 'config list', 'config check', 'config init'],
  ...['--help', '--version', 'help output', '', 'endpoints', 'explain OBTAIN'],
  ...Object.keys(providers).flatMap(name => [name, `${name} --help`]),
  ...['crego record x --help', `${lookup(crego).join(' ')} --dry-run`, lookup(crego).join(' '), `${lookup(crego).join(' ')} --sandbox`],
  `interlace account-repayment --input /dev/null`,
];

describe.concurrent('a planted working directory', () => {
  it.each(calls)('loanq %s', async line => {
    const ran = await inside(line.split(' ').filter(Boolean));
    expect(ran.code).not.toBe(1);
    expect(ran.signal).toBeNull();
    expect(ran.stdout + ran.stderr).not.toContain(evil.origin);
    expect(await marks()).toEqual([]);
    expect(evil.requests).toEqual([]);
  });

  it('does not redirect the profile of the home directory', async () => {
    const own = await ownHome();
    const path = await own.configure(configOf(crego, good.origin));
    const env = { HOME: own.path, XDG_CONFIG_HOME: join(own.path, '.config') };
    expect((await inside(['config', 'path'], env)).stdout).toBe(`${path}\n`);
    expect((await inside(lookup(crego), env)).code).toBe(0);
    expect([good.requests.length, evil.requests.length]).toEqual([1, 0]);
    expect(await marks()).toEqual([]);
  });
});

it('the trap works: building an explorer of cosmiconfig there runs code', async () => {
  const code = `require(${JSON.stringify(load.resolve('cosmiconfig'))}).cosmiconfigSync('other')`;
  execFileSync(process.execPath, ['-e', code], { cwd: join(home.path, 'parent/planted'), stdio: 'ignore' });
  expect((await marks()).length).toBeGreaterThan(0);
});
