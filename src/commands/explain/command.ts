// `loanq explain`: its place in the tree.
import { formats } from '../../core/formats.ts';
import { type Command, readForRows } from '../command.ts';

export const explain: Command = {
  usage: 'explain [words...]',
  summary: 'What codes mean: repayment types, states, provider error codes, exit codes',
  help: `Words are codes, fields or their headings, or a system, or a system and an endpoint of it. Without words it lists the topics
there are.

  loanq explain OBTAIN REPAYMENT
  loanq explain status
  loanq explain crego
  loanq explain crego record
  loanq explain 24`,
  reads: readForRows,
  formats,
  load: async () => (await import('./run.ts')).runExplain,
};
