// What stands below a record on a terminal: the commands that show what it names, and what belongs to it.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { runPty } from '../runner/pty.ts';
import { run, runShell } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const staff = 'JOYbpjPP-E2Q00:pt4bu1ZI9s2000';
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const entry = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';

test('a record names its borrower, its loan and its form; each line is a command that works', async () => {
  const { stderr, code } = await runPty(['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--sandbox']);
  expect([code, stderr]).toEqual([
    0,
    `sandbox: made-up data
related:
  loanq ekuaibao staff bwa3wajigF0WH0:ID_3lokDfb1p5w --sandbox
  loanq ekuaibao loan ID_3HV7_Hq1yKw --sandbox
  loanq ekuaibao form ID_3BPNpAnjCGw --sandbox
`,
  ]);
  const commands = stderr.split('\n').flatMap(line => /^ {2}loanq (.*)/.exec(line)?.[1]?.split(' ') ?? []);
  expect(commands).toHaveLength(12);
  for (let at = 0; at < commands.length; at += 4) expect((await run([...commands.slice(at, at + 4), '--json'])).code).toBe(0);
});

test('below a wallet key the things of an entry are asked for by it', async () => {
  const { stderr } = await runPty(['qitech', 'wallet-entry', wallet, entry, '--sandbox']);
  expect(stderr).toBe(`sandbox: made-up data
related:
  loanq qitech wallet ${wallet} --sandbox
  loanq qitech invoice ${wallet} f2cad6b4-2a68-9572-99a7-2849c8d6ecf8 --sandbox
`);
});

test('what belongs to a thing is narrowed by its id, as a key or as an option', async () => {
  const { stderr } = await runPty(['ekuaibao', 'staff', staff, '--sandbox']);
  expect(stderr).toContain(`related:\n  loanq ekuaibao forms --uid ${staff} --sandbox\n  loanq ekuaibao requisitions ${staff} --sandbox\n`);
});

test('a profile and a configuration that were given are in the lines', async () => {
  const home = await sharedHome();
  const server = await startServer(() => ({ body: '{"items":[{"id":"ID_1","loanInfoId":"ID_2"}]}' }));
  const config = await home.configure(configFor('ekuaibao', server.origin));
  const { stderr } = await runPty(['ekuaibao', 'repayment-records', 'ID_1', '--config', config], { home });
  expect(stderr).toContain(`related:\n  loanq ekuaibao loan ID_2 -p test --config ${config}\n`);
});

test.each([
  ['that begins like an option of ours', '-pABC:1'],
  ['that is an option of ours', '-v'],
  ['with a sign that a shell would read', '-o$HOME'],
])('the line for an id %s does what it says when it is pasted', async (_, id) => {
  const home = await sharedHome();
  const server = await startServer(({ method }) => ({ body: method === 'POST' ? JSON.stringify({ items: [{ id }] }) : '{"items":[]}' }));
  const config = await home.configure(configFor('ekuaibao', server.origin));
  const { stderr } = await runPty(['ekuaibao', 'staff', '--config', config, '--', id], { home });
  const line = /^ {2}(loanq ekuaibao forms .*)$/m.exec(stderr)?.[1] ?? '';
  expect(await runShell(`${line} --json`, { home })).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
  const asked = new URL(server.requests.at(-1)?.target ?? '', server.origin);
  expect([asked.pathname, asked.searchParams.get('uid')]).toEqual(['/api/openapi/v1.1/docs/getApplyList', id]);
});

test.each([
  ['with --quiet', ['-q']],
  ['where rows were asked for', ['-o', 'table']],
])('nothing of it %s', async (_, more) => {
  expect((await runPty(['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--sandbox', ...more])).stderr).not.toContain('related');
});

test('nor in a pipe, nor of a list', async () => {
  const [piped, list] = await Promise.all([
    run(['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--sandbox', '-o', 'record']),
    runPty(['crego', 'settlements', '--sandbox', '--limit', '1']),
  ]);
  expect(piped.stderr + list.stderr).not.toContain('related');
});

test('a thing that is followed stands below the record, its empty fields named with it', async () => {
  const { screen } = await runPty(['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--sandbox', '--follow', 'loanInfoId'], {
    columns: 200,
    env: { NO_COLOR: '1' },
  });
  expect(screen).toContain(
    '\nLoan package\n  Loan package            ID_3HV7_Hq1yKw\n  State                   REPAID (awaiting repayment, open)\n',
  );
  expect(screen).toContain(
    'No                        Reversed, Loan package (Reminder on, Handed over), Loan package: Settings (Due date limited, Foreign currency)\n',
  );
});
