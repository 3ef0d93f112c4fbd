// What every run is handed beside its plan: the runtime, the register of loaded secrets, the writer of stderr, and the providers.
import type { SecretRegister } from '../auth/secret.ts';
import type { Messages } from '../console/messages.ts';
import type { Runtime } from '../core/runtime.ts';
import type { ProviderTable } from '../providers/index.ts';
import type { Found } from './related.ts';

export interface Context {
  readonly runtime: Runtime;
  readonly secrets: SecretRegister;
  readonly messages: Messages;
  readonly providers: ProviderTable;
  /** Told what a single lookup has shown, by whoever wants to go on from it. */
  readonly onFound?: ((found: Found) => void) | undefined;
}
