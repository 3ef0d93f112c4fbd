// Starts of a program with ten times the endpoints: the same sources, each endpoint ten times under names of their own.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../scripts/bundle.js';
import { configFor, folder, launcher, measure, startServer } from '../measure.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const times = 10;

export async function registry(report) {
  const many = join(folder, 'many');
  mkdirSync(join(many, 'dist'), { recursive: true });
  cpSync(join(root, 'bin'), join(many, 'bin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(many, 'package.json'));
  const { files } = await bundle(root, 'bench', [multiplied]);
  for (const [name, text] of files) writeFileSync(join(many, 'dist', name), text);
  const server = await startServer();
  const call = program => [process.execPath, program];
  const big = join(many, 'bin/loanq.js');
  try {
    for (const [title, ...words] of [
      ['--help', '--help'],
      ['ekuaibao --help', 'ekuaibao', '--help'],
      ['one lookup', 'ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw', '--json'],
      ['config check', 'config', 'check'],
    ]) {
      const runs = measure(
        { 'as it is': [...call(launcher), ...words], [`${times} x the endpoints`]: [...call(big), ...words] },
        8,
        configFor(server.url, { provider: 'ekuaibao' }),
      );
      report.add({
        id: `registry-${title.replace(/[^a-z]+/g, '-').replace(/^-/, '')}`,
        title: `${title}, with ${times} x the endpoints`,
        base: 'as it is',
        runs,
      });
    }
  } finally {
    server.stop();
  }
}

/** Each module of an endpoint is bundled ten times, so that nothing is shared but what endpoints share anyway. */
const multiplied = {
  name: 'multiplied',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/.*\?copy=\d+$/ }, ({ path, resolveDir }) => {
      const [file, copy] = path.split('?copy=');
      return { path: join(resolveDir, file), suffix: `?copy=${copy}`, pluginData: copy };
    });
    builder.onLoad({ filter: /[\\/]providers[\\/]\w+[\\/]index\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const list =
        /endpoints: \[([^\]]*)\]/
          .exec(text)?.[1]
          .split(',')
          .map(word => word.trim())
          .filter(Boolean) ?? [];
      const copies = list.flatMap(name => Array.from({ length: times - 1 }, (_, n) => ({ name, copy: n + 1 })));
      const imports = copies.map(({ name, copy }) => {
        const from = new RegExp(`import ${name} from '([^']+)'`).exec(text)?.[1];
        return `import ${name}${copy} from '${from}?copy=${copy}';\n`;
      });
      const more = copies.map(({ name, copy }) => `{ ...${name}${copy}, name: \`\${${name}.name}-${copy}\` }`);
      const contents = imports.join('') + text.replace(/endpoints: \[[^\]]*\]/, () => `endpoints: [${[...list, ...more].join(', ')}]`);
      return { contents, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};
