// `loanq explain`: its place in the tree.
import type { Command } from '../command.ts';

export const explain: Command = {
  usage: 'explain [code]',
  summary: 'What a code means: repayment types, states, provider error codes, exit codes',
  reads: [],
  formats: ['json'],
  load: async () => (await import('./run.ts')).runExplain,
};
