// --sandbox: the embedded sandbox started for one provider, and a profile that points at it.
import { makeProfile, type Profile } from '../config/make-profile.ts';
import { shapeOf } from '../config/shape.ts';
import type { Provider } from '../core/provider.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import type { Context } from './context.ts';
import { surroundings } from './surroundings.ts';

/** Starts the sandbox of a provider in this process. */
export async function sandboxProfile(context: Context, provider: Provider): Promise<{ profile: Profile; close: () => Promise<void> }> {
  const sandbox = await startSandbox({ providers: [provider], now: context.runtime.now });
  const { home, platform } = surroundings(context);
  const raw = { ...rawProfile(sandbox, provider), maxRate: undefined };
  return { profile: makeProfile('sandbox', raw, shapeOf(provider), { home, platform }, 'sandbox'), close: sandbox.close };
}

/** What a config file says about a sandbox. */
export function rawProfile(sandbox: Sandbox, { name, settings }: Provider) {
  const pathSetting = Object.entries(settings ?? {}).find(([, setting]) => setting.type === 'paths')?.[0];
  const paths = sandbox.paths[name] ?? {};
  return {
    provider: name,
    baseUrl: sandbox.addresses[name] ?? '',
    ...sandbox.settings[name],
    ...(pathSetting !== undefined && Object.keys(paths).length > 0 && { [pathSetting]: paths }),
    credentials: { ...sandbox.credentials[name] },
  };
}
