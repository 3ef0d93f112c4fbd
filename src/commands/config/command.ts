// `loanq config`: its place in the tree.
import { formats } from '../../core/formats.ts';
import { type Command, readForRows } from '../command.ts';

export const config: Command = {
  usage: 'config <action>',
  summary: 'Show, create or check the configuration: path, init, list, check',
  help: `path   where the configuration is looked for, and which file is used
init   add a profile, asking for what is needed (in a terminal; -p names it)
list   profiles and where each secret comes from
check  read everything a lookup would read, send nothing; 20 where no lookup could work

list and check print tables. For programs, -o json: profile, system, state (ready, expired, unusable), host, from (env:NAME,
file:PATH, keyring:ACCOUNT, command:PATH, literal), environment, default, provider, baseUrl, expiresAt, problem.

  loanq config check -p crego --json`,
  reads: ['profile', 'tz', ...readForRows],
  formats,
  load: async () => (await import('./run.ts')).runConfig,
};
