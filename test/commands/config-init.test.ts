// `config init` on a real terminal, from the first question to the file: what is pasted is seen nowhere but where it is kept.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { down, type Reply, talk } from '../credentials/conversation.ts';
import { makeJwt } from '../credentials/tokens.ts';
import type { Home } from '../runner/home.ts';
import { ownHome } from '../runner/left-overs.ts';
import { asOtherUser, hasOtherUser, otherUid } from '../runner/other-user.ts';
import { hasPrograms } from '../runner/programs.ts';
import { startPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';
import { listen } from '../servers/tcp-server.ts';

const enter = '\r';
const no = `${down}${enter}`;
const directory = '.config/loanq';
const pem = String(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey.export({ type: 'sec1', format: 'pem' })).trim();
const inHours = (hours: number) => Math.floor(Date.now() / 1000) + hours * 3600 + 90;
const jwt = makeJwt('canary-of-crego', inHours(23));

/** Every file below the home, with its mode and text. */
async function filesOf(home: Home): Promise<Record<string, string>> {
  const names = await readdir(home.path, { recursive: true, withFileTypes: true });
  const files = names.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const read = files.map(async path => {
    const mode = ((await stat(path)).mode & 0o777).toString(8);
    return [path.slice(home.path.length + 1), `${mode} ${await readFile(path, 'utf8')}`] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

async function configOf(home: Home) {
  return JSON.parse(await readFile(home.configFile, 'utf8'));
}

interface Flow {
  readonly replies: readonly Reply[];
  readonly profile: Readonly<Record<string, unknown>>;
  readonly name: string;
  /** By their names below the directory of the configuration. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly says?: string;
}

const flows: readonly Flow[] = [
  {
    name: 'ekuaibao',
    replies: [
      ['Which system?', enter],
      ['Which environment?', `${down}${enter}`],
      ['Which credential?', `${down}${enter}`],
      ['Paste the app key (接入账号)', `canary-app-key-1${enter}`],
      ['Paste the app password (接入密码)', `canary-app-security-1${enter}`],
      ['Where shall it be kept?', enter],
      ['Try it now? (Ekuaibao (合思) is asked once)', no],
    ],
    profile: {
      provider: 'ekuaibao',
      baseUrl: 'https://dd2.hosecloud.com',
      credentials: { appKey: 'file:~/.config/loanq/ekuaibao.app-key', appSecurity: 'file:~/.config/loanq/ekuaibao.app-security' },
    },
    secrets: { 'ekuaibao.app-key': 'canary-app-key-1', 'ekuaibao.app-security': 'canary-app-security-1' },
    says: 'loanq ekuaibao repayment-records ID_3HV7_Hq1zKw',
  },
  {
    name: 'finlend',
    replies: [
      ['Which system?', `${down}${enter}`],
      ['Which environment?', enter],
      ['IP address of the customer? FinLend wants one with every lookup', enter],
      ['it is needed: without it no lookup works', `here${enter}`],
      ['it must be an IP address', `\x15203.0.113.7${enter}`],
      ['Which credential?', `${down}${enter}`],
      ['e-mail address', `ops@example.com${enter}`],
      ['Paste the password', `"canary pass"${enter}`],
      ['Where shall it be kept?', enter],
      ['failed logins lock an account', no],
    ],
    profile: {
      provider: 'finlend',
      baseUrl: 'https://finlend.fincode.software',
      environment: 'sandbox',
      customerIp: '203.0.113.7',
      credentials: { email: 'ops@example.com', password: 'file:~/.config/loanq/finlend.password' },
    },
    // Quotes may be a part of a password.
    secrets: { 'finlend.password': '"canary pass"' },
    says: 'loanq finlend customer-repayments 123e4567-e89b-12d3-a456-426614174000',
  },
  {
    name: 'crego',
    replies: [
      ['Which system?', `${down}${down}${enter}`],
      ['(the only one its pages name)', enter],
      ['Paste the token', `\x1b[200~\r\n 'Bearer ${jwt.slice(0, 40)}\r\n${jwt.slice(40)}'\r\n\x1b[201~${enter}`],
      ['a JWT, good until ', ''],
      [', in 23 hours', ''],
      ['Where shall it be kept?', enter],
      ['documents no harmless call', ''],
    ],
    profile: {
      provider: 'crego',
      baseUrl: 'https://preprod.api.crego.io',
      environment: 'pre-production',
      credentials: { token: 'file:~/.config/loanq/crego.token' },
    },
    secrets: { 'crego.token': jwt },
    says: 'loanq crego record 229fe24c-d840-48dc-959a-e0ff1479df35',
  },
  {
    name: 'qitech',
    replies: [
      ['Which system?', `${down.repeat(3)}${enter}`],
      ['Which environment?', `${down}${enter}`],
      ['client key (dashboard', `16c8a1ec-8d75-47a1-b138-46746713b8d8${enter}`],
      // As a terminal sends it that does not mark what is pasted.
      ['Paste the private key', `${pem.replaceAll('\n', '\r')}${enter}`],
      ['a private key on the curve secp521r1', ''],
      ['Where shall it be kept?', enter],
      ['Try it now?', no],
    ],
    profile: {
      provider: 'qitech',
      baseUrl: 'https://api-auth.sandbox.qitech.app',
      environment: 'sandbox',
      credentials: { clientKey: '16c8a1ec-8d75-47a1-b138-46746713b8d8', privateKey: 'file:~/.config/loanq/qitech.pem' },
    },
    secrets: { 'qitech.pem': pem },
    says: 'loanq qitech wallet-entry f47ac10b-58cc-4372-a567-0e02b2c3d479 8cb70dea-9fb0-4a68-9572-99a72849c8d6',
  },
  {
    name: 'interlace',
    replies: [
      ['Which system?', `${down.repeat(4)}${enter}`],
      ['Which environment?', enter],
      ['Interlace publishes no path for account-repayment', `${down}${enter}`],
      ['Path of account-repayment', `/open-api/v3/card/repayment${enter}`],
      ['Path of account-negative (', enter],
      ['Path of account-negative-bill', enter],
      ['Path of batch-hook', enter],
      ['Path of negative-cards', enter],
      ['Which credential?', `${down}${enter}`],
      ['client id (merchant portal', `merchant-1${enter}`],
      ['Paste the client secret (it stays hidden; Enter: there is none)', enter],
      ['Try it now?', no],
    ],
    profile: {
      provider: 'interlace',
      baseUrl: 'https://api-sandbox.interlace.money',
      environment: 'sandbox',
      paths: { 'account-repayment': '/open-api/v3/card/repayment' },
      credentials: { clientId: 'merchant-1' },
    },
    secrets: {},
  },
];

const seen = (screen: string, secrets: readonly string[]): string[] =>
  secrets.flatMap(secret => secret.split('\n')).filter(line => line.length > 8 && !line.startsWith('-----') && screen.includes(line));

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('a system is set up, and nothing that is pasted is seen', () => {
  test.each(flows)('$name', async ({ name, replies, profile, secrets, says }) => {
    const home = await ownHome();
    const { screen, code } = await talk(['config', 'init'], home, replies);
    expect([code, seen(screen, Object.values(secrets))]).toEqual([0, []]);
    expect(screen).toContain(`wrote profile ${name} to ~/.config/loanq/config.json`);
    expect(screen).toContain(says ?? 'loanq interlace ');
    expect(await configOf(home)).toEqual({ profiles: { [name]: profile } });
    const { [`${directory}/config.json`]: config, ...kept } = await filesOf(home);
    expect(config?.slice(0, 3)).toBe('600');
    expect(kept).toEqual(Object.fromEntries(Object.entries(secrets).map(([file, text]) => [`${directory}/${file}`, `600 ${text}\n`])));
    expect((await stat(join(home.path, directory))).mode & 0o777).toBe(0o700);
    const check = await run(['config', 'check'], { home });
    expect([check.code, check.stderr]).toEqual([0, '']);
  });
});

const toPaste: readonly Reply[] = [
  ['Which system?', `${down}${down}${enter}`],
  ['Which environment?', enter],
];

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('config init', () => {
  test('takes no token that has expired, and no key in its place, and says so', async () => {
    const home = await ownHome();
    const { screen, code } = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', `${makeJwt('canary-old', 1_700_000_000)}${enter}`],
      ['this one expired ', `\x15${pem.replaceAll('\n', '\r')}${enter}`],
      ['this is a private key, not a token', `\x15canary-of-a-good-token${enter}`],
      ['22 characters', ''],
      ['Where shall it be kept?', enter],
    ]);
    expect([code, seen(screen, [pem, 'canary-of-a-good-token'])]).toEqual([0, []]);
    expect(await readFile(join(home.path, directory, 'crego.token'), 'utf8')).toBe('canary-of-a-good-token\n');
  });

  test('shows nothing of what is typed key by key, either, and no key makes it seen', async () => {
    const home = await ownHome();
    // Ctrl-F goes nowhere at the end of a line; Ctrl-T shows the answer, as the library would have it.
    const typed = [...'canary-typed'].join('\x06');
    const { screen, code } = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', `${typed}\x14\x7f\x7fed${enter}`],
      ['12 characters', ''],
      ['Where shall it be kept?', enter],
    ]);
    expect([code, screen.includes('canary')]).toEqual([0, false]);
    expect(await readFile(join(home.path, directory, 'crego.token'), 'utf8')).toBe('canary-typed\n');
  });

  test('tells a program what it has set up, beside what it says to the person', async () => {
    const home = await ownHome();
    const { screen, code } = await talk(['config', 'init', '-o', 'ndjson'], home, [
      ...toPaste,
      ['Paste the token', `canary-for-a-program${enter}`],
      ['Where shall it be kept?', enter],
    ]);
    expect([code, screen.trimEnd().split('\n').at(-1)]).toEqual([0, `{"provider":"crego","profile":"crego","path":"${home.configFile}"}`]);
  });

  test('takes 4,096 characters at once', async () => {
    const home = await ownHome();
    const long = 'canary-'.repeat(600).slice(0, 4096);
    const { code } = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', `${long}${enter}`],
      ['4096 characters', ''],
      ['Where shall it be kept?', enter],
    ]);
    expect(code).toBe(0);
    expect(await readFile(join(home.path, directory, 'crego.token'), 'utf8')).toBe(`${long}\n`);
  });

  test('leaves a token where it is: in a variable, with a program that prints it', async () => {
    const home = await ownHome();
    const inVariable = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', enter],
      ['Where is the token?', enter],
      ['Name of the variable', `\x15$MY_TOKEN${enter}`],
      ['the name alone: MY_TOKEN', `\x15MY_TOKEN${enter}`],
      ['MY_TOKEN is not set here', ''],
    ]);
    expect(inVariable.code).toBe(0);
    const printed = await talk(['config', 'init', '-p', 'second'], home, [
      ...toPaste,
      ['Paste the token', enter],
      ['Where is the token?', `${down}${enter}`],
      ['Which one?', `\x1b[F${enter}`],
      ['The command, its whole path first', `/bin/false x${enter}`],
      ['ended with exit code 1', `\x15/bin/echo canary-that-is-printed${enter}`],
      ['22 characters', ''],
      ['Which profile is asked when none is named?', `${down}${enter}`],
    ]);
    expect(printed.code).toBe(0);
    const { defaults, profiles } = await configOf(home);
    expect(defaults).toEqual({ crego: 'second' });
    expect(profiles.crego.credentials).toEqual({ token: 'env:MY_TOKEN' });
    expect(profiles.second.credentials).toEqual({ token: { command: ['/bin/echo', 'canary-that-is-printed'] } });
    expect(Object.keys(await filesOf(home))).toEqual([`${directory}/config.json`]);
  });

  test('tries it, says how it went, and asks again for a credential that is refused', async () => {
    const home = await ownHome();
    const server = await startServer(({ headers }) => {
      const isGood = headers['x-access-token'] === 'canary-that-is-good';
      return isGood ? { body: '{"code":"000000"}' } : { status: 401, body: '{"code":"1","message":"no"}' };
    });
    const { screen, code } = await talk(['config', 'init'], home, [
      ['Which system?', `${down.repeat(4)}${enter}`],
      ['Which environment?', `${down.repeat(2)}${enter}`],
      ['Address (base URL)?', `${server.origin}/${enter}`],
      ['No page of Interlace names this address', `${down.repeat(2)}${enter}`],
      ['publishes no path', enter],
      ['Which credential?', enter],
      ['Paste the access token', `canary-that-is-wrong${enter}`],
      ['Where shall it be kept?', enter],
      ['Try it now?', enter],
      ['credential rejected', ''],
      ['What now?', enter],
      ['Which credential?', enter],
      ['Paste the access token', `canary-that-is-good${enter}`],
      ['Where shall it be kept?', enter],
      ['Try it now?', enter],
      ['Interlace answers and accepts it', ''],
    ]);
    expect([code, screen.includes('canary')]).toEqual([0, false]);
    expect(server.requests.map(({ target }) => target)).toEqual(['/open-api/v3/accounts', '/open-api/v3/accounts']);
    expect((await configOf(home)).profiles.interlace).toEqual({
      provider: 'interlace',
      baseUrl: server.origin,
      environment: 'sandbox',
      credentials: { accessToken: 'file:~/.config/loanq/interlace.token' },
    });
    expect(await readFile(join(home.path, directory, 'interlace.token'), 'utf8')).toBe('canary-that-is-good\n');
  });

  test('asks a provider that does not answer well no second time', async () => {
    const home = await ownHome();
    const server = await startServer(() => ({ status: 503, body: 'later' }));
    const { screen, code } = await talk(['config', 'init'], home, [
      ['Which system?', `${down.repeat(4)}${enter}`],
      ['Which environment?', `${down.repeat(2)}${enter}`],
      ['Address (base URL)?', `${server.origin}/${enter}`],
      ['No page of Interlace names this address', enter],
      ['publishes no path', enter],
      ['Which credential?', enter],
      ['Paste the access token', `canary-of-a-fault${enter}`],
      ['Where shall it be kept?', enter],
      ['Try it now? (Interlace is asked once)', enter],
      ['What now?', `${down.repeat(2)}${enter}`],
    ]);
    expect([code, screen.includes('canary'), server.requests.length]).toEqual([0, false, 1]);
    expect((await configOf(home)).profiles.interlace.credentials).toEqual({ accessToken: 'file:~/.config/loanq/interlace.token' });
  });

  test('given up when the secret is stored and the configuration is not yet written leaves nothing', async () => {
    const home = await ownHome();
    const probe = join(home.cwd, 'probe.cjs');
    await writeFile(
      probe,
      `const fs = require('node:fs/promises');
for (const name of ['rename', 'link']) {
  const real = fs[name];
  fs[name] = async (from, to) => {
    await real(from, to);
    if (String(to).endsWith('crego.token')) process.emit('SIGINT', 'SIGINT');
  };
}`,
    );
    const replies: Reply[] = [...toPaste, ['Paste the token', `canary-of-a-moment${enter}`], ['Where shall it be kept?', enter]];
    const { screen, code } = await talk(['config', 'init'], home, replies, { NODE_OPTIONS: `--require ${probe}` });
    expect([code, screen.trimEnd().split('\n').at(-1)]).toEqual([130, 'cancelled; nothing was written']);
    expect(Object.keys(await filesOf(home)).filter(name => !/pid-|probe/.test(name))).toEqual([]);
  });

  test('given up while a provider keeps it waiting leaves nothing', async () => {
    const home = await ownHome();
    const server = net.createServer(socket => void socket.resume());
    const silent = await listen(server);
    const running = startPty(['config', 'init'], { home });
    const replies: readonly Reply[] = [
      ['Which system?', `${down.repeat(4)}${enter}`],
      ['Which environment?', `${down.repeat(2)}${enter}`],
      ['Address (base URL)?', `http://127.0.0.1:${silent.port}${enter}`],
      ['No page of Interlace names this address', enter],
      ['publishes no path', enter],
      ['Which credential?', enter],
      ['Paste the access token', `canary-of-a-wait${enter}`],
      ['Where shall it be kept?', enter],
      ['Try it now?', ''],
    ];
    for (const [question, answer] of replies) {
      await running.saw(question);
      running.type(answer);
    }
    const asked = once(server, 'connection');
    running.type(enter);
    await asked;
    await running.signal('SIGINT');
    const { screen, code } = await running.ended;
    await silent.close();
    expect([code, screen.endsWith('cancelled; nothing was written\r\n')]).toEqual([130, true]);
    expect(Object.keys(await filesOf(home)).filter(name => !name.startsWith('pid-'))).toEqual([]);
  });

  const existing = { audit: '~/audit.log', profiles: { crego: { provider: 'crego', tz: 'UTC', credentials: { token: 'env:T' } } } };
  const second: readonly Reply[] = [
    ['Which system?', `${down}${down}${enter}`],
    ['Name of the new profile?', enter],
    ['Which environment?', enter],
    ['Paste the token', `canary-of-the-second${enter}`],
    ['Where shall it be kept?', enter],
    ['Which profile is asked when none is named?', `${down}${enter}`],
  ];

  test('adds to a file that is there, under a name of its own, and keeps what else it says', async () => {
    const home = await ownHome();
    await home.configure(existing);
    const { screen, code } = await talk(['config', 'init'], home, second);
    expect(code).toBe(0);
    expect(screen).toContain('wrote profile crego-2');
    const { defaults, audit, profiles } = await configOf(home);
    expect({ defaults, audit, first: profiles.crego }).toEqual({
      defaults: { crego: 'crego-2' },
      audit: '~/audit.log',
      first: existing.profiles.crego,
    });
    expect(profiles['crego-2'].credentials).toEqual({ token: 'file:~/.config/loanq/crego-2.token' });
  });

  test.each(second.map(([question]) => question))('leaves every file as it was when it is given up: %s', async question => {
    const home = await ownHome();
    await home.configure(existing);
    await home.write(`${directory}/crego.token`, 'of another profile\n');
    const before = await filesOf(home);
    const at = second.findIndex(([asked]) => asked === question);
    const { screen, code } = await talk(['config', 'init'], home, [...second.slice(0, at), [question, '\x03']]);
    expect([code, screen.trimEnd().split('\n').at(-1)]).toEqual([130, 'cancelled; nothing was written']);
    expect(screen).not.toMatch(/error|canary/);
    expect(await filesOf(home)).toEqual(before);
  });

  test('writes through no link, and keeps its hands off a file that is there', async () => {
    const home = await ownHome();
    await home.write('elsewhere', 'mine');
    await mkdir(join(home.path, directory), { recursive: true, mode: 0o700 });
    await symlink(join(home.path, 'elsewhere'), join(home.path, directory, 'crego.token'));
    const { screen, code } = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', `canary-for-no-link${enter}`],
      ['it is a symbolic link', ''],
      // The file is not among the places: the first one is a variable.
      ['Where shall it be kept?', enter],
      ['Name of the variable', enter],
    ]);
    expect([code, screen.includes('In a file only you can read')]).toEqual([0, false]);
    expect((await configOf(home)).profiles.crego.credentials).toEqual({ token: 'env:LOANQ_CREGO_TOKEN' });
    expect(await readFile(join(home.path, 'elsewhere'), 'utf8')).toBe('mine');
  });

  test('keeps no secret where others may write', async () => {
    const home = await ownHome();
    await mkdir(join(home.path, directory), { recursive: true });
    await chmod(join(home.path, directory), 0o777);
    const { screen } = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', `canary-for-nobody${enter}`],
      ['other users may write to', ''],
      ['Where shall it be kept?', '\x03'],
    ]);
    expect(screen).toContain('cancelled; nothing was written');
    expect(Object.keys(await filesOf(home))).toEqual([]);
  });

  test.runIf(hasOtherUser)('keeps no secret in a file that another user has put there', async () => {
    const home = await ownHome();
    await mkdir(join(home.path, directory), { recursive: true, mode: 0o700 });
    const planted = join(home.path, directory, 'crego.token');
    await chmod(home.path, 0o777);
    for (const part of ['.config', directory]) await chmod(join(home.path, part), 0o777);
    asOtherUser('printf theirs >"$1"', planted);
    for (const part of [directory, '.config', '']) await chmod(join(home.path, part), 0o700);
    expect((await stat(planted)).uid).toBe(otherUid);
    const { screen } = await talk(['config', 'init'], home, [
      ...toPaste,
      ['Paste the token', `canary-for-nobody${enter}`],
      ['it belongs to another user', ''],
      ['Where shall it be kept?', '\x03'],
    ]);
    expect(screen).toContain('cancelled; nothing was written');
    expect(await readFile(planted, 'utf8')).toBe('theirs');
  });

  test.each([
    ['zh_CN.UTF-8', ['哪个系统？', '哪个环境？', '粘贴令牌', '保存在哪里？', '已将配置 crego 写入']],
    ['pt_BR.UTF-8', ['Qual sistema?', 'Qual ambiente?', 'Cole: token', 'Onde guardar?', 'perfil crego gravado em']],
  ] as const)('asks in the language of %s', async (LANG, [system, environment, paste, keep, wrote]) => {
    const home = await ownHome();
    const replies: Reply[] = [
      [system, `${down}${down}${enter}`],
      [environment, enter],
      [paste, `canary-in-a-language${enter}`],
      [keep, enter],
      [wrote, ''],
    ];
    const { screen, code } = await talk(['config', 'init'], home, replies, { LANG });
    expect([code, screen.includes('canary')]).toEqual([0, false]);
    expect(screen).toContain(wrote);
  });

  test.each([
    ['zh_CN.UTF-8', '哪个系统？', '哪个环境？', '客户的 IP 地址？FinLend 每次查询都要提供', '必须是 IP 地址，例如 203.0.113.7'],
    [
      'pt_BR.UTF-8',
      'Qual sistema?',
      'Qual ambiente?',
      'Endereço IP do cliente? O FinLend exige um em cada consulta',
      'deve ser um endereço IP, como 203.0.113.7',
    ],
  ])('asks for what FinLend needs in plain words of %s', async (LANG, system, environment, question, refusal) => {
    const home = await ownHome();
    const replies: Reply[] = [
      [system, `${down}${enter}`],
      [environment, enter],
      [question, `no${enter}`],
      [refusal, '\x03'],
    ];
    const { screen, code } = await talk(['config', 'init'], home, replies, { LANG });
    expect([code, screen.includes('x-fapi'), screen.includes('customerIp')]).toEqual([130, false, false]);
  });

  test.each([
    ['without a terminal', [], {}],
    ['with --no-input', ['--no-input'], {}],
    ['in a CI', [], { CI: '1' }],
  ])('%s asks nothing: exit code 2', async (_, more, env) => {
    const home = await ownHome();
    const ran = await run(['config', 'init', ...more], { home, env });
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toBe(`error: this needs a terminal to ask on
hint: copy config.example.json to the path "loanq config path" names, or run this in a terminal
`);
    expect(await filesOf(home)).toEqual({});
  });
});

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('what another run does meanwhile', () => {
  test('to the configuration is kept: the secret that was stored goes again', async () => {
    const home = await ownHome();
    await home.configure({ profiles: { crego: { provider: 'crego', credentials: { token: 'env:T' } } } });
    const running = startPty(['config', 'init', '-p', 'mine'], { home });
    for (const [question, answer] of [
      ...toPaste,
      ['Paste the token', `canary-of-mine${enter}`],
      ['Where shall it be kept?', enter],
    ] as const) {
      await running.saw(question);
      running.type(answer);
    }
    await running.saw('Which profile is asked when none is named?');
    const theirs = { profiles: { mine: { provider: 'finlend', customerIp: '::1', credentials: { token: 'env:F' } } } };
    await home.configure(theirs);
    running.type(enter);
    const { screen, code } = await running.ended;
    expect(code).toBe(20);
    expect(screen).toContain('profile mine has been written meanwhile by another run');
    expect(await configOf(home)).toEqual(theirs);
    expect((await readdir(join(home.path, directory))).sort()).toEqual(['config.json']);
  });
});
