// `loanq endpoints`: its place in the tree.
import type { Command } from '../command.ts';

export const endpoints: Command = {
  usage: 'endpoints',
  summary: 'Every endpoint with its method, path and documentation',
  reads: [],
  formats: ['json'],
  load: async () => (await import('./run.ts')).runEndpoints,
};
