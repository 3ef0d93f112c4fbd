// Bundles src into dist, split so that help loads neither got nor inquirer, with the notices of what is inside. esbuild splits ES modules
// only, so the chunks are made CommonJS afterwards, which Node loads some 10 ms sooner, and packed.
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledPackages } from './bundled-packages.js';
import { withLateParts } from './late-parts.js';
import { notices } from './notices.js';
import { packFiles } from './packs.js';
import { sbom } from './sbom.js';
import { withoutUnusedParts } from './unused-parts.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const about = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.17',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['@napi-rs/keyring'],
  write: false,
};
// A process of its own with next to nothing in it: no part of the packs.
const child = await build({ ...common, entryPoints: ['src/auth/keyring-child.ts'], outdir: 'dist', format: 'cjs' });
const result = await build({
  ...common,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  splitting: true,
  format: 'esm',
  keepNames: false,
  metafile: true,
  loader: { '.example.json': 'text' },
  define: { LOANQ_VERSION: JSON.stringify(about.version) },
  // Its main file asks for its parts in a way no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [withoutUnusedParts, withLateParts],
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
});

await rm(join(root, 'dist'), { recursive: true, force: true });
await mkdir(join(root, 'dist'));
for (const [name, text] of await packFiles(result, root)) await writeFile(join(root, 'dist', name), text);
for (const { path, text } of child.outputFiles) await writeFile(path, text);
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
