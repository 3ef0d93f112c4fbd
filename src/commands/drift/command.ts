// `loanq drift`: its place in the tree.
import type { Command } from '../command.ts';

export const drift: Command = {
  usage: 'drift <summaries...>',
  summary: 'Since when answers differ from the documents, from the --summary files of many runs',
  help: `Runs are put in the order in which they ended; those without a row say nothing and are passed over. What a provider sends anew comes
with the line that a literal needs for it.

  loanq drift summaries/*.json`,
  reads: [],
  formats: ['json'],
  load: async () => (await import('./run.ts')).runDrift,
};
