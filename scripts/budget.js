// What a command loads of the bundle, by the bytes of its packs, and of Node: a budget for each, so that nothing heavy comes back unseen.
import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import { pageModule } from './page-parts.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const documented = '229fe24c-d840-48dc-959a-e0ff1479df35';

/** Modules of Node that take milliseconds, for those who have no use of them: a lookup over plain http has none of TLS. */
const network = ['http', 'https', 'tls', 'crypto'];
const secure = ['https', 'tls', 'crypto', 'zlib'];
/** What says little has no use of streams either, unless it is said on a terminal. */
const streams = [...network, 'net', 'tty', 'os', 'stream', 'zlib'];

/**
 * Kilobytes that a command may load, what it is called with, what of Node it must not load, and what it is given to read. About a
 * tenth above what it takes now.
 */
const budgets = [
  [220, ['--help'], streams],
  [230, ['crego', '--help'], streams],
  [410, ['crego', 'record', '--input', '-', '--json'], network],
  [540, ['crego', 'settlements', '--input', '-', '-o', 'xlsx', '--out', 'budget.xlsx'], network, '[]'],
  [820, ['endpoints', '-o', 'html'], ['http', 'https', 'tls']],
  [540, ['crego', 'record', documented, '--dry-run'], streams],
  [490, ['config', 'path'], network],
  [690, ['config', 'check'], streams],
  [690, ['crego', 'record', documented, '--json'], secure],
];

/** Kilobytes that every page of -o html carries: its script and its style. */
const pageBudget = 22;

/** Opened one way, as a shell does it: an output that can be read, too, looks like a closed one. */
const nowhere = openSync(devNull, 'w');

const folder = await mkdtemp(join(tmpdir(), 'loanq-budget-'));
try {
  await mkdir(join(folder, 'dist'));
  for (const name of ['bin', 'package.json']) await cp(join(root, name), join(folder, name), { recursive: true });
  const { files } = await bundle(root, 'budget');
  for (const [name, text] of files) await writeFile(join(folder, 'dist', name), text);
  const probe = join(folder, 'probe.cjs');
  await writeFile(
    probe,
    `const fs=require('node:fs'),read=fs.readFileSync,seen=new Map();fs.readFileSync=function(path,...rest){const found=read.call(this,path,...rest);if(String(path).includes('dist'))seen.set(path,found.length);return found};process.on('exit',()=>fs.writeFileSync(process.env.LOADED,JSON.stringify({packs:[...seen],modules:process.moduleLoadList})));`,
  );
  let isOver = false;
  for (const [kilobytes, args, never, input] of budgets) {
    const { packs: loaded, modules } = await loadedBy(args, input ?? '{}\n', probe);
    const unwanted = never.filter(name => modules.includes(`NativeModule ${name}`));
    if (unwanted.length > 0) {
      isOver = true;
      console.log(`loanq ${args.join(' ')}: loads ${unwanted.join(', ')} of Node, which it has no use of (scripts/budget.js)`);
    }
    const sum = Math.ceil(loaded.reduce((total, [, bytes]) => total + bytes, 0) / 1024);
    const says = `${String(sum).padStart(5)} of ${kilobytes} kB in ${loaded.length} packs  loanq ${args.join(' ')}`;
    if (sum > kilobytes) isOver = true;
    if (sum > kilobytes || process.argv.includes('--list'))
      console.log(sum > kilobytes ? `${says}: over its budget (scripts/budget.js)` : says);
  }
  const page = Math.ceil((await pageModule(root)).length / 1024);
  if (page > pageBudget) {
    isOver = true;
    console.log(`${page} of ${pageBudget} kB in every page of -o html: over its budget (scripts/budget.js)`);
  } else if (process.argv.includes('--list')) console.log(`${String(page).padStart(5)} of ${pageBudget} kB in every page of -o html`);
  if (isOver) process.exitCode = 1;
  else console.log('every command keeps to its budget');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The packs that a command opens, with their sizes, and Node's modules. How it ends does not matter: nothing answers at that address. */
async function loadedBy(args, input, probe) {
  const env = { PATH: process.env.PATH, HOME: folder, NODE_DISABLE_COMPILE_CACHE: '1', LOADED: join(folder, 'loaded.json') };
  const profile = { LOANQ_CREGO_TOKEN: 'budget-token', LOANQ_CREGO_BASE_URL: 'http://127.0.0.1:9' };
  const call = ['--require', probe, join(folder, 'bin/loanq.js'), ...args, ...(args.includes(documented) ? ['--retries', '0'] : [])];
  const stdio = ['pipe', nowhere, 'pipe'];
  const { status, stderr } = spawnSync(process.execPath, call, {
    cwd: folder,
    env: { ...env, ...profile },
    input,
    stdio,
    encoding: 'utf8',
  });
  if (status === 1) throw new Error(`loanq ${args.join(' ')}: ${stderr}`);
  return JSON.parse(await readFile(env.LOADED, 'utf8'));
}
