// `loanq sandbox`: its place in the tree.
import type { Command } from '../command.ts';

export const sandbox: Command = {
  usage: 'sandbox',
  summary: 'Serve the embedded sandbox on loopback until interrupted',
  options: [
    ['--port <n>', 'first port; each provider takes the next one (default: free ports)'],
    ['--latency <ms>', 'delay of every answer'],
    ['--fault-rate <share>', 'share of answers that fail, from 0 to 1'],
  ],
  reads: [],
  formats: ['json'],
  load: async () => (await import('./run.ts')).runSandbox,
};
