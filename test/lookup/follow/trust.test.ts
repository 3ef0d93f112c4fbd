// What holds for a call holds for what it follows: drift, the audit trail, secrets, the signal, and what is planned is what is sent.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../runner/app.ts';
import { sharedHome } from '../../runner/home.ts';
import { runInProcess } from '../../runner/in-process.ts';
import { profileFor, secrets } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

const home = await sharedHome();
/** As documented, but for what a test changes of the loan. */
const sample = (name: string) => readFile(join(projectRoot, `src/providers/ekuaibao/${name}.example.json`), 'utf8');
const [recordBody, loanBody] = await Promise.all([sample('repayment-records'), sample('loan')]);
const [record, loan] = ['ID_3HV7_Hq1zKw', 'ID_3HV7_Hq1yKw'];
let thing: object = {};
const server = await startServer(({ target }) => {
  if (target.includes('repaymentRecord')) return { body: recordBody };
  const { value } = JSON.parse(loanBody);
  return { body: JSON.stringify({ value: { ...value, id: loan, ...thing } }) };
});
const audit = join(home.path, 'audit.jsonl');
const config = await home.configure({ audit, profiles: { test: profileFor('ekuaibao', server.origin) } });

async function look(args: readonly string[], holds: object) {
  thing = holds;
  const before = server.requests.length;
  const said = await runInProcess(['ekuaibao', 'repayment-records', record, '--follow', 'loanInfoId', ...args, '--config', config], {
    home,
  });
  return { ...said, calls: server.requests.length - before };
}

test('drift of a thing is told under the name of its endpoint, and fails a strict run', async () => {
  const [plain, warned, strict] = [
    await look(['--json'], {}),
    await look(['--json'], { brandNew: 1 }),
    await look(['--json', '--strict'], { brandNew: 1 }),
  ];
  const said = 'ekuaibao repayment-records: answers differ from the documented shape: unknown loan: brandNew\n';
  expect([plain.code, plain.stderr]).toEqual([0, '']);
  expect([warned.code, warned.stderr]).toEqual([0, `warning: ${said}`]);
  expect([strict.code, strict.stdout]).toEqual([27, '']);
  expect(strict.stderr).toContain(`loanInfoId leads to loan ${loan}: answers differ from the documented shape: unknown brandNew\n`);
});

test.each([
  ['quarantine', {}, 0, `id,loanInfoId.state\r\n${record},REPAID\r\n`],
  ['quarantine', { brandNew: 1 }, 27, 'id,loanInfoId.state\r\n'],
])('--on-drift %s with %j of the thing', async (how, changed, code, rows) => {
  const errors = join(home.cwd, 'errors');
  const args = [record, '--unique', '--csv', '--fields', 'id,loanInfoId.state', '--errors', errors, '--on-drift', how];
  const said = await look(args, changed);
  expect([said.code, said.stdout]).toEqual([code, rows]);
});

test('whose thing was looked up is in the audit trail, too', async () => {
  await look(['--json'], {});
  const lines = (await readFile(audit, 'utf8')).trimEnd().split('\n').slice(-2);
  expect(lines.map(line => JSON.parse(line)).map(({ endpoint, keys, outcome }) => [endpoint, keys, outcome])).toEqual([
    ['repayment-records', { ids: record }, 'delivered'],
    ['loan', { id: loan }, 'delivered'],
  ]);
});

test.each(['json', 'csv', 'record', 'table'])('a secret that a thing repeats is masked in %s', async format => {
  const { stdout, code } = await look(['-o', format], { title: `token ${secrets.ekuaibao}` });
  expect([code, stdout.includes(secrets.ekuaibao)]).toEqual([0, false]);
  expect(stdout).toContain('[redacted]');
});

test('an amount of a thing is no CPF, as under its own endpoint', async () => {
  const { stdout } = await look(['-o', 'record'], { total: '52998224725' });
  expect(stdout).toMatch(/^ {2}Total +52998224725$/m);
});

test('--dry-run says what comes behind the answers, and sends nothing', async () => {
  const { code, stderr, calls } = await look(['--dry-run'], {});
  expect([code, calls]).toEqual([0, 0]);
  expect(stderr).toContain('then for each loanInfoId, once: GET /api/openapi/v1/loan/loanInfo/${id}\n');
});

test('--numbers text and --explode reach into the thing no further than into the record', async () => {
  const { stdout } = await look(['--json', '--numbers', 'text', '--fields', 'loanInfoId.remain'], { remain: 10.5 });
  expect(JSON.parse(stdout)).toEqual([{ _follow: { loanInfoId: { remain: '10.5' } } }]);
});
