// Tokens obtained by a login: one login for everybody, renewed before it ends, replaced once when revoked, and a refused login is one
// request. Runs that have to share a token are processes of their own.
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { type Printed, run, start } from '../runner/run.ts';
import { laterBy } from './clock.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { configOf, lookup, type WayName, wayTo } from './ways.ts';

const logins = ['ekuaibao-login', 'finlend-login', 'interlace-login'] as const satisfies readonly WayName[];

interface Stage {
  readonly desk: Desk;
  readonly home: Home;
  readonly look: (...more: string[]) => Promise<Printed>;
  /** The same, so many seconds from now. */
  readonly lookLater: (seconds: number) => Promise<Printed>;
}

/** A stage on which the desk answers logins and refreshes only when so many runs have read their credentials: they are under way together. */
async function stageFor(runs: number, name: WayName, profile: object = {}): Promise<Stage> {
  const way = wayTo(name);
  let home: Home | undefined;
  const started = async (): Promise<number> => (await readFile(join(home?.path ?? '', 'started'), 'utf8').catch(() => '')).length;
  const pause = async (): Promise<void> => {
    while (home !== undefined && (await started()) < runs) await sleep(20);
  };
  const { credentials } = { ...way.profile, ...profile } as { credentials: Readonly<Record<string, string>> };
  const on = await stage(name, { pause });
  const [[credential, value] = ['', '']] = Object.entries(credentials).reverse();
  await on.home.write('secret', value);
  const program = await on.home.write('helper', '#!/bin/sh\nprintf x >> "$HOME/started"\nexec cat "$HOME/secret"\n', 0o700);
  const sources = { ...credentials, [credential]: { command: [program] } };
  await on.home.configure(configOf(way, on.desk.origin, { ...profile, credentials: sources }));
  home = on.home;
  return {
    ...on,
    look: (...more) => run([...lookup(way), ...more], { home: on.home }),
    lookLater: async seconds => run(lookup(way), { home: on.home, env: await laterBy(seconds, on.home) }),
  };
}

async function stage(name: WayName, options: DeskOptions = {}, profile: object = {}): Promise<Stage> {
  const way = wayTo(name);
  const desk = await openDesk(way, options);
  const home = await ownHome();
  await home.configure(configOf(way, desk.origin, profile));
  return {
    desk,
    home,
    look: (...more) => runInProcess([...lookup(way), ...more], { home }),
    lookLater: seconds => runInProcess(lookup(way), { home, now: new Date(Date.now() + seconds * 1000) }),
  };
}

const tokenFiles = async (home: Home): Promise<string[]> => (await readdir(home.stateDir)).filter(name => name.endsWith('.json'));

describe.concurrent.each(logins)('%s', name => {
  it('three cold starts at once are one login', async () => {
    const { desk, look } = await stageFor(3, name);
    const ran = await Promise.all([look(), look(), look()]);
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(Array(3).fill([0, '']));
    expect(desk.count).toMatchObject({ login: 1, refresh: 0, call: 3 });
  });

  it('a revoked token costs one login, and the lookup succeeds', async () => {
    const { desk, look } = await stage(name);
    await look();
    desk.revokeAll();
    const { code, stderr, stdout } = await look('--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(desk.count).toMatchObject({ login: 2, refresh: 0, call: 3 });
  });

  it('a token that stays rejected is replaced once, then it is exit code 4', async () => {
    const { desk, look } = await stage(name, { onCall: () => ({ status: 403, body: '未授权' }) });
    const { code, stdout } = await look();
    expect([code, stdout]).toEqual([4, '']);
    expect(desk.count).toMatchObject({ login: 2, refresh: 0, call: 2 });
  });

  it('a token near its end is refreshed, once for several runs that start together', async () => {
    const { desk, home, look, lookLater } = await stageFor(3, name);
    // The first of the three stands for two that have not begun yet.
    await home.write('started', 'xx');
    await look();
    await home.write('started', 'x');
    const ran = await Promise.all([lookLater(3400), lookLater(3400)]);
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(Array(2).fill([0, '']));
    expect(desk.count).toMatchObject({ login: 1, refresh: 1, call: 3 });
  });

  it('a token that has ended is replaced before it is sent', async () => {
    const { desk, look, lookLater } = await stage(name);
    await look();
    expect((await lookLater(4000)).code).toBe(0);
    // Ekuaibao refreshes only tokens that are alive; the others have a refresh token that outlives them.
    const replaced = name === 'ekuaibao-login' ? { login: 2, refresh: 0 } : { login: 1, refresh: 1 };
    expect(desk.count).toMatchObject({ ...replaced, call: 2 });
  });

  it('keeps the token in a private file that shows nothing, whatever the umask', async () => {
    const { desk, home, look } = await stage(name);
    await look();
    const [file = ''] = await tokenFiles(home);
    expect(file).toMatch(/^token-[0-9a-f]{32}\.json$/);
    expect(await readdir(home.stateDir)).toEqual([file]);
    const path = join(home.stateDir, file);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(home.stateDir)).mode & 0o777).toBe(0o700);
    const { sealed } = JSON.parse(await readFile(path, 'utf8'));
    const inside = Buffer.from(sealed, 'base64');
    expect(inside.length).toBeGreaterThan(100);
    for (const text of [...desk.issued, ...wayTo(name).secrets, 'accessToken']) {
      expect(inside.includes(text)).toBe(false);
      expect(sealed).not.toContain(Buffer.from(text).toString('base64').slice(0, 16));
    }
  });

  it('--no-token-cache leaves no file and logs in every time', async () => {
    const { desk, home, look } = await stage(name);
    await look('--no-token-cache');
    await look('--no-token-cache');
    expect(desk.count).toMatchObject({ login: 2, call: 2 });
    await expect(readdir(home.stateDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a damaged token file is replaced, not believed', async () => {
    const { desk, home, look } = await stage(name);
    await look();
    const [file = ''] = await tokenFiles(home);
    await writeFile(join(home.stateDir, file), '{"version":1,"sealed":"AAAA"}');
    expect((await look()).code).toBe(0);
    expect(desk.count.login).toBe(2);
    expect((await look()).code).toBe(0);
    expect(desk.count.login).toBe(2);
  });

  it('a state directory that cannot be used is said once, and the lookup succeeds', async () => {
    const { home, look } = await stage(name);
    await home.write('.local/state/loanq', 'a file where a directory should be');
    const { code, stderr } = await look();
    expect(code).toBe(0);
    expect(stderr).toBe(`warning: tokens are kept in memory only: the state directory ${home.stateDir} cannot be used (EEXIST)\n`);
  });
});

describe.concurrent('a refused login is exactly one request', () => {
  const wrong = {
    'ekuaibao-login': { credentials: { appKey: 'canary-app-key-51c', appSecurity: 'canary-wrong-one' } },
    'finlend-login': { credentials: { email: 'ops@example.com', password: 'canary-wrong-one' } },
    'interlace-login': { credentials: { clientId: 'client-78' } },
  };
  const said = {
    'ekuaibao-login': 'login failed: credential rejected (HTTP 403: 密钥无效)',
    'finlend-login': 'login failed: credential rejected (HTTP 401 BAD_LOGIN: wrong e-mail or password)',
    'interlace-login': 'login failed: refused (HTTP 200 010001: unknown client)',
  };

  const hints = {
    'ekuaibao-login': 'hint: check appKey and appSecurity in 合思+ → 开放接口, and baseUrl\n',
    'finlend-login': 'hint: check email and password in the profile; repeated failures lock the account\n',
    'interlace-login': 'hint: check clientId and baseUrl of profile "mine"\n',
  };

  it.each(logins)('%s', async name => {
    const { desk, look } = await stage(name, {}, { retries: 3, ...wrong[name] });
    const { code, stdout, stderr } = await look();
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain(said[name]);
    expect(stderr).toContain(hints[name]);
    expect(stderr).not.toContain('canary');
    expect(desk.requests).toHaveLength(1);
  });

  it('FinLend, for three runs that start together', async () => {
    const name = 'finlend-login';
    const { desk, look } = await stageFor(3, name, { retries: 3, ...wrong[name] });
    const ran = await Promise.all([look(), look(), look()]);
    expect(ran.map(({ code }) => code)).toEqual([4, 4, 4]);
    expect(desk.requests).toHaveLength(1);
  });

  it.each(['ekuaibao-login', 'finlend-login'] as const)('%s, in a batch of four at a time', async name => {
    const way = wayTo(name);
    const { desk, home } = await stage(name, {}, wrong[name]);
    const { code } = await runInProcess([...way.call, ...way.keys.slice(0, 8)], { home });
    expect(code).toBe(4);
    expect(desk.requests).toHaveLength(1);
  });

  it.each([
    ['cuts the connection', undefined, 25],
    ['is not available', { status: 503, body: '' }, 25],
    ['asks for patience', { status: 429, body: '', headers: { 'retry-after': '0' } }, 25],
    ['answers with a page', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }, 27],
    ['locks the account', { status: 403, body: '{"message":"account locked"}' }, 4],
  ] as const)('FinLend, also when it %s', async (_, answer, exit) => {
    const { desk, look } = await stage('finlend-login', { onLogin: () => answer }, { retries: 3 });
    expect((await look()).code).toBe(exit);
    expect(desk.requests).toHaveLength(1);
  });

  it('elsewhere a login that may pass is tried again', async () => {
    const { desk, look } = await stage(
      'ekuaibao-login',
      {
        onLogin: (_, number) =>
          number === 1 ? { status: 503 } : { body: JSON.stringify({ value: { accessToken: 'canary-later', expireTime: 1 } }) },
      },
      { retries: 1 },
    );
    await look();
    expect(desk.count.login).toBeGreaterThan(1);
  });
});

describe.concurrent('a batch', () => {
  it('goes on after its token was revoked in the middle: one login, every key once', async () => {
    const way = wayTo('finlend-login');
    const { desk, home } = await stage('finlend-login', {
      onCall: (request, isAlive) => {
        if (desk.count.call === 5) desk.revokeAll();
        if (!isAlive || desk.count.call === 5) return { status: 401, body: '{"code":"AUTH_REQUIRED","message":"no"}' };
        return { body: JSON.stringify(way.answer(request.target.split('/').at(-1) ?? '', 'fine')) };
      },
    });
    const { code, stdout, stderr } = await runInProcess([...way.call, ...way.keys.slice(0, 12), '-o', 'ndjson'], { home });
    expect(stderr).toMatch(/^12 keys: 12 delivered/m);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).id),
    ).toEqual(way.keys.slice(0, 12));
    expect(desk.count.login).toBe(2);
  });

  it('stops with 4, resumable, when a ready token ends in the middle', async () => {
    const way = wayTo('finlend-token');
    const desk = await openDesk(way, {
      onCall: request =>
        desk.count.call > 3 && desk.count.call < 100
          ? { status: 401, body: '{"code":"AUTH_REQUIRED","message":"no"}' }
          : { body: JSON.stringify(way.answer(request.target.split('/').at(-1) ?? '', 'fine')) },
    });
    const home = await ownHome();
    await home.configure(configOf(way, desk.origin));
    const keys = await home.write('work/keys.txt', way.keys.slice(0, 8).join('\n'));
    const args = [...way.call, '--ids-from', keys, '-o', 'ndjson', '--out', join(home.cwd, 'out.ndjson'), '--concurrency', '1', '--resume'];
    const first = await runInProcess(args, { home });
    expect([first.code, first.stdout]).toEqual([4, '']);
    Object.assign(desk.count, { call: 100 });
    const second = await runInProcess(args, { home });
    expect(second.code).toBe(0);
    const rows = (await readFile(join(home.cwd, 'out.ndjson'), 'utf8')).trim().split('\n');
    expect(rows.map(line => JSON.parse(line).id)).toEqual(way.keys.slice(0, 8));
  });
});

describe.concurrent('the FinLend password', () => {
  it('is sent encrypted when the profile has the public key of the tenant, by RSA-OAEP with SHA-256', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const sent: string[] = [];
    const open = (text: string): string => {
      sent.push(text);
      const padding = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      return privateDecrypt(padding, Buffer.from(text, 'base64')).toString('utf8');
    };
    const text = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const { desk, look } = await stage('finlend-login', { open }, { publicKey: text });
    expect((await look()).code).toBe(0);
    expect(desk.count.login).toBe(1);
    expect(sent[0]).toMatch(/^[A-Za-z0-9+/]{342}==$/);
    expect(desk.requests.some(({ body }) => body.includes('canary"pass') || body.includes('canary\\"pass'))).toBe(false);
  });
});

it('a run that is killed while it logs in does not hold up the next', async () => {
  const way = wayTo('finlend-login');
  let arrived: () => void = () => undefined;
  const loggingIn = new Promise<void>(resolve => {
    arrived = resolve;
  });
  const { desk, home, look } = await stage('finlend-login', {
    pause: async () => {
      arrived();
      if (desk.count.login === 1) await sleep(60_000, undefined, { ref: false });
    },
  });
  const killed = start(lookup(way), { home });
  await loggingIn;
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect((await look()).code).toBe(0);
});

it('a login that hangs ends with the deadline of the run', async () => {
  const { look } = await stage('finlend-login', { pause: () => sleep(60_000, undefined, { ref: false }) });
  expect((await look('--deadline', '1')).code).toBe(28);
});
