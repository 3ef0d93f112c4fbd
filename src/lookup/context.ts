// What every command is handed: surroundings, options, the register of loaded secrets, and the writer of stderr.
import type { SecretRegister } from '../auth/secret.ts';
import type { Messages } from '../console/messages.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Options } from '../plan/options.ts';
import type { ProviderTable } from '../providers/index.ts';

export interface Context {
  readonly runtime: Runtime;
  readonly options: Options;
  readonly secrets: SecretRegister;
  readonly messages: Messages;
  readonly providers: ProviderTable;
}
