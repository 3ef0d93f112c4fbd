// What the schema says about a configuration that the quick look does not know to be right. A module of its own, because the schema
// is slow to load.
import type { Provider } from '../core/provider.ts';
import { configSchema, profileSchema, type RawConfig, type RawProfile, sourceSchema } from './schema.ts';
import { firstFault, type SchemaFault } from './schema-fault.ts';

export type Verdict<T> = { readonly raw: T } | { readonly fault: SchemaFault };

/** A whole file. */
export function judgeConfig(data: unknown, providers: readonly Provider[], platform: NodeJS.Platform): Verdict<RawConfig> {
  const result = configSchema(providers, platform).safeParse(data);
  return result.success ? { raw: result.data as RawConfig } : { fault: firstFault(result.error.issues, data) };
}

/** One profile of a provider. */
export function judgeProfile(data: unknown, provider: Provider, platform: NodeJS.Platform): Verdict<RawProfile> {
  const result = profileSchema(provider, sourceSchema(platform)).safeParse(data);
  return result.success ? { raw: result.data as RawProfile } : { fault: firstFault(result.error.issues, data) };
}
