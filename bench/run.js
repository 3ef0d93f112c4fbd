// `npm run bench -- [part...] [--against FILE]`: start-up, lookups, fan-out, conversion, memory and growth, each beside the tools people use instead.
// Prints everything, asserts nothing; what is found is kept in results.json, from which docs/performance.md is made.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { disagreements } from './agreement.js';
import { convert } from './cases/convert.js';
import { fanout, packed } from './cases/fanout.js';
import { growth } from './cases/growth.js';
import { lookups, secure } from './cases/lookups.js';
import { page } from './cases/page.js';
import { registry } from './cases/registry.js';
import { resume } from './cases/resume.js';
import { start } from './cases/start.js';
import { goesFirst } from './measure.js';
import { Report } from './report.js';

const parts = { start, lookups, secure, fanout, packed, convert, growth, resume, registry, page };
// The secret filter has a bench of its own, where it is part of the project.
const filter = new URL('./secret-filter.js', import.meta.url);
if (existsSync(filter)) parts.filter = Object.values(await import(filter.href)).find(value => typeof value === 'function');

const given = process.argv.slice(2);
const againstAt = given.indexOf('--against');
/** The results of another run: read first, because it may be the file that is written. */
const others = againstAt === -1 ? undefined : JSON.parse(readFileSync(given[againstAt + 1] ?? '', 'utf8')).parts;
const wanted = againstAt === -1 ? given : given.toSpliced(againstAt, 2);
const unknown = wanted.filter(name => !(name in parts));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}: one of ${Object.keys(parts).join(', ')}`);

const file = new URL('./results.json', import.meta.url);
const started = performance.now();
/** Some minutes apart: a spread that knows one moment of the machine is not that of another run. */
const sittings = 2;
const found = new Map(Object.keys(parts).flatMap(name => (wanted.length > 0 && !wanted.includes(name) ? [] : [[name, begun()]])));
for (let sitting = 1; sitting <= sittings; sitting += 1) {
  for (const [name, of] of found) {
    const before = performance.now();
    console.log(`sitting ${sitting} of ${sittings}: ${name}`);
    await parts[name](of.report);
    of.seconds += (performance.now() - before) / 1000;
    of.load = Math.max(of.load, loadavg()[0] ?? 0);
  }
}
for (const [name, of] of found) {
  of.report.print();
  keep(name, of);
}
if (others !== undefined) printAgreement(others);
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all`);
if (Object.keys(parts).every(name => JSON.parse(readFileSync(file, 'utf8')).parts[name] !== undefined))
  spawnSync(process.execPath, [fileURLToPath(new URL('../scripts/docs.js', import.meta.url))], { stdio: 'inherit' });

function begun() {
  return { report: new Report(), seconds: 0, load: 0 };
}

function printAgreement(earlier) {
  const { parts: now } = JSON.parse(readFileSync(file, 'utf8'));
  const measured = Object.fromEntries(Object.entries(now).filter(([name]) => wanted.length === 0 || wanted.includes(name)));
  const { words, compared } = disagreements(measured, earlier);
  console.log(`\n${compared - words.length} of ${compared} figures agree with the other run`);
  for (const word of words) console.log(`  ${word}`);
}

/** Puts the tables of a part in the place of those of an earlier run, also where the others are of another day: each says when it was. */
function keep(name, { report: { tables }, seconds, load }) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).parts : {};
  const made = {
    version,
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      gigabytes: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${arch()}`,
    },
    load,
    goesFirst,
    seconds,
    tables,
  };
  const all = { ...known, [name]: made };
  const inOrder = Object.fromEntries(Object.keys(parts).flatMap(part => (all[part] === undefined ? [] : [[part, all[part]]])));
  writeFileSync(file, `${JSON.stringify({ parts: inOrder }, undefined, 2)}\n`);
}
