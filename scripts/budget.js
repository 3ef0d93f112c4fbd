// What a command loads of the bundle, by the bytes of its packs: a budget for each, so that nothing heavy comes back unseen.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const documented = '229fe24c-d840-48dc-959a-e0ff1479df35';

/** Kilobytes that a command may load, and what it is called with. About a tenth above what it takes now. */
const budgets = [
  [240, ['--help']],
  [260, ['crego', '--help']],
  [560, ['crego', 'record', '--input', '-', '--json']],
  [640, ['crego', 'record', documented, '--dry-run']],
  [640, ['config', 'path']],
  [780, ['crego', 'record', documented, '--json']],
];

const folder = await mkdtemp(join(tmpdir(), 'loanq-budget-'));
try {
  await mkdir(join(folder, 'dist'));
  for (const name of ['bin', 'package.json']) await cp(join(root, name), join(folder, name), { recursive: true });
  const { files } = await bundle(root, 'budget');
  for (const [name, text] of files) await writeFile(join(folder, 'dist', name), text);
  const probe = join(folder, 'probe.cjs');
  await writeFile(
    probe,
    `const fs=require('node:fs'),read=fs.readFileSync,seen=new Map();fs.readFileSync=function(path,...rest){const found=read.call(this,path,...rest);if(String(path).includes('dist'))seen.set(path,found.length);return found};process.on('exit',()=>fs.writeFileSync(process.env.LOADED,JSON.stringify([...seen])));`,
  );
  let isOver = false;
  for (const [kilobytes, args] of budgets) {
    const loaded = await loadedBy(args, probe);
    const sum = Math.ceil(loaded.reduce((total, [, bytes]) => total + bytes, 0) / 1024);
    const says = `${String(sum).padStart(5)} of ${kilobytes} kB in ${loaded.length} packs  loanq ${args.join(' ')}`;
    if (sum > kilobytes) isOver = true;
    if (sum > kilobytes || process.argv.includes('--list'))
      console.log(sum > kilobytes ? `${says}: over its budget (scripts/budget.js)` : says);
  }
  if (isOver) process.exitCode = 1;
  else console.log('every command keeps to its budget');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The packs that a command opens, with their sizes. How it ends does not matter: nothing answers at that address. */
async function loadedBy(args, probe) {
  const env = { PATH: process.env.PATH, HOME: folder, NODE_DISABLE_COMPILE_CACHE: '1', LOADED: join(folder, 'loaded.json') };
  const profile = { LOANQ_CREGO_TOKEN: 'budget-token', LOANQ_CREGO_BASE_URL: 'http://127.0.0.1:9' };
  const call = ['--require', probe, join(folder, 'bin/loanq.js'), ...args, ...(args.includes(documented) ? ['--retries', '0'] : [])];
  const { status, stderr } = spawnSync(process.execPath, call, { env: { ...env, ...profile }, input: '{}\n', encoding: 'utf8' });
  if (status === 1) throw new Error(`loanq ${args.join(' ')}: ${stderr}`);
  return JSON.parse(await readFile(env.LOADED, 'utf8'));
}
