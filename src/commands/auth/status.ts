// `loanq auth status`: what each profile's credential is and how long it lasts; with --check whether the provider accepts it.
import type { AnswerCheck, AuthDescription } from '../../auth/authenticator-types.ts';
import { createCredentialReader } from '../../auth/credential-reader.ts';
import type { Profile } from '../../config/profile.ts';
import { AuthError, LoanqError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Provider } from '../../core/provider.ts';
import { type Saying, say } from '../../core/say.ts';
import { shellWord } from '../../core/shell.ts';
import type { Context } from '../../lookup/context.ts';
import { secretContext } from '../../lookup/platform.ts';
import type { Session } from '../../lookup/session.ts';
import type { CalledCommand } from '../command.ts';
import type { Candidate } from '../profiles/candidates.ts';
import type { Finding } from '../profiles/listing.ts';
import { deliverStates, type Examined } from '../profiles/states.ts';
import { distanceWords } from '../secrets/moments.ts';
import { liveCheck } from './live-check.ts';
import { withSession } from './session.ts';

export function status(context: Context, called: CalledCommand): Promise<ExitName> {
  return deliverStates(context, called, one => examine(context, called, one));
}

async function examine(context: Context, called: CalledCommand, one: Candidate): Promise<Examined> {
  let profile: Profile | undefined;
  let known: Partial<Finding> = {};
  try {
    profile = one.open();
    const finding = await withSession(context, called, one, async session => {
      const found = await describe(context, session);
      known = found;
      return called.own.check === true ? checked(context, session, found) : found;
    });
    return { profile, finding };
  } catch (error) {
    if (!(error instanceof LoanqError) || context.runtime.signal.aborted) throw error;
    const finding: Finding = { ...known, ...failedFinding(error, known), problem: error.said };
    return { ...(profile && { profile }), finding, failure: error };
  }
}

function failedFinding(error: LoanqError, known: Partial<Finding>): Pick<Finding, 'state' | 'words'> {
  if (known.state === 'expired' && known.words !== undefined) return { state: 'expired', words: known.words };
  if (error.code === 'auth') return { state: 'rejected', words: say`rejected` };
  return { state: 'unusable', words: say`cannot be used` };
}

async function describe(context: Context, { authenticator, provider, profile }: Session): Promise<Finding> {
  const said = await authenticator.describe();
  if (said.kind === 'es512') await readKeys(context, provider, profile);
  const now = context.runtime.now();
  const expiresMs = said.expiresAt?.getTime();
  for (const warning of await authenticator.warnings()) context.messages.warn(warning);
  const isOver = expiresMs !== undefined && expiresMs <= now.getTime() && said.cached === undefined;
  return {
    state: isOver ? 'expired' : 'ready',
    words: readyWords(said, now),
    credential: said.about,
    cached: said.cached,
    expiresMs,
    answers: said.answers === undefined ? undefined : answerWords[said.answers],
  };
}

/** A signature is made when something is sent: until then nobody would miss its key. */
async function readKeys(context: Context, provider: Provider, profile: Profile): Promise<void> {
  const reader = createCredentialReader(profile, provider, secretContext(context));
  for (const name of Object.keys(profile.credentials)) await reader.read(name);
}

function readyWords({ cached, expiresAt }: AuthDescription, now: Date): Saying {
  const away = expiresAt && distanceWords(expiresAt.getTime(), now);
  if (cached === false) return say`no token yet`;
  if (away === undefined) return cached === true ? say`token cached` : say`ready`;
  const isOver = expiresAt !== undefined && expiresAt.getTime() <= now.getTime();
  return isOver ? say`expired ${away}` : say`ready, ends ${away}`;
}

const answerWords: Readonly<Record<AnswerCheck, string>> = {
  unverified: 'answers are not verified',
  verified: 'answers are verified, unsigned ones refused (failures may be unsigned)',
  'verified-if-signed': 'signed answers are verified, unsigned ones let through with a warning',
};

/** One harmless documented call. A token that is dead by its own word need not be tried. */
async function checked(context: Context, session: Session, found: Finding): Promise<Finding> {
  const { profile } = session;
  if (found.state === 'expired')
    throw new AuthError(say`the token of profile "${profile.name}" ${found.words}`, {
      hint: say`a new one: loanq auth login -p ${shellWord(profile.name)}`,
    });
  if (await liveCheck(context, session)) return { ...found, state: 'accepted', words: say`accepted` };
  context.messages.note(say`${profile.name}: ${session.provider.title} documents no harmless call, so nothing was tried`);
  return { ...found, state: 'not tried', words: found.expiresMs === undefined ? say`not tried` : found.words };
}
