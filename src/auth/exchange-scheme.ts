// Tokens obtained by documented calls: cached between runs, renewed early, replaced once when rejected.
import type { ExchangeScheme } from '../core/scheme.ts';
import type { AuthDescription, Authenticator, AuthenticatorOptions } from './authenticator-types.ts';
import { clockSkewHint } from './clock-skew.ts';
import { credentialIn, withCredential } from './credential-location.ts';
import type { Parts } from './exchange-parts.ts';

const placeholder = 'token-from-login';

export function createExchangedToken(scheme: ExchangeScheme, options: AuthenticatorOptions): Authenticator {
  const { clock } = options;
  const since = clock.now().getTime();
  let loading: Promise<Parts> | undefined;
  const parts = (): Promise<Parts> => {
    loading ??= import('./exchange-parts.ts').then(({ assemble }) =>
      assemble(scheme, options, configuredCredentials(scheme, options), since),
    );
    return loading;
  };
  /** Which token an answer was given to: by the time it is rejected another worker may have replaced it. */
  const usedFor = new WeakMap<object, string>();
  const describe = async (): Promise<AuthDescription> => {
    const tokens = await (await parts()).session.peek();
    return {
      kind: 'exchange',
      about: `login with ${scheme.credentials.join(' and ')}`,
      credentials: configuredCredentials(scheme, options),
      cached: tokens !== undefined,
      ...(tokens?.expiresAt !== undefined && { expiresAt: new Date(tokens.expiresAt) }),
    };
  };
  return {
    authenticate: async plan => withCredential(plan, scheme.location, await (await parts()).session.current()),
    preview: async plan => withCredential(plan, scheme.location, placeholder),
    check: async (response, plan) => {
      const token = credentialIn(plan, scheme.location);
      if (token !== undefined) usedFor.set(response, token);
      return response;
    },
    rejected: async response => {
      const { session } = await parts();
      const token = usedFor.get(response) ?? (await session.peek())?.accessToken;
      return token !== undefined && session.renewAfter(token);
    },
    hint: async response => clockSkewHint(response, clock.now()),
    describe,
    // Credentials that cannot be read are told by the call that needs them.
    warnings: async () =>
      parts().then(
        ({ store }) => store.warnings(),
        () => [],
      ),
    login: async () => {
      await (await parts()).session.login();
      return describe();
    },
    logout: async () => (await parts()).session.logout(),
  };
}

/** Those the scheme needs, and of the others those the profile has. */
function configuredCredentials(scheme: ExchangeScheme, { credentials }: AuthenticatorOptions): readonly string[] {
  return [...scheme.credentials, ...(scheme.optional ?? []).filter(credentials.has)];
}
