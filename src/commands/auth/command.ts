// `loanq auth`: its place in the tree.

import { formats } from '../../core/formats.ts';
import { planLimits } from '../../plan/limits.ts';
import { type Command, readForRows } from '../command.ts';

export const auth: Command = {
  usage: 'auth <action>',
  summary: 'Credentials: status, login, logout',
  options: [['--check', 'with status: ask the provider, with one harmless call']],
  help: `status   where each secret comes from, and how long a token is valid
login    obtain a token now, or replace one that was pasted (with --profile)
logout   revoke the token where the provider documents it, and delete it (with --profile)`,
  reads: ['profile', 'noTokenCache', 'tz', ...planLimits.reads, ...readForRows],
  formats,
  load: async () => (await import('./run.ts')).runAuth,
};
