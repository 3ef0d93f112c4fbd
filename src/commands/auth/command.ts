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
logout   revoke the token where the provider documents it, and delete it (with --profile)

status prints a table. For programs, -o json: as config check, with credential, cached and answers; state is ready, accepted,
not tried, expired, rejected or unusable. With --check a token that has expired by its own word ends with 4.

  loanq auth status --check --json`,
  reads: ['profile', 'noTokenCache', 'tz', ...planLimits.reads, ...readForRows],
  formats,
  load: async () => (await import('./run.ts')).runAuth,
};
