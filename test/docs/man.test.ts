// loanq(1): up to date, whole, and without a complaint of groff.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { manPage } from '../../src/docs/man.ts';
import { type OptionSpec, optionTable } from '../../src/plan/option-table.ts';
import { allProviders } from '../../src/providers/index.ts';
import { projectRoot } from '../runner/app.ts';
import { hasPrograms } from '../runner/programs.ts';

const path = join(projectRoot, 'man/loanq.1');

test('the page in the package is the one that is made now', async () => {
  expect(await readFile(path, 'utf8')).toBe(await manPage());
});

test('npm installs it', async () => {
  const { man, files } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  expect([man, files.includes('man')]).toEqual([['man/loanq.1'], true]);
});

describe.skipIf(!hasPrograms({ groff: 'groff' }))('as groff shows it', async () => {
  const options = ['-man', '-Tutf8', '-ww', '-rLL=200n', '-P-cbou', path];
  const { stdout, stderr } = await promisify(execFile)('groff', options, { maxBuffer: 4e6 });

  test('nothing is wrong with it', () => {
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^LOANQ\(1\)/);
    expect(stdout).toContain('合思');
  });

  test('every endpoint, option and exit code is there', async () => {
    const lines = stdout.split('\n').map(line => line.trim());
    for (const { endpoints } of await allProviders()) {
      for (const { name } of endpoints)
        expect([name, lines.some(line => line === name || line.startsWith(`${name} `))]).toEqual([name, true]);
    }
    for (const { flags } of Object.values<OptionSpec>(optionTable)) {
      expect([flags, lines.some(line => line === flags || line.startsWith(`${flags} `))]).toEqual([flags, true]);
    }
    for (const { exit } of Object.values(exitCodes))
      expect([exit, lines.some(line => new RegExp(`^${exit}( |$)`).test(line))]).toEqual([exit, true]);
  });
});
