// The module `loanq:page`: the script and the style of a page of -o html as texts, made from src/browser.
import { join } from 'node:path';
import { build } from 'esbuild';

/** Its source. The script is of one piece: a page loads nothing. */
export async function pageModule(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { script: join(root, 'src/browser/page.ts'), style: join(root, 'src/browser/page.css') },
    outdir: 'dist',
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    legalComments: 'none',
    // What is in the page goes to whoever gets it, with the notice that its licence wants.
    banner: { js: '/* with big.js, (c) Michael Mclaughlin, MIT Expat licence */' },
    write: false,
  });
  const [script, style] = ['script.js', 'style.css'].map(name => outputFiles.find(({ path }) => path.endsWith(name)).text.trim());
  return `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};\n`;
}

/** For esbuild. */
export const withPageParts = root => ({
  name: 'page-parts',
  setup(builder) {
    builder.onResolve({ filter: /^loanq:page$/ }, ({ path }) => ({ path, namespace: 'page-parts' }));
    builder.onLoad({ filter: /.*/, namespace: 'page-parts' }, async () => ({ contents: await pageModule(root), loader: 'js' }));
  },
});
