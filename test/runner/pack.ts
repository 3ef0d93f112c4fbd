// The archive that `npm pack` makes of a directory.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Packed {
  readonly path: string;
  /** What is in it, in order of names. */
  readonly files: string[];
}

/** Packs what has been built already. */
export async function pack(directory: string, destination: string): Promise<Packed> {
  const options = ['--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', destination];
  const { stdout } = await promisify(execFile)('npm', ['pack', ...options], { cwd: directory });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return { path: join(destination, filename), files: files.map(file => file.path).sort() };
}
