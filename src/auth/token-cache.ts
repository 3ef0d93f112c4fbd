// Tokens of one profile in a file of the state directory, shared by every process of the user: one login, one refresh at a time.
// A file that is damaged, open to others or not ours is never believed; it is replaced at the next login.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { ConfigError, LockedError, TemporaryError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { acquireLock, type Lock, type Processes } from '../files/lock.ts';
import { prepareStateDirectory } from './state-directory.ts';
import { decryptText, deriveKey, encryptText } from './token-encryption.ts';
import { createMemoryStore, type StoredEntry, type TokenStore } from './token-store.ts';

export interface TokenCacheOptions {
  /** State directory; made with mode 0700 when missing. */
  readonly dir: string;
  /** What the entry belongs to: provider, profile, base URL and whatever of the credentials may be shown. */
  readonly identity: readonly string[];
  /** The credentials; the entry is encrypted with them. */
  readonly credentials: readonly string[];
  /** Undefined where files have no owner (Windows). */
  readonly uid: number | undefined;
  readonly processes: Processes;
  readonly monotonicMs: () => number;
  readonly signal: AbortSignal;
  /** Longest wait for another process that is logging in. */
  readonly maxWaitMs?: number;
}

const maxBytes = 64 * 1024;
const pollMs = 100;
const defaultMaxWaitMs = 30_000;

const fileShape = z.object({ version: z.literal(1), sealed: z.string() });
const entryShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tokens'),
    tokens: z.object({
      accessToken: z.string(),
      refreshToken: z.exactOptional(z.string()),
      obtainedAt: z.number(),
      expiresAt: z.exactOptional(z.number()),
    }),
  }),
  z.object({
    kind: z.literal('refused'),
    at: z.number(),
    message: z.string(),
    facts: z.object({ status: z.exactOptional(z.number()), providerCode: z.exactOptional(z.string()), hint: z.exactOptional(z.string()) }),
  }),
]);

export class TokenCache implements TokenStore {
  /** Private at run time, too: no inspection of the cache shows the credentials. */
  readonly #options: TokenCacheOptions;
  readonly #path: string;
  readonly #salt: string;
  readonly #warnings: Words[] = [];
  readonly #memory = createMemoryStore();
  #key: Promise<Buffer> | undefined;
  #ready: Promise<boolean> | undefined;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
    this.#salt = createHash('sha256').update(JSON.stringify(options.identity)).digest('hex');
    this.#path = join(options.dir, `token-${this.#salt.slice(0, 32)}.json`);
  }

  async read(): Promise<StoredEntry | undefined> {
    if (!(await this.#usable())) return this.#memory.read();
    try {
      const sealed = await this.#readFile();
      const text = sealed && decryptText(sealed, await this.#deriveKey());
      return text ? storedEntry(JSON.parse(text)) : undefined;
    } catch {
      return undefined;
    }
  }

  async write(entry: StoredEntry): Promise<void> {
    if (!(await this.#usable())) return this.#memory.write(entry);
    const candidate = `${this.#path}.new`;
    try {
      const sealed = encryptText(JSON.stringify(entry), await this.#deriveKey());
      await rm(candidate, { force: true });
      const handle = await open(candidate, 'wx', 0o600);
      try {
        await handle.writeFile(`${JSON.stringify({ version: 1, sealed })}\n`);
      } finally {
        await handle.close();
      }
      await rename(candidate, this.#path);
    } catch (error) {
      await rm(candidate, { force: true }).catch(() => {});
      await this.#fallBack(error);
      await this.#memory.write(entry);
    }
  }

  async remove(): Promise<void> {
    await this.#memory.remove();
    if (await this.#usable()) await rm(this.#path, { force: true }).catch(() => {});
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const lock = await this.#lock();
    try {
      return await work();
    } finally {
      await lock?.release();
    }
  }

  async warnings(): Promise<readonly Words[]> {
    await this.#usable();
    return this.#warnings;
  }

  /** Undefined where nothing can be locked: then nothing is shared either. */
  async #lock(): Promise<Lock | undefined> {
    const { monotonicMs, signal, processes, uid, maxWaitMs = defaultMaxWaitMs } = this.#options;
    const endMs = monotonicMs() + maxWaitMs;
    while (await this.#usable()) {
      try {
        return await acquireLock(`${this.#path}.lock`, processes, uid);
      } catch (error) {
        if (!(error instanceof LockedError)) await this.#fallBack(error);
        else if (monotonicMs() >= endMs) throw busy(maxWaitMs);
      }
      await wait(pollMs, undefined, { signal }).catch(() => {
        throw signal.reason;
      });
    }
    return undefined;
  }

  #usable(): Promise<boolean> {
    this.#ready ??= prepareStateDirectory(this.#options.dir, this.#options.uid).then(
      () => true,
      error => this.#fallBack(error),
    );
    return this.#ready;
  }

  #fallBack(error: unknown): Promise<boolean> {
    this.#ready = Promise.resolve(false);
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    const why = error instanceof ConfigError ? say` (${error.said})` : code === undefined ? '' : ` (${code})`;
    this.#warnings.push(say`tokens are kept in memory only: the state directory ${this.#options.dir} cannot be used${why}`);
    return this.#ready;
  }

  #deriveKey(): Promise<Buffer> {
    this.#key ??= deriveKey(this.#options.credentials, this.#salt);
    return this.#key;
  }

  async #readFile(): Promise<string | undefined> {
    const { uid } = this.#options;
    const handle = await open(this.#path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      const isPrivate = uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
      if (!found.isFile() || !isPrivate || found.size > maxBytes) return undefined;
      return fileShape.parse(JSON.parse(await handle.readFile('utf8'))).sealed;
    } finally {
      await handle.close();
    }
  }
}

function storedEntry(value: unknown): StoredEntry | undefined {
  const { success, data } = entryShape.safeParse(value);
  return success ? data : undefined;
}

function busy(maxWaitMs: number): TemporaryError {
  return new TemporaryError(say`another run has been logging in with this profile for ${Math.round(maxWaitMs / 1000)} s`, {
    hint: say`try again when it is done, or use --no-token-cache`,
  });
}
