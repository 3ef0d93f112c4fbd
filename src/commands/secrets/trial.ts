// Tries a profile before it is written: the one harmless call its provider documents, with nothing kept of it.
import type { Profile } from '../../config/profile.ts';
import type { Questions } from '../../console/questions.ts';
import { LoanqError, SignalError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { say, type Words } from '../../core/say.ts';
import { requiredCredentials } from '../../core/scheme.ts';
import type { Context } from '../../lookup/context.ts';
import { chosenProfile } from '../../lookup/profile.ts';
import { openSession } from '../../lookup/session.ts';
import { planLimits } from '../../plan/limits.ts';
import { liveCheck } from '../auth/live-check.ts';

/** What a person wants after a trial. */
export type Verdict = 'keep' | 'ask again';

const once = { retries: 0, timeout: 30 };

/** Offers the trial, says how it went, and asks what to do where it failed. */
export async function offerTrial(context: Context, questions: Questions, provider: Provider, profile: Profile): Promise<Verdict> {
  const { title } = provider;
  if (provider.test === undefined) {
    context.messages.note(say`${title} documents no harmless call: the first lookup will tell whether the credential is good`);
    return 'keep';
  }
  const unset = Object.values(profile.credentials).find(source => source.kind === 'env' && context.runtime.env[source.name] === undefined);
  if (unset !== undefined) return 'keep';
  if (!(await questions.confirm(tryingWords(provider, profile)))) return 'keep';
  for (;;) {
    const failure = await failureOf(context, provider, profile);
    if (failure === undefined) {
      context.messages.note(say`${title} answers and accepts it`);
      return 'keep';
    }
    context.messages.note(say`${title}: ${failure.said}`);
    if (failure.given.hint !== undefined) context.messages.note(say`  ${failure.given.hint}`);
    const next = await questions.choose<Verdict | 'try again'>(say`What now?`, [
      { name: say`Enter the credential again`, value: 'ask again' },
      ...(failure.code === 'auth' ? [] : [{ name: say`Try once more`, value: 'try again' as const }]),
      { name: say`Keep it as it is`, value: 'keep' },
    ]);
    if (next !== 'try again') return next;
  }
}

/** A failed login counts against the account at some providers. */
function tryingWords({ title, schemes }: Provider, { credentials }: Profile): Words {
  const scheme = schemes.find(one => requiredCredentials(one).every(name => Object.hasOwn(credentials, name)));
  const locks = scheme?.kind === 'exchange' && scheme.lockout === true;
  return locks ? say`Try it now? (${title} is asked once; failed logins lock an account)` : say`Try it now? (${title} is asked once)`;
}

async function failureOf(context: Context, provider: Provider, profile: Profile): Promise<LoanqError | undefined> {
  const opened = chosenProfile(context, profile, false);
  try {
    const session = await openSession(context, provider, opened, planLimits(once, profile, 'lookup'));
    try {
      await liveCheck(context, session);
      return undefined;
    } finally {
      await session.close();
    }
  } catch (error) {
    if (context.runtime.signal.aborted || error instanceof SignalError || !(error instanceof LoanqError)) throw error;
    return error;
  }
}
