// Bundles src into dist, split so that help loads neither got nor inquirer, with the notices of what is inside. esbuild splits
// ES modules only, so the chunks are made CommonJS afterwards: Node loads those some 10 ms sooner.
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { bundledPackages } from './bundled-packages.js';
import { notices } from './notices.js';
import { sbom } from './sbom.js';
import { withoutUnusedParts } from './unused-parts.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const about = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const result = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts', 'keyring-child': 'src/auth/keyring-child.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  metafile: true,
  write: false,
  external: ['@napi-rs/keyring'],
  loader: { '.example.json': 'text' },
  define: { LOANQ_VERSION: JSON.stringify(about.version) },
  // Its main file asks for its parts in a way no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [withoutUnusedParts],
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
});

/**
 * CommonJS made from ES modules reads every import through a getter, in hot loops too. Once a chunk has run, its functions
 * are what they are, so they become plain properties; anything else stays live.
 */
const settledExports = `{const live=module.exports,settled=Object.defineProperty({},"__esModule",{value:true});for(const name of Object.keys(live))typeof live[name]==="function"?settled[name]=live[name]:Object.defineProperty(settled,name,{enumerable:true,get:()=>live[name]});module.exports=settled}\n`;

await rm(join(root, 'dist'), { recursive: true, force: true });
for (const file of result.outputFiles) {
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
  });
  await mkdir(dirname(file.path), { recursive: true });
  await writeFile(file.path, code + settledExports);
}
await writeFile(join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
const bundled = await bundledPackages(result.metafile, root);
await writeFile(join(root, 'THIRD-PARTY-NOTICES.md'), await notices(bundled, root));
await writeFile(join(root, 'sbom.cdx.json'), await sbom(bundled, root));
for (const name of ['package.json', ...about.files]) await setModes(join(root, name));

/** Archives keep modes: without this, a package would differ with the umask of whoever checked out and built. */
async function setModes(path) {
  const there = await stat(path);
  const wanted = there.isDirectory() || there.mode & 0o100 ? 0o755 : 0o644;
  if ((there.mode & 0o777) !== wanted) await chmod(path, wanted);
  if (there.isDirectory()) for (const name of await readdir(path)) await setModes(join(path, name));
}
