import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { SignalError } from '../../src/core/errors.ts';
import { canary, holdTimers, sourceStage } from './source-stage.ts';

const { contextWith, refusal, root, value, write } = sourceStage();
const node = process.execPath;
const run = (...argv: string[]) => ({ kind: 'command', argv }) as const;
const script = (code: string, ...rest: string[]) => run(node, '-e', code, ...rest);
const about = `(token of profile "crego")`;

describe('a command that others could have written', () => {
  const helper = (): string => write('helper', `#!/bin/sh\necho ${canary}\n`, 0o700);

  it.each([
    [
      'changed',
      (path: string) => chmodSync(path, 0o777),
      (path: string) => `${path} can be changed by other users (mode 0777) | run: chmod go-w ${path}`,
    ],
    [
      'replaced',
      (path: string) => chmodSync(dirname(path), 0o770),
      (path: string) => `${path} can be replaced by other users: they may write to ${dirname(path)} | run: chmod go-w ${dirname(path)}`,
    ],
  ])('is not run: %s', async (_, spoil, expected) => {
    mkdirSync(join(root, 'tools'), { recursive: true, mode: 0o755 });
    const path = join(root, 'tools', 'helper');
    renameSync(helper(), path);
    expect(await value(run(path))).toBe(canary);
    spoil(path);
    expect(await refusal(run(path))).toBe(expected(path));
  });

  it.runIf(process.getuid?.() === 0)('is not run: theirs, also behind a link', async () => {
    const path = helper();
    chownSync(path, 65_534, 65_534);
    symlinkSync(path, join(root, 'link'));
    expect(await refusal(run(path))).toBe(`${path} belongs to another user | use a file of your own`);
    expect(await refusal(run(join(root, 'link')))).toBe(`${root}/link belongs to another user | use a file of your own`);
  });

  it('is nobody’s question on Windows, where files have no such owner', async () => {
    const path = helper();
    chmodSync(path, 0o777);
    expect(await value(run(path), contextWith({ platform: 'win32' }))).toBe(canary);
  });
});

describe.concurrent('a command', () => {
  it('gives its output without one line break at the end', async () => {
    expect(await value(run('/bin/echo', canary))).toBe(canary);
    expect(await value(run('/usr/bin/printf', '%s', canary))).toBe(canary);
  });

  it('is run without a shell', async () => {
    expect(await value(run('/bin/echo', '$HOME;', '`id`', '*'))).toBe('$HOME; `id` *');
  });

  it('gets a small environment, no stdin, and not our working directory', async () => {
    const env = {
      PATH: '/usr/bin',
      HOME: root,
      LANG: 'C',
      OP_SERVICE_ACCOUNT_TOKEN: 'op',
      NODE_OPTIONS: '--no-warnings',
      LD_PRELOAD: '',
      LOANQ_CREGO_TOKEN: canary,
      EKB_TOKEN: canary,
    };
    const code = 'console.log(JSON.stringify([Object.keys(process.env).sort(), process.cwd(), require("fs").readFileSync(0, "utf8")]))';
    const told: unknown = JSON.parse(await value(script(code), contextWith({ env })));
    expect(told).toEqual([['HOME', 'LANG', 'OP_SERVICE_ACCOUNT_TOKEN', 'PATH'], '/', '']);
  });

  it.each([
    [
      'ends with an exit code',
      script(`console.log("${canary}"); process.exitCode = 3`),
      `the command ${node} ended with exit code 3 ${about}`,
    ],
    [
      'is killed',
      script(`console.log("${canary}"); process.kill(process.pid, "SIGKILL")`),
      `the command ${node} was ended by a signal ${about}`,
    ],
    ['tells it on stderr', script(`console.error("${canary}")`), 'the token of profile "crego" (command) is empty'],
    ['prints nothing', run('/bin/true'), 'the token of profile "crego" (command) is empty'],
    ['prints several lines', script(`console.log("${canary}\\nx")`), 'the token of profile "crego" (command) holds a line break'],
    [
      'prints no text',
      script('process.stdout.write(Buffer.from([0xff, 0xfe]))'),
      'the token of profile "crego" (command) is not UTF-8 text',
    ],
    ['does not exist', run('/no/such/program'), `the command /no/such/program cannot be started ${about}`],
    ['is a directory', run(root), `the command ${root} cannot be started ${about}`],
  ])('is refused when it %s', async (_, source, expected) => {
    expect(await refusal(source)).toBe(expected);
  });

  it('is ended when it prints without end', async () => {
    expect(await refusal(run('/usr/bin/yes', canary))).toBe(`the command /usr/bin/yes wrote more than 64 KiB ${about}`);
  });

  it('is ended when the run is interrupted', async () => {
    const { port, connected } = await listen();
    const abort = new AbortController();
    const reason = new SignalError('interrupted');
    const context = contextWith({ signal: abort.signal });
    const outcome = expect(
      value(script(`require("net").connect(${port}, "127.0.0.1"); setInterval(() => {}, 1000)`), context),
    ).rejects.toBe(reason);
    const { closed } = await connected;
    abort.abort(reason);
    await outcome;
    await closed;
    await expect(value(run('/bin/echo', 'x'), context)).rejects.toBe(reason);
  });
});

// Alone: the others' timers must not be held with its own.
it('a command has 10 seconds, then it is ended with everything it started', async () => {
  const { port, connected } = await listen();
  const grandchild = `require("net").connect(${port}, "127.0.0.1"); setInterval(() => {}, 1000)`;
  const code = `process.on("SIGTERM", () => {}); require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], { stdio: "inherit" }); setInterval(() => {}, 1000)`;
  holdTimers();
  let isOver = false;
  const refused = refusal(script(code)).finally(() => {
    isOver = true;
  });
  const { closed } = await connected;
  vi.advanceTimersByTime(9_999);
  await turn();
  expect(isOver).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await refused).toBe(`the command ${node} did not end in time ${about}`);
  await closed;
});

/** A server that sees a process begin and end, as a connection that opens and closes. */
async function listen(): Promise<{ port: number; connected: Promise<{ closed: Promise<unknown> }> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const connected = new Promise<{ closed: Promise<unknown> }>(resolve => {
    server.once('connection', socket => {
      socket.on('error', () => undefined).resume();
      resolve({ closed: once(socket, 'close') });
      server.close();
    });
  });
  return { port: typeof address === 'object' && address !== null ? address.port : 0, connected };
}
