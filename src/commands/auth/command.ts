// `loanq auth`: its place in the tree.
import { planLimits } from '../../plan/limits.ts';
import type { Command } from '../command.ts';

export const auth: Command = {
  usage: 'auth <action>',
  summary: 'Credentials: status, login, logout',
  options: [['--check', 'with status: ask the provider, with one harmless call']],
  help: `status   where each secret comes from, and how long a token is valid
login    obtain a token now (with --profile)
logout   revoke the token where the provider documents it, and delete it (with --profile)`,
  reads: ['profile', 'noTokenCache', ...planLimits.reads],
  formats: [],
  load: async () => (await import('./run.ts')).runAuth,
};
