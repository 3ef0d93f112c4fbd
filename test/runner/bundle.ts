// Child processes for tests: Node 20 cannot run TypeScript, so a child is bundled into a temporary directory first.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

/** A fresh directory that goes when the test file is done. Ask for it at the top of the file, where that can still be arranged. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'loanq-test-'));
  afterAll(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Bundles a child script given by URL and returns the path that `node` can run. */
export async function bundleChild(script: URL, directory: string): Promise<string> {
  const outfile = join(directory, 'child.mjs');
  // Packages that are CommonJS ask for what is Node's own.
  const banner = { js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);" };
  await build({ entryPoints: [fileURLToPath(script)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', banner });
  return outfile;
}
