// A fresh private directory per test file, removed afterwards, and shorthands for the readers these tests use.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { providerTable } from './providers.ts';

export const uid = process.getuid?.() ?? 0;
export const reader = { platform: 'linux', uid } as const;
export const loading = { ...reader, providers: providerTable, home: '/home/nobody-here' } as const;

export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'loanq-test-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a file with exactly this mode, whatever the umask. */
export function writeMode(path: string, text: string | Uint8Array, mode = 0o600): string {
  rmSync(path, { force: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** The ConfigError a call ends with, as `message` or `message | hint`. Fails for any other end. */
export async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.facts.hint === undefined ? error.message : `${error.message} | ${error.facts.hint}`;
  }
  throw new Error('it was accepted');
}
