// `loanq endpoints`: its place in the tree.
import { formats } from '../../core/formats.ts';
import { type Command, readForRows } from '../command.ts';

export const endpoints: Command = {
  usage: 'endpoints [provider]',
  summary: 'Every endpoint with its method, path, status and documentation',
  help: `-o json has everything a program needs to call them: keys, parameters, fields with heading and kind, and what a field leads to.

  loanq endpoints crego
  loanq endpoints --csv --fields command,status,documentation`,
  reads: readForRows,
  formats,
  load: async () => (await import('./run.ts')).runEndpoints,
};
