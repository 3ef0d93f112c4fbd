// A table for a CSV export, and the statement that loads it, for PostgreSQL and DuckDB: no type is guessed, no amount is rounded.
import type { Content, TableColumn, TableShape } from './table-shape.ts';

interface Dialect {
  readonly types: Readonly<Record<Content, string>>;
  /** What a reader of the statement should know. */
  readonly notes: readonly string[];
  readonly load: (table: TableShape) => string;
}

const keyNote = '-- A key that was asked for twice has two rows: --unique asks once.';

const postgres: Dialect = {
  types: {
    text: 'text',
    amount: 'numeric',
    number: 'numeric',
    instant: 'timestamptz',
    day: 'date',
    flag: 'boolean',
    json: 'json',
  },
  notes: ['-- numeric keeps every digit. timestamptz keeps microseconds.'],
  load: ({ name, columns }) => {
    const names = columns.map(column => quoted(column.name)).join(', ');
    return `\\copy ${tableName(name)} (${names}) FROM '${name}.csv' WITH (FORMAT csv, HEADER true)\n`;
  },
};

const duckdb: Dialect = {
  types: {
    text: 'VARCHAR',
    amount: 'DECIMAL(38, 10)',
    number: 'DECIMAL(38, 18)',
    instant: 'TIMESTAMPTZ',
    day: 'DATE',
    flag: 'BOOLEAN',
    json: 'JSON',
  },
  notes: ['-- A DECIMAL of DuckDB rounds what has more places: such a value ends the load with an error. TIMESTAMPTZ keeps microseconds.'],
  load: table => {
    const read = table.columns.map(({ name }) => `    ${text(name)}: 'VARCHAR'`).join(',\n');
    return `INSERT INTO ${tableName(table.name)} BY NAME
SELECT
${table.columns.map(duckdbCell).join(',\n')}
FROM read_csv('${table.name}.csv',
  auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', nullstr = '', max_line_size = 16777216,
  columns = {
${read}
  });
`;
  },
};

/** Digits before and behind the point of the DECIMAL of a content. */
const places: Readonly<Partial<Record<Content, readonly [whole: number, fraction: number]>>> = { amount: [28, 10], number: [20, 18] };

function duckdbCell({ name, content }: TableColumn): string {
  const column = quoted(name);
  const type = duckdb.types[content];
  const fits = places[content];
  if (fits === undefined) return content === 'text' ? `  ${column}` : `  CAST(${column} AS ${type}) AS ${column}`;
  const [whole, fraction] = fits;
  return `  CASE WHEN ${column} IS NULL OR regexp_full_match(${column}, '-?[0-9]{1,${whole}}([.][0-9]{1,${fraction}})?')
    THEN CAST(${column} AS ${type}) ELSE error(${text(`${name} does not fit ${type}: `)} || ${column}) END AS ${column}`;
}

export function postgresOf(table: TableShape): string {
  return statements(table, postgres);
}

export function duckdbOf(table: TableShape): string {
  return statements(table, duckdb);
}

function statements(table: TableShape, { types, notes, load }: Dialect): string {
  const { name, call, document, columns, key } = table;
  const width = Math.max(...columns.map(column => quoted(column.name).length + types[column.content].length));
  const lines = columns.map((column, at) => {
    const declared = `${quoted(column.name)} ${types[column.content]}`;
    const isLast = at === columns.length - 1 && key.length === 0;
    return `  ${`${declared}${isLast ? '' : ','}`.padEnd(width + 2)}  -- ${column.about === undefined ? column.title : `${column.title}: ${column.about}`}`;
  });
  const primary = key.length === 0 ? [] : [`  PRIMARY KEY (${key.map(quoted).join(', ')})`];
  return [
    `-- loanq ${call}, -o csv. Fields: ${document}`,
    ...notes,
    ...(key.length === 0 ? [] : [keyNote]),
    `CREATE TABLE ${tableName(name)} (`,
    ...lines,
    ...primary,
    ');',
    '',
    load(table),
  ].join('\n');
}

function tableName(name: string): string {
  return quoted(name.replaceAll('-', '_'));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
