// Authenticates one profile with its provider: chooses the scheme its credentials fit and hides what that scheme does.
import { ConfigError } from '../core/errors.ts';
import { joined, say } from '../core/say.ts';
import { requiredCredentials, type Scheme } from '../core/scheme.ts';
import type { Authenticator, AuthenticatorOptions } from './authenticator-types.ts';
import { createExchangedToken } from './exchange-scheme.ts';
import { createSignature } from './signature-scheme.ts';
import { createReadyToken } from './token-scheme.ts';

export type { Authenticator, AuthenticatorOptions } from './authenticator-types.ts';

/** The authenticator of a profile. Throws ConfigError when its credentials fit no scheme of the provider. Reads no credential yet. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const scheme = chooseScheme(options);
  switch (scheme.kind) {
    case 'token':
      return createReadyToken(scheme, options);
    case 'exchange':
      return createExchangedToken(scheme, options);
    case 'es512':
      return createSignature(scheme, options);
  }
}

function chooseScheme({ provider, profile, credentials }: AuthenticatorOptions): Scheme {
  const fits = (candidate: Scheme): boolean => requiredCredentials(candidate).every(credentials.has);
  const scheme = provider.schemes.find(fits);
  if (scheme) return scheme;
  const choices = provider.schemes.map(candidate => joined(requiredCredentials(candidate), say` and `));
  throw new ConfigError(say`profile "${profile.name}" has no complete credentials for ${provider.title}`, {
    hint: say`it needs ${joined(choices, say`, or `)}`,
  });
}
