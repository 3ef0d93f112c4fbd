// --sandbox: the embedded sandbox started for one provider, and a profile that points at it.
import { makeProfile, type Profile } from '../config/profile.ts';
import type { Provider } from '../core/provider.ts';
import { requiredCredentials } from '../core/scheme.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import type { Context } from './context.ts';
import { platformOf } from './platform.ts';

/** Starts the sandbox of a provider in this process. */
export async function sandboxProfile(context: Context, provider: Provider): Promise<{ profile: Profile; close: () => Promise<void> }> {
  const sandbox = await startSandbox({ providers: [provider], now: context.runtime.now });
  const { home, platform } = platformOf(context);
  const raw = rawProfiles(sandbox, provider)[provider.name] ?? { ...placeOf(sandbox, provider), credentials: {} };
  return { profile: makeProfile('sandbox', raw, provider, { home, platform }, 'sandbox'), close: sandbox.close };
}

/** What a config file says about a sandbox: a profile for each scheme of the provider, the preferred one under its plain name. */
export function rawProfiles(sandbox: Sandbox, provider: Provider): Record<string, RawSandboxProfile> {
  const given = sandbox.credentials[provider.name] ?? {};
  const profiles = provider.schemes.map((scheme, at) => {
    const wanted = requiredCredentials(scheme);
    const credentials = Object.fromEntries(wanted.map(name => [name, given[name] ?? '']));
    return [at === 0 ? provider.name : `${provider.name}-login`, { ...placeOf(sandbox, provider), credentials }] as const;
  });
  return Object.fromEntries(profiles);
}

type RawSandboxProfile = ReturnType<typeof placeOf> & { readonly credentials: Readonly<Record<string, string>> };

function placeOf(sandbox: Sandbox, { name, settings }: Provider) {
  const pathSetting = Object.entries(settings ?? {}).find(([, setting]) => setting.type === 'paths')?.[0];
  const paths = sandbox.paths[name] ?? {};
  return {
    provider: name,
    baseUrl: sandbox.addresses[name] ?? '',
    ...sandbox.settings[name],
    ...(pathSetting !== undefined && Object.keys(paths).length > 0 && { [pathSetting]: paths }),
  };
}
