import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { LOANQ_VERSION: JSON.stringify('0.0.0-test') },
  plugins: [
    {
      // The documented samples are text, not parsed JSON: 10.0 must stay 10.0. esbuild does the same with its text loader.
      name: 'example-text',
      enforce: 'pre',
      load: id =>
        id.endsWith('.example.json') ? { code: `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`, moduleType: 'js' } : undefined,
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/runner/global-setup.ts'],
    setupFiles: ['test/runner/set-up.ts'],
    testTimeout: 60_000,
    pool: 'forks',
    // No module of ours keeps state, and loading them anew for every file took a third of the time.
    isolate: false,
    // By itself it leaves one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
