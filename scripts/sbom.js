// sbom.cdx.json: what is bundled, as CycloneDX, for programs that look for known faults. Without a time and a serial number,
// so that the same sources give the same bytes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function sbom(bundled, root) {
  const about = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const self = `${about.name}@${about.version}`;
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...componentOf(self, about), type: 'application' } },
    components: bundled.packages.map(({ id, about, folder }) => ({
      ...componentOf(id, about),
      hashes: hashesOf(lock.packages[lockPath(folder)]),
    })),
    dependencies: [{ id: self, imports: bundled.imports }, ...bundled.packages].map(({ id, imports }) => ({ ref: id, dependsOn: imports })),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function componentOf(id, { name, version, description, license }) {
  const [scope, rest] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return {
    type: 'library',
    'bom-ref': id,
    ...(scope && { group: scope }),
    name: rest,
    version,
    ...(description && { description }),
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl: `pkg:npm/${scope ? `${scope.replace('@', '%40')}/` : ''}${rest}@${version}`,
  };
}

/** Checksums of the archive the package was installed from. */
function hashesOf({ integrity }) {
  const [, algorithm, base64] = /^sha(\d+)-(\S+)$/.exec(integrity);
  return [{ alg: `SHA-${algorithm}`, content: Buffer.from(base64, 'base64').toString('hex') }];
}

/** The folder as the lock file names it, also where node_modules is a link. */
function lockPath(folder) {
  return folder.slice(folder.indexOf('node_modules/'));
}
