// `loanq config list` and `loanq config check`: what profiles there are, and whether everything a lookup would read is there.
import { createCredentialReader } from '../../auth/credential-reader.ts';
import { jwtExpiryMs } from '../../auth/jwt.ts';
import { loadPrivateKey } from '../../auth/p521.ts';
import type { Profile } from '../../config/profile.ts';
import { ConfigError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { isPemCredential, neededSettings, type Provider, unpublishedPaths } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import { shellWord } from '../../core/shell.ts';
import type { Context } from '../../lookup/context.ts';
import { refuseNodeDebug } from '../../lookup/node-debug.ts';
import { secretContext } from '../../lookup/platform.ts';
import type { CalledCommand } from '../command.ts';
import { deliverOwnRows } from '../own-rows.ts';
import { type Candidate, findCandidates } from '../profiles/candidates.ts';
import { type Finding, profileList, rowOf } from '../profiles/listing.ts';
import { deliverStates, type Examined } from '../profiles/states.ts';
import { distanceWords } from '../secrets/moments.ts';

/** Profiles and where each secret comes from; never a secret. */
export async function listProfiles(context: Context, called: CalledCommand): Promise<ExitName> {
  const rows = (await findCandidates(context, called)).map(one => rowOf(context, called, one, one.open()));
  return deliverOwnRows(context, called, { title: 'profiles', endpoint: profileList, rows });
}

/** Reads everything a lookup would read, and sends nothing. */
export async function checkProfiles(context: Context, called: CalledCommand): Promise<ExitName> {
  refuseNodeDebug(context.runtime.env);
  return deliverStates(context, called, one => examine(context, one));
}

async function examine(context: Context, { provider, open }: Candidate): Promise<Examined> {
  let profile: Profile | undefined;
  try {
    profile = open();
    return { profile, finding: await readAll(context, provider, profile) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const words = error instanceof ExpiredToken ? error.short : say`cannot be used`;
    const state = error instanceof ExpiredToken ? 'expired' : 'unusable';
    return { ...(profile && { profile }), finding: { state, words, problem: error.said }, failure: error };
  }
}

/** A token that says itself that it is dead: no lookup could work. */
class ExpiredToken extends ConfigError {
  readonly short;
  constructor(profile: string, credential: string, expiresMs: number, now: Date) {
    const ago = distanceWords(expiresMs, now);
    super(say`the ${credential} of profile "${profile}" expired ${ago}`, {
      hint: say`a new one: loanq auth login -p ${shellWord(profile)}`,
    });
    this.short = say`expired ${ago}`;
  }
}

/** Throws ConfigError where no lookup could work. */
async function readAll(context: Context, provider: Provider, profile: Profile): Promise<Finding> {
  const missing = neededSettings(provider).find(({ name }) => profile.settings[name] === undefined);
  if (missing !== undefined) throw new ConfigError(say`profile "${profile.name}" has no ${missing.name}`, { hint: missing.hint });
  const reader = createCredentialReader(profile, provider, secretContext(context));
  const now = context.runtime.now();
  let expiresMs: number | undefined;
  for (const name of Object.keys(profile.credentials)) {
    const value = (await reader.read(name)).reveal();
    if (isPemCredential(provider, name)) loadPrivateKey(value, `${name} of profile "${profile.name}"`);
    const isJwt = provider.schemes.some(scheme => scheme.kind === 'token' && scheme.credential === name && scheme.jwt === true);
    expiresMs = isJwt ? jwtExpiryMs(value) : expiresMs;
    if (expiresMs !== undefined && expiresMs <= now.getTime()) throw new ExpiredToken(profile.name, name, expiresMs, now);
  }
  for (const name of Object.keys(profile.keys)) await reader.readKey(name);
  const unknown = unpublishedPaths(provider).filter(name => profile.paths[name] === undefined);
  const words = unknown.length === 0 ? say`ready` : say`ready; ${unknown.length} need --input`;
  return { state: 'ready', words, expiresMs };
}
