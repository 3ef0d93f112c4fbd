// ES512 signatures over requests, and the verification of signed answers: keys are loaded once, signatures made per attempt.
import { ConfigError, ResponseError } from '../core/errors.ts';
import { isOpenCredential } from '../core/provider.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import { say, type Words } from '../core/say.ts';
import type { SignatureScheme } from '../core/scheme.ts';
import type { AnswerCheck, Authenticator, AuthenticatorOptions } from './authenticator-types.ts';
import { clockSkewHint } from './clock-skew.ts';
import { loadPrivateKey, loadPublicKey } from './p521.ts';
import { createByteFilter, createFilter, filterWhole, Secret, SecretRegister } from './secret.ts';
import { checkLegacy, encodedBody, signLegacy } from './signature-legacy.ts';
import { checkV2, type SigningKeys, signV2 } from './signature-v2.ts';

export function createSignature(scheme: SignatureScheme, options: AuthenticatorOptions): Authenticator {
  const { profile, clock, signal } = options;
  const settings = scheme.settings;
  const legacy = choiceOf(settings.variant, ['v2', 'legacy'], options) === 'legacy';
  const answers = answerCheck(scheme, options);
  const unsigned = judgeUnsigned(scheme, answers, options);
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
      const isEncoded = encodedBody(response.body) !== undefined;
      const isSigned = isEncoded || (!legacy && response.headers.authorization !== undefined);
      const check = legacy || isEncoded ? checkLegacy : checkV2;
      return withoutEcho(isSigned ? check(response, plan, await keys(), clock.now()) : unsigned(response), plan, signal);
    },
    rejected: async () => false,
    hint: async response => clockSkewHint(response, clock.now()),
    describe: async () => ({
      kind: 'es512',
      about: `ES512 signature (${legacy ? 'legacy' : 'v2'})`,
      credentials: [scheme.client, scheme.key],
      answers,
    }),
    warnings: async () => {
      if (answers !== 'unverified') return [];
      const said: Words[] = [];
      if (legacy)
        said.push(say`answers to profile "${profile.name}" are decoded but their signatures are not verified: set ${settings.publicKey}`);
      if (settings.unsigned in profile.settings)
        said.push(say`${settings.unsigned} of profile "${profile.name}" has no effect without ${settings.publicKey}`);
      return said;
    },
    login: async () => 'not-needed',
    logout: async () => 'not-needed',
  };
}

/** The answer without the signature of its own request, should it repeat it: for a few minutes that is as good as a credential. */
async function withoutEcho(response: HttpResponse, plan: RequestPlan, signal: AbortSignal): Promise<HttpResponse> {
  const sent = new SecretRegister();
  for (const { value, secret } of plan.headers) if (secret) sent.add(new Secret(value.slice(value.lastIndexOf(':') + 1)));
  const clean = createFilter(sent);
  return {
    ...response,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, clean(value)])),
    body: new Uint8Array(await filterWhole(createByteFilter(sent), response.body, signal)),
  };
}

function answerCheck({ settings }: SignatureScheme, options: AuthenticatorOptions): AnswerCheck {
  const choice = choiceOf(settings.unsigned, ['refuse', 'warn'], options);
  if (!options.credentials.hasKey(settings.publicKey)) return 'unverified';
  return choice === 'warn' ? 'verified-if-signed' : 'verified';
}

/**
 * What becomes of an answer that is not signed. A failure is let through, since a gateway in front of the provider cannot sign, but
 * marked: it must not pass for the provider's word that there is no such record.
 */
function judgeUnsigned(
  { settings }: SignatureScheme,
  answers: AnswerCheck,
  { profile, provider, warn }: AuthenticatorOptions,
): (response: HttpResponse) => HttpResponse {
  const hint = say`if ${provider.title} does not sign its answers to you, set "${settings.unsigned}": "warn" in profile "${profile.name}"`;
  let warned = false;
  return response => {
    if (answers === 'unverified') return response;
    if (answers === 'verified') {
      if (response.status >= 400) return { ...response, unsigned: { hint } };
      throw new ResponseError(say`the answer cannot be trusted: it is not signed`, { status: response.status, hint });
    }
    if (!warned) warn(say`answers to profile "${profile.name}" come without a signature: they are not verified`);
    warned = true;
    return response;
  };
}

/** The value of a setting that is a choice; the first one where the profile has none. */
function choiceOf<const T extends string>(setting: string, choices: readonly [T, T], { profile }: AuthenticatorOptions): T {
  const given = profile.settings[setting] ?? choices[0];
  const choice = choices.find(word => word === given);
  if (choice !== undefined) return choice;
  throw new ConfigError(say`${setting} of profile "${profile.name}" must be "${choices[0]}" or "${choices[1]}"`);
}

async function loadKeys(scheme: SignatureScheme, options: AuthenticatorOptions): Promise<SigningKeys> {
  const { profile, provider, credentials } = options;
  const { publicKey } = scheme.settings;
  const client = await credentials.read(scheme.client);
  const pem = await credentials.read(scheme.key);
  const nameOf = (setting: string): Words => say`${setting} of profile "${profile.name}"`;
  return {
    client: client.reveal(),
    clientIsOpen: isOpenCredential(provider, scheme.client),
    privateKey: loadPrivateKey(pem.reveal(), nameOf(scheme.key)),
    ...(credentials.hasKey(publicKey) && { publicKey: loadPublicKey((await credentials.readKey(publicKey)).reveal(), nameOf(publicKey)) }),
  };
}
