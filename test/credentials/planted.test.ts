// A working directory, and its parent, planted with every place cosmiconfig would look into: no command of the built program runs or
// reads any of it, and none lets it decide where a token goes.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands, nameOf } from '../../src/commands/index.ts';
import type { Home } from '../runner/home.ts';
import { ownHome } from '../runner/left-overs.ts';
import { runPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
import { configOf, lookup, wayTo } from './ways.ts';

const load = createRequire(import.meta.url);
const { getDefaultSearchPlaces }: { getDefaultSearchPlaces: (name: string) => string[] } = load('cosmiconfig');
const { version }: { version: string } = load('../../package.json');
const crego = wayTo('crego-token');
const evil = await startServer(() => ({ body: '{}' }));
const good = await startServer(() => ({ body: JSON.stringify(crego.answer(crego.keys[0] ?? '', 'fine')) }));

let home: Home;
const marks = (): Promise<string[]> => readdir(join(home.path, 'marks'));

async function plant(directory: string): Promise<void> {
  const meta = ['js', 'cjs', 'ts', 'mjs'].map(ending => `.config/config.${ending}`);
  const stems = ['loanq.config', '.loanqrc', 'config', 'loanqrc', '.loanq'].flatMap(name => [name, `.config/${name}`]);
  const endings = ['', '.js', '.cjs', '.mjs', '.ts', '.cts', '.mts', '.json', '.json5', '.yaml', '.yml'];
  // The data of these would be taken before the code beside them.
  const shadows = ['.config/config.json', '.config/config.yaml', '.config/config.yml'];
  const every = stems.flatMap(stem => endings.map(ending => `${stem}${ending}`)).filter(place => !shadows.includes(place));
  const own = ['.config/loanq/config.json', 'loanq/config.json', 'package.yaml', '.env', ...every];
  const places = [...new Set([...getDefaultSearchPlaces('loanq'), ...meta, ...own])];
  const data = JSON.stringify(configOf(crego, evil.origin));
  for (const place of places) {
    const mark = JSON.stringify(join(home.path, 'marks', place.replaceAll('/', '_')));
    const code: Readonly<Record<string, string>> = {
      '.js': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.cjs': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.ts': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.cts': `require('node:fs').writeFileSync(${mark}, 'run');`,
      '.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync(${mark}, 'run');`,
      '.mts': `import { writeFileSync } from 'node:fs'; writeFileSync(${mark}, 'run');`,
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

const planted = (): string => join(home.path, 'parent/planted');
const inside = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => run(args, { home, cwd: planted(), env });

const id = crego.keys[0] ?? '';

/** Every command once, as a user may call it: its exit code, and how what it says begins. */
const calls: readonly (readonly [line: string, code: number, says: string])[] = [
  ['', 2, 'Usage: loanq <provider>'],
  ['--help', 0, 'Usage: loanq <provider>'],
  ['--version', 0, `${version}\n`],
  ['nonsense', 2, "error: unknown command 'nonsense'"],
  ['help', 0, 'Usage: loanq <provider>'],
  ['help output', 0, 'Output\n'],
  ['auth', 2, 'Usage: loanq auth [options] <action>'],
  ['auth status', 20, 'error: there is no config file'],
  ['auth status --check', 20, 'error: there is no config file'],
  ['auth login', 20, 'error: there is no config file'],
  ['auth logout', 20, 'error: there is no config file'],
  ['config', 2, 'Usage: loanq config [options] <action>'],
  ['config path', 20, 'error: there is no config file'],
  ['config list', 20, 'error: there is no config file'],
  ['config check', 20, 'error: there is no config file'],
  ['config init', 2, 'error: this needs a terminal to ask on'],
  ['endpoints', 0, 'Command '],
  ['explain', 0, 'System '],
  ['explain OBTAIN', 0, 'Code    Meaning'],
  ['crego', 2, 'Usage: loanq crego <endpoint>'],
  [`lookup ${id}`, 20, `error: ${id}: no system is set up that could have this id`],
  [id, 20, `error: ${id}: no system is set up that could have this id`],
  ['crego --help', 0, 'Usage: loanq crego <endpoint>'],
  ['crego record x --help', 0, 'Usage: loanq crego record <ids...>'],
  [`crego record ${id} --dry-run`, 0, `GET https://preprod.api.crego.io/v1/lms/records/${id}/`],
  [`crego record ${id}`, 20, 'error: crego record: there is no profile for crego'],
  ['crego record 229fe24c-d840-48dc-959a-e0ff1479df35 --sandbox --csv --fields ref_id', 0, 'ref_id\r\nREC0XAM2\r\n'],
  ['api crego /v1/lms/records/', 20, 'error: crego api /v1/lms/records/: there is no profile for crego'],
  ['drift summary', 26, 'error: cannot read summary: there is no such file'],
  ['diff old new', 26, 'error: cannot read old: there is no such file'],
  ['schema crego record', 2, 'error: schema needs a format'],
  ['interlace account-repayment --input /dev/null', 27, 'error: interlace account-repayment: /dev/null is empty'],
];

it('every command is among those that are called there', () => {
  const called = new Set(calls.map(([line]) => line.split(' ')[0]));
  expect(commands.map(nameOf).filter(name => name !== 'sandbox' && !called.has(name))).toEqual([]);
});

describe.concurrent('a planted working directory', () => {
  it.each(calls)('loanq %s', async (line, code, says) => {
    const ran = await inside(line.split(' ').filter(Boolean));
    expect([ran.code, (ran.stdout || ran.stderr).slice(0, says.length)]).toEqual([code, says]);
    expect(ran.stdout + ran.stderr).not.toContain(evil.origin);
    expect(await marks()).toEqual([]);
    expect(evil.requests).toEqual([]);
  });

  it('is nothing to a terminal either', async () => {
    const args = ['crego', 'record', '229fe24c-d840-48dc-959a-e0ff1479df35', '--sandbox'];
    const { code, screen } = await runPty(args, { home, cwd: planted() });
    expect([code, screen.includes('REC0XAM2'), await marks()]).toEqual([0, true, []]);
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
  execFileSync(process.execPath, ['-e', code], { cwd: planted(), stdio: 'ignore' });
  expect((await marks()).length).toBeGreaterThan(0);
});
