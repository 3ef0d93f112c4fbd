// Where a secret comes from, as a profile says it. Reading it is the business of auth/.
import { ConfigError } from '../core/errors.ts';
import { inEnglish, type Saying, say } from '../core/say.ts';
import { pathOf, resolvePath } from './locations.ts';

export type SecretSource =
  | { readonly kind: 'env'; readonly name: string }
  /** `path` is absolute. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'keyring'; readonly account: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  /** A function, so that no inspection of a profile shows the value. */
  | { readonly kind: 'literal'; readonly read: () => string };

/** A source as it stands in a config file or in a variable. */
export type GivenSource = string | { readonly command: readonly string[] };

/** Where relative paths start: the directory of the config file. Without one, paths must be absolute or begin with `~/`. */
export interface SourceBase {
  readonly directory?: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

const prefixes = ['env', 'file', 'keyring'];

/** What is wrong with the wording of a source; undefined when it is fine. Never quotes it. */
export function sourceFault(given: GivenSource, platform: NodeJS.Platform): string | undefined {
  if (typeof given !== 'string') return commandFault(given.command, platform);
  const { prefix, rest } = split(given);
  if (prefix === 'env') return /^[A-Za-z_][A-Za-z0-9_]*$/.test(rest) ? undefined : 'must name a variable after env:';
  if (prefix === 'file') return rest === '' || rest.includes('\0') ? 'must name a file after file:' : undefined;
  if (prefix === 'keyring') return /^[^\x00-\x1f\x7f]+$/.test(rest) ? undefined : 'must name an account after keyring:';
  const word = /^(\w+)\s*:/.exec(given)?.[1]?.toLowerCase() ?? '';
  if (word === 'command') return 'must be written as {"command": ["/path/to/program", ...]} to run a command';
  if (prefixes.includes(word)) return `must be written with ${word}: in small letters, without a blank`;
  return given === '' ? 'is empty' : undefined;
}

/** Whether the value itself is written down rather than referred to. */
export function isLiteral(given: GivenSource): boolean {
  return typeof given === 'string' && split(given).prefix === undefined;
}

/** Reads a source whose wording is fine. Throws ConfigError when a path cannot be resolved. */
export function parseSource(given: GivenSource, base: SourceBase): SecretSource {
  if (typeof given !== 'string') return Object.freeze({ kind: 'command', argv: Object.freeze([...given.command]) });
  const { prefix, rest } = split(given);
  if (prefix === 'env') return Object.freeze({ kind: 'env', name: rest });
  if (prefix === 'keyring') return Object.freeze({ kind: 'keyring', account: rest });
  if (prefix === 'file') return Object.freeze({ kind: 'file', path: sourcePath(rest, base) });
  return Object.freeze({ kind: 'literal', read: () => given });
}

/** Where a secret comes from, in words that may be shown. */
export function describeSource(source: SecretSource): string {
  return inEnglish(sourceWords(source));
}

/** The same in the reader's language. */
export function sourceWords(source: SecretSource): Saying {
  switch (source.kind) {
    case 'env':
      return say`variable ${source.name}`;
    case 'file':
      return say`file ${source.path}`;
    case 'keyring':
      return say`keyring account ${source.account}`;
    case 'command':
      return say`command ${source.argv[0] ?? ''}`;
    case 'literal':
      return say`the config file itself`;
  }
}

function split(given: string): { prefix: string | undefined; rest: string } {
  const prefix = prefixes.find(word => given.startsWith(`${word}:`));
  return { prefix, rest: prefix === undefined ? given : given.slice(prefix.length + 1) };
}

function sourcePath(given: string, base: SourceBase): string {
  if (base.directory !== undefined) return resolvePath(given, base.directory, base);
  if (/^~[/\\]/.test(given) || pathOf(base.platform).isAbsolute(given)) return resolvePath(given, '/', base);
  throw new ConfigError(say`a file: reference in a variable must be an absolute path or begin with ~/`);
}

function commandFault(argv: readonly string[], platform: NodeJS.Platform): string | undefined {
  const [program] = argv;
  if (program === undefined || !pathOf(platform).isAbsolute(program)) return 'must name the program of its command by an absolute path';
  return argv.some(argument => argument.includes('\0')) ? 'has a NUL character in its command' : undefined;
}
