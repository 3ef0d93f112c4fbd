// `loanq config`: its place in the tree.
import { formats } from '../../core/formats.ts';
import { type Command, readForRows } from '../command.ts';

export const config: Command = {
  usage: 'config <action>',
  summary: 'Show, create or check the configuration: path, init, list, check',
  help: `path   where the configuration is looked for, and which file is used
init   create one, asking for what is needed
list   profiles and where each secret comes from
check  read everything a lookup would read, send nothing`,
  reads: ['profile', 'tz', ...readForRows],
  formats,
  load: async () => (await import('./run.ts')).runConfig,
};
