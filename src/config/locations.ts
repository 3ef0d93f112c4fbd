// Where the configuration and the state live. Never the working directory or its parents:
// a foreign file there could send credentials elsewhere.
import { lstatSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { say } from '../core/say.ts';

/** What decides where files are. */
export interface Platform {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; '' when the system does not know it. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export interface LocatedConfig {
  /** Absolute. */
  readonly path: string;
  /** Named by `--config` or `LOANQ_CONFIG` rather than found. */
  readonly explicit: boolean;
}

export interface LocateOptions extends Platform {
  readonly configFlag?: string;
  /** Only for a relative path in `--config` or `LOANQ_CONFIG`. */
  readonly cwd: string;
}

/**
 * The config file to use; undefined when there is none. An explicitly named one replaces the search.
 * Throws ConfigError when the named file does not exist.
 */
export function locateConfig(options: LocateOptions): LocatedConfig | undefined {
  const named = namedConfig(options);
  if (named !== undefined) {
    if (!exists(named.path)) throw new ConfigError(say`the config file ${named.path}, named by ${named.by}, does not exist`);
    return { path: named.path, explicit: true };
  }
  const path = configCandidates(options).find(exists);
  return path === undefined ? undefined : { path, explicit: false };
}

/** The file a new configuration is written to; undefined when neither a home nor a config directory is known. */
export function newConfigPath(options: LocateOptions): string | undefined {
  return namedConfig(options)?.path ?? configCandidates(options)[0];
}

/** The places that are searched, in order. */
export function configCandidates({ env, home, platform }: Platform): string[] {
  const path = pathOf(platform);
  const directory = configDirectory({ env, home, platform });
  const inDirectory = directory === undefined ? [] : ['config.json', 'config.yaml', 'config.yml'].map(name => path.join(directory, name));
  const inHome = path.isAbsolute(home) ? ['', '.json', '.yaml', '.yml'].map(ending => path.join(home, `.loanqrc${ending}`)) : [];
  return [...inDirectory, ...inHome];
}

/** What to say to somebody whose configuration was not found. */
export function searchHint(on: Platform): string {
  const candidates = configCandidates(on);
  if (candidates.length > 0) return `looked for ${candidates.join(', ')}`;
  const variable = on.platform === 'win32' ? 'APPDATA' : 'HOME';
  return `no home directory is known: set ${variable}, or name a file with --config`;
}

/** The directory for tokens and locks; undefined when the system knows no home. */
export function stateDir({ env, home, platform }: Platform): string | undefined {
  if (platform === 'win32') return under(windowsData({ env, home, platform }), 'state', platform);
  return under(absolute(env.XDG_STATE_HOME, platform) ?? under(absolute(home, platform), '.local/state', platform), 'loanq', platform);
}

/** An absolute path: `~/` is the home directory, a relative one starts at `base`. */
export function resolvePath(given: string, base: string, { home, platform }: Pick<Platform, 'home' | 'platform'>): string {
  const path = pathOf(platform);
  const rest = /^~(?:[/\\](.*))?$/s.exec(given);
  if (rest === null) return path.resolve(base, given);
  if (!path.isAbsolute(home))
    throw new ConfigError(say`a path begins with ~, but the home directory is not known`, { hint: say`set HOME or write the whole path` });
  return path.join(home, rest[1] ?? '');
}

export function pathOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

function namedConfig(options: LocateOptions): { path: string; by: string } | undefined {
  const { configFlag, env, cwd } = options;
  if (configFlag !== undefined) {
    if (configFlag === '') throw new ConfigError(say`--config names no file`);
    return { path: resolvePath(configFlag, cwd, options), by: '--config' };
  }
  const variable = env.LOANQ_CONFIG;
  return variable === undefined || variable === '' ? undefined : { path: resolvePath(variable, cwd, options), by: 'LOANQ_CONFIG' };
}

function configDirectory(options: Platform): string | undefined {
  const { env, home, platform } = options;
  if (platform === 'win32') return windowsData(options);
  return under(absolute(env.XDG_CONFIG_HOME, platform) ?? under(absolute(home, platform), '.config', platform), 'loanq', platform);
}

function windowsData({ env, home, platform }: Platform): string | undefined {
  return under(absolute(env.APPDATA, platform) ?? under(absolute(home, platform), 'AppData/Roaming', platform), 'loanq', platform);
}

function under(directory: string | undefined, name: string, platform: NodeJS.Platform): string | undefined {
  return directory === undefined ? undefined : pathOf(platform).join(directory, name);
}

/** A relative directory would mean the working directory: it counts as not set. */
function absolute(directory: string | undefined, platform: NodeJS.Platform): string | undefined {
  return directory !== undefined && pathOf(platform).isAbsolute(directory) ? directory : undefined;
}

/** Anything under that name counts, also a dangling link: it is refused when read rather than passed over. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
