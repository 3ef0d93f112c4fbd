// A home directory of its own for every run of the program: nothing of the machine's configuration can be seen from there.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

export interface Home {
  readonly path: string;
  /** Where commands run: empty, and below the home. */
  readonly cwd: string;
  readonly configFile: string;
  readonly stateDir: string;
  /** Writes a file below the home and returns its path. */
  write(name: string, content: string | Uint8Array, mode?: number): Promise<string>;
  /** Writes the config file, readable by its owner only. */
  configure(config: unknown): Promise<string>;
  remove(): Promise<void>;
}

export async function makeHome(): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), 'loanq-home-'));
  const configFile = join(path, '.config/loanq/config.json');
  const write: Home['write'] = async (name, content, mode = 0o600) => {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode });
    await chmod(file, mode);
    return file;
  };
  await mkdir(join(path, 'work'));
  return {
    path,
    cwd: join(path, 'work'),
    configFile,
    stateDir: join(path, '.local/state/loanq'),
    write,
    configure: config => write('.config/loanq/config.json', typeof config === 'string' ? config : JSON.stringify(config)),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A home that goes when the test file is done. Ask for it at the top of the file. */
export async function sharedHome(): Promise<Home> {
  const home = await makeHome();
  afterAll(home.remove);
  return home;
}

/** A home that goes when the test is done. Ask for it inside the test. */
export async function ownHome(): Promise<Home> {
  const home = await makeHome();
  onTestFinished(home.remove);
  return home;
}

/** The environment of a run: nothing is inherited but where programs are. */
export function environment(home: Home, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home.path,
    XDG_CONFIG_HOME: join(home.path, '.config'),
    XDG_STATE_HOME: join(home.path, '.local/state'),
    XDG_CACHE_HOME: join(home.path, '.cache'),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TERM: 'xterm-256color',
    SHELL: '/bin/sh',
    // A terminal of a test has nobody who would leave a pager.
    LOANQ_PAGER: 'cat',
    // A home of each run's own would be filled with compiled code that nobody uses again.
    NODE_DISABLE_COMPILE_CACHE: '1',
    ...more,
  };
}
