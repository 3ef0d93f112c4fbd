// What `loanq schema` prints loads every endpoint's export: in PostgreSQL (compiled to WebAssembly), in sqlite3 and in DuckDB, CSV as
// well as NDJSON. The exact sums of what was loaded are those of --sum, and of an addition of this file.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { parse as parseCsv } from 'csv-parse/sync';
import { stringify } from 'lossless-json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { Field, Fields } from '../../src/core/fields.ts';
import { isList, mainKey } from '../../src/core/keys.ts';
import { type Duckdb, hasDuckdb, openDuckdb } from '../runner/duckdb.ts';
import { type Home, makeHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { hasPrograms } from '../runner/programs.ts';
import { recordsIn } from './documented-csv.ts';
import { factsOfEndpoints } from './facts.ts';

const known = (await factsOfEndpoints()).filter(({ endpoint }) => !endpoint.open);
const hasSqlite = hasPrograms({ sqlite3: 'sqlite3' });

/** Amounts of the record itself and its groups. */
function moneyNames(fields: Fields): string[] {
  return namesOf(fields, ({ kind }) => kind === 'money');
}

function currencyNames(fields: Fields): string[] {
  return namesOf(fields, field => field.kind === 'text' && field.currencyOf !== undefined);
}

function namesOf(fields: Fields, isWanted: (field: Field) => boolean, prefix = ''): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind === 'group') return namesOf(field.fields, isWanted, `${prefix}${name}.`);
    return isWanted(field) ? [`${prefix}${name}`] : [];
  });
}

/** An answer of an endpoint that repeats no key is of one key, and no list. */
function rowsOf(endpoint: Endpoint): number {
  return isList(endpoint) || mainKey(endpoint)?.key.field !== undefined ? 60 : 1;
}

/** Amounts that a double would not keep, as the `n`-th row has them. */
function amount(n: number): string {
  const sign = n % 7 === 3 ? '-' : '';
  const whole = n % 5 === 0 ? `${n + 1}9007199254740993` : `${n}`;
  return `${sign}${whole}.${'0123456789'.slice(0, 1 + (n % 10))}`;
}

/** A total by integers alone. */
function added(amounts: readonly string[]): string {
  const scaled = amounts.map(text => {
    const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
    return BigInt(`${sign}${whole}${fraction.padEnd(12, '0')}`);
  });
  return String(scaled.reduce((sum, value) => sum + value, 0n));
}

const sameScale = (text: string): string => added([text]);

/** A saved answer of many records: the documented one, with amounts and keys of its own. */
function saved(endpoint: Endpoint): { readonly lines: string; readonly keys: readonly string[] } {
  const [sample = {}] = recordsIn(endpoint);
  const main = Object.values(endpoint.keys ?? {}).at(-1);
  const keys: string[] = [];
  const lines = Array.from({ length: rowsOf(endpoint) }, (_, n) => {
    const key =
      main?.field === undefined
        ? (Object.values(endpoint.exampleKeys?.[0] ?? {}).at(-1) ?? '')
        : main.grammar.ignoreCase === true
          ? `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
          : `ID_${n}`;
    keys.push(key);
    const record = structuredClone(JSON.parse(stringify(sample) ?? '{}'));
    if (main?.field !== undefined) place(record, main.field.split('.'), key);
    for (const name of currencyNames(endpoint.fields)) place(record, name.split('.'), 'CNY');
    for (const [at, name] of moneyNames(endpoint.fields).entries()) place(record, name.split('.'), `@${amount(n + at)}@`);
    return JSON.stringify(record);
  });
  // Every second amount is a number, the others are texts.
  let turn = 0;
  const text = lines.join('\n').replaceAll(/"@([^"]*)@"/g, (_, found: string) => (turn++ % 2 === 0 ? found : `"${found}"`));
  return { lines: `${text}\n`, keys };
}

function place(record: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    record[name] = value;
    return;
  }
  const inner = typeof record[name] === 'object' && record[name] !== null ? (record[name] as Record<string, unknown>) : {};
  record[name] = inner;
  place(inner, rest, value);
}

let home: Home;
let postgres: PGlite;
let duckdb: Duckdb | undefined;
beforeAll(async () => {
  home = await makeHome();
  postgres = await PGlite.create();
  duckdb = await openDuckdb(home.cwd);
}, 120_000);
afterAll(async () => {
  await postgres.close();
  duckdb?.close();
  await home.remove();
});

/** The member of an NDJSON row that a column of CSV is, as a path of SQL. */
function jsonPath(name: string): string {
  const parts = name.startsWith('request.') ? ['_request', name.slice('request.'.length)] : name.split('.');
  return `'$${parts.map(part => `."${part}"`).join('')}'`;
}

describe.each(known)('$name', ({ provider, endpoint }) => {
  const money = moneyNames(endpoint.fields);
  const table = `${provider.name}_${endpoint.name}`.replaceAll('-', '_');
  const file = `${provider.name}-${endpoint.name}.csv`;
  const lines = `${provider.name}-${endpoint.name}.ndjson`;
  const rows = rowsOf(endpoint);
  let csv = '';
  let totals: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    const answer = saved(endpoint);
    const input = await home.write('saved.ndjson', answer.lines);
    const outer = Object.keys(endpoint.keys ?? {}).slice(0, -1);
    const fixed = outer.map(parameter => endpoint.exampleKeys?.[0]?.[parameter] ?? '');
    const selected = isList(endpoint) ? [] : [...fixed, ...answer.keys];
    const args = [provider.name, endpoint.name, ...selected, '--input', input];
    const said = await runInProcess([...args, '--csv', ...(money.length === 0 ? [] : ['--sum', money.join(',')])], { home });
    expect({ code: said.code, stderr: said.stderr.split('\n').filter(l => /error|hint/.test(l)) }).toEqual({ code: 0, stderr: [] });
    csv = said.stdout;
    totals = Object.fromEntries(
      [...said.stderr.matchAll(/^sum of (\S+): (-?[\d.]+)/gm)].map(([, name = '', total = '']) => [name, sameScale(total)]),
    );
    await writeFile(join(home.cwd, file), csv);
    const ndjson = await runInProcess([...args, '-o', 'ndjson', '--numbers', 'text', '--with-request', '-q'], { home });
    expect([ndjson.code, ndjson.stderr]).toEqual([0, '']);
    await writeFile(join(home.cwd, lines), ndjson.stdout);
  });

  const statements = async (format: string): Promise<string> =>
    (await runInProcess(['schema', provider.name, endpoint.name, '-o', format], { home })).stdout;
  const sumOf = (name: string, sum: string) => `${sum}("${name}")`;
  const wanted = () => [String(rows), ...money.map(name => totals[name])];

  test('--sum is what the amounts add up to', () => {
    const records = parseCsv(csv, { columns: true }) as Record<string, string>[];
    expect(records.length).toBe(rows);
    expect(Object.keys(totals).sort()).toEqual([...money].sort());
    for (const name of money) expect(totals[name]).toBe(added(records.map(record => record[name] ?? '').filter(text => text !== '')));
  });

  test('PostgreSQL', async () => {
    const [create = '', copy = ''] = (await statements('postgres')).split(/^\\copy /m);
    await postgres.exec(create);
    await postgres.query(`COPY ${copy.replace(/'[^']*\.csv'/, "'/dev/blob'")}`, [], { blob: new Blob([csv]) });
    const sums = money.map(name => `, ${sumOf(name, 'sum')}::text AS "${name}"`);
    const { rows: found } = await postgres.query<Record<string, string>>(`SELECT count(*)::text AS n${sums.join('')} FROM "${table}"`);
    expect([found[0]?.n, ...money.map(name => sameScale(found[0]?.[name] ?? ''))]).toEqual(wanted());
  });

  test.runIf(hasSqlite)('sqlite3, with text for numeric', async () => {
    const [create = ''] = (await statements('postgres')).split(/^\\copy /m);
    const script = `${create.replaceAll(' numeric', ' text')}
.import --csv --skip 1 ${file} ${table}
SELECT count(*)${money.map(name => `, ${sumOf(name, 'decimal_sum')}`).join('')} FROM "${table}";
`;
    expect(await bySqlite(script)).toEqual(wanted());
  });

  test.runIf(hasSqlite)('sqlite3, NDJSON', async () => {
    const sums = money.map(name => `, decimal_sum(json_extract(line, ${jsonPath(name)}))`);
    const script = `CREATE TABLE lines (line text);
.mode ascii
.separator "\\037" "\\n"
.import ${lines} lines
.mode csv
SELECT count(*)${sums.join('')} FROM lines;
`;
    expect(await bySqlite(script)).toEqual(wanted());
  });

  async function bySqlite(script: string): Promise<string[]> {
    const { stdout, stderr } = spawnSync('sqlite3', ['-csv'], { input: script, cwd: home.cwd, encoding: 'utf8' });
    expect(stderr).toBe('');
    const [count = '', ...found] = stdout.trim().split(',');
    return [count, ...found.map(sameScale)];
  }

  test.runIf(hasDuckdb)('DuckDB', async () => {
    await duckdb?.run(await statements('duckdb'));
    expect(await byDuckdb()).toEqual(wanted());
    // The same table from NDJSON. Times are the provider's own there.
    const described = (await duckdb?.rows(`SELECT column_name, column_type FROM (DESCRIBE "${table}")`)) ?? [];
    const columns = described.filter(([, type = '']) => !type.startsWith('TIMESTAMP'));
    const cells = columns.map(([name = '', type]) => `CAST(json ->> ${jsonPath(name)} AS ${type}) AS "${name}"`);
    await duckdb?.run(
      `DELETE FROM "${table}"; INSERT INTO "${table}" BY NAME SELECT ${cells.join(', ')} FROM read_ndjson_objects('${lines}')`,
    );
    expect(await byDuckdb()).toEqual(wanted());
  });

  async function byDuckdb(): Promise<string[]> {
    const sums = money.map(name => `, ${sumOf(name, 'sum')}::VARCHAR`);
    const [[count = '', ...rest] = []] = (await duckdb?.rows(`SELECT count(*)${sums.join('')} FROM "${table}"`)) ?? [];
    return [count, ...rest.map(sameScale)];
  }
});
