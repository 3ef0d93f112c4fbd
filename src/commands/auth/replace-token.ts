// Replaces the token that a profile was given, where it is kept: in the keyring or in a file. Where somebody else keeps it, that is said.

import { secretKind } from '../../auth/pasted-secret.ts';
import { fileState, keyringState, type SecretPlace, storeSecret } from '../../auth/stored-secret.ts';
import type { Profile } from '../../config/profile.ts';
import { Questions } from '../../console/questions.ts';
import { ConfigError, UsageError } from '../../core/errors.ts';
import { say, type Words } from '../../core/say.ts';
import type { TokenScheme } from '../../core/scheme.ts';
import type { Context } from '../../lookup/context.ts';
import { secretContext } from '../../lookup/platform.ts';
import type { CalledCommand } from '../command.ts';
import type { Candidate } from '../profiles/candidates.ts';
import { shownPath } from '../profiles/listing.ts';
import { askHidden } from '../secrets/ask-secret.ts';
import { validityWords } from '../secrets/kind-words.ts';
import { offerTrial } from '../secrets/trial.ts';
import { wantedSecret } from '../secrets/wanted.ts';

/** What became of a token; `result` is for programs. */
export interface Became {
  readonly result: string;
  readonly words: Words;
  readonly expiresMs?: number | undefined;
}

export async function replaceToken(context: Context, called: CalledCommand, chosen: Candidate, scheme: TokenScheme): Promise<Became> {
  const { provider } = chosen;
  const profile = chosen.open();
  const source = profile.credentials[scheme.credential];
  const wanted = wantedSecret(provider, scheme, scheme.credential);
  if (source === undefined) throw new ConfigError(say`profile "${profile.name}" has no ${wanted.title}`);
  switch (source.kind) {
    case 'env':
      context.messages.note(say`in a shell: ${`read -rs ${source.name} && export ${source.name}`}`);
      return { result: 'not-kept-here', words: say`the ${wanted.title} is read from the variable ${source.name}: set that to the new one` };
    case 'command':
      return { result: 'not-kept-here', words: say`the ${wanted.title} is printed by ${source.argv[0] ?? ''}: renew it there` };
    case 'literal':
      return { result: 'not-kept-here', words: say`the ${wanted.title} stands in ${profile.source}: put the new one there` };
    case 'keyring':
    case 'file':
      return store(context, called, { chosen, profile, scheme }, source);
  }
}

interface Meant {
  readonly chosen: Candidate;
  readonly profile: Profile;
  readonly scheme: TokenScheme;
}

async function store(context: Context, { talk }: CalledCommand, { chosen, profile, scheme }: Meant, place: SecretPlace): Promise<Became> {
  const where = place.kind === 'file' ? shownPath(context, place.path) : 'keyring';
  if (!talk.mayPrompt()) {
    const hint =
      place.kind === 'file' ? say`write the new token to ${where} (mode 600)` : say`run it in a terminal: the token is pasted there`;
    throw new UsageError(say`this needs a terminal to ask on`, { hint });
  }
  await refusePlace(context, place);
  const questions = new Questions({ runtime: context.runtime, mayPrompt: talk.mayPrompt }, context.messages.wording, '');
  const wanted = wantedSecret(chosen.provider, scheme, scheme.credential);
  for (;;) {
    const value = await askHidden(context, questions, wanted, say`Paste the new ${wanted.title} (it stays hidden)`);
    const credentials = Object.freeze({ ...profile.credentials, [scheme.credential]: { kind: 'literal' as const, read: () => value } });
    if ((await offerTrial(context, questions, chosen.provider, Object.freeze({ ...profile, credentials }))) === 'ask again') continue;
    await storeSecret(place, value, secretContext(context));
    const kind = scheme.jwt ? secretKind(value) : undefined;
    const expiresMs = kind?.kind === 'jwt' ? kind.expiresMs : undefined;
    return { result: 'stored', words: storedWords(place, where, expiresMs, context.runtime.now()), expiresMs };
  }
}

function storedWords({ kind }: SecretPlace, where: string, expiresMs: number | undefined, now: Date): Words {
  const stored = kind === 'keyring' ? say`stored in the keyring` : say`stored in ${where}`;
  return expiresMs === undefined ? stored : say`${stored}, ${validityWords(expiresMs, now)}`;
}

/** Before anything is asked: a token that cannot be kept need not be pasted. */
async function refusePlace(context: Context, place: SecretPlace): Promise<void> {
  if (place.kind === 'file') fileState(place.path, secretContext(context));
  else if ((await keyringState(place.account, secretContext(context))) === undefined)
    throw new ConfigError(say`the keyring is not available`, { hint: say`unlock it, or keep the token in a file` });
}
