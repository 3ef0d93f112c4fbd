import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { pageModule } from './scripts/page-parts.js';

/** Files that put something in the place of a module, which must not be loaded already. */
const withOwnModules = [
  'test/batch/fault-matrix.test.ts',
  'test/batch/journal/disk-order.test.ts',
  'test/console/width.test.ts',
  'test/files/disk-order.test.ts',
  'test/files/lock-lost.test.ts',
  'test/http/client-proxy.test.ts',
  'test/http/client-tls.test.ts',
  'test/lookup/audit.test.ts',
];

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
    {
      name: 'page-parts',
      enforce: 'pre',
      resolveId: id => (id === 'loanq:page' ? '\0loanq:page' : undefined),
      load: async id => (id === '\0loanq:page' ? { code: await pageModule(import.meta.dirname), moduleType: 'js' } : undefined),
    },
  ],
  test: {
    globalSetup: ['test/runner/global-setup.ts'],
    setupFiles: ['test/runner/set-up.ts'],
    testTimeout: 60_000,
    pool: 'forks',
    // No module of ours keeps state, and loading them anew for every file took a third of the time.
    projects: [
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: withOwnModules, isolate: false } },
      { extends: true, test: { name: 'own', include: withOwnModules, isolate: true } },
    ],
    // By itself it leaves one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
