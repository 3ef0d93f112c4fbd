// The keyring as a source of secrets, read by a child of the built program.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { appDirectory } from '../runner/app.ts';
import { run } from '../runner/run.ts';
import { canary, holdTimers, sourceStage } from './source-stage.ts';

const { contextWith, refusal, root, value } = sourceStage();
const source = { kind: 'keyring', account: 'finlend' } as const;
const about = '(token of profile "crego")';
const instead = 'where there is no keyring, use file: or a command instead';

const app = join(root, 'app');
const installed = join(app, 'node_modules/@napi-rs/keyring');
beforeAll(() => {
  for (const part of ['bin', 'dist']) cpSync(join(appDirectory() ?? '', part), join(app, part), { recursive: true });
});

/** The program beside a stand-in for the keyring library, so that answers do not depend on the machine. Without a body there is no library. */
function beside(body?: string): { readonly self: readonly string[] } {
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  if (body !== undefined) {
    const code = `exports.Entry = class { constructor(service, account, options) { this.asked = [service, account, options.linux.store].join(' '); } getPassword() { ${body} } };`;
    writeFileSync(join(installed, 'index.js'), code);
  }
  return { self: [process.execPath, join(app, 'bin/loanq.js')] };
}

describe('the keyring', () => {
  it('is asked for our service, pinned to the Secret Service', async () => {
    expect(await value(source, contextWith(beside('return this.asked')))).toBe('loanq finlend secret-service');
  });

  it('gives the value as it is', async () => {
    expect(await value(source, contextWith(beside(`return "${canary}"`)))).toBe(canary);
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
    expect(await refusal(source, contextWith(beside(body)))).toBe(expected);
  });

  it('gives a command to paste, whatever the account is called', async () => {
    const context = contextWith({ ...beside('return null'), platform: 'linux' });
    expect(await refusal({ kind: 'keyring', account: "o'brien" }, context)).toContain(`username 'o'\\''brien'`);
  });

  it('is refused when its library is missing', async () => {
    expect(await refusal(source, contextWith(beside()))).toBe(
      `the keyring cannot be read: @napi-rs/keyring is not installed ${about} | ${instead}`,
    );
  });

  it.runIf(process.getuid)('is asked on the bus of the caller alone: su leaves the runtime directory of another user', async () => {
    const uid = process.getuid?.() ?? 0;
    const runtime = join(root, 'runtime');
    mkdirSync(runtime, { mode: 0o700 });
    const told = beside('return [process.env.DBUS_SESSION_BUS_ADDRESS, process.env.XDG_RUNTIME_DIR].join(" ").trim() || "nothing"');
    const bus = (own: number) => value(source, contextWith({ ...told, uid: own, env: { XDG_RUNTIME_DIR: runtime } }));
    expect(await bus(uid)).toBe(`unix:path=${runtime}/bus ${runtime}`);
    expect(await bus(uid + 1)).toBe('nothing');
  });

  it('is ended though it blocks its thread', async () => {
    const blocked = beside('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000)');
    expect(await refusal(source, contextWith({ ...blocked, keyringLimitMs: 1000 }))).toBe(
      `the keyring did not answer in time ${about} | unlock it and try again; ${instead}`,
    );
  });
});

describe('keyring-child', () => {
  it('is no command: it answers to loanq alone', async () => {
    const { self } = beside(`return "${canary}"`);
    const { code, stdout, stderr } = await run(['keyring-child', 'finlend'], { launcher: self[1] ?? '' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain("error: unknown command 'keyring-child'");
  });

  it('says it in a message, and nothing on stdout', async () => {
    const [program = '', ...rest] = beside(`return "${canary}"`).self;
    const child = spawn(program, [...rest, 'keyring-child', 'finlend'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const message = once(child, 'message');
    if (child.stdout === null || child.stderr === null) throw new Error('it has no pipes');
    expect(await Promise.all([text(child.stdout), text(child.stderr)])).toEqual(['', '']);
    expect(await message).toEqual([{ kind: 'value', value: canary }, undefined]);
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
