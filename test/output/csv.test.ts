import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, test } from 'vitest';
import { checkDelimiter } from '../../src/core/delimiter.ts';
import { UsageError } from '../../src/core/errors.ts';
import type { FormatName } from '../../src/core/formats.ts';
import { unguardText } from '../../src/core/formula-guard.ts';
import { writeJson } from '../../src/core/json.ts';
import type { Row } from '../../src/output/rows.ts';
import { hostileTexts } from './hostile.ts';
import { entries, entry, loan, loans, people, person, row, terminal } from './samples.ts';
import { createWriter, type WriterOptions } from './writers.ts';

const full: Partial<WriterOptions> = {};

function write(format: FormatName, endpoint: typeof loan, rows: readonly Row[], options = full): string {
  const writer = createWriter(format, { provider: 'p', endpoint, ...options });
  return writer.begin() + writer.rows(rows) + writer.end();
}

describe('csv', () => {
  test('has documented names, values as sent, UTC instants and CRLF', () => {
    expect(write('csv', loan, loans)).toBe(
      'id,state,total,due,title,unit.code,unit.scale,sharedWith,reminded,foreign\r\n' +
        'ID_3HV7_Hq1zKw,REPAID,10.0,2022-06-07T06:30:39.075Z,迭代测试-上传2,CNY,2,"[""a:1"",""b:2""]",false,\r\n' +
        'ID_2,PAID,12345678901234567.89,,"Office, ""new"" chairs",,,[],true,\r\n',
    );
  });

  test('begins with the key the answer does not repeat', () => {
    expect(write('csv', entry, entries, { explode: 'items' })).toBe(
      'request.wallet_key,entry_key,amount,status,items.item_key,items.number,items.about,items.amount,items.due,items.parts,created_at\r\n' +
        'f47ac10b-58cc-4372-a567-0e02b2c3d479,8cb70dea-9fb0-4a68-9572-99a72849c8d6,150.00,concluded,a1b2c3d4-e5f6-7890-abcd-ef1234567890,1,Crédito rotativo - Taxa de juros,100.00,2024-02-15,[],2024-01-15T10:30:00Z\r\n' +
        'f47ac10b-58cc-4372-a567-0e02b2c3d479,8cb70dea-9fb0-4a68-9572-99a72849c8d6,150.00,concluded,b1b2c3d4-e5f6-7890-abcd-ef1234567890,2,利息,50.00,,"[""x"",""y""]",2024-01-15T10:30:00Z\r\n' +
        'f47ac10b-58cc-4372-a567-0e02b2c3d479,9cb70dea-9fb0-4a68-9572-99a72849c8d6,-5.00,new,,,,,,,2024-01-15T13:30:00.5Z\r\n',
    );
  });

  test('has its header also without rows, unless it is turned off', () => {
    expect(write('csv', person, [])).toBe('id,name,email,document,phones,born,income,bank.ifsc,bank.account_no,bank.tags,cards\r\n');
    expect(write('csv', person, [], { header: false })).toBe('');
  });

  test('labels, BOM, delimiter and zone as asked for', () => {
    const options = { labels: true, bom: true, delimiter: ';', tz: 'Asia/Shanghai' };
    expect(write('csv', loan, loans, options)).toBe(
      '\ufeffLoan;State;Total;Due;Title;Currency: Code;Currency: Decimals;Shared with;Reminded;Foreign amount\r\n' +
        'ID_3HV7_Hq1zKw;REPAID;10.0;2022-06-07T14:30:39.075+08:00;迭代测试-上传2;CNY;2;"[""a:1"",""b:2""]";false;\r\n' +
        'ID_2;PAID;12345678901234567.89;;"Office, ""new"" chairs";;;[];true;\r\n',
    );
  });

  test('personal values are whole unless masked', () => {
    expect(write('csv', person, people, { header: false })).toBe(
      'P1,Ana,ana.silva@example.com,12345678909,"[""+5511999990000""]",1990-01-02,5000.00,YESB0000104,000000000000,"[""x""]","[{""number"":""4111111111111111"",""active"":true}]"\r\n',
    );
    expect(write('csv', person, people, { header: false, mask: true })).toBe(
      'P1,Ana,a••••@example.com,••••09,"[""••••00""]",••••,••••,YESB0000104,••••0000,"[""x""]","[{""number"":""••••1111"",""active"":true}]"\r\n',
    );
  });

  test('exact numbers, odd values and undocumented fields keep the number of cells', () => {
    const odd = [
      row('{"total":"9007199254740993","title":-5,"due":"soon","unit":[1],"reminded":"yes","foreign":{"a":1.10},"new":"x"}'),
      row('{"total":1e400,"title":null,"due":1654583439075.5,"unit":{"code":"","scale":-0},"reminded":null,"foreign":"00017"}'),
    ];
    expect(write('csv', loan, odd, { header: false })).toBe(
      ',,9007199254740993,soon,-5,,,,yes,"{""a"":1.10}"\r\n,,1e400,2022-06-07T06:30:39.0755Z,,,-0,,,00017\r\n',
    );
  });

  test('a single empty cell is a row, not an empty line', () => {
    const options = { columns: createColumn('title'), header: false };
    expect(write('csv', loan, [row('{}'), row('{"title":"a"}')], options)).toBe('""\r\na\r\n');
  });

  test('on a terminal controls are shown as escapes', () => {
    const options = { columns: createColumn('title'), header: false, tty: terminal(80) };
    expect(write('csv', loan, [row('{"title":"a\\u001b[31m\\nb"}')], options)).toBe('a\\x1b[31m\\nb\r\n');
    expect(write('csv', loan, [row('{"title":"a\\u001b[31m\\nb"}')], { ...options, tty: undefined })).toBe('"a\u001b[31m\nb"\r\n');
  });
});

function createColumn(name: string): NonNullable<WriterOptions['columns']> {
  const field = loan.fields[name];
  if (field === undefined) throw new Error(`no field ${name}`);
  return [{ name, label: field.label, labels: [field.label], field, path: [name] }];
}

describe('lines that are joined rather than quoted', () => {
  const texts = [
    '',
    'a',
    ' a',
    'a ',
    '\u00a0',
    'a,b',
    'a;b',
    'a|b',
    'a\tb',
    'a:b',
    'a"b',
    '"',
    'a\r\nb',
    '\n',
    "'",
    '还款',
    '-1',
    '\ufeff',
    'a b',
    'a-b',
    'a.b',
    'a:b',
    'a_b',
    'a b ',
  ];
  const columns = ['one', 'two', 'three'];
  const endpoint = {
    ...loan,
    fields: Object.fromEntries(columns.map(name => [name, { kind: 'text', label: name }])),
    columns,
  } as typeof loan;

  test.each([',', ';', '|', ':', '.', '-', '_', ' '])('are what the library writes, delimiter %s', delimiter => {
    const rows = texts.flatMap(one => texts.map(two => ({ one, two, three: 'x' })));
    const expected = stringify(
      rows.map(({ one, two, three }) => [one, two, three]),
      { delimiter, record_delimiter: '\r\n', quoted_match: /[",;\t|\r\n]|^\s|\s$/ },
    );
    const written = write(
      'csv',
      endpoint,
      rows.map(fields => ({ record: fields, request: {} })),
      { header: false, delimiter, guard: 'off' },
    );
    expect(written).toBe(expected);
  });
});

describe('a decimal comma', () => {
  const fields = ['id', 'total', 'unit.scale', 'foreign', 'due', 'title', 'sharedWith'];
  const record = (json: string): string => write('csv', loan, [row(json)], { fields, decimal: ',', delimiter: ';', header: false });

  test('stands in amounts and numbers, and nowhere else: not in ids, times, texts, lists', () => {
    expect(
      record(
        '{"id":1.5,"total":-13442.0,"unit":{"scale":2.50},"foreign":1.5e3,"due":1654583439075.25,"title":"1.5","sharedWith":[1.5],"more":1}',
      ),
    ).toBe('1.5;"-13442,0";"2,50";"1,5e3";2022-06-07T06:30:39.07525Z;1.5;[1.5]\r\n');
  });

  test('stands in an amount that came as text; what is no decimal stays as it came', () => {
    expect(record('{"id":"a","total":"10.00","foreign":"1.5"}')).toBe('a;"10,00";;1.5;;;\r\n');
    expect(record('{"id":"a","total":"1.5 EUR"}')).toBe('a;1.5 EUR;;;;;\r\n');
  });

  test('with a comma between cells each such cell is quoted; in TSV nothing needs to be', () => {
    const one = [row('{"id":"a","total":13442.0}')];
    expect(write('csv', loan, one, { fields: ['id', 'total'], decimal: ',' })).toBe('id,total\r\na,"13442,0"\r\n');
    expect(write('tsv', loan, one, { fields: ['id', 'total'], decimal: ',' })).toBe('id\ttotal\na\t13442,0\n');
  });
});

describe('guard', () => {
  const cells = (record: string, options = full): string[] =>
    parse(write('csv', loan, [row(record, {})], { header: false, ...options })).flat() as string[];

  test('amounts, numbers, instants and truth values are never touched, amounts that are no decimals are text', () => {
    expect(cells('{"id":"-a","total":-5.00,"due":-1,"unit":{"scale":"-2"},"reminded":false}')).toEqual([
      "'-a",
      '',
      '-5.00',
      '1969-12-31T23:59:59.999Z',
      '',
      '',
      '-2',
      '',
      'false',
      '',
    ]);
    expect(cells('{"total":"-5.00"}')[2]).toBe('-5.00');
    expect(cells('{"total":"=1+1"}')[2]).toBe("'=1+1");
    expect(cells('{"total":"-5.00+cmd"}')[2]).toBe("'-5.00+cmd");
    expect(cells('{"due":"=now()"}')[3]).toBe("'=now()");
    expect(cells('{"reminded":"=true"}')[8]).toBe("'=true");
    expect(cells('{"foreign":"@x"}')[9]).toBe("'@x");
    expect(cells('{"state":"+A"}')[1]).toBe("'+A");
  });

  test('ids stay as they are when they look like ids', () => {
    expect(cells('{"id":"bwa3wajigF0WH0:ID_3lokDfb1p5w"}')[0]).toBe('bwa3wajigF0WH0:ID_3lokDfb1p5w');
    expect(cells('{"id":"=cmd|x"}')[0]).toBe("'=cmd|x");
  });

  test('a text is guarded where a reader with another delimiter would begin a cell; so are lists and objects, which stay JSON', () => {
    expect(cells('{"title":"Ana;=1+1;x","sharedWith":["a","@b;-c"],"foreign":{"a":-5,"b":"c,=1"}}')).toEqual([
      '',
      '',
      '',
      '',
      "Ana;'=1+1;x",
      '',
      '',
      `["a","'@b;'-c"]`,
      '',
      `{"a":-5,"b":"c,'=1"}`,
    ]);
  });

  test('off leaves every text as sent', () => {
    expect(cells('{"id":"-a","title":"=1+1;=2","sharedWith":["a","=1"]}', { guard: 'off' })).toEqual([
      '-a',
      '',
      '',
      '',
      '=1+1;=2',
      '',
      '',
      '["a","=1"]',
      '',
      '',
    ]);
  });
});

describe('tsv', () => {
  test('has one line per row and escapes TAB, CR, LF and backslash', () => {
    const rows = [...loans, row('{"id":"a\\tb","title":"1\\r\\n2\\\\3"}')];
    expect(write('tsv', loan, rows)).toBe(
      'id\tstate\ttotal\tdue\ttitle\tunit.code\tunit.scale\tsharedWith\treminded\tforeign\n' +
        'ID_3HV7_Hq1zKw\tREPAID\t10.0\t2022-06-07T06:30:39.075Z\t迭代测试-上传2\tCNY\t2\t["a:1","b:2"]\tfalse\t\n' +
        'ID_2\tPAID\t12345678901234567.89\t\tOffice, "new" chairs\t\t\t[]\ttrue\t\n' +
        'a\\tb\t\t\t\t1\\r\\n2\\\\3\t\t\t\t\t\n',
    );
  });

  test('guards text before it is escaped, and escapes another delimiter', () => {
    expect(write('tsv', loan, [row('{"id":"\\t=1","title":"a;b"}')], { header: false, delimiter: ';' })).toBe("'\\t'=1;;;;a\\;b;;;;;\n");
  });
});

test.each(['', ',,', 'a', '7', '"', "'", '\\', '\n', '\r', '\u0000'])('%j cannot be a delimiter', given => {
  expect(() => checkDelimiter(given)).toThrow(UsageError);
});

test('a delimiter is one character or the word tab', () => {
  expect([';', '|', 'tab', '\\t', '\t', ' ', '；'].map(checkDelimiter)).toEqual([';', '|', '\t', '\t', '\t', ' ', '；']);
});

test.each([',', ';', '\t', '|'])('10,000 hostile rows read back equal with delimiter %j', delimiter => {
  const texts = hostileTexts(30_000);
  const sources = Array.from({ length: 10_000 }, (_, at) => texts.slice(at * 3, at * 3 + 3));
  const rows = sources.map(([id = '', title = '', foreign = '']) => row(writeJson({ id, title, foreign })));
  const columns = ['id', 'title', 'foreign'].flatMap(createColumn);
  const text = write('csv', loan, rows, { columns, delimiter, header: false });
  const back: string[][] = parse(text, { delimiter, record_delimiter: '\r\n' });
  expect(back).toHaveLength(10_000);
  for (const [at, cells] of back.entries()) expect(cells.map(unguardText)).toEqual(sources[at]);
});

test('a writer keeps nothing of the rows it has written', () => {
  const columns = ['id', 'state', 'total', 'due', 'title', 'sharedWith', 'reminded', 'foreign'].flatMap(createColumn);
  const writer = createWriter('csv', { provider: 'p', endpoint: loan, columns });
  const [first = row('{}')] = loans;
  const rows = Array.from({ length: 1_000 }, () => first);
  const once = writer.rows([first]);
  for (let chunk = 0; chunk < 3; chunk++) expect(writer.rows(rows)).toBe(once.repeat(1_000));
});
