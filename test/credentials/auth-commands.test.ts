// `auth status|login|logout` and `config init|list|check`: where each secret comes from, and never the secret. FinLend's way and whatever
// is asked at a terminal go through the built program.
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { type Printed, run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
import { down, talk } from './conversation.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { makeJwt } from './tokens.ts';
import { configOf, lookup, qiPublicPem, type Way, type WayName, ways, wayTo } from './ways.ts';

interface Stage {
  readonly desk: Desk;
  readonly home: Home;
  readonly auth: (...args: string[]) => Promise<Printed>;
}

async function stage(name: WayName, options: DeskOptions = {}): Promise<Stage> {
  const way = wayTo(name);
  const desk = await openDesk(way, options);
  const home = await ownHome();
  await home.configure(configOf(way, desk.origin));
  const auth: Stage['auth'] = (...args) => runAs(name, ['auth', ...args], home);
  return { desk, home, auth };
}

/** Runs the program as this way does. */
const runAs = (name: WayName, args: readonly string[], home: Home): Promise<Printed> =>
  name === 'finlend-login' ? run(args, { home }) : runInProcess(args, { home });

const logins = ways.filter(({ name }) => name.endsWith('-login')).map(way => [way.name, way] as const);
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Rows of a command that has printed JSON. */
const rowsOf = ({ stdout }: Printed) => JSON.parse(stdout);

describe.concurrent('auth status', () => {
  it('shows for every scheme where its secrets come from, without asking anybody', async () => {
    const home = await ownHome();
    const server = await startServer(() => ({ body: '{}' }));
    const profiles = ways.map(way => [way.name, { provider: way.provider, baseUrl: server.origin, ...way.profile }]);
    await home.configure({ profiles: Object.fromEntries(profiles) });
    const ran = await runInProcess(['auth', 'status', '--json'], { home });
    const { code, stdout, stderr } = ran;
    expect([code, stderr]).toMatchObject([0, expect.stringContaining('decoded but their signatures are not verified')]);
    const rows = rowsOf(ran);
    for (const { name, provider } of ways)
      expect(rows).toContainEqual(expect.objectContaining({ profile: name, provider, baseUrl: server.origin }));
    const about = rows.map(({ credential, answers }: { credential: string; answers: string | null }) => `${credential} ${answers ?? ''}`);
    expect(about.filter((text: string) => text.startsWith('login with '))).toHaveLength(3);
    expect(about).toContain('ES512 signature (v2) answers are not verified');
    expect(about).toContain('ES512 signature (legacy) answers are not verified');
    expect(rows).toContainEqual(expect.objectContaining({ credential: 'ready token', expiresAt: expect.stringMatching(isoTime) }));
    expect(stdout).not.toContain('canary');
    expect(server.requests).toHaveLength(0);
    expect(await readdir(home.path)).not.toContain('canary');
  });

  it('names each kind of source', async () => {
    const home = await ownHome();
    await home.write('.config/loanq/qi.pem', qiPublicPem);
    await home.configure({
      profiles: {
        a: { provider: 'crego', credentials: { token: 'env:SOME_TOKEN' } },
        b: { provider: 'crego', credentials: { token: 'file:~/token' } },
        c: { provider: 'crego', credentials: { token: 'keyring:crego' } },
        d: { provider: 'crego', credentials: { token: { command: ['/usr/bin/op', 'read', 'op://canary'] } } },
        e: { provider: 'crego', credentials: { token: 'canary-literal' } },
        f: { provider: 'qitech', qiPublicKey: 'file:qi.pem', credentials: { clientKey: 'client-1', privateKey: 'env:KEY' } },
      },
    });
    const sources = async (...more: string[]) => {
      const { code, stdout } = await runInProcess(['config', 'list', '--fields', 'from', '--no-header', ...more], { home });
      expect([code, stdout.includes('canary')]).toEqual([0, false]);
      return stdout.trimEnd().split(/\r?\n/);
    };
    expect(await sources()).toEqual([
      '$SOME_TOKEN',
      '~/token',
      'keyring crego',
      '/usr/bin/op',
      'config file',
      'privateKey: $KEY, qiPublicKey: ~/.config/loanq/qi.pem',
    ]);
    expect(await sources('-o', 'tsv')).toEqual([
      'env:SOME_TOKEN',
      `file:${home.path}/token`,
      'keyring:crego',
      'command:/usr/bin/op',
      'literal',
      `privateKey: env:KEY, qiPublicKey: file:${home.path}/.config/loanq/qi.pem`,
    ]);
  });

  it('tells a token that has ended, and one that soon will', async () => {
    for (const [left, said] of [
      [-60, 'the token of profile "mine" expired at 20'],
      [120, 'the token of profile "mine" expires in 2 min, at 20'],
    ] as const) {
      const home = await ownHome();
      const token = makeJwt('canary', Math.floor(Date.now() / 1000) + left);
      const server = await startServer(() => ({ body: '{}' }));
      await home.configure(configOf(wayTo('crego-token'), server.origin, { credentials: { token } }));
      expect((await runInProcess(['auth', 'status'], { home })).stderr).toContain(`warning: ${said}`);
      expect((await runInProcess(lookup(wayTo('crego-token')), { home })).stderr).toContain(`warning: ${said}`);
    }
  });

  it('goes on behind a profile that cannot be used, and ends with 20', async () => {
    const home = await ownHome();
    await home.configure({
      profiles: {
        broken: { provider: 'finlend', credentials: { email: 'ops@example.com', password: 'env:NOT_SET' } },
        unread: { provider: 'qitech', credentials: { clientKey: 'client-1', privateKey: 'env:KEY' } },
        fine: { provider: 'qitech', credentials: { clientKey: 'client-1', privateKey: 'env:PATH' } },
      },
    });
    const { code, stdout, stderr } = await runInProcess(['auth', 'status'], { home });
    expect(code).toBe(20);
    expect(stdout).toBe(`Profile  System           State           Asked                     Secret from
broken   FinCode FinLend  cannot be used  finlend.fincode.software  $NOT_SET
unread   QI Tech          cannot be used  api-auth.qitech.app       $KEY
fine     QI Tech          ready           api-auth.qitech.app       $PATH
`);
    expect(stderr).toBe(`error: broken: the variable NOT_SET is not set (password of profile "broken")
error: unread: the variable KEY is not set (privateKey of profile "unread")
error: 2 of 3 profiles cannot be used
`);
  });

  it.each([
    ['ekuaibao-token', '/api/openapi/v1/corporations'],
    ['finlend-token', '/api/v6/services/usermanagement/profile'],
    ['interlace-token', '/open-api/v3/accounts'],
    ['crego-token', undefined],
  ] as const)('--check makes one harmless call: %s', async (name, path) => {
    const home = await ownHome();
    const server = await startServer(() => ({ body: '{"code":"000000","status":"SUCCESS"}' }));
    await home.configure(configOf(wayTo(name), server.origin));
    const { code, stdout } = await runInProcess(['auth', 'status', '--check'], { home });
    expect(code).toBe(0);
    expect(server.requests.map(({ method, target }) => `${method} ${target.replace(/\?.*/, '')}`)).toEqual(
      path === undefined ? [] : [`GET ${path}`],
    );
    expect(stdout).toMatch(path === undefined ? /^mine +Crego LMS +ready, ends in /m : / accepted /);
    expect(stdout).not.toContain('canary');
  });

  it('--check that is refused ends with 4', async () => {
    const home = await ownHome();
    const server = await startServer(() => ({ status: 401, body: '{"code":"AUTH_REQUIRED","message":"canary"}' }));
    await home.configure(configOf(wayTo('finlend-token'), server.origin));
    const { code, stdout, stderr } = await runInProcess(['auth', 'status', '--check'], { home });
    expect(code).toBe(4);
    expect(stdout).toMatch(/^mine +FinCode FinLend +rejected /m);
    expect(stderr).toContain('error: mine: credential rejected (HTTP 401 AUTH_REQUIRED');
    expect(stderr).toContain('error: 1 of 1 profiles cannot be used\n');
  });
});

describe.concurrent('auth login and logout', () => {
  it.each(logins)('%s: login caches a token that lookups use, logout drops it', async (name, way: Way) => {
    const { desk, home, auth } = await stage(name);
    expect(rowsOf(await auth('status', '--json'))).toMatchObject([{ cached: false, expiresAt: null }]);
    const login = await auth('login', '-p', 'mine');
    expect([login.code, login.stderr]).toEqual([0, '']);
    expect(login.stdout).toMatch(/^mine: logged in: login with /);
    expect(login.stdout).toMatch(/, token good until \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d, in \d+ (?:min|hours)\n$/);
    expect(rowsOf(await auth('status', '--json'))).toMatchObject([{ cached: true, expiresAt: expect.stringMatching(isoTime) }]);
    expect((await runAs(name, lookup(way), home)).code).toBe(0);
    expect(desk.count).toMatchObject({ login: 1, call: 1 });

    const logout = await auth('logout', '-p', 'mine');
    expect(logout.code).toBe(0);
    const isRevoked = name === 'finlend-login';
    expect(logout.stdout).toBe(isRevoked ? 'mine: token revoked at the provider and deleted here\n' : 'mine: token deleted here\n');
    expect(desk.count.logout).toBe(isRevoked ? 1 : 0);
    expect(await readdir(home.stateDir)).toEqual([]);
    expect((await auth('logout')).stdout).toBe('mine: had no token\n');
    expect((await runAs(name, lookup(way), home)).code).toBe(0);
    expect(desk.count.login).toBe(2);
  });

  it('FinLend is told which token ends', async () => {
    const { desk, auth } = await stage('finlend-login');
    await auth('login');
    await auth('logout');
    const { method, target, headers, body } = desk.requests.at(-1) ?? {};
    const [access, refresh] = desk.issued;
    expect(`${method} ${target}`).toBe('PUT /api/v6/services/securitymanagement/logout');
    expect(headers).toMatchObject({ platform: 'fincode', uuid: '200', 'x-auth-token': access });
    expect(JSON.parse(String(body))).toEqual({ refresh_token: refresh });
  });

  it('a logout that FinLend does not take still drops the token here', async () => {
    const { desk, home, auth } = await stage('finlend-login');
    await auth('login');
    await desk.close();
    const { code, stderr } = await auth('logout');
    expect(code).toBe(25);
    expect(stderr).toContain('logout failed');
    expect(await readdir(home.stateDir)).toEqual([]);
  });

  it('a refused login ends with 4, after one request', async () => {
    const { desk, auth } = await stage('finlend-login', {
      onLogin: () => ({ status: 401, body: '{"code":"BAD_LOGIN","message":"wrong password"}' }),
    });
    const { code, stdout, stderr } = await auth('login');
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain('repeated failures lock the account');
    expect(desk.requests).toHaveLength(1);
  });

  it('a ready token and a signing key need none', async () => {
    for (const [name, said] of [
      ['crego-token', 'the token stands in FILE: put the new one there'],
      ['qitech-v2', 'needs no login'],
    ] as const) {
      const home = await ownHome();
      const file = await home.configure(configOf(wayTo(name), 'http://127.0.0.1:1'));
      expect((await runInProcess(['auth', 'login'], { home })).stdout).toBe(`mine: ${said.replace('FILE', file)}\n`);
      expect((await runInProcess(['auth', 'logout'], { home })).stdout).toBe('mine: has no token to drop\n');
    }
  });

  async function twoProfiles(): Promise<{ home: Home; desk: Desk }> {
    const way = wayTo('finlend-login');
    const desk = await openDesk(way);
    const home = await ownHome();
    const profile = { provider: way.provider, baseUrl: desk.origin, ...way.profile };
    await home.configure({ profiles: { first: { ...profile, baseUrl: 'http://127.0.0.1:1' }, second: profile } });
    return { home, desk };
  }

  it('of several profiles one has to be named where nobody can be asked', async () => {
    const { home, desk } = await twoProfiles();
    const { code, stderr } = await runInProcess(['auth', 'login'], { home });
    expect(code).toBe(2);
    expect(stderr).toBe('error: auth login needs --profile\nhint: loanq auth status lists the profiles\n');
    expect(desk.requests).toHaveLength(0);
  });

  it('at a terminal it is asked which', async () => {
    const { home, desk } = await twoProfiles();
    const { screen, code } = await talk(['auth', 'login'], home, [['Which profile?', `${down}\r`]]);
    expect(code).toBe(0);
    expect(screen).toContain('second: logged in: login with email and password');
    expect(screen).not.toContain('canary');
    expect(desk.count.login).toBe(1);
  });

  it('a missing password is named, not asked for, also at a terminal: the next run would not have it', async () => {
    const { home, desk } = await twoProfiles();
    await home.configure({
      profiles: { mine: { provider: 'finlend', baseUrl: desk.origin, credentials: { email: 'ops@example.com', password: 'env:NOT_SET' } } },
    });
    const { screen, code } = await talk(['auth', 'login'], home, []);
    expect(code).toBe(20);
    expect(screen).toContain('error: the variable NOT_SET is not set (password of profile "mine")');
    expect(desk.requests).toHaveLength(0);
  });
});
