// The files of dist as texts: src in packs, and the child that reads the keyring. esbuild splits ES modules only, so the chunks are made
// CommonJS afterwards, which Node loads some 10 ms sooner.
import { build } from 'esbuild';
import { withLateParts } from './late-parts.js';
import { packFiles } from './packs.js';
import { withPageParts } from './page-parts.js';
import { withoutUnusedParts } from './unused-parts.js';

/** `plugins`: what a caller wants built differently. */
export async function bundle(root, version, plugins = []) {
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
    define: { LOANQ_VERSION: JSON.stringify(version) },
    alias: {
      // Its main file asks for its parts in a way no bundler can follow.
      'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
      // Its other file loads TLS before anybody has asked for a proxy.
      hpagent: 'hpagent/index',
    },
    plugins: [...plugins, withoutUnusedParts, withLateParts, withPageParts(root)],
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
  });
  const files = await packFiles(result, root);
  for (const { text } of child.outputFiles) files.set('keyring-child.js', text);
  files.set('package.json', '{ "type": "commonjs" }\n');
  return { files, metafile: result.metafile };
}
