// Config files that must not be believed: exit code 20, nothing sent, nothing run, nothing of the file shown.
import { execFileSync } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess, type Said } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { asOtherUser, hasOtherUser } from '../runner/other-user.ts';
import { type Printed, run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
import { wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const key = crego.keys[0] ?? '';
const server = await startServer(() => ({ body: JSON.stringify(crego.answer(key, 'fine')) }));
const profile = `{"provider": "crego", "baseUrl": "${server.origin}", "credentials": {"token": "canary-literal-1"}}`;
const good = `{"profiles": {"mine": ${profile}}}`;
const yaml = (lines: string): string => `profiles:\n  mine:\n    provider: crego\n    baseUrl: ${server.origin}\n${lines}\n`;

const look = (home: Home, env: Readonly<Record<string, string>> = {}): Promise<Said> => runInProcess([...crego.call, key], { home, env });

function expectRefused(ran: Printed, sentence: string): void {
  expect(ran.stderr).toContain(sentence);
  expect([ran.code, ran.stdout]).toEqual([20, '']);
  expect(ran.stderr).not.toContain('canary');
  expect(server.requests.every(({ headers }) => headers.authorization === 'Bearer canary-literal-1')).toBe(true);
}

describe.concurrent('a config file is refused', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`),
  ];
  const texts: readonly (readonly [string, string, string, string])[] = [
    ['with an import of code', '.yaml', `$import: ./evil.cjs\n${yaml('    credentials: {token: canary-1}')}`, 'imports are not supported'],
    ['with an import of another file', '.json', '{"$import": "/etc/passwd", "profiles": {}}', 'imports are not supported'],
    ['with aliases that expand without end', '.yaml', bomb.join('\n'), 'nests or'],
    ['with a tag', '.yaml', yaml('    credentials: {token: !!js/function "canary"}'), 'uses a YAML tag'],
    ['with a token that YAML reads as a number', '.yaml', yaml('    credentials: {token: 0012345678}'), 'credentials.token'],
    ['with a token that YAML reads as a number with an exponent', '.yaml', yaml('    credentials: {token: 1e10}'), 'credentials.token'],
    ['with a token that YAML reads as a date', '.yaml', yaml('    credentials: {token: 2024-01-15}'), 'credentials.token'],
    ['with __proto__', '.json', '{"__proto__": {"x": "canary"}, "profiles": {}}', 'the key "__proto__" is not allowed'],
    ['with constructor', '.json', `{"profiles": {"constructor": ${profile}}}`, 'the key "constructor" is not allowed'],
    ['with a profile twice', '.json', `{"profiles": {"mine": ${profile}, "mine": ${profile}}}`, 'gives a key twice'],
    [
      'with a profile twice in YAML',
      '.yaml',
      `${yaml('    credentials: {token: canary-1}')}  mine: {provider: crego}\n`,
      'gives a key twice',
    ],
    ['that is broken', '.json', `${good.slice(0, -3)}`, 'is not valid JSON (line 1)'],
    ['that is empty', '.json', '', 'is not valid JSON'],
    ['with a comma too many', '.json', '{"profiles": {},}', 'is not valid JSON'],
    ['of 2 MB', '.json', `{"x": "${'canary'.repeat(350_000)}"}`, 'is larger than 1024 KiB'],
    ['with an unknown key', '.json', good.replace('"profiles"', '"profles"'), 'did you mean "profiles"?'],
    ['with an unknown credential', '.json', good.replace('"token"', '"tokn"'), 'did you mean "token"?'],
    ['with a credential of another provider', '.json', good.replace('"token"', '"accessToken"'), 'credentials'],
  ];
  it.each(texts)('%s', async (_, ending, text, sentence) => {
    const home = await ownHome();
    await home.write('.config/loanq/evil.cjs', `require('node:fs').writeFileSync(${JSON.stringify(join(home.path, 'mark'))}, 'run');`);
    await home.write(`.config/loanq/config${ending}`, text);
    expectRefused(await look(home), sentence);
    expect(await readdir(home.path)).not.toContain('mark');
  });

  const modes: readonly (readonly [number, boolean, number])[] = [
    [0o600, true, 0],
    [0o640, true, 20],
    [0o644, true, 20],
    [0o666, true, 20],
    [0o620, true, 20],
    [0o600, false, 0],
    [0o640, false, 0],
    [0o644, false, 0],
    [0o666, false, 20],
    [0o620, false, 20],
  ];
  it.each(modes)('by its mode: %o, holds a secret: %s, exit code %d', async (mode, holdsSecret, exit) => {
    const home = await ownHome();
    await home.write('.config/loanq/config.json', holdsSecret ? good : good.replace('canary-literal-1', 'env:T'), mode);
    const ran = await look(home, { T: 'canary-literal-1' });
    expect(ran.code).toBe(exit);
    if (exit === 20) expect(ran.stderr).toMatch(/hint: run: chmod (600|go-w) \//);
    else expect(ran.stdout).toContain('REC0XAM2');
    expect(ran.stderr).not.toContain('canary');
  });

  it('in a directory where others can replace it', async () => {
    const home = await ownHome();
    await home.configure(good);
    await chmod(join(home.path, '.config/loanq'), 0o777);
    expectRefused(await look(home), 'can be replaced by other users');
  });

  it.runIf(hasOtherUser)('below a directory of another user, or behind a link they laid', async () => {
    const home = await ownHome();
    const open = join(home.path, 'open');
    await mkdir(open);
    await chmod(open, 0o1777);
    await chmod(home.path, 0o711);
    const config = await home.write('mine/config.json', good);
    asOtherUser('mkdir "$1/theirs"; chmod 777 "$1/theirs"; ln -s "$2" "$1/link"', open, join(home.path, 'mine'));
    await mkdir(join(open, 'theirs/mine'), { mode: 0o700 });
    await copyFile(config, join(open, 'theirs/mine/config.json'));
    const keep = 'hint: keep it in a directory of your own';
    for (const [path, why] of [
      ['theirs/mine/config.json', `the directory ${open}/theirs belongs to one`],
      ['link/config.json', `the link ${open}/link belongs to one`],
    ] as const) {
      const ran = await look(home, { LOANQ_CONFIG: join(open, path) });
      expectRefused(ran, `${join(open, path)} can be replaced by other users: ${why}`);
      expect(ran.stderr).toContain(keep);
    }
  });

  it('that is a pipe nobody writes to, a directory, a device, or a link to nothing', async () => {
    const home = await ownHome();
    execFileSync('mkfifo', ['-m', '600', join(home.path, 'pipe.json')]);
    await mkdir(join(home.path, 'directory.json'));
    await symlink('/dev/zero', join(home.path, 'device.json'));
    await symlink('/nonexistent', join(home.path, 'link.json'));
    for (const name of ['pipe', 'directory', 'device']) {
      expectRefused(await look(home, { LOANQ_CONFIG: join(home.path, `${name}.json`) }), 'is not a regular file');
    }
    expectRefused(await look(home, { LOANQ_CONFIG: join(home.path, 'link.json') }), 'it does not exist');
  });

  it.runIf(process.getuid?.() === 0)('of another user, also behind a link', async () => {
    const home = await ownHome();
    const path = await home.write('foreign.json', good);
    await chown(path, 12_345, 12_345);
    await symlink(path, join(home.path, 'link.json'));
    for (const name of ['foreign', 'link'])
      expectRefused(await look(home, { LOANQ_CONFIG: join(home.path, `${name}.json`) }), 'belongs to another user');
  });
});

describe.concurrent('without a usable home directory', () => {
  it.each([
    ['none', { HOME: '', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' }],
    ['a relative one', { HOME: '.', XDG_CONFIG_HOME: '.config', XDG_STATE_HOME: '.' }],
    ['the root', { HOME: '/', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' }],
    ['one that is no directory', { HOME: '/dev/null', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' }],
  ])('%s: the working directory is not taken instead', async (_, env) => {
    const home = await ownHome();
    for (const name of ['.loanqrc', '.config/loanq/config.json', 'loanq/config.json', 'config.json'])
      await home.write(`work/${name}`, good);
    const before = await readdir(home.cwd, { recursive: true });
    const look = (more: NodeJS.ProcessEnv = {}) => run([...crego.call, key], { home, env: { ...env, ...more } });
    expectRefused(await look(), 'there is no profile for crego');
    const { code } = await look({ LOANQ_CREGO_TOKEN: 'canary-literal-1', LOANQ_CREGO_BASE_URL: server.origin });
    expect(code).toBe(0);
    expect(await readdir(home.cwd, { recursive: true })).toEqual(before);
  });
});

describe.concurrent('config init', () => {
  it('off a terminal asks nothing and writes nothing', async () => {
    const home = await ownHome();
    const ran = await run(['config', 'init'], { home });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('this needs a terminal to ask on');
    expect(await readdir(home.path)).toEqual(['work']);
  });
});
