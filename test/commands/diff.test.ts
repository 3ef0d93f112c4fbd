// `loanq diff`: two exports, what changed between them, and what nobody knows.
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { start } from '../runner/run.ts';

const home = await sharedHome();
const one = '229fe24c-d840-48dc-959a-e0ff1479df35';
const two = '4ebd506f-8727-4d16-863d-0442e1b75858';
const diff = (...args: string[]) => runInProcess(['diff', ...args], { home });
const file = (name: string, content: string) => home.write(`work/${name}`, content);
const nothing = '0 added, 0 changed, 0 gone, 0 unknown\n';

describe('the same records in any two formats', () => {
  const forms = {
    csv: ['--csv'],
    'excel.csv': ['--csv', '--delimiter', ';', '--decimal', ',', '--bom', '--tz', 'Asia/Shanghai'],
    'unguarded.csv': ['--csv', '--csv-guard', 'off'],
    tsv: ['-o', 'tsv'],
    json: ['--json', '--with-request'],
    ndjson: ['-o', 'ndjson', '--with-request', '--numbers', 'text'],
  };
  const calls = {
    record: ['crego', 'record', one, two],
    invoice: ['qitech', 'invoice', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '8cb70dea-9fb0-4a68-9572-99a72849c8d6'],
    items: [
      'qitech',
      'invoice',
      'f47ac10b-58cc-4372-a567-0e02b2c3d479',
      '8cb70dea-9fb0-4a68-9572-99a72849c8d6',
      '--explode',
      'invoice_items',
    ],
    repayments: ['finlend', 'customer-repayments', '123e4567-e89b-12d3-a456-426614174000'],
    settlements: ['crego', 'settlements'],
    loan: ['ekuaibao', 'loan', 'ID_3HV7_Hq1yKw'],
  };
  beforeAll(async () => {
    for (const [call, args] of Object.entries(calls)) {
      for (const [form, more] of Object.entries(forms)) {
        const { stdout, code } = await runInProcess([...args, ...more, '--sandbox', '-q'], { home });
        expect(code).toBe(0);
        await file(`${call}.${form}`, stdout);
      }
    }
  }, 120_000);

  test.each(Object.keys(calls))('%s', async call => {
    for (const old of Object.keys(forms)) {
      for (const latest of Object.keys(forms)) {
        const names = [`${call}.${old}`, `${call}.${latest}`].map(name => join(home.cwd, name));
        expect([names, await diff(...names)]).toEqual([names, { code: 0, stdout: '', stderr: nothing }]);
      }
    }
  });
});

const night = (name: string, header: string, ...rows: string[]) => file(name, [header, ...rows, ''].join('\r\n'));

describe('values', () => {
  const header = 'id,amount,date,settled_at,is_processed,loans,remark';

  test('money is compared by value, times by time, lists by their parts; --exact-text tells amounts apart', async () => {
    const old = await night('old.csv', header, `${one},10.0,2022-06-07T06:30:39Z,,true,"[{""a"":1,""b"":2}]",x`);
    const same = `${one.toUpperCase()},1e1,2022-06-07T08:30:39.000+02:00,,true,"[{""b"":2,""a"":1}]",x`;
    const latest = await night('new.csv', header, same);
    expect(await diff(old, latest)).toEqual({ code: 0, stdout: '', stderr: nothing });
    expect(await diff(old, latest, '--exact-text', '--csv')).toEqual({
      code: 0,
      stdout: `change,key,row,field,old,new,code\r\nchanged,${one.toUpperCase()},,amount,10.0,1e1,\r\n`,
      stderr: '0 added, 1 changed (1 field), 0 gone, 0 unknown\n',
    });
  });

  test('what differs is told field by field, rows in the order of the new export', async () => {
    const old = await night('old.csv', header, `${one},10.0,2022-06-07T06:30:39Z,,true,[],"=1+1"`, `${two},-5,,,,,`);
    const latest = await night('new.csv', header, `${two},-5.01,,,,[],`, `${one},10.01,2022-06-07T06:30:39.5Z,,false,[],"a,b"`);
    expect(await diff(old, latest, '-o', 'tsv', '-q')).toEqual({
      code: 0,
      stdout: [
        'change\tkey\trow\tfield\told\tnew\tcode',
        `changed\t${two}\t\tamount\t-5\t-5.01\t`,
        `changed\t${two}\t\tloans\t\t[]\t`,
        `changed\t${one}\t\tamount\t10.0\t10.01\t`,
        `changed\t${one}\t\tdate\t2022-06-07T06:30:39Z\t2022-06-07T06:30:39.5Z\t`,
        `changed\t${one}\t\tremark\t'=1+1\ta,b\t`,
        `changed\t${one}\t\tis_processed\ttrue\tfalse\t`,
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  test('an apostrophe that a guard has set is none of the text; JSON has no guard, and --csv-guard off says that a csv had none', async () => {
    const record = (name: string, remark: string) => file(name, `[{"id":"${one}","ref_id":"R","remark":"${remark}"}]\n`);
    const row = (name: string, remark: string) => night(name, 'id,ref_id,remark', `${one},R,${remark}`);
    const [plain, marked] = [await record('plain.json', '=1'), await record('marked.json', "'=1")];
    const [guarded, other] = [await row('guarded.csv', "'=1"), await row('other.csv', '=1')];
    const fields = async (...args: string[]) => (await diff(...args, '-o', 'ndjson', '--fields', 'field,old,new', '-q')).stdout;
    expect(await fields(plain, guarded)).toBe('');
    expect(await fields(marked, plain)).toBe(`{"field":"remark","old":"'=1","new":"=1"}\n`);
    expect(await fields(guarded, other)).toBe('');
    expect(await fields(guarded, other, '--csv-guard', 'off')).toBe(`{"field":"remark","old":"'=1","new":"=1"}\n`);
  });

  test('a cell may be as large as a record', async () => {
    const long = (last: string) => night(`long-${last}.csv`, 'id,ref_id,remark', `${one},R,${'x'.repeat(300_000)}${last}`);
    expect((await diff(await long('a'), await long('b'), '--csv')).stderr).toBe('0 added, 1 changed (1 field), 0 gone, 0 unknown\n');
  });

  test('people get personal values masked, programs whole', async () => {
    const rows = (account: string) => night(`${account}.csv`, 'id,collection_bank.account_no', `${one},${account}`);
    const [old, latest] = [await rows('001234567890'), await rows('009876543210')];
    expect((await diff(old, latest)).stdout).not.toMatch(/1234567890|9876543210/);
    expect((await diff(old, latest)).stdout).toContain('collection_bank.account_no');
    expect((await diff(old, latest, '--csv')).stdout).toContain('001234567890,009876543210');
    expect((await diff(old, latest, '--csv', '--mask')).stdout).not.toContain('1234567890');
  });
});

describe('what is not there any more', () => {
  const header = 'id,ref_id,amount,tds_amount';
  const keys = [1, 2, 3, 4, 5].map(n => `00000000-0000-4000-8000-00000000000${n}`);
  const row = (n: number) => `${keys[n - 1]},R${n},1.00,0`;
  const line = (n: number, code: string) => `${JSON.stringify({ key: keys[n - 1], code, exit: 0, message: 'x' })}\n`;

  test('is gone where the provider said not-found, and else unknown: the key failed, or nobody asked', async () => {
    const old = await night('old.csv', header, row(1), row(2), row(3), row(4));
    const latest = await night('new.csv', header, row(1), row(5));
    const errors = await file('errors', `${line(2, 'not-found')}${line(3, 'temporary')}`);
    expect(await diff(old, latest, '--errors', errors, '--csv', '--fail-changed')).toEqual({
      code: 24,
      stdout: [
        'change,key,row,field,old,new,code',
        `added,${keys[4]},,,,,`,
        `gone,${keys[1]},,,,,not-found`,
        `unknown,${keys[2]},,,,,temporary`,
        `unknown,${keys[3]},,,,,absent`,
        '',
      ].join('\r\n'),
      stderr: '1 added, 0 changed, 1 gone, 2 unknown\n',
    });
    expect((await diff(old, latest, '--csv', '-q')).stdout).not.toContain('gone');
  });

  test('a key that failed and was never there is unknown; one that was not found then is nothing', async () => {
    const old = await night('old.csv', header, row(1));
    const errors = await file('errors', `${line(2, 'not-found')}${line(3, 'refused')}`);
    const { stdout } = await diff(old, old, '--errors', errors, '--csv', '-q');
    expect(stdout).toBe(`change,key,row,field,old,new,code\r\nunknown,${keys[2]},,,,,refused\r\n`);
  });

  test('a key that failed once and was not found once is unknown', async () => {
    const old = await night('old.csv', header, row(1), row(2));
    const errors = await file('errors', `${line(2, 'not-found')}${line(2, 'temporary')}`);
    expect((await diff(old, await night('new.csv', header, row(1)), '--errors', errors)).stderr).toContain('0 gone, 1 unknown');
  });

  test('a key asked for twice on one night is neither new nor gone', async () => {
    const [twice, once] = [await night('twice.csv', header, row(1), row(1)), await night('once.csv', header, row(1))];
    expect([(await diff(twice, once)).stderr, (await diff(once, twice)).stderr]).toEqual([nothing, nothing]);
  });

  test('of a list: rows of a customer who is not found are gone, a row that only fell out of it is unknown', async () => {
    const customers = ['229fe24c-d840-48dc-959a-e0ff1479df35', '4ebd506f-8727-4d16-863d-0442e1b75858'];
    const repayments = 'request.customer-id,id,repaymentAmount,principalBalance,totalPayable';
    const old = await night('old.csv', repayments, `${customers[0]},A,1,2,3`, `${customers[0]},B,1,2,3`, `${customers[1]},C,1,2,3`);
    const latest = await night('new.csv', repayments, `${customers[0]},A,1,2,4`);
    const errors = await file('errors', `${JSON.stringify({ key: customers[1], code: 'not-found' })}\n`);
    expect((await diff(old, latest, '--errors', errors, '--csv', '-q')).stdout.split('\r\n').slice(1)).toEqual([
      `changed,${customers[0]},A,totalPayable,3,4,`,
      `unknown,${customers[0]},B,,,,absent`,
      `gone,${customers[1]},C,,,,not-found`,
      '',
    ]);
  });
});

test.each(['json', 'ndjson'])('%s of more rows than are looked at for their fields', async form => {
  const rows = Array.from({ length: 150 }, (_, at) => JSON.stringify({ id: `S-${at}`, amount: at }));
  const text = (all: readonly string[]) => (form === 'json' ? `[${all.join(',')}]` : all.map(row => `${row}\n`).join(''));
  await file(`many-old.${form}`, text(rows));
  await file(`many-new.${form}`, text([...rows, '{"id":"S-150","amount":150}']));
  const { code, stderr } = await diff(
    ...['old', 'new'].map(name => join(home.cwd, `many-${name}.${form}`)),
    ...['--endpoint', 'crego/settlements', '-o', 'ndjson'],
  );
  expect([code, stderr]).toEqual([0, '1 added, 0 changed, 0 gone, 0 unknown\n']);
});

test('a header of thousands of signs that could be delimiters is read by few of them', async () => {
  const signs = Array.from({ length: 6000 }, (_, at) => `${String.fromCharCode(0xe000 + at)}aaaaaaaa`).join('');
  await file('signs.csv', `${signs}\r\n1\r\n`);
  const path = join(home.cwd, 'signs.csv');
  expect((await diff(path, path)).code).toBe(2);
});

describe('refused', () => {
  const said = async (args: string[]): Promise<[number, string]> => {
    const { code, stdout, stderr } = await diff(
      ...args.map(name => (name.startsWith('-') || name.includes('/') ? name : join(home.cwd, name))),
    );
    return [code, stdout + stderr];
  };
  beforeAll(async () => {
    await night('ids.csv', 'id,amount', `${one},1`);
    await night('labels.csv', 'Record,Reference,Amount', `${one},R,1`);
    await file('bare.csv', `${one},1`);
    await file('cut.json', `[\n  {"id":"${one}","ref_id":"R"}`);
    await file('cut.ndjson', `{"id":"${one}","ref_id":"R`);
    const [whole, cut] = [`id,amount\r\n${one},10.25\r\n`, `id,amount\r\n${one},10.2`];
    await file('whole.csv', whole);
    await file('cut.csv', cut);
    await file('half-ended.csv', `${cut}\r`);
    await file('cut.tsv', cut.replaceAll('\r', '').replaceAll(',', '\t'));
    await file('other.json', '[1, 2]');
    await night('wide.csv', 'id,amount', `${one},1,2`);
    await file('bad-errors', '{"code":"temporary"}\n');
    await file('finlend.json', '[{"id":"A","repaymentAmount":1,"principalBalance":1,"totalPayable":2}]');
    await file('empty.json', '[]\n');
  });

  test.each<[string[], number, string]>([
    [['ids.csv', 'ids.csv'], 2, 'the exports could be of more than one endpoint: '],
    [['labels.csv', 'labels.csv'], 2, 'no endpoint has the fields Record, Reference, Amount'],
    [['bare.csv', 'bare.csv'], 26, 'has no header line: exports written with --no-header cannot be compared'],
    [['cut.json', 'cut.json'], 26, 'is cut off: it ends inside its records'],
    [['cut.ndjson', 'cut.ndjson'], 26, 'is cut off: it ends inside its records'],
    [['whole.csv', 'cut.csv', '--endpoint', 'crego/record'], 26, 'cut.csv is cut off: its last line has no end'],
    [['half-ended.csv', 'whole.csv', '--endpoint', 'crego/record'], 26, 'half-ended.csv is cut off: its last line has no end'],
    [['whole.csv', 'cut.tsv', '--endpoint', 'crego/record'], 26, 'cut.tsv is cut off: its last line has no end'],
    [['other.json', 'other.json'], 26, 'holds something that is no record'],
    [['wide.csv', 'wide.csv', '--endpoint', 'crego/record'], 26, 'has a row of 3 cells; its header has 2'],
    [['ids.csv', 'ids.csv', '--endpoint', 'crego/nope'], 2, 'there is no endpoint crego/nope'],
    [['ids.csv', 'ids.csv', '--endpoint', 'finlend/loan'], 2, 'the exports are not of finlend/loan: they begin with id, amount'],
    [['ids.csv', 'missing.csv'], 26, 'there is no such file'],
    [['ids.csv', 'ids.csv', '--endpoint', 'crego/record', '--errors', 'bad-errors'], 26, 'line 1 of '],
    [['finlend.json', 'finlend.json', '--errors', 'bad-errors'], 2, 'the exports do not have the keys that '],
    [['ids.csv', 'ids.csv', '--unique'], 2, 'diff does not read --unique'],
  ])('%j', async (args, code, words) => {
    const [ended, text] = await said(args);
    expect([ended, text]).toEqual([code, expect.stringContaining(words)]);
  });

  test('nothing twice is nothing', async () => {
    expect(await said(['empty.json', 'empty.json'])).toEqual([0, nothing]);
    expect(await said(['empty.json', 'empty.json', '--endpoint', 'crego/record', '--csv'])).toEqual([
      0,
      `change,key,row,field,old,new,code\r\n${nothing}`,
    ]);
  });
});

test('a signal ends it, and nothing is left of it on the disk', async () => {
  const rows = (amount: number) =>
    Array.from({ length: 60_000 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')},${'R'.repeat(300)},${amount},0`);
  const header = 'id,ref_id,amount,tds_amount';
  const [old, latest] = [await night('big-old.csv', header, ...rows(1)), await night('big-new.csv', header, ...rows(2))];
  const temporary = join(home.path, 'tmp');
  spawnSync('mkdir', [temporary]);
  const { child, ended, saidOnStdout } = start(['diff', old, latest, '--csv'], { home, env: { TMPDIR: temporary } });
  await saidOnStdout('change,key');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 143 });
  expect(await readdir(temporary)).toEqual([]);
});
