// The keyring through the built program: a real Secret Service where one can be started, and no fallback where there is none.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { ownHome } from '../runner/left-overs.ts';
import { isLong } from '../runner/long.ts';
import { hasPrograms } from '../runner/programs.ts';
import { type Ran, run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
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
