// A directory of its own for a test file, a context to resolve secrets in, with a fresh register, and the refusal a source ends with.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished, vi } from 'vitest';
import { Secret, SecretRegister } from '../../src/auth/secret.ts';
import { resolveSecret, type SourceContext, type Wanted } from '../../src/auth/source.ts';
import type { SecretSource } from '../../src/config/secret-source.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { launcher } from '../runner/app.ts';

export const canary = 'canary-5up3r-secret';
export const wanted: Wanted = { what: 'token of profile "crego"' };

/** Limits run out only when the test says so. */
export function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

export interface SourceStage {
  /** Where the files of this test file are; also the home directory. */
  readonly root: string;
  contextWith(parts?: Partial<SourceContext>): SourceContext;
  value(source: SecretSource, context?: SourceContext, what?: Wanted): Promise<string>;
  /** `message` or `message | hint`; fails when the source is accepted or the message quotes the secret. */
  refusal(source: SecretSource, context?: SourceContext, what?: Wanted): Promise<string>;
  /** Writes a file with exactly this mode, whatever the umask. */
  write(name: string, text: string | Uint8Array, mode?: number): string;
}

/** Ask for it at the top of the file: what it wrote goes when the file is done. */
export function sourceStage(): SourceStage {
  const root = mkdtempSync(join(tmpdir(), 'loanq-test-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const contextWith: SourceStage['contextWith'] = (parts = {}) => ({
    env: { PATH: process.env.PATH, HOME: root },
    home: root,
    platform: 'linux',
    uid: process.getuid?.() ?? 0,
    self: [process.execPath, launcher()],
    register: new SecretRegister(),
    warn: () => undefined,
    killGroup: pid => process.kill(-pid, 'SIGKILL'),
    ...parts,
  });

  return {
    root,
    contextWith,
    value: async (source, context = contextWith(), what = wanted) => {
      const secret = await resolveSecret(source, what, context);
      if (!(secret instanceof Secret)) throw new Error('not a secret');
      return secret.reveal();
    },
    refusal: async (source, context = contextWith(), what = wanted) => {
      try {
        await resolveSecret(source, what, context);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const said = error.facts.hint === undefined ? error.message : `${error.message} | ${error.facts.hint}`;
        if (said.includes('canary') || (error.stack ?? '').includes('canary')) throw new Error('the message quotes the secret');
        return said;
      }
      throw new Error('it was accepted');
    },
    write: (name, text, mode = 0o600) => {
      const path = join(root, name);
      rmSync(path, { force: true });
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    },
  };
}
