// The credentials and keys of one profile, read when a scheme needs them. What is read is a Secret, known to the filter of every stream.
import type { Profile } from '../config/profile.ts';
import type { SecretSource } from '../config/secret-source.ts';
import { ConfigError } from '../core/errors.ts';
import { isOpenCredential, isPemCredential, type Provider } from '../core/provider.ts';
import { say } from '../core/say.ts';
import type { Secret } from './secret.ts';
import { resolveSecret, type SourceContext, type Wanted } from './source.ts';

export interface CredentialReader {
  /** Whether the profile names a source for a credential; nothing is read. */
  has(credential: string): boolean;
  /** Throws ConfigError that names the source, never the value. */
  read(credential: string): Promise<Secret>;
  /** Whether the profile has a public key of the provider or tenant under that setting. */
  hasKey(setting: string): boolean;
  /** Throws ConfigError. */
  readKey(setting: string): Promise<Secret>;
}

export function createCredentialReader(profile: Profile, provider: Provider, context: SourceContext): CredentialReader {
  const read = (sources: Readonly<Record<string, SecretSource>>, name: string, kind: Omit<Wanted, 'what'>): Promise<Secret> => {
    const what = say`${name} of profile "${profile.name}"`;
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
    if (source === undefined) throw new ConfigError(say`there is no ${what}`);
    return resolveSecret(source, { what, ...kind }, context);
  };
  return {
    has: name => Object.hasOwn(profile.credentials, name),
    read: async name => read(profile.credentials, name, { open: isOpenCredential(provider, name), pem: isPemCredential(provider, name) }),
    hasKey: name => Object.hasOwn(profile.keys, name),
    readKey: async name => read(profile.keys, name, { open: true, pem: true }),
  };
}
