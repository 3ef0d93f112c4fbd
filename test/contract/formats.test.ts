// Every format of the built program, in a pipe and on a terminal, for one endpoint that has it all: groups of keys, nested lists,
// money, days and codes. What an endpoint looks like is reviewed beside its literal; here it is what a format looks like.
import { describe, expect, test } from 'vitest';
import { screenFormats } from '../../src/core/formats.ts';
import { hasPrograms } from '../runner/programs.ts';
import { runPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';

const invoice = ['qitech', 'invoice', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '8cb70dea-9fb0-4a68-9572-99a72849c8d6'];

test.each([...screenFormats, 'html'])('%s in a pipe', async format => {
  const { code, stderr, stdout } = await run([...invoice, '--sandbox', '-q', '-o', format]);
  expect([code, stderr]).toEqual([0, '']);
  // The line of origin says when it was asked.
  const timeless = withoutPageParts(stdout).replace(/ · [^·]*Z · /, ' · TIME · ');
  await expect(timeless).toMatchFileSnapshot(`golden/qitech.invoice.${format}`);
});

/** What every page of -o html has, and when this one was made. */
function withoutPageParts(text: string): string {
  return text
    .replace(/<(style|script)>.*?<\/\1>/gs, '<$1></$1>')
    .replaceAll(/sha256-[\w+/=]+/g, 'sha256-…')
    .replace(/<time datetime="[^"]*">[^<]*<\/time><\/dd>/, '<time>TIME</time></dd>')
    .replace(/(<title>.*) · .*(<\/title>)/, '$1 · TIME$2');
}

describe.runIf(hasPrograms({ script: 'bsdutils' }))('on a terminal', () => {
  test.each([
    ['one record is a list of its fields', invoice, 'qitech.invoice.terminal'],
    ['-o table has a frame', [...invoice, '-o', 'table'], 'qitech.invoice.terminal-table'],
    ['json is the same file as in a pipe', [...invoice, '-o', 'json'], 'qitech.invoice.json'],
    ['csv is the same file as in a pipe', [...invoice, '-o', 'csv'], 'qitech.invoice.csv'],
    ['a table that is too wide', ['crego', 'settlements', '--limit', '1'], 'crego.settlements.terminal'],
    ['wide characters', ['ekuaibao', 'loan', 'ID_3HV7_Hq1yKw', '-o', 'table', '--lang', 'zh'], 'ekuaibao.loan.terminal-table'],
  ])('%s', async (_, args, golden) => {
    const { code, screen, stderr } = await runPty([...args, '--sandbox', '-q'], { columns: 120 });
    expect([code, stderr]).toEqual([0, '']);
    await expect(screen).toMatchFileSnapshot(`golden/${golden}`);
  });

  test('fields that were asked for stand in the order asked for, one line each, with or without a value', async () => {
    const record = ['crego', 'record', '229fe24c-d840-48dc-959a-e0ff1479df35'];
    const { screen } = await runPty([...record, '--fields', 'amount,remark,uploaded_by,sent_to_gl,id', '--sandbox', '-q', '--no-color']);
    expect(screen).toBe(`Amount       13442.0
Remark
Uploaded by  —
Sent to GL   no
Record       229fe24c-d840-48dc-959a-e0ff1479df35
`);
  });

  test('in 80 columns: amounts, times and what tells ids apart are whole; what is left out and cut is said', async () => {
    const { code, screen, stderr } = await runPty(
      ['crego', 'settlements', '--limit', '3', '--sandbox', '--no-color', '--tz', 'America/Sao_Paulo'],
      {
        columns: 80,
      },
    );
    expect([code, stderr]).toEqual([
      0,
      `not shown: Record · all: -o record, or choose with --fields · whole ids: --json
sandbox: made-up data
3 of 241 settlements · all: --all
`,
    ]);
    await expect(screen).toMatchFileSnapshot('golden/crego.settlements.terminal-80');
  });

  test.each(['json', 'csv'])('-o %s is whole there and says nothing of it', async format => {
    const { stderr } = await runPty(['crego', 'settlements', '--limit', '3', '--sandbox', '-o', format], { columns: 80 });
    expect(stderr).toBe('sandbox: made-up data\n3 of 241 settlements · all: --all\n');
  });

  test('sums that make sense are told below a list: of all rows, or of these only; not of one, not where no currency is named', async () => {
    const said = async (...args: readonly string[]) =>
      (await runPty([...args, '--sandbox'], { columns: 80 })).stderr.match(/^sum of .*$/gm);
    const repayment = ['interlace', 'account-repayment'];
    expect(await said(...repayment, '--all')).toEqual([
      'sum of cardSettleAmount: 1477209.50 USD (241 values)',
      'sum of budgetSettleAmount: 612950.00 USD (241 values)',
    ]);
    expect(await said(...repayment, '--limit', '2', '--fields', 'cardSettleAmount,cardUnpaidAmount')).toEqual([
      'sum of cardSettleAmount: 5181.50 USD (2 values), of these rows only',
    ]);
    expect(await said(...repayment, '--limit', '2', '--sum', 'cardUnpaidAmount')).toEqual([
      'sum of cardUnpaidAmount: 0.00 USD (2 values), of these rows only',
    ]);
    expect(await said(...repayment, '--limit', '1')).toBeNull();
    expect(await said(...repayment, '-q')).toBeNull();
    expect(await said(...repayment, '-o', 'csv')).toBeNull();
    expect(await said('crego', 'settlements')).toBeNull();
    expect((await run([...repayment, '--sandbox'])).stderr).not.toContain('sum of');
  });
});
