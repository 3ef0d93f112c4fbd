// Bundles src into dist, split so that help loads neither got nor inquirer, with the notices of what is inside.
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import { bundledPackages } from './bundled-packages.js';
import { notices } from './notices.js';
import { sbom } from './sbom.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const about = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const { files, metafile } = await bundle(root, about.version);
await rm(join(root, 'dist'), { recursive: true, force: true });
await mkdir(join(root, 'dist'));
for (const [name, text] of files) await writeFile(join(root, 'dist', name), text);
const bundled = await bundledPackages(metafile, root);
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
