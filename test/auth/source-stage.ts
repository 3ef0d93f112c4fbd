// A context to resolve secrets in, with a fresh register, and the refusal a source ends with.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Secret, SecretRegister } from '../../src/auth/secret.ts';
import { resolveSecret, type SourceContext, type Wanted } from '../../src/auth/source.ts';
import type { SecretSource } from '../../src/config/secret-source.ts';
import { ConfigError } from '../../src/core/errors.ts';

export const root = mkdtempSync(join(tmpdir(), 'loanq-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export const canary = 'canary-5up3r-secret';
export const wanted: Wanted = { what: 'token of profile "crego"' };

export function contextWith(parts: Partial<SourceContext> = {}): SourceContext {
  return {
    env: { PATH: process.env.PATH, HOME: root },
    home: root,
    platform: 'linux',
    uid: process.getuid?.() ?? 0,
    nodePath: process.execPath,
    register: new SecretRegister(),
    warn: () => undefined,
    killGroup: pid => process.kill(-pid, 'SIGKILL'),
    ...parts,
  };
}

export async function value(source: SecretSource, context = contextWith(), what = wanted): Promise<string> {
  const secret = await resolveSecret(source, what, context);
  if (!(secret instanceof Secret)) throw new Error('not a secret');
  return secret.reveal();
}

/** `message` or `message | hint`; fails when the source is accepted or the message quotes the secret. */
export async function refusal(source: SecretSource, context = contextWith(), what = wanted): Promise<string> {
  try {
    await resolveSecret(source, what, context);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const said = error.facts.hint === undefined ? error.message : `${error.message} | ${error.facts.hint}`;
    if (said.includes('canary') || (error.stack ?? '').includes('canary')) throw new Error('the message quotes the secret');
    return said;
  }
  throw new Error('it was accepted');
}

/** Writes a file with exactly this mode, whatever the umask. */
export function write(name: string, text: string | Uint8Array, mode = 0o600): string {
  const path = join(root, name);
  rmSync(path, { force: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
