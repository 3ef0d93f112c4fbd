// `npm run advisories`: known faults of what is in the lock file. One in what ships (the bundle, and what is installed with it) fails;
// one in a tool is said. A registry that does not answer such questions is said and fails nothing.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ships = await shippedFolders();
const asked = spawnSync('npm', ['audit', '--json', ...process.argv.slice(2)], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const { vulnerabilities, message } = JSON.parse(asked.stdout || '{}');

if (vulnerabilities === undefined) {
  console.log(`advisories: not checked, the registry did not say (${message ?? asked.error?.message ?? 'no answer'})`);
} else {
  // What is affected only because it depends on something is named in `via`, without a fault of its own.
  const faults = Object.values(vulnerabilities).flatMap(({ name, nodes, via }) =>
    via
      .filter(one => typeof one === 'object')
      .map(({ severity, title, url }) => ({ name, isShipped: nodes.some(node => ships.has(node)), severity, title, url })),
  );
  for (const { name, isShipped, severity, title, url } of faults) {
    console.log(`advisories: ${isShipped ? 'ships' : 'a tool'}: ${name}: ${title} (${severity}, ${url})`);
  }
  const count = faults.filter(({ isShipped }) => isShipped).length;
  console.log(`advisories: ${count} in what ships, ${faults.length - count} in tools`);
  if (count > 0) process.exitCode = 1;
}

/** Folders of the lock file whose packages are bundled, or installed with loanq. */
async function shippedFolders() {
  const [bom, lock] = await Promise.all(
    ['sbom.cdx.json', 'package-lock.json'].map(async name => JSON.parse(await readFile(join(root, name), 'utf8'))),
  );
  const bundled = new Set(bom.components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`));
  const isBundled = (path, { version }) => bundled.has(`${path.replace(/^.*node_modules\//, '')}@${version}`);
  return new Set(Object.entries(lock.packages).flatMap(([path, entry]) => (!entry.dev || isBundled(path, entry) ? [path] : [])));
}
