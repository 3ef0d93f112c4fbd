// ES512 signatures over requests, and the verification of signed answers: keys are loaded once, signatures made per attempt.
import { ConfigError } from '../core/errors.ts';
import type { Scheme } from '../core/provider.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import { type Authenticator, type AuthenticatorOptions, revealCredential, revealKey } from './authenticator-types.ts';
import { clockSkewHint } from './clock-skew.ts';
import { checkV2, type SigningKeys, signV2 } from './es512.ts';
import { checkLegacy, encodedBody, signLegacy } from './legacy.ts';
import { loadPrivateKey, loadPublicKey } from './p521.ts';
import { createByteFilter, createFilter, filterWhole, Secret, SecretRegister } from './secret.ts';

type SignatureScheme = Extract<Scheme, { kind: 'es512' }>;
/** Settings of a profile. */
const variantSetting = 'signing';
const publicKeySetting = 'qiPublicKey';

export function createSignature(scheme: SignatureScheme, options: AuthenticatorOptions): Authenticator {
  const { profile, clock } = options;
  const legacy = isLegacy(options);
  const verified = Object.hasOwn(profile.keys, publicKeySetting);
  let loading: Promise<SigningKeys> | undefined;
  const keys = (): Promise<SigningKeys> => {
    loading ??= loadKeys(scheme, options);
    return loading;
  };
  const authenticate: Authenticator['authenticate'] = async plan => (legacy ? signLegacy : signV2)(plan, await keys(), clock.now());
  return {
    authenticate,
    preview: authenticate,
    check: async (response, plan) => {
      const check = legacy || encodedBody(response.body) !== undefined ? checkLegacy : checkV2;
      return withoutEcho(check(response, plan, await keys(), clock.now()), plan);
    },
    rejected: async () => false,
    hint: async response => clockSkewHint(response, clock.now()),
    describe: async () => ({
      kind: 'es512',
      about: `ES512 signature (${legacy ? 'legacy' : 'v2'})`,
      credentials: [scheme.client, scheme.key],
      verified,
    }),
    warnings: async () =>
      legacy && !verified
        ? [`answers to profile "${profile.name}" are decoded but their signatures are not verified: set ${publicKeySetting}`]
        : [],
    login: async () => 'not-needed',
    logout: async () => 'not-needed',
  };
}

/** The answer without the signature of its own request, should it repeat it: for a few minutes that is as good as a credential. */
function withoutEcho(response: HttpResponse, plan: RequestPlan): HttpResponse {
  const sent = new SecretRegister();
  for (const { value, secret } of plan.headers) if (secret) sent.add(new Secret(value.slice(value.lastIndexOf(':') + 1)));
  const clean = createFilter(sent);
  return {
    ...response,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, clean(value)])),
    body: new Uint8Array(filterWhole(createByteFilter(sent), response.body)),
  };
}

function isLegacy({ profile }: AuthenticatorOptions): boolean {
  const variant = profile.settings[variantSetting] ?? 'v2';
  if (variant === 'v2' || variant === 'legacy') return variant === 'legacy';
  throw new ConfigError(`${variantSetting} of profile "${profile.name}" must be "v2" or "legacy"`);
}

async function loadKeys(scheme: SignatureScheme, options: AuthenticatorOptions): Promise<SigningKeys> {
  const { profile, provider } = options;
  const client = await revealCredential(options, scheme.client);
  const pem = await revealCredential(options, scheme.key);
  const publicKey = await revealKey(options, publicKeySetting);
  const nameOf = (setting: string): string => `${setting} of profile "${profile.name}"`;
  return {
    client,
    clientIsOpen: provider.open?.includes(scheme.client) === true,
    privateKey: loadPrivateKey(pem, nameOf(scheme.key)),
    ...(publicKey !== undefined && { publicKey: loadPublicKey(publicKey, nameOf(publicKeySetting)) }),
  };
}
