// Helpers on Windows, as far as that can be told without one.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';

const directory = await temporaryDirectory();
const child = await bundleChild(new URL('./children/windows-helper.ts', import.meta.url), directory);
const startedOnWindows = (...argv: string[]): unknown =>
  JSON.parse(execFileSync(process.execPath, [child, ...argv], { encoding: 'utf8', env: { comspec: 'C:\\Windows\\cmd.exe' } }));

test('on Windows a .cmd helper is handed to cmd.exe, each word as one word', () => {
  expect(startedOnWindows('C:/op/op.cmd', 'read', 'op://vault/a b', '50%&calc')).toEqual({
    command: 'C:\\Windows\\cmd.exe',
    args: ['/d', '/s', '/c', '"C:/op/op.cmd ^"read^" ^"op://vault/a^ b^" ^"50^%^&calc^""'],
    windowsVerbatimArguments: true,
    shell: false,
  });
});

test('on Windows a program is started as it is', async () => {
  const program = join(directory, 'op.exe');
  await writeFile(program, '', { mode: 0o755 });
  expect(startedOnWindows(program, 'read', 'a b')).toEqual({ command: program, args: ['read', 'a b'], shell: false });
});
