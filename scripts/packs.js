// Groups the chunks of a split bundle into a few packs: a start opens some five files instead of some forty-five. A chunk runs when
// it is first asked for, as before; which pack it lies in decides only what is read and compiled together.
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { transform } from 'esbuild';

/** Pack by pack, the source files it is opened for. A chunk lies in the first pack that has use of it; what is not named here is a pack of its own. */
const packs = {
  main: ['src/main.ts'],
  lookup: ['src/commands/endpoint.ts', 'src/lookup/run.ts', 'src/output/text/json.ts'],
  table: ['src/output/text/table.ts', 'src/output/text/record.ts'],
  profile: ['src/lookup/profile.ts'],
  session: ['src/lookup/session.ts', 'src/lookup/fetcher.ts'],
  http: ['src/http/client.ts'],
  schema: ['src/config/verdict.ts'],
  commands: ['config/run', 'config/check', 'auth/run', 'auth/status', 'endpoints/run', 'explain/run'].map(
    name => `src/commands/${name}.ts`,
  ),
  batch: ['src/batch/run.ts', 'src/batch/keys/source.ts', 'src/batch/report.ts'],
};

/** The texts of the packs by the names of their files. Each is the hash of the whole build in a comment, then a script: an object with its modules. */
export async function packFiles({ outputFiles, metafile }, root) {
  const chunks = new Map(outputFiles.map(file => [relative(root, file.path).replaceAll('\\', '/'), file.text]));
  refuseCircles(metafile.outputs);
  const packOf = assign(metafile.outputs);
  const ids = new Map([...chunks.keys()].map((path, at) => [path, path === 'dist/main.js' ? 'main' : `m${at}`]));
  const parts = new Map([...new Set(packOf.values())].map(name => [name, []]));
  for (const [path, text] of chunks) {
    const body = await moduleBody(text, metafile.outputs[path].imports, ids);
    parts.get(packOf.get(path)).push(`${ids.get(path)}:function(load,spaceOf,require){${body}}`);
  }
  const where = JSON.stringify(Object.fromEntries([...chunks.keys()].map(path => [ids.get(path), packOf.get(path)])));
  const scripts = [...parts].map(([name, modules]) => [
    name,
    `(function(){return{${name === 'main' ? `where:${where},` : ''}modules:{${modules.join(',\n')}}}})()`,
  ]);
  const build = scripts.reduce((hash, [, script]) => hash.update(script), createHash('sha256')).digest('hex');
  return new Map(scripts.map(([name, script]) => [`${name}.js`, `/*${build}*/${script}\n`]));
}

/** Name of the pack for each chunk. */
function assign(outputs) {
  const packOf = new Map();
  const entries = new Map(
    Object.entries(outputs).flatMap(([path, { entryPoint }]) => (entryPoint === undefined ? [] : [[sourceName(entryPoint), path]])),
  );
  const put = (path, name) => {
    if (packOf.has(path)) return;
    packOf.set(path, name);
    for (const next of staticImports(outputs[path], outputs)) put(next, name);
  };
  const ofProviders = [...entries].filter(([source]) => source.startsWith('src/providers/')).map(([, path]) => path);
  for (const [name, sources] of Object.entries(packs)) {
    for (const source of sources) {
      if (!entries.has(source)) throw new Error(`${source} of the pack ${name} is no longer loaded by itself`);
      put(entries.get(source), name);
    }
    // What the literals of several providers use is small, and each start has one of them.
    for (const path of ofProviders) {
      for (const shared of staticImports(outputs[path], outputs)) if (!ofProviders.includes(shared)) put(shared, 'main');
    }
  }
  for (const [source, path] of entries) put(path, packName(source, packOf));
  return packOf;
}

/** A chunk that is asked for while it runs would have no exports yet. */
function refuseCircles(outputs) {
  const seen = new Set();
  const visit = (path, above) => {
    if (above.includes(path)) throw new Error(`chunks import each other: ${[...above, path].join(' → ')}`);
    if (seen.has(path)) return;
    seen.add(path);
    for (const next of staticImports(outputs[path], outputs)) visit(next, [...above, path]);
  };
  for (const path of Object.keys(outputs)) visit(path, []);
}

function staticImports({ imports }, outputs) {
  return imports.filter(({ path, kind }) => kind === 'import-statement' && path in outputs).map(({ path }) => path);
}

/** From the project or the folder of packages on: the tests build in a folder of links. */
function sourceName(entryPoint) {
  return entryPoint.replace(/^.*node_modules\//, '').replace(/^.*?\/(?=src\/)/, '');
}

/** `src/providers/crego/index.ts` → `providers-crego`; of a package, its name. */
function packName(source, packOf) {
  const name = source.replace(/^src\/|(\/index)?\.[a-z]+$/g, '').replace(/[^\w-]+/g, '-');
  return [...packOf.values()].includes(name) ? `${name}-` : name;
}

async function moduleBody(text, imports, ids) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
  });
  const names = new Map(imports.map(({ path }) => [path.slice(path.lastIndexOf('/') + 1), ids.get(path)]));
  const linked = code.replace(/\brequire\("\.[^"]*?([^/"]+)"\)/g, (call, name) => {
    const id = names.get(name);
    if (id === undefined) throw new Error(`${call} leads nowhere`);
    return `load("${id}")`;
  });
  return withoutForeignLetters(withLateModules(withoutPreamble(linked.trimEnd())));
}

const preamble =
  /^(?:var __(?:create|defProp|getOwnPropDesc|getOwnPropNames|getProtoOf|hasOwnProp|export|copyProps|toESM|toCommonJS)=[^;]*;)+/;
const exposing = /var stdin_exports=\{\};__export\(stdin_exports,(\{[^{}]*\})\);module\.exports=__toCommonJS\(stdin_exports\);/;

/**
 * esbuild begins each chunk with functions that define every export twice and copy what is imported; with some ninety chunks in a
 * start that takes milliseconds. Here a chunk returns its exports, and `spaceOf` of `bin/packs.js` stands before modules of Node.
 */
function withoutPreamble(code) {
  let exports = [];
  const inner = code.replace(preamble, '').replace(exposing, (_, names) => {
    exports = [...names.matchAll(/([\w$]+):\(\)=>([\w$.]+)/g)].map(([, name, local]) => [name, local]);
    return '';
  });
  const own = inner
    // The names once more, for a reader of files that there is none of here.
    .replace(/0&&\(module\.exports=\{[^{}]*\}\);?$/, '')
    .replace(/__toESM\((load\("\w+"\))\)/g, '$1')
    .replace(/(?<!\.)__toESM\(require\(/g, 'spaceOf(require(');
  const left = /\b(?:module\.|stdin_exports\b|__(?:export|toCommonJS|copyProps|toESM)\()/.exec(own.replace(/\.__toESM\)\(/g, ''));
  if (left !== null) throw new Error(`esbuild writes chunks in another way: ${own.slice(left.index, left.index + 200)}`);
  if (exports.length === 0) return own;
  const members = exports.map(([name, local]) => {
    if (!isFixed(local, own)) return `get ${name}(){return ${local}}`;
    return name === local ? name : `${name}:${local}`;
  });
  return `${own}${/[;}]$/.test(own) ? '' : ';'}return{${members.join(',')}}`;
}

/** Whether an export stays what it is once its chunk has run; one that may be another later is read anew each time. */
export function isFixed(local, code) {
  if (local.includes('.')) return false;
  const name = local.replaceAll('$', '\\$');
  if (new RegExp(`(?:^|[;{}])(?:async )?function\\*? ?${name}\\(`).test(code)) return true;
  const assigned = `(?<![\\w$.])${name}(?:\\+\\+|--|(?:\\?\\?|\\|\\||&&|\\*\\*|<<|>>>?|[-+*/%&|^])?=(?![=>]))|(?:\\+\\+|--)${name}(?![\\w$])`;
  const unpacked = `[[{,:]${name}[,\\w$:]*[\\]}]=(?!=)`;
  return code.match(new RegExp(assigned, 'g'))?.length === 1 && !new RegExp(unpacked).test(code);
}

/** Those of Node's own modules that each start has loaded anyway. */
const loadedByNode = /^node:(?:buffer|events|fs|path|process|url|util|vm)$/;

const ownModule = /\bvar ([\w$]+)=((?:spaceOf\()?require\("(node:[\w/]+)"\)\)?);/g;
/** A package in the old form of modules, such as the one that loads TLS for proxies. */
const oldPackage = /\bvar (import_[\w$]+)=(\(0,[\w$]+\.__toESM\)\((?:\(0,[\w$]+\.require_[\w$]+\)|require_[\w$]+)\(\),1\))(?:;|(,))/g;

/** Both are loaded where something of theirs is first used: cryptography alone takes 3 ms of a start that has no use of it. */
function withLateModules(code) {
  let late = code;
  const own = [...code.matchAll(ownModule)].filter(([, , , module]) => !loadedByNode.test(module));
  for (const [declaration, name, value, more] of [...own, ...code.matchAll(oldPackage)]) {
    const uses = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
    late = late.replace(declaration, more === ',' ? 'var ' : '').replace(uses, () => `(${name}())`);
    late = `let made_${name};function ${name}(){return made_${name}??=${value}}${late}`;
  }
  return late;
}

/** Packs are ASCII, so that they are read without being decoded. esbuild escapes texts; what it leaves are regular expressions. */
function withoutForeignLetters(code) {
  return code.replace(/[^\0-\x7f]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
