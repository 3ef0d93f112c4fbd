// Where tokens live between calls: in memory here, in a file in token-cache.ts.
import type { ErrorFacts } from '../core/errors.ts';
import type { Words } from '../core/say.ts';
import type { Tokens } from './token-exchange.ts';

/** What is remembered of the last login. */
export type StoredEntry =
  | { readonly kind: 'tokens'; readonly tokens: Tokens }
  /** The provider refused it. Kept for those who waited meanwhile, so that six starts are not six refused logins. */
  | { readonly kind: 'refused'; readonly at: number; readonly message: string; readonly facts: ErrorFacts };

export interface TokenStore {
  /** The entry, if there is one that can be believed. Never throws. */
  read(): Promise<StoredEntry | undefined>;
  /** Never throws: what cannot be kept in a file is kept in memory, with a warning. */
  write(entry: StoredEntry): Promise<void>;
  remove(): Promise<void>;
  /** Runs the work while nobody else, in any process, works on the same entry. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** What a user should know, one sentence each. Looks whether tokens can be kept at all. Never throws. */
  warnings(): Promise<readonly Words[]>;
}

/** Tokens of one run, forgotten with it. */
export function createMemoryStore(): TokenStore {
  let entry: StoredEntry | undefined;
  return {
    read: async () => entry,
    write: async written => {
      entry = written;
    },
    remove: async () => {
      entry = undefined;
    },
    exclusive: work => work(),
    warnings: async () => [],
  };
}
