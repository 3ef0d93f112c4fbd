// What people type that is nearly right ends in the command to type.
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const bare = id.replaceAll('-', '');
const said = async (args: readonly string[]) => {
  const { stdout, stderr, code } = await runInProcess(args, { home });
  const [error, hint] = stderr.trimEnd().split('\n');
  return { code, stdout, error, hint };
};

test.each<[readonly string[], string, string]>([
  [['crego', id], `error: crego has no endpoint ${id}`, `hint: loanq crego record ${id}`],
  [['crego', `#${id}`], `error: crego has no endpoint #${id}`, `hint: loanq crego record ${id}`],
  [
    ['ekuaibao', 'ID_3HV7_Hq1zKw'],
    'error: ekuaibao has no endpoint ID_3HV7_Hq1zKw',
    expect.stringMatching(/^hint: loanq lookup ID_3HV7_Hq1zKw, or one of repayment-records, loan, /),
  ],
  [
    ['crego', 'REC0XAM2'],
    'error: REC0XAM2 looks like a ref_id; Crego reads records by UUID',
    `hint: ask for the id itself: loanq crego record ${id}`,
  ],
  [['crego', 'records', id], 'error: crego has no endpoint records', 'hint: did you mean crego record?'],
  [['crego', 'recrod', id], 'error: crego has no endpoint recrod', 'hint: did you mean crego record?'],
  [['crego', 'Record', id], 'error: crego has no endpoint Record', 'hint: did you mean crego record?'],
  [['crego', 'invoices'], 'error: crego has no endpoint invoices', expect.stringMatching(/^hint: one of record, settlements/)],
  [
    ['crego', 'record', 'REC0XAM2'],
    'error: crego record: REC0XAM2 looks like a ref_id; Crego reads records by UUID',
    `hint: ask for the id itself: loanq crego record ${id}`,
  ],
  [['fincode', 'customer-repayments', id], "error: unknown command 'fincode'", `hint: loanq finlend customer-repayments ${id}`],
  [['ekb', 'loan', 'ID_1', '--token', 'x'], "error: unknown command 'ekb'", 'hint: loanq ekuaibao loan ID_1'],
  [['合思'], "error: unknown command '合思'", 'hint: loanq ekuaibao'],
  [['qi', 'invoice'], "error: unknown command 'qi'", 'hint: loanq qitech invoice'],
  [['find', id], "error: unknown command 'find'", `hint: loanq lookup ${id}`],
  [['get', id], "error: unknown command 'get'", `hint: loanq lookup ${id}`],
  [['Crego', 'record', id], "error: unknown command 'Crego'", `hint: loanq crego record ${id}`],
  [['help', 'nonsense'], 'error: there is no help topic nonsense', expect.stringMatching(/^hint: topics: /)],
])('%j', async (args, error, hint) => {
  expect(await said(args)).toEqual({ code: 2, stdout: '', error, hint });
});

describe('what surrounds an id', () => {
  test.each([
    `#${id}`,
    `id=${id}`,
    `(${id}).`,
    `{${id}}`,
    `https://app.crego.io/records/${id}?tab=1`,
    id.replaceAll('-', '–'),
    bare,
    `record ${id.toUpperCase()}`.replace(id.toUpperCase(), id),
  ])('%s', async given => {
    const { error, hint, code } = await said(['crego', 'record', given]);
    expect([code, error, hint]).toEqual([2, `error: crego record: id "${given}" is not a UUID`, `hint: loanq crego record ${id}`]);
  });

  test('the leading keys stay, also when an entry is pasted', async () => {
    expect((await said(['qitech', 'wallet-entry', wallet, `{${id}}`])).hint).toBe(`hint: loanq qitech wallet-entry ${wallet} ${id}`);
  });

  test('a link to a record is looked up by what to type', async () => {
    expect((await said([`https://app.crego.io/records/${id}`])).hint).toBe(`hint: loanq lookup ${id}`);
  });

  test('32 digits may be an id of Ekuaibao; a UUID is offered where they are not', async () => {
    const { code, stderr } = await runInProcess([bare, '--sandbox'], { home });
    expect([code, stderr]).toEqual([
      21,
      `not asked: FinCode FinLend, Crego LMS, QI Tech: other ids (a UUID); Interlace: nothing there is found by an id alone
error: loanq lookup ${bare}: not found in Ekuaibao (合思) (sandbox)
hint: as a UUID: loanq lookup ${id}
`,
    ]);
  });

  test('two different ids are no choice of ours', async () => {
    expect((await said(['crego', 'record', `${id} ${wallet}`])).hint).toBeUndefined();
  });
});

describe('help', () => {
  const usage = async (...args: readonly string[]) => {
    const { stdout, stderr, code } = await runInProcess(args, { home });
    return { code, out: stdout.split('\n')[0], err: stderr.split('\n')[0] };
  };

  test.each([
    { args: ['help', 'crego'], line: 'Usage: loanq crego <endpoint> [keys...] [options]' },
    { args: ['help', 'crego', 'record'], line: 'Usage: loanq crego record <ids...> [options]' },
    { args: ['help', 'config'], line: 'Usage: loanq config [options] <action>' },
    { args: ['help', 'exit-codes'], line: 'Exit codes' },
    { args: ['help'], line: 'Usage: loanq <provider> <endpoint> [keys...] [options]' },
    { args: ['version'], line: '0.0.0-test' },
  ])('$args', async ({ args, line }) => {
    expect(await usage(...args)).toEqual({ code: 0, out: line, err: '' });
  });

  test.each([
    { args: ['crego'], line: 'Usage: loanq crego <endpoint> [keys...] [options]' },
    { args: ['config'], line: 'Usage: loanq config [options] <action>' },
    { args: ['auth'], line: 'Usage: loanq auth [options] <action>' },
  ])('$args alone prints help, and to a script it is still a mistake', async ({ args, line }) => {
    expect(await usage(...args)).toEqual({ code: 2, out: '', err: line });
    const { error } = JSON.parse((await runInProcess([...args, '--error-format', 'json'], { home })).stderr);
    expect(error).toMatchObject({ code: 'usage' });
  });
});
