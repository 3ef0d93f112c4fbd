// A token the user brings: it is put where it belongs and cannot be renewed here.
import { say, type Words } from '../core/say.ts';
import type { TokenScheme } from '../core/scheme.ts';
import type { Authenticator, AuthenticatorOptions } from './authenticator-types.ts';
import { clockSkewHint } from './clock-skew.ts';
import { withCredential } from './credential-location.ts';
import { jwtExpiryMs } from './jwt.ts';
import type { Secret } from './secret.ts';

const soonMs = 5 * 60_000;

export function createReadyToken(scheme: TokenScheme, options: AuthenticatorOptions): Authenticator {
  const { profile, credentials, clock } = options;
  const now = (): Date => clock.now();
  let loading: Promise<Secret> | undefined;
  const token = async (): Promise<string> => {
    loading ??= credentials.read(scheme.credential);
    return (await loading).reveal();
  };
  const expiryMs = async (): Promise<number | undefined> => (scheme.jwt ? jwtExpiryMs(await token()) : undefined);
  const expiryWarning = async (): Promise<Words | undefined> => {
    const expires = await expiryMs();
    if (expires === undefined) return undefined;
    const left = expires - now().getTime();
    const { credential } = scheme;
    if (left <= 0) return say`the ${credential} of profile "${profile.name}" expired at ${shortTime(expires)}`;
    const minutes = Math.ceil(left / 60_000);
    return left < soonMs
      ? say`the ${credential} of profile "${profile.name}" expires in ${minutes} min, at ${shortTime(expires)}`
      : undefined;
  };
  const authenticate: Authenticator['authenticate'] = async plan => withCredential(plan, scheme.location, await token());
  return {
    authenticate,
    preview: authenticate,
    check: async response => response,
    rejected: async () => false,
    hint: async response => (await expiryWarning()) ?? clockSkewHint(response, now()),
    describe: async () => {
      const expires = await expiryMs();
      return {
        kind: 'token',
        about: 'ready token',
        credentials: [scheme.credential],
        ...(expires !== undefined && { expiresAt: new Date(expires) }),
      };
    },
    warnings: async () => {
      const warning = await expiryWarning();
      return warning === undefined ? [] : [warning];
    },
    login: async () => 'not-needed',
    logout: async () => 'not-needed',
  };
}

function shortTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
