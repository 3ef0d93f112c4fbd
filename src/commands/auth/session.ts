// The session of one profile for what is done with its credential alone: no lookup, nothing noted.
import type { Context } from '../../lookup/context.ts';
import { chosenProfile } from '../../lookup/profile.ts';
import { openSession, type Session } from '../../lookup/session.ts';
import { planLimits } from '../../plan/limits.ts';
import type { CalledCommand } from '../command.ts';
import type { Candidate } from '../profiles/candidates.ts';

export async function withSession<T>(
  context: Context,
  { options }: Pick<CalledCommand, 'options'>,
  { provider, open }: Pick<Candidate, 'provider' | 'open'>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const profile = open();
  const opened = chosenProfile(context, profile, !options.noTokenCache);
  const session = await openSession(context, provider, opened, planLimits(options, profile, 'lookup'));
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
