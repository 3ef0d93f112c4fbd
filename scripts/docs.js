// Writes the generated files (reference pages, config schema, the figures of docs/performance.md), or with --check tells whether they are up to date.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { performanceFiles } from '../bench/page.js';
import { withPageParts } from './page-parts.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

const folder = await mkdtemp(join(tmpdir(), 'loanq-docs-'));
try {
  const outfile = join(folder, 'reference.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/docs/reference.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['@napi-rs/keyring'],
    loader: { '.example.json': 'text' },
    plugins: [withPageParts(root)],
    define: { LOANQ_VERSION: '""' },
    banner: { js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);" },
  });
  const { renderFiles } = await import(pathToFileURL(outfile).href);
  const files = { ...(await renderFiles(await readFile(join(root, 'README.md'), 'utf8'))), ...performanceFiles() };
  const stale = [];
  for (const [path, text] of Object.entries(files)) {
    const there = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (there === text) continue;
    stale.push(path);
    if (!check) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  }
  for (const name of await readdir(join(root, 'docs/reference')).catch(() => [])) {
    if (`docs/reference/${name}` in files) continue;
    stale.push(`docs/reference/${name}`);
    if (!check) await rm(join(root, 'docs/reference', name));
  }
  if (check && stale.length > 0) {
    console.error(`stale: ${stale.join(', ')} (npm run docs writes them anew)`);
    process.exitCode = 1;
  } else {
    console.log(check ? `${Object.keys(files).length} generated files are up to date` : `${stale.length} files written`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
