import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    {
      // The documented samples are text, not parsed JSON: 10.0 must stay 10.0. esbuild does the same with its text loader.
      name: 'example-text',
      enforce: 'pre',
      load: id => (id.endsWith('.example.json') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined),
    },
  ],
  test: { include: ['test/**/*.test.ts'], testTimeout: 20_000, pool: 'forks' },
});
