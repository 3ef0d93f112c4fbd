// docs/security.md names tests as proofs: they have to be there, under that name.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../runner/app.ts';

const page = join(projectRoot, 'docs/security.md');

it('every test that the security page names exists', async () => {
  const text = await readFile(page, 'utf8');
  const absent: string[] = [];
  let named = 0;
  for (const [, path = '', titles = ''] of text.matchAll(/\]\(([^)]+\.test\.ts)\)\s+((?:“[^”]+”(?:,\s+)?)+)/g)) {
    const source = await readFile(join(dirname(page), path), 'utf8').catch(() => '');
    for (const [, title = ''] of titles.matchAll(/“([^”]+)”/g)) {
      named += 1;
      if (!source.includes(`'${title}'`)) absent.push(`${path}: ${title}`);
    }
  }
  expect(absent).toEqual([]);
  // Each link is followed by at least one title.
  expect(named).toBeGreaterThanOrEqual(text.match(/\.test\.ts\)/g)?.length ?? 0);
  expect(text.match(/\.test\.ts\)\s+“/g)?.length).toBe(text.match(/\.test\.ts\)/g)?.length);
});
