// The program as users have it: built by the project's own script, in a directory of its own. Building inside the source
// tree would pull `dist` from under another run of the tests.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What the package is made of, besides what the build writes; and what the build needs. */
const sources = [
  ...['bin', 'docs', 'man', 'examples', 'scripts', 'package.json', 'package-lock.json', 'config.example.json', 'config.schema.json'],
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'LICENSE'],
];

/** Where the program was built for this run of the tests. */
export function appDirectory(): string | undefined {
  return process.env.LOANQ_PREBUILT;
}

/** The launcher, as `bin` in package.json names it. */
export function launcher(): string {
  const directory = appDirectory();
  if (directory === undefined) throw new Error('the program has not been built: is test/runner/global-setup.ts in vitest.config.ts?');
  return join(directory, 'bin/loanq.js');
}

/** Runs `scripts/build.js` on this source tree, with the result in a temporary directory; `strict`: all of it under umask 077. */
export async function buildApp(strict = false): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'loanq-app-'));
  for (const name of sources) await cp(join(projectRoot, name), join(directory, name), { recursive: true });
  if (strict) await execute('chmod', ['-R', 'go=', directory]);
  for (const name of ['src', 'node_modules']) await symlink(join(projectRoot, name), join(directory, name));
  const script = `umask ${strict ? '077' : '022'} && exec "$0" scripts/build.js`;
  await execute('sh', ['-c', script, process.execPath], { cwd: directory });
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
