// What a part of the bench finds: tables of rows, each beside the row that counts as 1, printed and kept for results.json.

/** @typedef {{ median: number, min: number, max: number }} Spread */

export class Report {
  tables = [];

  /** One table. `by` is what the ratio is taken of: wall or CPU time. `goals`: largest ratio by row. `missing`: peers that are not installed. */
  add({ id, title, by = 'cpu', base, runs, goals = {}, missing = [] }) {
    const rows = Object.entries(runs).map(([name, run]) => ({
      name,
      ...run,
      ratio: run[by].median / runs[base][by].median,
      ...(goals[name] !== undefined && { goal: goals[name] }),
    }));
    this.#keep({ id, title, unit: 'ms', by, base, rows, missing });
  }

  /** Single figures, as `{ name: value }`, in a unit of their own; `goals`: largest value by name. */
  figures({ id, title, unit, values, goals = {}, missing = [] }) {
    const rows = Object.entries(values).map(([name, value]) => ({ name, value, ...(goals[name] !== undefined && { goal: goals[name] }) }));
    this.#keep({ id, title, unit, rows, missing });
  }

  #keep(table) {
    this.tables.push(table);
    console.log(`\n${table.title}${table.by === undefined ? '' : ` (${table.by} time; ${table.base} = 1)`}`);
    const width = Math.max(...table.rows.map(({ name }) => name.length));
    for (const row of table.rows)
      console.log(`  ${row.name.padEnd(width)}  ${table.by === undefined ? figureOf(row, table.unit) : timesOf(row)}${goalOf(row)}`);
    for (const name of table.missing) console.log(`  ${name.padEnd(width)}  not installed`);
  }
}

const spreadOf = ({ median, min, max }) => `${median.toFixed(0).padStart(6)} (${min.toFixed(0)}-${max.toFixed(0)})`.padEnd(19);
const timesOf = ({ wall, cpu, ratio }) => `wall ${spreadOf(wall)} cpu ${spreadOf(cpu)} ms ${ratio.toFixed(2).padStart(6)} x`;
const figureOf = ({ value }, unit) => `${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}`;

function goalOf({ ratio, value, goal }) {
  if (goal === undefined) return '';
  return `  goal ${goal}${(ratio ?? value) <= goal ? '' : ': MISSED'}`;
}
