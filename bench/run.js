// `npm run bench [part...]`: start-up, lookups, fan-out, conversion, memory and growth, each beside the tools people use instead.
// Prints everything, asserts nothing; a run of all parts is kept in results.json, from which docs/performance.md is made.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { convert } from './cases/convert.js';
import { fanout, packed } from './cases/fanout.js';
import { growth } from './cases/growth.js';
import { lookups, secure } from './cases/lookups.js';
import { registry } from './cases/registry.js';
import { resume } from './cases/resume.js';
import { start } from './cases/start.js';
import { goesFirst } from './measure.js';
import { Report } from './report.js';

const parts = { start, lookups, secure, fanout, packed, convert, growth, resume, registry };
// The secret filter has a bench of its own, where it is part of the project.
const filter = new URL('./secret-filter.js', import.meta.url);
if (existsSync(filter)) parts.filter = Object.values(await import(filter.href)).find(value => typeof value === 'function');

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !(name in parts));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}: one of ${Object.keys(parts).join(', ')}`);

const started = performance.now();
const [loadBefore = 0] = loadavg();
const report = new Report();
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part(report);
const seconds = (performance.now() - started) / 1000;
console.log(`\n${seconds.toFixed(0)} s in all`);

if (wanted.length === 0) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
  };
  const load = [loadBefore, loadavg()[0] ?? 0];
  const results = {
    version,
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    machine,
    load,
    seconds,
    tables: report.tables,
  };
  writeFileSync(new URL('./results.json', import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);
  spawnSync(process.execPath, [fileURLToPath(new URL('../scripts/docs.js', import.meta.url))], { stdio: 'inherit' });
}
