// `loanq <id>` on a real terminal: the thing itself, where it is from, and what it leads to.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ownHome } from '../../runner/home.ts';
import { profileFor } from '../../runner/profiles.ts';
import { runPty } from '../../runner/pty.ts';
import { startServer } from '../../runner/server.ts';

const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const entry = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';

test('the one record that is found is shown as its own command shows it, then what is related', async () => {
  const [own, found] = await Promise.all([
    runPty(['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--sandbox']),
    runPty(['ID_3HV7_Hq1zKw', '--sandbox']),
  ]);
  expect(found.screen).toContain('OBTAIN (loan obtained)');
  expect(found.screen).toBe(own.screen);
  expect(found.code).toBe(0);
  expect(found.stderr).toBe(`found in Ekuaibao (合思) (sandbox)
not asked: FinCode FinLend, Crego LMS, QI Tech: other ids (a UUID); Interlace: nothing there is found by an id alone
sandbox: made-up data
related:
  loanq ekuaibao staff bwa3wajigF0WH0:ID_3lokDfb1p5w --sandbox
  loanq ekuaibao loan ID_3HV7_Hq1yKw --sandbox
  loanq ekuaibao form ID_3BPNpAnjCGw --sandbox
`);
});

test('several finds are one table; a related thing of two keys carries the wallet', async () => {
  const { screen, stderr } = await runPty(['lookup', entry, '--wallet', wallet, '--sandbox'], { columns: 200 });
  expect(screen).toMatch(/ {2}qitech {2}wallet-entry {2}/);
  expect(screen).toMatch(/ {2}qitech {2}invoice {2}/);
  expect(stderr).toContain(
    `related:\n  loanq qitech wallet ${wallet} --sandbox\n  loanq qitech invoice ${wallet} f2cad6b4-2a68-9572-99a7-2849c8d6ecf8 --sandbox\n`,
  );
});

test('--quiet leaves the result alone, a format asked for is rows', async () => {
  const { screen, stderr } = await runPty(['ID_3HV7_Hq1zKw', '--sandbox', '-q', '-o', 'ndjson']);
  expect(stderr).toBe('');
  expect(JSON.parse(screen)).toMatchObject({ provider: 'ekuaibao', event: 'OBTAIN', title: '迭代测试-不传2' });
});

test('an id that looks like an option is none in the command to paste', async () => {
  const sample = await readFile('src/providers/ekuaibao/repayment-records.example.json', 'utf8');
  const body = sample.replaceAll('ID_3HV7_Hq1yKw', '--show-personal');
  const server = await startServer(() => ({ body }));
  const home = await ownHome();
  await home.configure({ profiles: { e: profileFor('ekuaibao', server.origin) } });
  const { stderr } = await runPty(['lookup', 'ID_3HV7_Hq1zKw'], { home });
  expect(stderr).toContain('  loanq ekuaibao loan -p e -- --show-personal\n');
});
