// The built program on a terminal of its own, with somebody who answers its questions.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launcher } from '../runner/app.ts';
import { environment, type Home } from '../runner/home.ts';

/** What is typed once a text has appeared on the screen. */
export type Reply = readonly [seen: string, typed: string];

export const down = '\x1b[B';

/** Talks to the program until it ends; returns the screen without escape sequences, and the exit code. */
export async function talk(
  args: readonly string[],
  home: Home,
  replies: readonly Reply[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ screen: string; code: number | null }> {
  const line = ['exec', process.execPath, launcher(), ...args]
    .map(word => `'${word}'`)
    .join(' ')
    .replace("'exec'", 'exec');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], { cwd: home.cwd, env: environment(home, env) });
  const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const waiting = [...replies];
  let screen = '';
  let from = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const at = screen.indexOf(next[0], from);
      if (at === -1) break;
      from = at + next[0].length;
      child.stdin.write(next[1]);
      waiting.shift();
    }
  });
  child.stdin.on('error', () => undefined);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  // Whoever waits for a question that does not come sees what came instead.
  if (waiting.length > 0) screen += `\nnever seen: ${waiting[0]?.[0]}`;
  return { screen: screen.replace(/\x1b\[[\d;?]*[A-Za-z]/g, ''), code };
}
