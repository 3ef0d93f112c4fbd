// The parts of the runtime that finding files and secrets needs.
import type { Protection } from '../auth/secret.ts';
import type { SourceContext } from '../auth/source.ts';
import type { Platform } from '../config/locations.ts';
import type { Context } from './context.ts';

export function platformOf({ runtime }: Context): Platform {
  const { env, home, platform } = runtime;
  return { env, home, platform };
}

/** Whose files are trusted; nothing on systems without user ids. */
export function owner({ runtime }: Context): { uid?: number } {
  return runtime.uid === undefined ? {} : { uid: runtime.uid };
}

/** Where loaded secrets go. */
export function protection({ secrets, messages }: Context): Protection {
  return { register: secrets, warn: sentence => messages.warn(sentence) };
}

/** What reading a secret needs. */
export function secretContext(context: Context): SourceContext {
  const { self, processes, signal } = context.runtime;
  return { ...platformOf(context), ...owner(context), ...protection(context), self, killGroup: processes.killGroup, signal };
}
