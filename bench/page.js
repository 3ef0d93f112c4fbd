// docs/performance.md and its picture from results.json: every figure of the page is put in here, none is typed.
import { readFileSync } from 'node:fs';
import { drawBars } from './picture.js';

/** The files by their paths in the project. Throws when the page asks for a figure that the results do not have. */
export function performanceFiles() {
  const { parts } = JSON.parse(readFileSync(new URL('./results.json', import.meta.url), 'utf8'));
  const runs = Object.values(parts);
  const results = { runs, tables: runs.flatMap(({ tables }) => tables) };
  const template = readFileSync(new URL('./performance.md', import.meta.url), 'utf8');
  const typed = withoutPlaces(template).match(/\d[\d.,]*\s*(?:x|×|ms|s|MB|µs|%)(?![\w])/g);
  if (typed !== null) throw new Error(`bench/performance.md has a figure typed by hand: ${typed.join(', ')}`);
  const start = results.tables.find(({ id }) => id === 'start-20') ?? results.tables[0];
  return {
    'docs/performance.md': template.replace(/\{\{([^}]+)\}\}/g, (_, place) => fill(place.trim(), results)),
    'docs/performance.svg': drawBars(start),
  };
}

const withoutPlaces = text => text.replace(/\{\{[^}]+\}\}|`[^`]*`/g, '');

/** `table ID`, `ratio ID ROW`, `value ID ROW`, `cpu ID ROW`, `wall ID ROW`, `quotient ID ROW / ROW`, or what is known of the runs. */
function fill(place, results) {
  const [word, id, ...rest] = place.split(' ');
  const row = rest.join(' ');
  switch (word) {
    case 'table':
      return tableText(tableOf(results, id));
    case 'tables':
      return results.tables
        .filter(table => table.id.startsWith(id))
        .map(table => `**${table.title}**\n\n${tableText(table)}`)
        .join('\n\n');
    case 'ratio':
      return rowOf(results, id, row).ratio.toFixed(2);
    case 'value':
      return rowOf(results, id, row).value.toFixed(0);
    case 'cpu':
    case 'wall':
      return rowOf(results, id, row)[word].median.toFixed(0);
    case 'quotient': {
      const [above, below] = row.split(' / ').map(name => rowOf(results, id, name).value);
      return (above / below).toFixed(2);
    }
    case 'missed':
      return missedText(results);
    case 'load': {
      const loads = results.runs.map(({ load }) => load).sort((one, other) => one - other);
      return `${loads[0].toFixed(1)} to ${loads.at(-1).toFixed(1)}`;
    }
    case 'seconds':
      return results.runs.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0);
    case 'shape': {
      const shapes = results.runs.map(
        ({ version, date, node, machine: { cpu, cores, gigabytes, system } }) =>
          `loanq ${version}, ${date}, Node ${node}; ${cpu}, ${cores} cores, ${gigabytes} GB, ${system}`,
      );
      return [...new Set(shapes)].join('; and ');
    }
    case 'priority':
      return results.runs.every(({ goesFirst }) => goesFirst) ? ', and what is measured went before other work' : '';
    default:
      throw new Error(`nothing is known of {{${place}}}`);
  }
}

function tableOf({ tables }, id) {
  const table = tables.find(candidate => candidate.id === id);
  if (table === undefined) throw new Error(`the results have no table ${id}`);
  return table;
}

function rowOf(results, id, name) {
  const row = tableOf(results, id).rows.find(candidate => candidate.name === name);
  if (row === undefined) throw new Error(`the table ${id} has no row ${name}`);
  return row;
}

function tableText({ by, unit, rows, missing }) {
  const head = by === undefined ? `| | ${unit} | goal |` : `| | wall, ms | CPU, ms | × (${by}) | goal |`;
  const lines = rows.map(row => (by === undefined ? figureLine(row) : timeLine(row)));
  const absent = missing.length === 0 ? [] : ['', `Not installed here: ${missing.join(', ')}.`];
  return [head, head.replace(/[^|]+/g, ' --- '), ...lines, ...absent].join('\n');
}

const spreadText = ({ median, min, max }) => `${median.toFixed(0)} (${min.toFixed(0)} to ${max.toFixed(0)})`;
const timeLine = ({ name, wall, cpu, ratio, goal }) =>
  `| ${name.replaceAll('|', '\\|')} | ${spreadText(wall)} | ${spreadText(cpu)} | ${ratio.toFixed(2)} | ${goal === undefined ? '' : `≤ ${goal}`} |`;
const figureText = value => value.toFixed(value < 10 ? 2 : 0);
const figureLine = ({ name, value, min, max, goal }) =>
  `| ${name} | ${figureText(value)}${min === max ? '' : ` (${figureText(min)} to ${figureText(max)})`} | ${goal === undefined ? '' : `≤ ${goal.toFixed(goal < 10 ? 2 : 0)}`} |`;

/** The goals that this run has not met, so that the page cannot keep quiet about them. */
function missedText({ tables }) {
  const missed = tables.flatMap(({ title, rows }) =>
    rows
      .filter(({ goal, ratio, value }) => goal !== undefined && (ratio ?? value) > goal)
      .map(({ name, goal, ratio, value }) => `- ${title}: ${name}, ${(ratio ?? value).toFixed(2)} instead of ${goal.toFixed(2)}`),
  );
  return missed.length === 0 ? 'None.' : missed.join('\n');
}
