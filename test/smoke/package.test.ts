// The package as npm packs and installs it: only what is listed, complete, and at work under each Node it promises.
import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appDirectory } from '../runner/app.ts';
import { makeHome } from '../runner/home.ts';
import { nodeBinary, otherNodes } from '../runner/nodes.ts';
import { pack } from '../runner/pack.ts';
import { run } from '../runner/run.ts';

let folder = '';
let archive = '';
let files: string[] = [];
let prefix = '';
let installed = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loanq-pack-'));
  const packed = await pack(appDirectory() ?? '', folder);
  files = packed.files;
  archive = basename(packed.path);
  prefix = join(folder, 'prefix');
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', ['install', '--prefix', prefix, '--omit=optional', ...quietly, packed.path]);
  installed = join(prefix, 'node_modules/loanq');
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what is listed and nothing else', () => {
    const isPage = (path: string): boolean => /^docs\/((design|reference)\/)?[\w-]+\.md$/.test(path);
    const isBuilt = (path: string): boolean => /^dist\/([\w-]+\.js|package\.json)$/.test(path);
    expect(files.filter(path => !isPage(path) && !isBuilt(path))).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'THIRD-PARTY-NOTICES.md',
      'bin/loanq.js',
      'bin/package.json',
      'bin/packs.js',
      'config.example.json',
      'config.schema.json',
      'docs/performance.svg',
      'examples/array.sbatch',
      'examples/cronjob.yaml',
      'examples/crontab',
      'examples/indexed-job.yaml',
      'examples/loanq-records.service',
      'examples/loanq-records.timer',
      'examples/shards.sh',
      'man/loanq.1',
      'package.json',
      'sbom.cdx.json',
    ]);
  });

  it('holds the pages it links to; those that name tests as proofs mean the repository', async () => {
    const absent: string[] = [];
    for (const page of files.filter(path => path.endsWith('.md') && path !== 'THIRD-PARTY-NOTICES.md')) {
      const text = await readFile(join(installed, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
        if (/^https?:/.test(target) || /^(\.\.\/)+(test|src|bench|scripts)\//.test(target)) continue;
        const there = await access(join(installed, dirname(page), target)).then(
          () => true,
          () => false,
        );
        if (!there) absent.push(`${page}: ${target}`);
      }
    }
    expect(absent).toEqual([]);
  });

  it('brings nothing with it: what it needs is bundled, and the keyring is optional', async () => {
    const about = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Record<string, object>;
    expect(Object.keys(about).filter(key => /dependencies$/i.test(key))).toEqual(['devDependencies', 'optionalDependencies']);
    expect(Object.keys(about.optionalDependencies ?? {})).toEqual(['@napi-rs/keyring']);
    const lock = JSON.parse(await readFile(join(prefix, 'node_modules/.package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    expect(Object.entries(lock.packages).map(([path, { hasInstallScript = false }]) => [path, hasInstallScript])).toEqual([
      ['node_modules/loanq', false],
    ]);
  });

  it('is what the README says to install', async () => {
    expect(await readFile(join(installed, 'README.md'), 'utf8')).toContain(`npm install --global ./${archive}\n`);
  });

  it('runs from a clean prefix', async () => {
    await looksUp(process.execPath, join(installed, 'bin/loanq.js'));
  });
});

describe('without the optional keyring', () => {
  it('a secret that lies there is exit code 20, and what is missing is said', async () => {
    const home = await makeHome();
    await home.configure({
      profiles: { local: { provider: 'crego', baseUrl: 'http://127.0.0.1:1', credentials: { token: 'keyring:x' } } },
    });
    const ran = await run(['crego', 'settlements'], { home, launcher: join(installed, 'bin/loanq.js') });
    await home.remove();
    expect([ran.code, ran.stdout]).toEqual([20, '']);
    expect(ran.stderr).toContain('the keyring cannot be read: @napi-rs/keyring is not installed');
  });
});

describe.skipIf(otherNodes.length === 0)('another Node', () => {
  it.each(otherNodes)(
    '%s',
    async version => {
      const nodePath = await nodeBinary(version);
      expect((await promisify(execFile)(nodePath, ['--version'])).stdout).toBe(`v${version}\n`);
      await looksUp(nodePath, join(installed, 'bin/loanq.js'));
    },
    180_000,
  );
});

/** Version, a configuration of each kind, one lookup per provider and one exact number, with real pipes. */
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
  const home = await makeHome();
  await home.configure({
    profiles: { local: { provider: 'crego', baseUrl: 'http://127.0.0.1:1', credentials: { token: 'env:NOWHERE' } } },
  });
  await home.write('profiles.yaml', 'profiles:\n  local: {provider: crego, credentials: {token: env:NOWHERE}}\n');
  for (const config of [[], ['--config', join(home.path, 'profiles.yaml')]]) {
    const { stdout, stderr, code } = await run(['config', 'list', ...config], { ...options, home });
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toContain('local');
  }
  await home.remove();
  for (const [call, expected] of calls) {
    const { stdout, stderr, code } = await run([...call.split(' '), '--sandbox', '--json', '--quiet'], options);
    expect({ call, stderr, code }).toEqual({ call, stderr: '', code: 0 });
    expect(stdout).toContain(expected);
  }
}
