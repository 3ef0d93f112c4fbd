// A credential that somebody is asked for: what people call it, what it looks like, and whether a text can be one.
import { loadPrivateKey } from '../../auth/p521.ts';
import { cleanPasted, type SecretForm, type SecretKind, secretKind } from '../../auth/pasted-secret.ts';
import { textFault } from '../../auth/source.ts';
import { ConfigError } from '../../core/errors.ts';
import { isOpenCredential, isPemCredential, type Provider } from '../../core/provider.ts';
import { type Saying, say, sayingOf, type Words } from '../../core/say.ts';
import type { Scheme } from '../../core/scheme.ts';
import { distanceWords } from './moments.ts';

export interface WantedSecret {
  readonly credential: string;
  /** `app key (接入账号)`. */
  readonly title: Saying;
  readonly form: SecretForm;
  /** No secret: an e-mail address, a client id. */
  readonly open: boolean;
  readonly optional: boolean;
  /** What a header puts before it. */
  readonly prefix: string;
  /** A JWT whose end may be read. */
  readonly jwt: boolean;
}

export function wantedSecret(provider: Provider, scheme: Scheme, credential: string, optional = false): WantedSecret {
  const isToken = scheme.kind === 'token';
  return {
    credential,
    title: sayingOf(provider.credentials?.[credential] ?? credential),
    form: isPemCredential(provider, credential) ? 'pem' : isToken ? 'token' : 'word',
    open: isOpenCredential(provider, credential),
    optional,
    prefix: isToken ? (scheme.location.prefix ?? '') : '',
    jwt: isToken && scheme.jwt === true,
  };
}

/** What was pasted, clean, with what it is; or why it cannot be what is asked for. */
export function readPasted(
  pasted: string,
  { form, prefix, jwt, credential }: WantedSecret,
  now: Date,
): { readonly value: string; readonly kind: SecretKind } | { readonly fault: Words } {
  const value = cleanPasted(pasted, form, prefix);
  if (form === 'token' && secretKind(value).kind === 'key') return { fault: say`this is a private key, not a token` };
  const fault = textFault(value, form === 'pem');
  if (fault !== undefined) return { fault: say`it ${fault}` };
  if (form === 'pem') {
    const refused = keyFault(value, credential);
    if (refused !== undefined) return { fault: refused };
  }
  const kind = secretKind(value);
  if (jwt && kind.kind === 'jwt' && kind.expiresMs !== undefined && kind.expiresMs <= now.getTime())
    return { fault: say`this one expired ${distanceWords(kind.expiresMs, now)}` };
  return { value, kind };
}

function keyFault(pem: string, name: string): Words | undefined {
  try {
    loadPrivateKey(pem, name);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.said;
    throw error;
  }
}
