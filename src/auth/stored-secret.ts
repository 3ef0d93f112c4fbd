// Keeps a secret where a profile can find it again: an entry of the system keyring, or a file that only the user can read.
import { ConfigError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { checkSecretPlace, writeSecretFile } from '../files/secret-file.ts';
import type { KeyringAnswer } from './keyring.ts';
import { askKeyring, type SourceContext } from './source.ts';

export type SecretPlace = { readonly kind: 'keyring'; readonly account: string } | { readonly kind: 'file'; readonly path: string };

/** Whether an entry of that name is there; undefined where no keyring answers. */
export async function keyringState(account: string, context: SourceContext): Promise<'free' | 'taken' | undefined> {
  const { kind } = await askKeyring(account, context);
  if (kind === 'no entry') return 'free';
  return kind === 'value' ? 'taken' : undefined;
}

/** Whether something of the user's is there. Throws ConfigError for a place where no secret may be written. */
export function fileState(path: string, context: SourceContext): 'free' | 'taken' {
  return checkSecretPlace(path, context);
}

/** Stores it, and says how to put back what was there. Throws ConfigError or WriteError; then nothing has changed. */
export async function storeSecret(place: SecretPlace, value: string, context: SourceContext): Promise<() => Promise<void>> {
  if (place.kind === 'file') return writeSecretFile(place.path, `${value}\n`, context);
  const { account } = place;
  const before = await askKeyring(account, context);
  if (before.kind !== 'value' && before.kind !== 'no entry') throw notTaken(before);
  // It is put back also after the signal that ended the run.
  const { signal: _, ...unhurried } = context;
  const task = before.kind === 'value' ? { store: before.value } : ({ remove: true } as const);
  const back = async (): Promise<void> => void (await askKeyring(account, unhurried, task));
  try {
    const after = await askKeyring(account, context, { store: value });
    if (after.kind !== 'stored') throw notTaken(after);
  } catch (error) {
    await back();
    throw error;
  }
  return back;
}

function notTaken({ kind }: KeyringAnswer): ConfigError {
  const why = kind === 'too slow' ? say`did not answer in time` : kind === 'not installed' ? say`is not installed` : say`does not take it`;
  return new ConfigError(say`the keyring ${why}`, { hint: say`unlock it, or keep the secret in a file` });
}
