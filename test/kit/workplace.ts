// Where the examples and the snippets of the pages are run as they are printed: directories with and without blanks in their
// names, in several locales, with nothing of the caller's environment.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { defaultLoadersSync } from 'cosmiconfig';
import { onTestFinished } from 'vitest';
import { launcher, projectRoot } from '../runner/app.ts';
import { sharedHome } from '../runner/home.ts';

/** Keys that the sandbox knows. */
export const known = ['229fe24c-d840-48dc-959a-e0ff1479df35', '4ebd506f-8727-4d16-863d-0442e1b75858'];
/** Keys that it does not know. */
export const unknown = Array.from({ length: 6 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`);

export interface Surroundings {
  readonly name: string;
  /** Joins the name of the directory. */
  readonly blank: string;
  readonly locale: string;
}

/** A locale whose decimal sign is a comma, if this machine has it. */
const withComma = spawnSync('locale', ['-a'], { encoding: 'utf8' }).stdout?.includes('pt_BR.utf8') ? ['pt_BR.UTF-8'] : [];
if (withComma.length === 0)
  console.warn('skipped without the locale pt_BR.UTF-8 (Debian: locales, then localedef -i pt_BR -f UTF-8 pt_BR.UTF-8)');

export const surroundings: readonly Surroundings[] = ['C', ...withComma].map((locale, at) => ({
  name: `in ${locale}, in a directory ${at === 0 ? 'without' : 'with'} blanks in its name`,
  blank: at === 0 ? '-' : ' of all ',
  locale,
}));
/** The harder of them, for what takes long. */
export const hardest = surroundings.at(-1) as Surroundings;

export async function example(name: string): Promise<string> {
  return readFile(join(projectRoot, 'examples', name), 'utf8');
}

export async function manifest(name: string): Promise<object> {
  return defaultLoadersSync['.yaml'](name, await example(name)) as object;
}

export interface Workplace {
  readonly dir: string;
  /** Where the program is found under its name. */
  readonly bin: string;
  /** Runs a shell line to its end. */
  shell(line: string, env?: NodeJS.ProcessEnv): { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  /** Starts a program in a process group of its own. */
  start(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Started;
  read(name: string): Promise<string>;
  /** What the program said on stderr, all its runs together. */
  said(): Promise<string>;
}

export interface Started {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string }>;
}

/** Makes directories to work in, each with a key file and the program: against the sandbox, or against a server of the test. */
export async function workshop() {
  const home = await sharedHome();
  return async (name: string, { blank, locale }: Surroundings, keys: readonly string[] = known, origin?: string): Promise<Workplace> => {
    const dir = join(home.path, `${name}${blank}here`);
    const bin = join(home.path, `bin-${name}`);
    const said = join(dir, 'said');
    for (const directory of [dir, bin]) await mkdir(directory, { recursive: true });
    await writeFile(join(dir, 'ids.txt'), keys.map(key => `${key}\n`).join(''));
    const against =
      origin === undefined
        ? 'case $1 in schema|diff|drift) ;; *) set -- "$@" --sandbox ;; esac'
        : `export LOANQ_CREGO_TOKEN=made-up-token LOANQ_CREGO_BASE_URL=${origin}`;
    const script = `#!/bin/sh\nexec 2>>'${said}'\n${against}\nexec '${process.execPath}' '${launcher()}' "$@"\n`;
    await writeFile(join(bin, 'loanq'), script);
    await chmod(join(bin, 'loanq'), 0o755);
    const environment = (more: NodeJS.ProcessEnv = {}) => ({ HOME: dir, PATH: `${bin}:/usr/bin:/bin`, LC_ALL: locale, ...more });
    return {
      dir,
      bin,
      shell: (line, env) => spawnSync('/bin/sh', ['-c', line], { cwd: dir, env: environment(env), encoding: 'utf8' }),
      start: (command, args, env) => {
        const child = spawn(command, args, { cwd: dir, env: environment(env), stdio: ['ignore', 'pipe', 'inherit'], detached: true });
        onTestFinished(() => killGroup(child.pid));
        const stdout = text(child.stdout);
        const ended = new Promise<number | null>(resolve => child.on('close', resolve)).then(async code => ({
          code,
          stdout: await stdout,
        }));
        return { child, ended };
      },
      read: file => readFile(join(dir, file), 'utf8'),
      said: () => readFile(said, 'utf8').catch(() => ''),
    };
  };
}

function killGroup(pid = 0): void {
  try {
    if (pid > 0) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** The first key of each row of a CSV or NDJSON file. */
export function idsIn(rows: string): readonly string[] {
  return rows
    .trimEnd()
    .split(/\r?\n/)
    .flatMap(line => (line.startsWith('{') ? [String(JSON.parse(line).id)] : /^[0-9a-f]{8}-/.test(line) ? [line.slice(0, 36)] : []));
}
