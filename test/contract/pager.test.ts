// The pager of a result that is taller than the terminal: a real terminal, a pager that does what it is told, and less itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Home, ownHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { startPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const tall = ['finlend', 'loan', '123e4567-e89b-12d3-a456-426614174000', '--sandbox', '--no-color'];
const short = ['finlend', 'loan', '123e4567-e89b-12d3-a456-426614174000', '--fields', 'customerName', '--sandbox', '--no-color'];

/** A pager that keeps what it is given, then does the rest. */
async function pagerIn(home: Home, rest = 'cat > "$HOME/got"'): Promise<string> {
  return home.write('pager', `#!/bin/sh\nprintf '%s|' "$LESS" "$@" > "$HOME/started"\n${rest}\n`, 0o700);
}

const kept = (home: Home, name: string) => readFile(join(home.path, name), 'utf8').catch(() => undefined);

describe.runIf(hasPrograms({ script: 'bsdutils' }))('on a terminal', () => {
  test('a tall result goes to the pager as it is, and what is said of it comes when the reader is done', async () => {
    const home = await ownHome();
    const pager = await pagerIn(home, 'cat > "$HOME/got"; echo "(pager is done)"');
    const { screen, code } = await startPty(tall, { home, env: { LOANQ_PAGER: `${pager} -x 'a b'` } }).ended;
    expect([code, await kept(home, 'started')]).toEqual([0, 'FRX|-x|a b|']);
    expect(await kept(home, 'got')).toMatch(/^Loan application +123e4567-e89b-12d3-a456-426614174000\n/);
    expect(screen).toMatch(/^\(pager is done\)\r\nmasked values: --show-personal\r\nsandbox: made-up data\r\n/);
  });

  test.each<[string, readonly string[], NodeJS.ProcessEnv]>([
    ['what the terminal has room for', short, {}],
    ['--no-pager', [...tall, '--no-pager'], {}],
    ['--no-input', [...tall, '--no-input'], {}],
    ['LOANQ_PAGER=cat', tall, { LOANQ_PAGER: 'cat' }],
    ['an empty LOANQ_PAGER, which wins over PAGER', tall, { LOANQ_PAGER: '' }],
    ['CI', tall, { CI: 'true' }],
    ['TERM=dumb', tall, { TERM: 'dumb' }],
    ['--out', [...tall, '--out', 'x'], {}],
    ['a batch', [...tall, '9a7d2c60-3a55-4f0e-b8f1-6f1c2b3d4e5f'], {}],
  ])('none with %s', async (_, args, env) => {
    const home = await ownHome();
    const pager = await pagerIn(home);
    const { code } = await startPty(args, { home, env: { LOANQ_PAGER: pager, PAGER: pager, ...env } }).ended;
    expect([code, await kept(home, 'started')]).toEqual([0, undefined]);
  });

  test('PAGER is used where LOANQ_PAGER is not set, and LESS stays as it is', async () => {
    const home = await ownHome();
    const PAGER = await pagerIn(home);
    await startPty(tall, { home, env: { LOANQ_PAGER: undefined, PAGER, LESS: '-i' } }).ended;
    expect(await kept(home, 'started')).toBe('-i|');
  });

  test('a reader that has seen enough is no failure', async () => {
    const home = await ownHome();
    const LOANQ_PAGER = await pagerIn(home, 'head -n 1');
    const { screen, code } = await startPty(['endpoints', '--json'], { home, env: { LOANQ_PAGER } }).ended;
    expect([code, screen.trim()]).toEqual([0, '[']);
  });

  test('the exit code is that of the lookup', async () => {
    const home = await ownHome();
    const LOANQ_PAGER = await pagerIn(home);
    const missing = [...tall.slice(0, 2), '00000000-0000-4000-8000-000000000000', ...tall.slice(3)];
    expect((await startPty(missing, { home, env: { LOANQ_PAGER } }).ended).code).toBe(21);
    expect(await kept(home, 'started')).toBeUndefined();
  });

  test.each([
    ['/nowhere/pager', 'the system refuses it'],
    ['no-such-pager -R', 'there is no such program'],
    ['./pager', 'there is no such program'],
    ['less | head', 'it needs a shell, and none is used'],
  ])('without %s the result is there all the same, with one warning', async (LOANQ_PAGER, why) => {
    const home = await ownHome();
    await home.write('work/pager', '#!/bin/sh\necho planted\n', 0o700);
    const { screen, code } = await startPty(tall, { home, env: { LOANQ_PAGER } }).ended;
    const warnings = screen.split('\r\n').filter(line => line.includes('warning: '));
    expect([code, warnings]).toEqual([0, [`warning: the pager "${LOANQ_PAGER}" cannot be started: ${why}`]]);
    expect(screen).toContain('Instalment schedule');
    expect(screen).not.toContain('planted');
  });

  test('a pager that fails is named', async () => {
    const home = await ownHome();
    const LOANQ_PAGER = await pagerIn(home, 'cat > /dev/null; exit 3');
    const { screen, code } = await startPty(tall, { home, env: { LOANQ_PAGER } }).ended;
    expect([code, screen.includes(`warning: the pager ${LOANQ_PAGER} ended with 3; --no-pager does without one\r\n`)]).toEqual([0, true]);
  });

  test('Ctrl-C is for the pager', async () => {
    const home = await ownHome();
    const LOANQ_PAGER = await pagerIn(
      home,
      `trap 'echo "(not now)"' INT; cat > "$HOME/got"; echo "(reading)"; read answer < /dev/tty; read answer < /dev/tty; echo "(done)"`,
    );
    const running = startPty(tall, { home, env: { LOANQ_PAGER } });
    await running.saw('(reading)');
    running.type('\u0003');
    await running.saw('(not now)');
    running.type('x\nx\n');
    const { screen, code } = await running.ended;
    expect([code, screen.includes('sandbox: made-up data')]).toEqual([0, true]);
  });

  test('SIGTERM ends the pager, too', async () => {
    const home = await ownHome();
    const LOANQ_PAGER = await pagerIn(home, `cat > "$HOME/got"; echo "(reading)"; read answer < /dev/tty`);
    const running = startPty(tall, { home, env: { LOANQ_PAGER } });
    await running.saw('(reading)');
    await running.signal('SIGTERM');
    expect((await running.ended).code).toBe(143);
  });

  test('what the pager gets has passed the secret filter', async () => {
    const home = await ownHome();
    const LOANQ_PAGER = await pagerIn(home);
    const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
    const server = await startServer(({ headers }) => ({
      body: JSON.stringify({ id, remark: `${headers.authorization} ${'line '.repeat(900)}` }),
    }));
    await home.configure(configFor('crego', server.origin));
    const { code } = await startPty(['crego', 'record', id], { home, env: { LOANQ_PAGER } }).ended;
    const got = await kept(home, 'got');
    const sent = server.requests[0]?.headers.authorization ?? '';
    expect([code, sent.length > 16, got?.includes(sent.slice(-16))]).toEqual([0, true, false]);
    expect(got).toContain('line line');
  });
});

test('neither a configuration nor a pipe brings a pager', async () => {
  const home = await ownHome();
  const pager = await pagerIn(home);
  const config = await home.write(
    'c.json',
    JSON.stringify({ profiles: { x: { provider: 'crego', credentials: { token: 'env:T' }, pager } } }),
  );
  expect((await run(['crego', 'record', '229fe24c-d840-48dc-959a-e0ff1479df35', '--config', config], { home })).stderr).toContain(
    'unknown key "pager"',
  );
  const { stdout } = await run(tall, { home, env: { LOANQ_PAGER: pager } });
  expect([stdout.includes('123e4567'), await kept(home, 'started')]).toEqual([true, undefined]);
});

describe.runIf(hasPrograms({ script: 'bsdutils', less: 'less' }))('less', () => {
  test('is what there is without a word; it shows the first page, then the rest is the reader’s choice', async () => {
    const home = await ownHome();
    // In the working directory, which PATH names, and not taken.
    await home.write('work/less', '#!/bin/sh\necho planted\n', 0o700);
    const running = startPty(tall, { home, env: { LOANQ_PAGER: undefined, PATH: `.:${process.env.PATH}` } });
    await running.saw('Loan application');
    // The colon is its prompt.
    await running.saw('\r\n:');
    running.type('q');
    const { screen, code } = await running.ended;
    expect(code).toBe(0);
    expect(screen).toContain('Loan amount');
    expect(screen).not.toContain('Instalment schedule');
    expect(screen).toMatch(/sandbox: made-up data\r\n[\s\S]*$/);
  });
});
