// What every run is handed beside its plan: the runtime, the register of loaded secrets, the writer of stderr, and the providers.
import type { SecretRegister } from '../auth/secret.ts';
import type { Messages } from '../console/messages.ts';
import type { Runtime } from '../core/runtime.ts';
import type { ProviderTable } from '../providers/index.ts';

export interface Context {
  readonly runtime: Runtime;
  readonly secrets: SecretRegister;
  readonly messages: Messages;
  readonly providers: ProviderTable;
}
