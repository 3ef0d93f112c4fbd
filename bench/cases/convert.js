// Saved answers made into CSV, JSON and a table, numbers exact, beside the tools that do the same to any JSON.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, isInstalled, launcher, measure } from '../measure.js';
import { writeRecords } from '../records.js';

const node = process.execPath;
const duckdb = fileURLToPath(new URL('../duckdb.cjs', import.meta.url));
export const fields = ['id', 'created_at', 'type', 'ref_id', 'amount', 'remaining_amount', 'status', 'account'];

export async function convert(report) {
  const count = 100_000;
  const saved = join(folder, 'saved.ndjson');
  writeRecords(saved, count);
  const parse = join(folder, 'parse.cjs');
  writeFileSync(parse, "for(const line of require('fs').readFileSync(process.argv[2],'utf8').split('\\n'))if(line)JSON.parse(line);");
  const input = [node, launcher, 'crego', 'record', '--input', saved];
  const commands = {
    'loanq to CSV, 8 columns': [...input, '--csv', '--fields', fields.join(',')],
    'loanq to CSV, every column': [...input, '--csv'],
    'loanq to JSON': [...input, '--json'],
    'loanq to a table': input,
    'JSON.parse of each line, nothing else': [node, parse, saved],
  };
  const missing = [];
  if (isInstalled('jq')) commands['jq to CSV, 8 columns'] = ['jq', '-r', `[${fields.map(name => `.${name}`).join(',')}]|@csv`, saved];
  else missing.push('jq');
  if (isInstalled('mlr')) commands['Miller to CSV, 8 columns'] = ['mlr', '--ijsonl', '--ocsv', 'cut', '-o', '-f', fields.join(','), saved];
  else missing.push('Miller');
  if (hasDuckdb()) commands['DuckDB (npm) to CSV, 8 columns'] = [node, duckdb, saved, fields.join(), join(folder, 'duck.csv')];
  else missing.push('DuckDB');
  const base = isInstalled('jq') ? 'jq to CSV, 8 columns' : 'JSON.parse of each line, nothing else';
  const goals = isInstalled('jq') ? { 'loanq to CSV, 8 columns': 0.5 } : {};
  report.add({
    id: 'convert',
    title: `${count.toLocaleString('en')} varied saved records`,
    by: 'wall',
    base,
    runs: measure(commands, 2, {}, 0),
    goals,
    missing,
  });
}

/** No dependency: `npm install --no-save @duckdb/node-api` brings it. */
function hasDuckdb() {
  try {
    createRequire(import.meta.url).resolve('@duckdb/node-api');
    return true;
  } catch {
    return false;
  }
}
