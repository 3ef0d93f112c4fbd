// A page of 5,000 rows in the system's Chromium: from a key to the rows that are left, laid out anew, their sum with it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { cleanEnvironment, folder, isInstalled, launcher } from '../measure.js';
import { writeRecords } from '../records.js';
import { fields } from './convert.js';

const count = 5_000;
const rounds = 15;
/** Nobody feels less. */
const mostMs = 100;

export async function page(report) {
  const title = `A page of ${count.toLocaleString('en')} rows in Chromium, median of ${rounds}`;
  if (!isInstalled('chromium')) return report.figures({ id: 'page', title, unit: 'ms', values: {}, missing: ['Chromium'] });
  const saved = join(folder, 'saved-page.ndjson');
  writeRecords(saved, count);
  const args = ['crego', 'record', '--input', saved, '-o', 'html', '--fields', fields.join(','), '--sum', 'amount'];
  const { stdout, status, stderr } = spawnSync(process.execPath, [launcher, ...args], { env: cleanEnvironment(), maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${stderr}`);
  const file = join(folder, 'page.html');
  writeFileSync(file, stdout);
  const executablePath = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).stdout.trim();
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await tab.goto(`file://${file}`);
    const values = {
      'filter by a word': await median(tab, typing(['re', 'rec', 'recx', ''])),
      'filter by an amount': await median(tab, typing(['amount>100', 'amount>1000000', ''])),
      'sort by amounts': await median(tab, ["document.querySelector('th[data-name=amount] button').click()"]),
    };
    report.figures({ id: 'page', title, unit: 'ms', values, goals: { 'filter by a word': mostMs, 'filter by an amount': mostMs } });
  } finally {
    await browser.close();
  }
}

/** What is done when a text stands in the filter. */
function typing(texts) {
  return texts.map(
    text => `{ const field = document.querySelector('#filter'); field.value = '${text}'; field.dispatchEvent(new Event('input')); }`,
  );
}

/** Milliseconds of the slowest of these actions, its layout with it: the middle of several rounds. */
async function median(tab, actions) {
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    let slowest = 0;
    for (const action of actions) {
      const ms = await tab.evaluate(
        `(() => { const before = performance.now(); ${action}; document.body.getBoundingClientRect(); return performance.now() - before; })()`,
      );
      slowest = Math.max(slowest, ms);
    }
    found.push(slowest);
  }
  return found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)];
}
