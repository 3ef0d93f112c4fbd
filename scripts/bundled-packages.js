// The packages a bundle is made of, read from esbuild's metafile: what they say of themselves, and who asked for whom.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In order of names; the same version in two folders is one package. `imports` are ids, like `id`: name@version. */
export async function bundledPackages({ inputs }, root) {
  const ids = new Map();
  const packages = new Map();
  for (const path of Object.keys(inputs)) {
    const folder = folderOf(path);
    if (folder === undefined || ids.has(folder)) continue;
    const about = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const id = `${about.name}@${about.version}`;
    ids.set(folder, id);
    if (!packages.has(id)) packages.set(id, { id, folder, about, imports: new Set() });
  }
  const ours = new Set();
  for (const [path, { imports }] of Object.entries(inputs)) {
    const from = ids.get(folderOf(path));
    for (const target of imports) {
      const to = ids.get(folderOf(target.path));
      if (to !== undefined && to !== from) (packages.get(from)?.imports ?? ours).add(to);
    }
  }
  const sorted = set => [...set].sort();
  return {
    imports: sorted(ours),
    packages: sorted(packages.keys()).map(id => ({ ...packages.get(id), imports: sorted(packages.get(id).imports) })),
  };
}

/** The folder of the package a file belongs to; undefined for files of ours. */
function folderOf(path) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}
