// Runs in which one step of the file system goes wrong: the process is killed or stopped there, or the system answers with an error.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Home } from '../runner/home.ts';
import { start } from '../runner/run.ts';

const preload = join(import.meta.dirname, 'children/disturbed.cjs');

export interface Disturbance {
  /** Which step, as it is noted. */
  readonly at: string;
  readonly with: 'KILL' | 'STOP' | 'EIO' | 'ENOSPC';
}

/** Starts the program in a working directory that is watched. `steps`: those so far; the last may not have been made. */
export function startDisturbed(args: readonly string[], home: Home, cwd: string, disturbance?: Disturbance) {
  const log = join(home.path, `${randomUUID()}.log`);
  const { at, with: how } = disturbance ?? {};
  const running = start(args, {
    home,
    cwd,
    env: { NODE_OPTIONS: `--require ${preload}`, DISTURB_LOG: log, DISTURB_AT: at, DISTURB_WITH: how },
  });
  return { ...running, steps: async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(0, -1) };
}

interface Watched extends Partial<Disturbance> {
  readonly directory: string;
  readonly note: (step: string) => void;
}

/** The same in the process of the test, while `work` goes on: such a test file has modules of its own. */
export async function disturbed<T>(
  directory: string,
  disturbance: Disturbance | undefined,
  work: () => Promise<T>,
): Promise<T & { steps: string[] }> {
  const { watch } = createRequire(import.meta.url)(preload) as { watch: (what?: Watched) => void };
  const steps: string[] = [];
  watch({ directory, note: step => void steps.push(step), ...disturbance });
  try {
    return { ...(await work()), steps };
  } finally {
    watch();
  }
}

/** Whether a step changes what a process that comes later finds. */
export function leavesTraces(step: string): boolean {
  return /^\d+ (?:write|writeFile|appendFile|truncate|chmod|chown|rename|link|unlink|rm) /.test(step);
}
