// Turns the source of a secret into the secret: checked before any request, never quoted in a message.
import type { Platform } from '../config/locations.ts';
import type { SecretSource } from '../config/secret-source.ts';
import { ConfigError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { shellQuote } from '../core/shell.ts';
import { type Reader, readGuardedFile, refuseForeignProgram } from '../files/guarded-file.ts';
import type { HelperEnd, HelperOptions } from './helper-process.ts';
import type { KeyringAnswer } from './keyring.ts';
import { type ChildTask, keyringService } from './keyring-child.ts';
import { type Protection, protectSecret, Secret } from './secret.ts';

export interface SourceContext extends Platform, Protection, Pick<HelperOptions, 'killGroup' | 'signal'> {
  readonly uid?: number;
  /** How loanq is started: the Node binary and the launcher. */
  readonly self: readonly string[];
  readonly commandLimitMs?: number;
  readonly keyringLimitMs?: number;
}

/** What the value is for. */
export interface Wanted {
  /** For messages: `token of profile "crego"`. */
  readonly what: Words;
  /** A PEM text of several lines. */
  readonly pem?: boolean;
  /** Not confidential: others may read its file, and no filter masks it. */
  readonly open?: boolean;
}

const maxBytes = 64 * 1024;
/** Somebody may have to unlock it first, in a window of its own. */
const storingLimitMs = 60_000;

/** Reads a secret. Throws ConfigError that names the source, never the value. */
export async function resolveSecret(source: SecretSource, wanted: Wanted, context: SourceContext): Promise<Secret> {
  const text = checkedText(await readSource(source, wanted, context), wanted, source);
  return protectSecret(new Secret(text, { open: wanted.open ?? false }), wanted.what, context);
}

async function readSource(source: SecretSource, wanted: Wanted, context: SourceContext): Promise<Uint8Array | string> {
  switch (source.kind) {
    case 'literal':
      return source.read();
    case 'env':
      return readVariable(source.name, wanted, context);
    case 'file':
      return withoutLineEnd(readSecretFile(source.path, wanted, context));
    case 'keyring':
      return keyringValue(await askKeyring(source.account, context), source.account, wanted, context);
    case 'command':
      return withoutLineEnd(await readCommand(source.argv, wanted, context));
  }
}

function readVariable(name: string, { what }: Wanted, { env, platform }: SourceContext): string {
  const value = env[name];
  const set = platform === 'win32' ? `$env:${name} = '...'` : `read -rs ${name} && export ${name}`;
  const hint = say`set it and try again: ${set}`;
  if (value === undefined) throw new ConfigError(say`the variable ${name} is not set (${what})`, { hint });
  if (value === '') throw new ConfigError(say`the variable ${name} is empty (${what})`, { hint });
  return value;
}

function readSecretFile(path: string, wanted: Wanted, context: SourceContext): Uint8Array {
  return readGuardedFile(path, { ...readerOf(context), maxBytes, private: !wanted.open }).bytes;
}

/** Who could change the program would run as the caller. */
async function readCommand(argv: readonly string[], wanted: Wanted, context: SourceContext): Promise<Uint8Array> {
  refuseForeignProgram(argv[0] ?? '', readerOf(context));
  const { runHelper } = await import('./helper-process.ts');
  return commandOutput(await runHelper(argv, await helperOptions(context, context.commandLimitMs ?? 10_000)), argv, wanted);
}

function readerOf({ platform, uid }: SourceContext): Reader {
  return { platform, ...(uid !== undefined && { uid }) };
}

/** What starts processes is loaded only where a secret comes from one. */
async function helperOptions(context: SourceContext, limitMs: number): Promise<HelperOptions> {
  const { helperEnvironment } = await import('./helper-process.ts');
  const { env, home, platform, killGroup, signal } = context;
  // Not the working directory: what lies there must not influence the helper.
  const cwd = platform === 'win32' ? home : '/';
  return { env: helperEnvironment(env), cwd, limitMs, maxBytes, platform, killGroup, ...(signal !== undefined && { signal }) };
}

/** Asks the keyring of the system for one entry, or hands it one. */
export async function askKeyring(account: string, context: SourceContext, task?: ChildTask): Promise<KeyringAnswer> {
  const keyring = await import('./keyring.ts');
  const options = await helperOptions(context, context.keyringLimitMs ?? (task === undefined ? 4_000 : storingLimitMs));
  return keyring.askKeyring(account, { ...options, self: context.self, uid: context.uid }, task);
}

function commandOutput(end: HelperEnd, argv: readonly string[], { what }: Wanted): Uint8Array {
  const refuse = (why: Words): ConfigError => new ConfigError(say`the command ${argv[0] ?? ''} ${why} (${what})`);
  const ends = {
    'not started': say`cannot be started`,
    'too slow': say`did not end in time`,
    'too long': say`wrote more than ${maxBytes / 1024} KiB`,
  };
  if (end.kind !== 'exit') throw refuse(ends[end.kind]);
  if (end.code !== 0) throw refuse(end.code === null ? say`was ended by a signal` : say`ended with exit code ${end.code}`);
  return end.output;
}

function keyringValue(answer: KeyringAnswer, account: string, { what }: Wanted, { platform }: SourceContext): string {
  const refuse = (why: Words, hint: Words): ConfigError => new ConfigError(say`the keyring ${why} (${what})`, { hint });
  const instead = say`where there is no keyring, use file: or a command instead`;
  switch (answer.kind) {
    case 'value':
      return answer.value;
    case 'no entry':
      throw refuse(say`has no entry for account ${account} of service ${keyringService}`, storeHint(account, platform) ?? instead);
    case 'not installed':
      throw refuse(say`cannot be read: @napi-rs/keyring is not installed`, instead);
    case 'unavailable':
      throw refuse(say`is not available`, instead);
    case 'stored':
    case 'removed':
    case 'too slow':
      throw refuse(say`did not answer in time`, say`unlock it and try again; ${instead}`);
  }
}

function storeHint(account: string, platform: NodeJS.Platform): Words | undefined {
  if (platform === 'linux') return say`run: secret-tool store --label=loanq service ${keyringService} username ${shellQuote(account)}`;
  return platform === 'darwin' ? say`run: security add-generic-password -s ${keyringService} -a ${shellQuote(account)} -w` : undefined;
}

/** Editors and `echo` end a file with one line break. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== 0x0a) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}

/** A value that can be sent: one line of ASCII, or PEM. */
function checkedText(value: Uint8Array | string, { what, pem }: Wanted, source: SecretSource): string {
  const text = typeof value === 'string' ? value : decode(value);
  const fault = text === undefined ? say`is not UTF-8 text` : textFault(text, pem ?? false);
  if (text === undefined || fault !== undefined) throw new ConfigError(say`the ${what} (${source.kind}) ${fault ?? ''}`);
  return text;
}

/** Why a text cannot be sent as a credential, to follow its name; undefined when it can. */
export function textFault(text: string, pem: boolean): Words | undefined {
  if (text.trim() === '') return say`is empty`;
  if (text.startsWith('\uFEFF')) return say`begins with a byte order mark`;
  if (text.includes('\0')) return say`holds a NUL character`;
  if (!pem && /[\r\n]/.test(text)) return say`holds a line break`;
  if (/[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) || (!pem && text.includes('\t'))) return say`holds a control character`;
  if (/[^\x00-\x7f]/.test(text)) return say`holds a character that is not ASCII`;
  return !pem && text !== text.trim() ? say`begins or ends with a blank` : undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
