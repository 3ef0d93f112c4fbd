// Bundles src into dist, split so that help loads neither got nor inquirer, with the notices of what is inside. esbuild splits
// ES modules only, so the chunks are made CommonJS afterwards: Node loads those some 10 ms sooner.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const off = name => `export default class { constructor() { throw new Error("${name} is off"); } }`;

/** Parts of packages that loanq never uses, and that cost start-up time: got's HTTP/2, its caches, commander's commands that are programs. */
const unusedParts = {
  'http2-wrapper': 'export default { auto() { throw new Error("HTTP/2 is off"); } };',
  'cacheable-lookup': off('cacheable-lookup'),
  'cacheable-request': `${off('cacheable-request')} export class CacheError extends Error {}`,
  'node:child_process': 'export function spawn() { throw new Error("commands are no programs"); }',
};

const withoutUnusedParts = {
  name: 'without-unused-parts',
  setup(builder) {
    builder.onResolve({ filter: /^(http2-wrapper|cacheable-lookup|cacheable-request)$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    builder.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/node_modules/commander/') ? { path, namespace: 'unused' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: unusedParts[path], loader: 'js' }));
  },
};

const result = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts' },
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
  define: { LOANQ_VERSION: JSON.stringify(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version) },
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
await writeFile(join(root, 'THIRD-PARTY-NOTICES.md'), await notices(Object.keys(result.metafile.inputs)));

/** Licence texts of every package of which code is in the bundle. */
async function notices(inputs) {
  const folders = new Set(inputs.flatMap(input => input.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const parts = ['# Third-party notices', '', 'loanq contains code of these packages.'];
  for (const folder of [...folders].sort()) {
    const about = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    parts.push(
      '',
      `## ${about.name} ${about.version} (${about.license})`,
      '',
      '```',
      (await licenceText(join(root, folder))).trim(),
      '```',
    );
  }
  return `${parts.join('\n')}\n`;
}

async function licenceText(folder) {
  const { readdir } = await import('node:fs/promises');
  const file = (await readdir(folder)).find(name => /^(licen[cs]e|copying)/i.test(name));
  return file ? readFile(join(folder, file), 'utf8') : 'The package carries no licence file.';
}
