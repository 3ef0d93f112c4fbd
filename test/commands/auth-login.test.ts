// `auth login` of a profile whose token was brought: the new one is pasted and takes the place of the old one, wherever that is.
import { chmod, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { talk } from '../credentials/conversation.ts';
import { makeJwt } from '../credentials/tokens.ts';
import type { Home } from '../runner/home.ts';
import { ownHome } from '../runner/left-overs.ts';
import { hasPrograms } from '../runner/programs.ts';
import { type Printed, run } from '../runner/run.ts';

const enter = '\r';
const old = makeJwt('canary-of-yesterday', 1_700_000_000);
const fresh = makeJwt('canary-of-today', Math.floor(Date.now() / 1000) + 23 * 3600 + 90);

async function stage(token: unknown): Promise<{ home: Home; file: string }> {
  const home = await ownHome();
  await home.configure({ profiles: { crego: { provider: 'crego', credentials: { token } } } });
  return { home, file: await home.write('.config/loanq/crego.token', `${old}\n`) };
}

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('auth login', () => {
  test('replaces a token in a file, and says until when the new one is good', async () => {
    const { home, file } = await stage('file:~/.config/loanq/crego.token');
    await chmod(file, 0o644);
    const { screen, code } = await talk(['auth', 'login', '-p', 'crego'], home, [
      ['Paste the new token (it stays hidden)', `${old}${enter}`],
      ['this one expired ', `\x15${fresh}${enter}`],
    ]);
    expect([code, screen.includes(fresh), screen.includes(old)]).toEqual([0, false, false]);
    expect(screen).toMatch(
      /\ncrego: stored in ~\/\.config\/loanq\/crego\.token, good until [\d-]{10} [\d:]{5} [+-]\d\d:\d\d, in 23 hours\r\n$/,
    );
    expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual([`${fresh}\n`, 0o600]);
  });

  test('given up leaves the old one', async () => {
    const { home, file } = await stage('file:~/.config/loanq/crego.token');
    const { screen, code } = await talk(['auth', 'login', '-p', 'crego'], home, [['Paste the new token', '\x03']]);
    expect([code, screen.trimEnd().split('\n').at(-1)]).toEqual([130, 'cancelled; nothing was written']);
    expect(await readFile(file, 'utf8')).toBe(`${old}\n`);
  });

  test('asks for nothing where the file is a link: it would be replaced, not what it leads to', async () => {
    const { home, file } = await stage('file:~/.config/loanq/crego.token');
    await rm(file);
    await writeFile(join(home.path, 'real'), old);
    await symlink(join(home.path, 'real'), file);
    const { screen, code } = await talk(['auth', 'login', '-p', 'crego'], home, []);
    expect(code).toBe(20);
    expect(screen).toContain(`no secret is written to ${file}: it is a symbolic link`);
  });
});

describe.concurrent('auth login without anybody to ask', () => {
  test.each([
    ['a file', 'file:~/.config/loanq/crego.token', 'hint: write the new token to ~/.config/loanq/crego.token (mode 600)\n'],
    ['the keyring', 'keyring:crego', 'hint: run it in a terminal: the token is pasted there\n'],
  ])('is exit code 2 where %s keeps the token', async (_, token, hint) => {
    const { home } = await stage(token);
    const ran = await run(['auth', 'login', '-p', 'crego'], { home, stdin: `${fresh}\n` });
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([2, '', `error: this needs a terminal to ask on\n${hint}`]);
  });

  test.each<readonly [string, unknown, string]>([
    ['a variable', 'env:CREGO_TOKEN', 'the token is read from the variable CREGO_TOKEN: set that to the new one'],
    ['a program', { command: ['/bin/true'] }, 'the token is printed by /bin/true: renew it there'],
  ])('says where the token comes from: %s', async (_, token, said) => {
    const { home } = await stage(token);
    expect(await run(['auth', 'login', '-p', 'crego'], { home })).toMatchObject({ code: 0, stdout: `crego: ${said}\n` });
    const { stdout } = await run(['auth', 'login', '-p', 'crego', '--json'], { home });
    expect(JSON.parse(stdout)).toEqual([{ profile: 'crego', result: 'not-kept-here', expiresAt: null }]);
  });
});

describe.concurrent('a profile with which no lookup could work', () => {
  const profiles = {
    crego: { provider: 'crego', credentials: { token: old } },
    finlend: { provider: 'finlend', credentials: { token: 'canary-token-1' } },
    interlace: { provider: 'interlace', credentials: { accessToken: 'canary-token-2' } },
    qitech: { provider: 'qitech', credentials: { clientKey: 'k', privateKey: 'canary-that-is-no-key' } },
  };
  const ask = async (...args: string[]): Promise<Printed> => {
    const home = await ownHome();
    await home.configure({ profiles });
    return run(args, { home });
  };
  const states = ({ stdout }: Printed) =>
    Object.fromEntries(JSON.parse(stdout).map(({ profile, state }: { profile: string; state: string }) => [profile, state]));

  test('config check finds it, by what it lacks or by the end of its token', async () => {
    const ran = await ask('config', 'check', '--json');
    expect(ran.code).toBe(20);
    expect(states(ran)).toEqual({ crego: 'expired', finlend: 'unusable', interlace: 'ready', qitech: 'unusable' });
    expect(ran.stderr).toMatch(/^error: crego: the token of profile "crego" expired \d+ years ago$/m);
    expect(ran.stderr).toContain('error: finlend: profile "finlend" has no customerIp\n');
    expect(ran.stderr).toContain('error: qitech: privateKey of profile "qitech" needs a P-521 private key in PEM form: ');
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toBe('error: 3 of 4 profiles cannot be used');
    expect(ran.stdout + ran.stderr).not.toContain('canary');
  });

  test('auth status --check of a dead token ends with 4, and sends nothing', async () => {
    const ran = await ask('auth', 'status', '--check', '-p', 'crego', '--json');
    expect([ran.code, states(ran)]).toEqual([4, { crego: 'expired' }]);
    expect(JSON.parse(ran.stdout)[0].expiresAt).toBe('2023-11-14T22:13:20.000Z');
    expect(ran.stderr).toContain('hint: a new one: loanq auth login -p crego\n');
  });

  test('is named with -p, and a name that there is not is an error', async () => {
    expect(states(await ask('config', 'check', '-p', 'interlace', '--json'))).toEqual({ interlace: 'ready' });
    for (const command of [
      ['config', 'list'],
      ['config', 'check'],
      ['auth', 'status'],
      ['auth', 'login'],
    ]) {
      const { code, stdout, stderr } = await ask(...command, '-p', 'nope');
      expect({ code, stdout }).toEqual({ code: 20, stdout: '' });
      expect(stderr).toBe('error: there is no profile "nope"\nhint: profiles: crego, finlend, interlace, qitech\n');
    }
  });

  test('with JSON errors there is one line, the last', async () => {
    const { code, stderr } = await ask('config', 'check', '--error-format', 'json');
    const lines = stderr.trimEnd().split('\n');
    expect([code, lines.length]).toEqual([20, 1]);
    expect(JSON.parse(lines[0] ?? '').error).toMatchObject({ code: 'config', message: '3 of 4 profiles cannot be used' });
  });
});
