import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { canary, holdTimers, sourceStage } from './source-stage.ts';

const { contextWith, refusal, root, value, write } = sourceStage();
const source = { kind: 'keyring', account: 'finlend' } as const;
const about = '(token of profile "crego")';
const instead = 'where there is no keyring, use file: or a command instead';

/** A stand-in for the keyring library, so that answers do not depend on the machine. */
function library(body: string): string {
  return write(
    'library.cjs',
    `exports.Entry = class { constructor(service, account, options) { this.asked = [service, account, options.linux.store].join(' '); } getPassword() { ${body} } };`,
  );
}

describe('the keyring', () => {
  it('is asked for our service, pinned to the Secret Service', async () => {
    expect(await value(source, contextWith({ keyringLibrary: library('return this.asked') }))).toBe('loanq finlend secret-service');
  });

  it('gives the value as it is', async () => {
    expect(await value(source, contextWith({ keyringLibrary: library(`return "${canary}"`) }))).toBe(canary);
  });

  it.each([
    [
      'has no entry',
      'return null',
      `the keyring has no entry for account finlend of service loanq ${about} | run: secret-tool store --label=loanq service loanq username 'finlend'`,
    ],
    ['fails', `throw new Error("${canary}")`, `the keyring is not available ${about} | ${instead}`],
    ['breaks down', 'process.abort()', `the keyring is not available ${about} | ${instead}`],
    ['has an empty entry', 'return ""', 'the token of profile "crego" (keyring) is empty'],
    ['has an entry with a line break', `return "${canary}\\n"`, 'the token of profile "crego" (keyring) holds a line break'],
  ])('is refused when it %s', async (_, body, expected) => {
    expect(await refusal(source, contextWith({ keyringLibrary: library(body) }))).toBe(expected);
  });

  it('gives a command to paste, whatever the account is called', async () => {
    const context = contextWith({ keyringLibrary: library('return null'), platform: 'linux' });
    expect(await refusal({ kind: 'keyring', account: "o'brien" }, context)).toContain(`username 'o'\\''brien'`);
  });

  it('is refused when its library is missing', async () => {
    expect(await refusal(source, contextWith({ keyringLibrary: `${root}/missing.cjs` }))).toBe(
      `the keyring cannot be read: @napi-rs/keyring is not installed ${about} | ${instead}`,
    );
  });

  it('is ended though it blocks its thread', async () => {
    const blocked = library('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000)');
    expect(await refusal(source, contextWith({ keyringLibrary: blocked, keyringLimitMs: 1000 }))).toBe(
      `the keyring did not answer in time ${about} | unlock it and try again; ${instead}`,
    );
  });
});

describe.runIf(process.platform === 'linux').each([
  ['as ES modules', 'esm'],
  ['as CommonJS, as the bundle is', 'cjs'],
] as const)('loanq %s', (_, format) => {
  it('finds the installed library', async () => {
    const directory = join(root, format);
    const outfile = join(directory, format === 'esm' ? 'child.mjs' : 'child.cjs');
    const entry = fileURLToPath(new URL('../../src/auth/keyring-child.ts', import.meta.url));
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format,
      logLevel: 'error',
      logOverride: { 'empty-import-meta': 'silent' },
    });
    symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(directory, 'node_modules'));
    const options = `{ nodePath: process.execPath, env: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/no/bus" }, cwd: "/", limitMs: 4000, maxBytes: 100, platform: "linux", killGroup() {} }`;
    const code = `import(${JSON.stringify(outfile)}).then(child => child.readKeyring("x", ${options})).then(answer => process.stdout.write(answer.kind))`;
    expect(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' })).toBe('unavailable');
  });
});

describe.runIf(process.platform === 'linux')('the installed keyring library', () => {
  it('fails closed without a session bus: no other store is asked, nothing is written', async () => {
    const before = readdirSync(root);
    const env = { PATH: process.env.PATH, HOME: root, DBUS_SESSION_BUS_ADDRESS: `unix:path=${root}/no-bus` };
    expect(await refusal(source, contextWith({ env }))).toBe(`the keyring is not available ${about} | ${instead}`);
    expect(readdirSync(root)).toEqual(before);
  });

  it('is ended when the session bus accepts and never answers', async () => {
    const path = `${root}/hung-bus`;
    const server = createServer(socket => socket.resume());
    server.listen(path);
    await once(server, 'listening');
    const asked = once(server, 'connection');
    const env = { PATH: process.env.PATH, HOME: root, DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
    holdTimers();
    const refused = refusal(source, contextWith({ env }));
    await asked;
    vi.advanceTimersByTime(3_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await refused).toBe(`the keyring did not answer in time ${about} | unlock it and try again; ${instead}`);
    server.close();
  });

  it('finds the bus where systemd puts it when no variable says so', async () => {
    const path = `${root}/bus`;
    const server = createServer(socket => socket.destroy());
    server.listen(path);
    await once(server, 'listening');
    const asked = once(server, 'connection');
    expect(await refusal(source, contextWith({ env: { PATH: process.env.PATH, XDG_RUNTIME_DIR: root } }))).toBe(
      `the keyring is not available ${about} | ${instead}`,
    );
    await asked;
    server.close();
  });
});
