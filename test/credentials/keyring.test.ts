// The keyring through the built program: a real Secret Service where one can be started, and no fallback where there is none.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { ownHome } from '../runner/left-overs.ts';
import { isLong } from '../runner/long.ts';
import { hasPrograms } from '../runner/programs.ts';
import { type Ran, run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
import { down, type Reply, talk } from './conversation.ts';
import { filesBelow } from './traces.ts';
import { configOf, lookup, wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const key = crego.keys[0] ?? '';
const server = await startServer(() => ({ body: JSON.stringify(crego.answer(key, 'fine')) }));
const secret = 'canary-in-the-keyring';
const isLinux = process.platform === 'linux';

async function homeFor(account: string): Promise<Home> {
  const home = await ownHome();
  await home.configure(configOf(crego, server.origin, { credentials: { token: `keyring:${account}` } }));
  return home;
}

/** Programs a Secret Service is made of; `secret-tool` is what our hint tells people to use. */
const hasService = hasPrograms({
  'dbus-run-session': 'dbus',
  'dbus-send': 'dbus',
  'gnome-keyring-daemon': 'gnome-keyring',
  'secret-tool': 'libsecret-tools',
});

describe.runIf(hasService)('a real Secret Service', () => {
  const session: { env: NodeJS.ProcessEnv; end: () => void } = { env: {}, end: () => undefined };

  beforeAll(async () => {
    const home = await ownHome();
    const runtime = join(home.path, 'run');
    await mkdir(runtime, { mode: 0o700 });
    // The session lasts until its stdin is closed.
    const script =
      'printf known-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; echo "bus=$DBUS_SESSION_BUS_ADDRESS"; cat >/dev/null';
    const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
      env: { PATH: process.env.PATH, HOME: home.path, XDG_RUNTIME_DIR: runtime },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.includes('\n')) break;
    }
    session.env = { DBUS_SESSION_BUS_ADDRESS: /^bus=(.*)$/m.exec(said)?.[1] ?? '', XDG_RUNTIME_DIR: runtime };
    session.end = () => child.stdin.end();
  });

  afterAll(() => session.end());

  const look = (home: Home): Promise<Ran> => run(lookup(crego), { home, env: session.env });

  it('is read, after the command of the hint has stored the secret there', async () => {
    const home = await homeFor('crego');
    const before = await look(home);
    expect([before.code, before.stdout]).toEqual([20, '']);
    expect(before.stderr).toContain('the keyring has no entry for account crego of service loanq');
    const [, command = ''] = /^hint: run: (secret-tool .*)$/m.exec(before.stderr) ?? [];
    execFileSync('sh', ['-c', command], { input: secret, env: { ...process.env, ...session.env } });
    const after = await look(home);
    expect([after.code, after.stderr]).toEqual([0, '']);
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${secret}`);
    expect((await filesBelow(home.path)).filter(({ text }) => text.includes('canary'))).toEqual([]);
  });

  it('is offered by config init and auth login, takes what is pasted, and gives it to a lookup', async () => {
    const home = await ownHome();
    const down2 = `${down}${down}\r`;
    const questions: readonly Reply[] = [
      ['Which system?', down2],
      ['Which environment?', `${down}\r`],
      ['Address (base URL)?', `${server.origin}\r`],
      ['Which environment is it?', '\r'],
      ['Paste the token', 'canary-that-was-pasted\r'],
    ];
    const givenUp = await talk(
      ['config', 'init'],
      home,
      [...questions, ['Where shall it be kept?', ''], ['In the system keyring', '\x03']],
      session.env,
    );
    expect([givenUp.code, givenUp.screen.includes('canary')]).toEqual([130, false]);
    const kept = (account: string): string => {
      const words = ['lookup', 'service', 'loanq', 'username', account];
      return spawnSync('secret-tool', words, { env: { ...process.env, ...session.env }, encoding: 'utf8' }).stdout;
    };
    // An entry of that name is there already, for another profile: it keeps its own.
    expect([kept('crego'), kept('crego-2')]).toEqual([secret, '']);
    const init = await talk(['config', 'init'], home, [...questions, ['Where shall it be kept?', '\r']], session.env);
    expect([init.code, init.screen.includes('canary')]).toEqual([0, false]);
    expect([kept('crego'), kept('crego-2')]).toEqual([secret, 'canary-that-was-pasted']);
    expect(JSON.parse(await readFile(home.configFile, 'utf8')).profiles.crego.credentials).toEqual({ token: 'keyring:crego-2' });
    expect([(await look(home)).code, server.requests.at(-1)?.headers.authorization]).toEqual([0, 'Bearer canary-that-was-pasted']);
    const login = await talk(['auth', 'login', '-p', 'crego'], home, [['Paste the new token', 'canary-of-the-next-day\r']], session.env);
    expect(login.screen.trimEnd().split('\n').at(-1)).toBe('crego: stored in the keyring');
    expect([(await look(home)).code, server.requests.at(-1)?.headers.authorization]).toEqual([0, 'Bearer canary-of-the-next-day']);
    expect((await filesBelow(home.path)).filter(({ text }) => text.includes('canary'))).toEqual([]);
  });

  it('that is locked, with nobody to unlock it, is exit code 20', async () => {
    const home = await homeFor('crego');
    const lock = [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.secrets',
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock',
    ];
    execFileSync('dbus-send', [...lock, 'array:objpath:/org/freedesktop/secrets/collection/login'], {
      env: { ...process.env, ...session.env },
    });
    const sent = server.requests.length;
    const ran = await look(home);
    expect([ran.code, ran.stdout, server.requests.length - sent]).toEqual([20, '', 0]);
    expect(ran.stderr).toMatch(/^error: .*the keyring (?:is not available|did not answer in time) /);
  });
});

describe.runIf(isLinux).concurrent('without a keyring', () => {
  const expectClosed = async (home: Home, ran: Ran, sentence: string): Promise<void> => {
    expect([ran.code, ran.stdout]).toEqual([20, '']);
    expect(ran.stderr).toContain(sentence);
    expect(ran.stderr).toMatch(/hint: .*where there is no keyring, use file: or a command instead\n$/);
    expect((await readdir(home.path)).sort()).toEqual(['.config', 'work']);
  };

  it.each([
    ['no session bus', {}],
    ['a bus that is not there', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['a runtime directory without a bus', { XDG_RUNTIME_DIR: '/nonexistent' }],
  ])('%s: exit code 20, and nothing is written instead', async (_, env) => {
    const home = await homeFor('crego');
    await expectClosed(home, await run(lookup(crego), { home, env }), 'the keyring is not available');
  });

  // Its four seconds are counted in auth/source-keyring.test.ts; here they are waited for.
  it.runIf(isLong)('a bus that takes calls and never answers: exit code 20, in time', async () => {
    const home = await homeFor('crego');
    const directory = await ownHome();
    const path = join(directory.path, 'bus');
    const bus = createServer(socket => socket.resume().on('error', () => undefined));
    bus.listen(path);
    await once(bus, 'listening');
    const ran = await run(lookup(crego), { home, env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` } });
    bus.close();
    await expectClosed(home, ran, 'the keyring did not answer in time');
  });
});
