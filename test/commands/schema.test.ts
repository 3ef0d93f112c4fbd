// `loanq schema`: what it prints for a small endpoint, and what has none.
import { describe, expect, test } from 'vitest';
import crego from '../../src/providers/crego/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const schema = (line: string) => runInProcess(['schema', ...line.split(' ')], { home });

test('PostgreSQL', async () => {
  expect((await schema('finlend pending-repayments -o postgres --fields request.user-id,amountDue,daysOverdue')).stdout).toBe(
    `-- loanq finlend pending-repayments, -o csv. Fields: https://docs.fincode.technology/api/lending/pending-repayments
-- numeric keeps every digit. timestamptz keeps microseconds.
CREATE TABLE "finlend_pending_repayments" (
  "request.user-id" text,  -- User id
  "amountDue" numeric,     -- Amount due
  "daysOverdue" numeric    -- Days overdue
);

\\copy "finlend_pending_repayments" ("request.user-id", "amountDue", "daysOverdue") FROM 'finlend-pending-repayments.csv' WITH (FORMAT csv, HEADER true)
`,
  );
});

test('DuckDB', async () => {
  expect((await schema('qitech invoice -o duckdb --fields request.wallet_key,invoice_key,total_amount')).stdout).toBe(
    `-- loanq qitech invoice, -o csv. Fields: https://docs.qitech.com.br/en/documentation/cartao_pos_pago/faturas/fatura/consulta_por_chave
-- A DECIMAL of DuckDB rounds what has more places: such a value ends the load with an error. TIMESTAMPTZ keeps microseconds.
-- A key that was asked for twice has two rows: --unique asks once.
CREATE TABLE "qitech_invoice" (
  "request.wallet_key" VARCHAR,    -- Wallet key
  "invoice_key" VARCHAR,           -- Invoice
  "total_amount" DECIMAL(38, 10),  -- Total
  PRIMARY KEY ("request.wallet_key", "invoice_key")
);

INSERT INTO "qitech_invoice" BY NAME
SELECT
  "request.wallet_key",
  "invoice_key",
  CASE WHEN "total_amount" IS NULL OR regexp_full_match("total_amount", '-?[0-9]{1,28}([.][0-9]{1,10})?')
    THEN CAST("total_amount" AS DECIMAL(38, 10)) ELSE error('total_amount does not fit DECIMAL(38, 10): ' || "total_amount") END AS "total_amount"
FROM read_csv('qitech-invoice.csv',
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', nullstr = '', max_line_size = 16777216,
  columns = {
    'request.wallet_key': 'VARCHAR',
    'invoice_key': 'VARCHAR',
    'total_amount': 'VARCHAR'
  });
`,
  );
});

test('CSV on the Web', async () => {
  const { stdout } = await schema('finlend pending-repayments -o csvw --fields request.user-id,amountDue,dueDate');
  expect(JSON.parse(stdout)).toEqual({
    '@context': 'http://www.w3.org/ns/csvw',
    url: 'finlend-pending-repayments.csv',
    'dc:title': 'loanq finlend pending-repayments, -o csv',
    'dc:source': 'https://docs.fincode.technology/api/lending/pending-repayments',
    dialect: { delimiter: ',', header: true, encoding: 'utf-8', lineTerminators: ['\r\n'] },
    tableSchema: {
      columns: [
        { name: 'request.user%2Did', titles: 'request.user-id', 'dc:description': 'User id', datatype: 'string', null: '' },
        { name: 'amountDue', titles: 'amountDue', 'dc:description': 'Amount due', datatype: 'decimal', null: '' },
        { name: 'dueDate', titles: 'dueDate', 'dc:description': 'Due', datatype: 'string', null: '' },
      ],
    },
  });
});

test('a row per element is no row per key', async () => {
  const { stdout } = await schema('qitech invoice -o postgres --explode invoice_items');
  expect(stdout).toContain('  "invoice_items.amount" numeric,');
  expect(stdout).not.toContain('PRIMARY KEY');
});

describe('refused', () => {
  test.each([
    ['crego record', 'schema needs a format', '-o json-schema, csvw, duckdb or postgres'],
    ['crego record -o csv', 'schema has no format csv', 'it prints lines, or json-schema, csvw, duckdb, postgres'],
    ['crego nope -o csvw', 'crego has no endpoint nope', expect.stringMatching(/^one of record, settlements/)],
    ['nope record -o csvw', 'unknown provider: nope', 'one of ekuaibao, finlend, crego, qitech, interlace'],
    ['crego record -o json-schema --fields id', 'json-schema is of whole records: --explode and --fields do not change it', undefined],
    ['crego record -o csvw --with-request', '--with-request changes JSON only: it is read with -o json-schema', undefined],
    ['crego record -o duckdb --sum amount', 'schema does not read --sum', 'see: loanq schema --help'],
  ])('%s', async (line, error, hint) => {
    const { code, stdout, stderr } = await schema(line);
    const [said, advice] = stderr.trimEnd().split('\n');
    expect([code, stdout, said, advice?.replace('hint: ', '')]).toEqual([2, '', `error: ${error}`, hint]);
  });

  test('a record whose fields come from the data', async () => {
    const [record, ...others] = crego.endpoints;
    if (record === undefined) throw new Error('no endpoint');
    const load = async () => ({ ...crego, endpoints: [{ ...record, open: true as const }, ...others] });
    const providers = { crego: { title: 'Crego', load } };
    expect(await runInProcess(['schema', 'crego', 'record', '-o', 'csvw'], { home, providers })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: crego record has no schema: no document states its fields, they come from the data
hint: export it with -o ndjson, or as csv with --fields
`,
    });
  });

  test('a lookup with the format of a schema', async () => {
    const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
    expect(await runInProcess(['crego', 'record', id, '-o', 'duckdb', '--sandbox'], { home })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: crego record: -o duckdb is for schema\nhint: loanq schema <provider> <endpoint> -o duckdb\n',
    });
  });
});
