// `loanq lookup` and `loanq <id>`: whose id it is, who was asked, and what the exit code may say.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SignalError } from '../../../src/core/errors.ts';
import { sharedHome } from '../../runner/home.ts';
import { runInProcess } from '../../runner/in-process.ts';
import { profileFor } from '../../runner/profiles.ts';
import { startServer } from '../../runner/server.ts';

const home = await sharedHome();
const uuid = '229fe24c-d840-48dc-959a-e0ff1479df35';
const customer = '123e4567-e89b-12d3-a456-426614174000';
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const entry = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';
const nobody = '00000000-0000-4000-8000-000000000000';

const loanq = (...args: readonly string[]) => runInProcess(args, { home });
const lines = (text: string) => text.split(/\r?\n/).filter(line => line !== '');

test('the reasons stand apart as the language has it', async () => {
  const { stderr } = await loanq(uuid, '--sandbox', '--lang', 'zh');
  expect(stderr).toContain(
    '未查询：Ekuaibao (合思): 标识形式不同（例如 ID_3HV7_Hq1zKw）；QI Tech: wallet-entry 和 invoice 需要 --wallet <key>；Interlace: 仅凭标识无法在那里查询\n',
  );
});

describe('in the sandbox, by the bare id', () => {
  test('a record of Crego, with every column and null for what the page does not say', async () => {
    const { stdout, stderr, code } = await loanq(uuid, '--sandbox', '--json');
    expect(code).toBe(0);
    expect(stdout).toBe(`[
  {
    "key": "229fe24c-d840-48dc-959a-e0ff1479df35",
    "provider": "crego",
    "profile": "sandbox",
    "host": "sandbox",
    "endpoint": "record",
    "kind": "repayment",
    "id": "229fe24c-d840-48dc-959a-e0ff1479df35",
    "event": "repayment",
    "status": "processed",
    "amount": 13442.0,
    "currency": null,
    "outstanding": null,
    "date": "2022-09-05T18:28:44.802948Z",
    "due": null,
    "party": "1941d57d-8ce1-4581-aa5f-6c54e18130cf",
    "loan": null,
    "title": "REC0XAM2",
    "derived": null
  }
]
`);
    expect(stderr).toBe(`found in Crego LMS (sandbox)
not found in FinCode FinLend (sandbox), QI Tech (sandbox)
not asked: Ekuaibao (合思): other ids (such as ID_3HV7_Hq1zKw); QI Tech: wallet-entry and invoice need --wallet <key>; Interlace: nothing there is found by an id alone
`);
  });

  test.each([
    { id: 'ID_3HV7_Hq1zKw', found: ['ekuaibao,repayment-records,repayment,10.0'] },
    { id: 'ID_3HV7_Hq1yKw', found: ['ekuaibao,loan,loan,10.0'] },
    { id: '2a8bsS2qFgck00', found: ['ekuaibao,loan-of-form,loan,1000', 'ekuaibao,form,form,', 'ekuaibao,requisition,requisition,20.0'] },
    {
      id: customer,
      found: [
        'finlend,customer-repayments,repayment,18250.75',
        'finlend,pending-repayments,instalment,18250.75',
        'finlend,repaid-transactions,repayment,18250.75',
        'finlend,loan,loan,100000.0',
      ],
    },
    { id: wallet, found: ['qitech,wallet,wallet,'] },
  ])('$id', async ({ id, found }) => {
    const { stdout, code } = await loanq(id, '--sandbox', '--csv', '--fields', 'provider,endpoint,kind,amount');
    expect([code, [...new Set(lines(stdout).slice(1))]]).toEqual([0, found]);
  });

  test('an entry of QI Tech within the wallet that is given, what is computed being named', async () => {
    const fields = 'endpoint,id,status,amount,outstanding,due,derived';
    const { stdout, code } = await loanq('lookup', entry, '--wallet', wallet, '--sandbox', '--csv', '--fields', fields);
    expect(code).toBe(0);
    expect(lines(stdout).slice(1)).toEqual([
      `wallet-entry,${entry},concluded,150.00,,2024-02-15,"[""due"",""title""]"`,
      `invoice,${entry},opened,350.00,350.00,2024-02-15,"[""outstanding""]"`,
      `wallet,${entry},active,,,,`,
    ]);
  });

  test('two kinds in one call, in the order of the ids, and the books of a batch', async () => {
    const { stdout, stderr, code } = await loanq(
      'lookup',
      'ID_3HV7_Hq1zKw',
      nobody,
      uuid,
      '--sandbox',
      '-o',
      'tsv',
      '--fields',
      'key,provider',
    );
    expect([code, lines(stdout).slice(1)]).toEqual([24, ['ID_3HV7_Hq1zKw\tekuaibao', `${uuid}\tcrego`]]);
    expect(lines(stderr)[0]).toBe(
      'not asked: QI Tech: wallet-entry and invoice need --wallet <key>; Interlace: nothing there is found by an id alone',
    );
    expect(lines(stderr).at(-1)).toMatch(/^3 keys: 2 delivered, 1 missing, 0 failed in /);
  });

  test('nobody knows it: Z=21, nothing on stdout, who was asked and who was not', async () => {
    expect(await loanq(nobody, '--sandbox')).toEqual({
      stdout: '',
      stderr: `error: loanq lookup ${nobody}: not found in FinCode FinLend (sandbox), Crego LMS (sandbox), QI Tech (sandbox)
hint: not asked: Ekuaibao (合思): other ids (such as ID_3HV7_Hq1zKw); QI Tech: wallet-entry and invoice need --wallet <key>; Interlace: nothing there is found by an id alone
`,
      code: 21,
    });
  });

  test('a reference that is no id is told from one', async () => {
    expect(await loanq('REC0XAM2', '--sandbox')).toEqual({
      stdout: '',
      stderr: `error: REC0XAM2 looks like a ref_id; Crego reads records by UUID
hint: ask for the id itself, such as ${uuid}, or look in Crego LMS
`,
      code: 2,
    });
  });

  test('an id of no known shape is asked nowhere', async () => {
    const { stderr, code } = await loanq('12', '--sandbox');
    expect(code).toBe(2);
    expect(lines(stderr)[0]).toBe('error: 12: no system could be asked for this id');
  });
});

interface Stand {
  readonly crego?: number;
  readonly finlend?: number;
}

let answers: Stand = {};
let stopAt: { readonly request: number; readonly stop: () => void } | undefined;
const recordOf = (id: string) => `{"id":"${id}","amount":13442.0,"status":"processed","type":"repayment","date":1662402524.802948}`;
const repayment = '{"status":"SUCCESS","data":[{"id":"r1","repaymentAmount":12.50,"customerName":"Ada"}]}';
/** Rows of that answer, by the endpoints that read it. */
const finlendRows = ['finlend,f,customer-repayments,12.50', 'finlend,f,pending-repayments,', 'finlend,f,repaid-transactions,12.50'];
const server = await startServer(({ target }, number) => {
  if (number === stopAt?.request) stopAt.stop();
  const isCrego = target.startsWith('/v1/lms');
  // No loan has this id, whoever is asked.
  const status = (isCrego ? answers.crego : answers.finlend) ?? (target.includes('loan-details') ? 404 : 200);
  const found = isCrego ? recordOf(target.split('/')[4] ?? '') : repayment;
  return { status, body: status === 200 ? found : '{"detail":"Not found.","code":"NOT_FOUND","message":"no"}' };
});
const crego = profileFor('crego', server.origin);
const finlend = profileFor('finlend', server.origin);
const only = ['--csv', '--fields', 'provider,profile,endpoint,amount', '--retries', '0'];

describe('over systems that are set up', () => {
  const both = { profiles: { c: crego, f: finlend } };
  const ask = async (given: Stand, ...args: readonly string[]) => {
    answers = given;
    const before = server.requests.length;
    const { stdout, stderr, code } = await loanq('lookup', uuid, ...only, ...args);
    return { rows: lines(stdout).slice(1), said: lines(stderr), code, asked: server.requests.length - before };
  };

  test('an id that two systems know is shown from both', async () => {
    await home.configure(both);
    const { rows, code } = await ask({});
    expect(code).toBe(0);
    expect(rows).toEqual([...finlendRows, 'crego,c,record,13442.0']);
  });

  test('one is down, the other has it: Z=24, and the failure names profile and system', async () => {
    await home.configure(both);
    const { rows, said, code } = await ask({ finlend: 503 });
    expect([code, rows]).toEqual([24, ['crego,c,record,13442.0']]);
    expect(said.filter(line => line.startsWith('error:'))).toEqual([
      `error: finlend customer-repayments ${uuid}: the provider is not available now (HTTP 503 NOT_FOUND: no) (profile f)`,
      `error: loanq lookup ${uuid}: found, but 1 of 2 systems did not answer`,
    ]);
  });

  test.each<{ what: string; given: Stand; code: number }>([
    { what: 'busy', given: { crego: 404, finlend: 503 }, code: 25 },
    { what: 'rejects the credential', given: { crego: 404, finlend: 401 }, code: 4 },
    { what: 'refuses', given: { crego: 422, finlend: 404 }, code: 22 },
  ])('one $what, the other does not know it: never "not found" as the exit code', async ({ given, code }) => {
    await home.configure(both);
    const said = await ask(given);
    expect([said.code, said.rows]).toEqual([code, []]);
    expect(said.said.some(line => /not found in (Crego LMS \(c|FinCode FinLend \(f), 127\.0\.0\.1:\d+\)/.test(line))).toBe(true);
  });

  test('everybody answers that it is unknown: Z=21', async () => {
    await home.configure(both);
    expect(await ask({ crego: 404, finlend: 404 })).toMatchObject({ code: 21, rows: [] });
  });

  test('a profile that cannot be used is a failure of its system, not of the others', async () => {
    await home.configure({ profiles: { c: crego, f: { ...finlend, customerIp: undefined } } });
    const { rows, said, code } = await ask({});
    expect([code, rows]).toEqual([24, ['crego,c,record,13442.0']]);
    expect(said.filter(line => /^error: .*customerIp/.test(line))).toHaveLength(1);
  });

  test('several profiles of one system and none by default: named, and never "not found"', async () => {
    await home.configure({ profiles: { c1: crego, c2: crego, f: finlend } });
    expect(await ask({ finlend: 404 })).toMatchObject({ code: 20, rows: [], asked: 4 });
  });

  test.each<{ args: readonly string[]; rows: readonly string[] }>([
    {
      args: ['--all-profiles'],
      rows: [...finlendRows, 'crego,c1,record,13442.0', 'crego,c2,record,13442.0'],
    },
    { args: ['--profiles', 'c*'], rows: ['crego,c1,record,13442.0', 'crego,c2,record,13442.0'] },
    { args: ['--profiles', 'c?'], rows: ['crego,c1,record,13442.0', 'crego,c2,record,13442.0'] },
    { args: ['-p', 'c2'], rows: ['crego,c2,record,13442.0'] },
  ])('$args', async ({ args, rows }) => {
    await home.configure({ profiles: { c1: crego, c2: crego, f: finlend } });
    expect(await ask({}, ...args)).toMatchObject({ code: 0, rows });
  });

  test.each([
    { args: ['-p', 'nope'], code: 20, line: 'error: there is no profile "nope"' },
    { args: ['--profiles', 'x*'], code: 20, line: 'error: no profile has a name like x*' },
    { args: ['--profiles', 'x*', '--all-profiles'], code: 2, line: 'error: --profiles and --all-profiles exclude each other' },
    { args: ['--profiles', '*', '-p', 'c'], code: 2, line: 'error: --profile and --profiles exclude each other' },
    { args: ['--wallet', 'x'], code: 2, line: 'error: wallet_key "x" is not a UUID' },
  ])('$args is refused before anything is sent', async ({ args, code, line }) => {
    await home.configure(both);
    const said = await ask({}, ...args);
    expect([said.code, said.said[0], said.asked]).toEqual([code, line, 0]);
  });

  test('nothing is set up: Z=20 and what to do', async () => {
    await home.configure({ profiles: {} });
    expect(await ask({})).toMatchObject({
      code: 20,
      said: [`error: ${uuid}: no system is set up that could have this id`, expect.stringContaining('loanq config init')],
    });
  });

  test('a key file: rows, failures with provider and profile, and a second run that asks only what failed', async () => {
    await home.configure(both);
    const [ids, out, errors] = ['ids.txt', 'out.csv', 'errors.jsonl'].map(name => join(home.path, name)) as [string, string, string];
    await home.write('ids.txt', `${uuid}\nREC1\n`);
    answers = { finlend: 503 };
    const args = ['lookup', '--ids-from', ids, '--csv', '--out', out, '--fields', 'key,provider', '--errors', errors, '--retries', '0'];
    const first = await loanq(...args);
    expect(first.code).toBe(24);
    expect(await readFile(out, 'utf8')).toBe(`key,provider\r\n${uuid},crego\r\n`);
    const listed = lines(await readFile(errors, 'utf8')).map(line => JSON.parse(line));
    expect(listed.map(({ key, code, provider, profile }) => [key, code, provider, profile])).toEqual([
      [uuid, 'temporary', 'finlend', 'f'],
      ['REC1', 'usage', undefined, undefined],
    ]);
    expect(lines(first.stderr).at(-1)).toMatch(/^2 keys: 1 delivered, 0 missing, 1 failed in /);
  });

  test('a run that was cut off goes on: each id once, and only under the same profiles', async () => {
    await home.configure(both);
    const ids = Array.from({ length: 6 }, (_, at) => `229fe24c-d840-48dc-959a-e0ff1479df3${at}`);
    const [file, out] = [join(home.path, 'many.txt'), join(home.path, 'many.csv')];
    await home.write('many.txt', `${ids.join('\n')}\n`);
    const args = ['lookup', '--ids-from', file, '--csv', '--out', out, '--fields', 'key', '-p', 'c', '--concurrency', '1'];
    const abort = new AbortController();
    answers = {};
    const before = server.requests.length;
    stopAt = { request: before + 3, stop: () => abort.abort(new SignalError('interrupted')) };
    const first = await runInProcess(args, { home, signal: abort.signal });
    stopAt = undefined;
    expect([first.code, await readFile(out, 'utf8').catch(() => 'no file')]).toEqual([130, 'no file']);
    const other = await loanq(...args.filter(arg => arg !== '-p' && arg !== 'c'), '--resume');
    expect([other.code, other.stderr.includes('profile')]).toEqual([2, true]);
    const asked = server.requests.length;
    const second = await loanq(...args, '--resume');
    expect(second.code).toBe(0);
    expect(lines(await readFile(out, 'utf8'))).toEqual(['key', ...ids]);
    expect(server.requests.length - asked).toBeLessThan(ids.length);
  });

  test('who looked what up where is in the audit trail: a line for everybody who was asked', async () => {
    const audit = join(home.path, 'audit.jsonl');
    await home.configure({ ...both, audit });
    await ask({ finlend: 404 });
    const noted = lines(await readFile(audit, 'utf8')).map(line => JSON.parse(line));
    expect(noted.map(({ profile, provider, endpoint, outcome }) => [profile, provider, endpoint, outcome].join(' ')).sort()).toEqual([
      'c crego record delivered',
      'f finlend customer-repayments missing',
      'f finlend loan missing',
      'f finlend pending-repayments missing',
      'f finlend repaid-transactions missing',
    ]);
  });

  test('the limits of a run and of each profile hold', async () => {
    await home.configure({ profiles: { c: { ...profileFor('crego', server.origin), retries: 1 }, f: finlend } });
    answers = { crego: 503, finlend: 404 };
    const before = server.requests.length;
    await loanq('lookup', uuid, '-p', 'c');
    expect(server.requests.length - before).toBe(2);
    await loanq('lookup', uuid, '-p', 'c', '--retries', '0');
    expect(server.requests.length - before).toBe(3);
  });
});

test('what an endpoint declares personal is masked as in its own table, whole in data unless --mask', async () => {
  const args = ['lookup', wallet, '--sandbox', '--fields', 'party'];
  const whole = lines((await loanq(...args, '--csv')).stdout)[1] ?? '';
  expect(whole).toMatch(/^\d{11,14}$/);
  const masked = lines((await loanq(...args, '--csv', '--mask')).stdout)[1];
  expect([masked, lines((await loanq(...args, '-o', 'table')).stdout)[1]]).toEqual([`••••${whole.slice(-2)}`, `••••${whole.slice(-2)}`]);
});

test('also a document number that nobody would know for one by its look', async () => {
  const own = await startServer(() => ({ body: `{"wallet_key":"${wallet}","owner_document_number":"PASSPORT77"}` }));
  await home.configure({ profiles: { q: profileFor('qitech', own.origin) } });
  const party = async (...args: readonly string[]) => lines((await loanq('lookup', wallet, '--fields', 'party', ...args)).stdout)[1];
  expect([await party('--csv'), await party('-o', 'table'), await party('-o', 'table', '--show-personal')]).toEqual([
    'PASSPORT77',
    '••••77',
    'PASSPORT77',
  ]);
});
