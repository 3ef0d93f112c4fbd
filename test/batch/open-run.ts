// A run whose standard input stays open, for keys that come one at a time.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { launcher } from '../runner/app.ts';
import { environment, type Home } from '../runner/home.ts';

export interface OpenRun {
  readonly child: ChildProcessWithoutNullStreams;
  /** The next piece of stdout. */
  nextOutput(): Promise<string>;
  /** Exit code or signal, with stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stderr: string }>;
}

export function startOpen(args: readonly string[], home: Home): OpenRun {
  const child = spawn(process.execPath, [launcher(), ...args], { cwd: home.cwd, env: environment(home) });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  const output = child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false });
  return {
    child,
    nextOutput: async () => String((await output.next()).value),
    ended: once(child, 'exit').then(([code, signal]) => ({ code, signal, stderr })),
  };
}
