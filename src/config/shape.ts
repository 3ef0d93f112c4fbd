// What the configuration has to know about a provider. The facts live with the providers and come in from outside,
// so that a new provider needs no change here.
import type { ProviderLiteral, Setting } from '../core/provider.ts';
import { requiredCredentials } from '../core/scheme.ts';

/** A further key a profile of a provider may have. `max` bounds a count; `choices` are the words of a choice or the names under `paths`. */
export type SettingShape = Pick<Setting, 'type' | 'choices' | 'max'> & Partial<Pick<Setting, 'about'>>;

export interface ProviderShape {
  readonly name: string;
  readonly baseUrl: string;
  /** The ways in: each a set of credentials that belong together, the preferred one first. */
  readonly credentials: readonly (readonly string[])[];
  /** Credentials that may be added to any way in. */
  readonly optionalCredentials?: readonly string[];
  /** Credentials that are no secret: e-mail addresses and client ids. */
  readonly open?: readonly string[];
  /** Credentials that are PEM texts of several lines. */
  readonly pem?: readonly string[];
  readonly settings?: Readonly<Record<string, SettingShape>>;
}

/** Every credential a profile of this provider may have, in the order of the ways in. */
export function credentialNames(shape: ProviderShape): string[] {
  return [...new Set([...shape.credentials.flat(), ...(shape.optionalCredentials ?? [])])];
}

/** The shape of a provider as `providers/` declares it. */
export function shapeOf(provider: ProviderLiteral): ProviderShape {
  return {
    name: provider.name,
    baseUrl: provider.baseUrl,
    credentials: provider.schemes.map(requiredCredentials),
    optionalCredentials: provider.schemes.flatMap(scheme => (scheme.kind === 'exchange' ? (scheme.optional ?? []) : [])),
    open: provider.open ?? [],
    pem: provider.schemes.flatMap(scheme => (scheme.kind === 'es512' ? [scheme.key] : [])),
    settings: Object.fromEntries(Object.entries(provider.settings ?? {}).map(([name, setting]) => [name, withPaths(setting, provider)])),
  };
}

/** Names under `paths` are the endpoints whose path the provider does not publish. */
function withPaths(setting: Setting, provider: ProviderLiteral): SettingShape {
  if (setting.type !== 'paths' || setting.choices !== undefined) return setting;
  return { ...setting, choices: [...new Set(provider.endpoints.flatMap(({ path }) => (typeof path === 'string' ? [] : [path.profile])))] };
}
