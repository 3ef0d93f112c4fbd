// What a part of the bench finds, in several sittings: tables of rows, each beside the row that counts as 1, printed and kept for results.json.

/** @typedef {{ median: number, min: number, max: number }} Spread */

export class Report {
  tables = [];
  #found = new Map();

  /**
   * One table of times; what further sittings add comes to the rounds it has. `by` is what the ratio is taken of, wall or CPU time, round by
   * round: a machine that is slower for a while is so for both. `goals`: largest ratio by row. `missing`: peers that are not installed.
   */
  add({ id, title, by = 'cpu', base, runs, goals = {}, missing = [] }) {
    const rounds = this.#pooled(id, Object.entries(runs), (one, two) => ({
      wall: [...one.wall, ...two.wall],
      cpu: [...one.cpu, ...two.cpu],
    }));
    const rows = [...rounds].map(([name, { wall, cpu }]) => {
      const ratios = spread((by === 'cpu' ? cpu : wall).map((value, at) => value / rounds.get(base)[by][at]));
      const goal = goals[name] === undefined ? {} : { goal: goals[name] };
      return { name, rounds: wall.length, wall: spread(wall), cpu: spread(cpu), ratio: ratios.median, ratios, ...goal };
    });
    this.#keep({ id, title, unit: 'ms', by, base, rows, missing });
  }

  /** Single figures of a sitting, as `{ name: value }`, in a unit of their own; `goals`: largest value by name, or what tells them from the values. */
  figures({ id, title, unit, values, goals = {}, missing = [] }) {
    const listed = Object.entries(values).map(([name, value]) => [name, [value]]);
    const found = this.#pooled(id, listed, (one, two) => [...one, ...two]);
    const means = Object.fromEntries([...found].map(([name, list]) => [name, list.reduce((sum, value) => sum + value, 0) / list.length]));
    const limits = typeof goals === 'function' ? goals(means) : goals;
    const rows = [...found].map(([name, list]) => {
      const goal = limits[name] === undefined ? {} : { goal: limits[name] };
      return { name, value: means[name], min: Math.min(...list), max: Math.max(...list), ...goal };
    });
    this.#keep({ id, title, unit, rows, missing });
  }

  print() {
    for (const table of this.tables) {
      console.log(`\n${table.title}${table.by === undefined ? '' : ` (${table.by} time; ${table.base} = 1)`}`);
      const width = Math.max(...table.rows.map(({ name }) => name.length));
      for (const row of table.rows)
        console.log(`  ${row.name.padEnd(width)}  ${table.by === undefined ? figureOf(row, table.unit) : timesOf(row)}${goalOf(row)}`);
      for (const name of table.missing) console.log(`  ${name.padEnd(width)}  not installed`);
    }
  }

  #pooled(id, entries, join) {
    const known = this.#found.get(id) ?? new Map();
    this.#found.set(id, new Map(entries.map(([name, found]) => [name, known.has(name) ? join(known.get(name), found) : found])));
    return this.#found.get(id);
  }

  #keep(table) {
    const at = this.tables.findIndex(({ id }) => id === table.id);
    if (at === -1) this.tables.push(table);
    else this.tables[at] = table;
  }
}

function spread(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return { median: (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2, min: sorted[0], max: sorted.at(-1) };
}

const spreadOf = ({ median, min, max }) => `${median.toFixed(0).padStart(6)} (${min.toFixed(0)}-${max.toFixed(0)})`.padEnd(19);
const timesOf = ({ wall, cpu, ratio }) => `wall ${spreadOf(wall)} cpu ${spreadOf(cpu)} ms ${ratio.toFixed(2).padStart(6)} x`;
const figureOf = ({ value }, unit) => `${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}`;

function goalOf({ ratio, value, goal }) {
  if (goal === undefined) return '';
  return `  goal ${goal}${(ratio ?? value) <= goal ? '' : ': MISSED'}`;
}
