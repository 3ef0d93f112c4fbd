// Parts of packages that loanq never runs, left out of the bundle: they cost start-up time, or could run code of a configuration.

const off = name => `export default class { constructor() { throw new Error("${name} is off"); } }`;
const refused = name => `throw new Error("${name} is off");`;
const offIn = name => `exports.${name} = class { constructor() { throw new Error("the search for configurations is off"); } };`;

/** Of which package, which module of its imports, and what stands there instead. */
const parts = [
  { of: 'got', module: 'http2-wrapper', instead: 'export default { auto() { throw new Error("HTTP/2 is off"); } };' },
  { of: 'got', module: 'cacheable-lookup', instead: off('cacheable-lookup') },
  { of: 'got', module: 'cacheable-request', instead: `${off('cacheable-request')} export class CacheError extends Error {}` },
  { of: 'commander', module: 'node:child_process', instead: 'export function spawn() { throw new Error("commands are no programs"); }' },
  // Its editor brings tables of every character set there is.
  { of: '@inquirer/prompts', module: '@inquirer/editor', instead: 'export default () => { throw new Error("the editor is off"); };' },
  // A search for configurations runs code it finds; only the loaders for data are used.
  { of: 'cosmiconfig', module: './Explorer.js', instead: offIn('Explorer') },
  { of: 'cosmiconfig', module: './ExplorerSync.js', instead: offIn('ExplorerSync') },
  { of: 'cosmiconfig', module: 'import-fresh', instead: refused('a configuration that is code') },
  { of: 'cosmiconfig', module: 'typescript', instead: refused('a configuration that is code') },
];

/** Fails the build when a package no longer asks for a part: the package has changed, and what stands here says nothing about it. */
export const withoutUnusedParts = {
  name: 'without-unused-parts',
  setup(builder) {
    const seen = new Set();
    builder.onStart(() => seen.clear());
    builder.onResolve({ filter: /./ }, ({ path, importer }) => {
      const at = parts.findIndex(({ of, module }) => module === path && packageOf(importer) === of);
      if (at === -1) return undefined;
      seen.add(at);
      return { path: `${parts[at].of}/${path}`, namespace: 'unused', pluginData: parts[at].instead };
    });
    builder.onLoad({ filter: /./, namespace: 'unused' }, ({ pluginData }) => ({ contents: pluginData, loader: 'js' }));
    builder.onEnd(() => ({
      errors: parts.filter((_, at) => !seen.has(at)).map(({ of, module }) => ({ text: `${of} no longer imports ${module}` })),
    }));
  },
};

/** Name of the package that holds the file. */
export function packageOf(path) {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path)?.[1].replace('\\', '/');
}
