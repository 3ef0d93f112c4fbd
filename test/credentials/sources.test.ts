// Where a secret comes from: each source works, and each fault of one is exit code 20 before anything is
// sent, without a word of the secret.

import { chmod, chown, link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { isLong } from '../runner/long.ts';
import { hasOtherUser, otherUid } from '../runner/other-user.ts';
import { type Printed, run, start } from '../runner/run.ts';
import { startServer, type TestServer } from '../runner/server.ts';
import { keyOf } from './desk.ts';
import { privatePem, type Way, wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const secret = 'canary-source-0123456789';

interface Stage {
  readonly home: Home;
  readonly server: TestServer;
  /** Looks up one record with this as the source of the token. */
  readonly look: (token: unknown, env?: Readonly<Record<string, string>>, more?: readonly string[]) => Promise<Printed>;
}

async function stage(way: Way = crego, program: typeof runInProcess | typeof run = runInProcess): Promise<Stage> {
  const server = await startServer(request => ({ body: JSON.stringify(way.answer(keyOf(way, request), 'fine')) }));
  const home = await ownHome();
  const look: Stage['look'] = async (token, env = {}, more = []) => {
    await home.configure({ profiles: { mine: { provider: 'crego', baseUrl: server.origin, credentials: { token } } } });
    return program([...crego.call, crego.keys[0] ?? '', ...more], { home, env });
  };
  return { home, server, look };
}

/** The tokens that arrived. */
const arrived = ({ server }: Stage): (string | undefined)[] => server.requests.map(({ headers }) => headers.authorization);

/** Exit code 20, nothing sent, nothing on stdout, and only the sentence on stderr. */
function expectRefused(ran: Printed, { server }: Stage, sentence: string): void {
  expect(ran.stderr).toContain(sentence);
  expect([ran.code, ran.stdout, server.requests.length]).toEqual([20, '', 0]);
  expect(ran.stderr).not.toContain('canary');
}

describe.concurrent('a secret comes from', () => {
  it('a variable', async () => {
    const at = await stage();
    expect((await at.look('env:SOME_TOKEN', { SOME_TOKEN: secret })).code).toBe(0);
    expect(arrived(at)).toEqual([`Bearer ${secret}`]);
  });

  it('a file, its last line end left out, beside the config file or below the home directory', async () => {
    const at = await stage();
    await at.home.write('.config/loanq/token', `${secret}\n`);
    await at.home.write('token', `${secret}\r\n`);
    expect((await at.look('file:token')).code).toBe(0);
    expect((await at.look('file:~/token')).code).toBe(0);
    expect(arrived(at)).toEqual([`Bearer ${secret}`, `Bearer ${secret}`]);
  });

  it('a command, which sees neither the other secrets nor the working directory', async () => {
    const at = await stage(crego, run);
    const program = await at.home.write('helper', `#!/bin/sh\n{ pwd; env; } > "$HOME/seen"\necho ${secret}\n`, 0o700);
    expect((await at.look({ command: [program] }, { OTHER_TOKEN: 'canary-other', LOANQ_FINLEND_TOKEN: 'canary-other' })).code).toBe(0);
    expect(arrived(at)).toEqual([`Bearer ${secret}`]);
    const seen = await readFile(join(at.home.path, 'seen'), 'utf8');
    expect(seen).toMatch(/^\/\n/);
    expect(seen).not.toContain('canary');
  });

  it('the config file itself', async () => {
    const at = await stage();
    expect((await at.look(secret)).code).toBe(0);
    expect(arrived(at)).toEqual([`Bearer ${secret}`]);
  });

  it('variables alone, without a config file', async () => {
    const at = await stage();
    const env = { LOANQ_CREGO_TOKEN: secret, LOANQ_CREGO_BASE_URL: at.server.origin };
    const { code } = await runInProcess([...crego.call, crego.keys[0] ?? ''], { home: at.home, env });
    expect(code).toBe(0);
    expect(arrived(at)).toEqual([`Bearer ${secret}`]);
  });
});

describe.concurrent('a value that cannot be a token', () => {
  it.each([
    ['a line break', `${secret}\nx`, 'holds a line break'],
    ['a carriage return', `${secret}\rx`, 'holds a line break'],
    ['a NUL', `${secret}\0x`, 'holds a NUL character'],
    ['a control character', `${secret}\x07`, 'holds a control character'],
    ['a letter that is not ASCII', `${secret}é`, 'holds a character that is not ASCII'],
    ['a blank before it', ` ${secret}`, 'begins or ends with a blank'],
    ['a blank behind it', `${secret} `, 'begins or ends with a blank'],
    ['a byte order mark', `\uFEFF${secret}`, 'begins with a byte order mark'],
    ['nothing', '', 'is empty'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x63]), 'is not UTF-8 text'],
  ])('%s', async (_, content, sentence) => {
    const at = await stage();
    await at.home.write('.config/loanq/token', content);
    expectRefused(await at.look('file:token'), at, `the token of profile "mine" (file) ${sentence}`);
  });
});

describe.concurrent('a variable', () => {
  it.each([
    ['is not set', {}, 'the variable SOME_TOKEN is not set'],
    ['is empty', { SOME_TOKEN: '' }, 'the variable SOME_TOKEN is empty'],
  ])('that %s', async (_, env, sentence) => {
    const at = await stage();
    expectRefused(await at.look('env:SOME_TOKEN', env), at, sentence);
  });

  it('is never asked for on a terminal or off it', async () => {
    const at = await stage();
    expectRefused(await at.look('env:SOME_TOKEN', {}, ['--no-input']), at, 'the variable SOME_TOKEN is not set');
  });
});

describe.concurrent('a file', () => {
  const cases: readonly (readonly [string, (path: string) => Promise<void>, string])[] = [
    ['that others may read', path => chmod(path, 0o644), 'other users may read it (mode 0644)'],
    ['that the group may read', path => chmod(path, 0o640), 'other users may read it (mode 0640)'],
    ['that others may change', path => chmod(path, 0o602), 'can be changed by other users (mode 0602)'],
    ['whose directory others may change', path => chmod(join(path, '..'), 0o777), 'can be replaced by other users'],
    ['that is larger than a secret', path => writeFile(path, 'canary'.repeat(20_000)), 'is larger than 64 KiB'],
  ];
  it.each(cases)('%s', async (_, spoil, sentence) => {
    const at = await stage();
    const path = await at.home.write('kept/token', secret);
    await spoil(path);
    expectRefused(await at.look('file:~/kept/token'), at, sentence);
  });

  it('that is not there, is a directory, a device, or a pipe nobody writes to', async () => {
    // `/dev/stdin` is what stands there in a process of its own.
    const at = await stage(crego, run);
    await mkdir(join(at.home.path, 'directory'));
    expectRefused(await at.look('file:~/missing'), at, 'it does not exist');
    expectRefused(await at.look('file:~/directory'), at, 'is not a regular file');
    expectRefused(await at.look('file:/dev/zero'), at, 'is not a regular file');
    expectRefused(await at.look('file:/dev/stdin'), at, 'is not a regular file');
  });

  it.runIf(process.getuid?.() === 0)('of another user, also behind a link', async () => {
    const at = await stage();
    const path = await at.home.write('foreign', secret);
    await chown(path, 12_345, 12_345);
    await symlink(path, join(at.home.path, 'linked'));
    await link(path, join(at.home.path, 'hard'));
    for (const name of ['foreign', 'linked', 'hard']) expectRefused(await at.look(`file:~/${name}`), at, 'belongs to another user');
  });
});

describe.concurrent('a command', () => {
  it.each([
    ['fails', `echo ${secret}; echo ${secret} >&2; exit 3`, 'ended with exit code 3'],
    ['is killed', 'kill -9 $$', 'was ended by a signal'],
    ['prints without end', `while :; do echo ${secret}; done`, 'wrote more than 64 KiB'],
    ['prints nothing', 'true', 'is empty'],
    ['prints several lines', `echo ${secret}; echo ${secret}`, 'holds a line break'],
    ['talks on stderr only', `echo ${secret} >&2`, 'is empty'],
  ])('that %s', async (_, script, sentence) => {
    const at = await stage();
    const program = await at.home.write('helper', `#!/bin/sh\n${script}\n`, 0o700);
    expectRefused(await at.look({ command: [program] }), at, sentence);
  });

  // Its ten seconds are counted in auth/source-command.test.ts; here they are waited for.
  it.runIf(isLong)('that hangs is ended with everything it started', async () => {
    const at = await stage();
    const program = await at.home.write('helper', '#!/bin/sh\nsleep 300 & echo $! > "$HOME/started"\nwait\n', 0o700);
    expectRefused(await at.look({ command: [program] }), at, 'did not end in time');
    const started = Number(await readFile(join(at.home.path, 'started'), 'utf8'));
    // A child that was just killed may stay until its new parent has taken note.
    while (
      await readFile(`/proc/${started}/stat`, 'utf8').then(
        text => !/\) [ZX] /.test(text),
        () => false,
      )
    )
      await sleep(20);
  });

  it('that is interrupted is ended, too', async () => {
    const at = await stage();
    const program = await at.home.write('helper', '#!/bin/sh\necho $$ > "$HOME/started"\nexec sleep 300\n', 0o700);
    await at.home.configure({
      profiles: { mine: { provider: 'crego', baseUrl: at.server.origin, credentials: { token: { command: [program] } } } },
    });
    const running = start([...crego.call, crego.keys[0] ?? ''], { home: at.home });
    const pidOf = () => readFile(join(at.home.path, 'started'), 'utf8').catch(() => '');
    while (!(await pidOf()).endsWith('\n')) await sleep(10);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    const started = Number(await pidOf());
    while (
      await readFile(`/proc/${started}/stat`, 'utf8').then(
        text => !/\) [ZX] /.test(text),
        () => false,
      )
    )
      await sleep(20);
  });

  it('that others can change or replace is not run', async () => {
    const at = await stage();
    const program = await at.home.write('tools/helper', `#!/bin/sh\n: > "$HOME/ran"\necho ${secret}\n`, 0o770);
    expectRefused(await at.look({ command: [program] }), at, `${program} can be changed by other users (mode 0770)`);
    await chmod(program, 0o700);
    await chmod(join(at.home.path, 'tools'), 0o777);
    const hint = `hint: run: chmod go-w ${join(at.home.path, 'tools')}`;
    expectRefused(await at.look({ command: [program] }), at, hint);
    expect(await readdir(at.home.path)).not.toContain('ran');
  });

  it.runIf(hasOtherUser)('that another user owns is not run', async () => {
    const at = await stage();
    const program = await at.home.write('helper', `#!/bin/sh\n: > "$HOME/ran"\necho ${secret}\n`, 0o755);
    await chown(program, otherUid, otherUid);
    expectRefused(await at.look({ command: [program] }), at, `${program} belongs to another user`);
    expect(await readdir(at.home.path)).not.toContain('ran');
  });

  it.each([
    ['that is no absolute path', ['op', 'read'], 'absolute path'],
    ['that does not exist', ['/nonexistent/op'], 'cannot be started'],
    ['without a word', [], 'credentials.token'],
  ])('%s', async (_, command, sentence) => {
    const at = await stage();
    expectRefused(await at.look({ command }), at, sentence);
  });
});

describe.concurrent('QI Tech needs a P-521 private key', () => {
  const pem = (body: string, kind = 'PRIVATE KEY'): string => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`;
  it.each([
    ['nothing', '', 'is empty'],
    ['text', 'canary', 'this is no PEM private key'],
    ['a broken key', pem('Y2FuYXJ5Y2FuYXJ5'), 'it cannot be read'],
    ['a public key', pem('Y2FuYXJ5', 'PUBLIC KEY'), 'this is a public key'],
    ['an encrypted key', pem('Y2FuYXJ5', 'ENCRYPTED PRIVATE KEY'), 'this one is encrypted'],
  ])('not %s', async (_, key, sentence) => {
    const at = await stage();
    await at.home.write('.config/loanq/key.pem', key);
    const { call, keys } = wayTo('qitech-v2');
    const credentials = { clientKey: 'client-1', privateKey: 'file:key.pem' };
    await at.home.configure({ profiles: { mine: { provider: 'qitech', baseUrl: at.server.origin, credentials } } });
    expectRefused(await runInProcess([...call, keys[0] ?? ''], { home: at.home }), at, sentence);
  });

  it('which may stand in a variable with \\n for line ends', async () => {
    const { call, keys, answer } = wayTo('qitech-v2');
    const home = await ownHome();
    const server = await startServer(() => ({ body: JSON.stringify(answer(keys[0] ?? '', 'fine')) }));
    const env = {
      LOANQ_QITECH_CLIENT_KEY: 'client-1',
      LOANQ_QITECH_PRIVATE_KEY: privatePem.trim().replaceAll('\n', '\\n'),
      LOANQ_QITECH_BASE_URL: server.origin,
    };
    expect((await run([...call, keys[0] ?? ''], { home, env })).code).toBe(0);
    expect(server.requests[0]?.headers['api-client-key']).toBe('client-1');
  });
});

describe.concurrent('the command line', () => {
  it.each([
    ['--token', secret],
    [`--token=${secret}`],
    ['--password', secret],
    [`--api-key=${secret}`],
    ['-t', secret],
    [`--token=${secret}\nx`],
  ])('takes no secret: %s', async (...words) => {
    const { code, stdout, stderr } = await runInProcess([...crego.call, crego.keys[0] ?? '', ...words], { home: await ownHome() });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: unknown option '-/);
    expect(stderr).not.toContain('canary');
  });

  it('shows no secret in the list of processes while a request is under way', async () => {
    const home = await ownHome();
    const lines: string[] = [];
    const server = await startServer(async () => {
      const { pid = 0 } = running.child;
      lines.push(await readFile(`/proc/${pid}/cmdline`, 'latin1'));
      return { body: JSON.stringify(crego.answer(crego.keys[0] ?? '', 'fine')) };
    });
    const program = await home.write(
      'helper',
      `#!/bin/sh\ncat /proc/$PPID/cmdline /proc/$$/cmdline > "$HOME/lines"\necho ${secret}\n`,
      0o700,
    );
    await home.configure({
      profiles: { mine: { provider: 'crego', baseUrl: server.origin, credentials: { token: { command: [program] } } } },
    });
    const running = start([...crego.call, crego.keys[0] ?? ''], { home });
    expect((await running.ended).code).toBe(0);
    lines.push(await readFile(join(home.path, 'lines'), 'latin1'));
    expect(lines.join('')).toContain('crego\0record');
    expect(lines.join('')).not.toContain('canary');
  });
});
