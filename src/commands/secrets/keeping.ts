// Where a secret that was pasted is to be kept. Nothing is written here: a place is found, and what a profile will say of it.
import { fileState, keyringState, type SecretPlace } from '../../auth/stored-secret.ts';
import { variableName } from '../../config/env-profile.ts';
import { configCandidates, pathOf } from '../../config/locations.ts';
import type { GivenSource } from '../../config/secret-source.ts';
import type { Choice, Questions } from '../../console/questions.ts';
import { LoanqError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { platformOf, secretContext } from '../../lookup/platform.ts';
import { shownPath } from '../profiles/listing.ts';
import { askManager, askVariable, byManager, inVariable } from './elsewhere.ts';
import type { WantedSecret } from './wanted.ts';

/** A secret as it was handed over. */
export interface HandedValue {
  readonly wanted: WantedSecret;
  readonly value: string;
}

export interface Kept {
  readonly credential: string;
  /** What the profile says. */
  readonly source: GivenSource;
  /** What has to be written, and where; absent where it is kept already. */
  readonly store?: { readonly place: SecretPlace; readonly value: string };
}

interface Places {
  /** For each secret, in order. Absent where no keyring answers. */
  readonly accounts: readonly string[] | undefined;
  readonly files: readonly string[] | undefined;
}

/** Asks once for all secrets of a profile. */
export async function askKeeping(
  context: Context,
  questions: Questions,
  { provider, profile }: { readonly provider: Provider; readonly profile: string },
  handed: readonly HandedValue[],
): Promise<Kept[]> {
  const names = handed.map(({ wanted }) => nameOf(profile, wanted, handed.length));
  const { accounts, files } = await findPlaces(context, names);
  const shownFile = shownPath(context, files?.[0] ?? '');
  const choices: Choice<'keyring' | 'file' | 'env' | 'command'>[] = [
    ...(accounts === undefined ? [] : [{ name: say`In the system keyring`, value: 'keyring' as const }]),
    ...(files === undefined ? [] : [{ name: inFile(shownFile), value: 'file' as const, short: shownFile }]),
    { name: inVariable, value: 'env' },
    { name: byManager, value: 'command' },
  ];
  const where = await questions.choose(say`Where shall it be kept?`, choices);
  const kept: Kept[] = [];
  for (const [at, { wanted, value }] of handed.entries()) {
    const { credential } = wanted;
    if (where === 'keyring') {
      const account = accounts?.[at] ?? '';
      kept.push({ credential, source: `keyring:${account}`, store: { place: { kind: 'keyring', account }, value } });
    } else if (where === 'file') {
      const path = files?.[at] ?? '';
      kept.push({ credential, source: `file:${shownPath(context, path)}`, store: { place: { kind: 'file', path }, value } });
    } else if (where === 'env') {
      kept.push({ credential, source: await askVariable(context, questions, wanted, variableName(credential, provider)) });
    } else kept.push({ credential, source: await askManager(context, questions, wanted) });
  }
  return kept;
}

function inFile(path: string) {
  return say`In a file only you can read      ${path}`;
}

/** Names that nothing has yet: an entry or a file that is there may be another profile's. */
async function findPlaces(context: Context, names: readonly Name[]): Promise<Places> {
  const secrets = secretContext(context);
  const accounts: string[] = [];
  for (const { account } of names) {
    const free = await firstFree(account, '', name => keyringState(name, secrets));
    if (free === undefined) break;
    accounts.push(free);
  }
  const directory = secretDirectory(context);
  const files: string[] = [];
  for (const { stem, ending } of directory === undefined ? [] : names) {
    const free = await firstFree(`${directory}${stem}`, ending, path => fileIn(context, path));
    if (free === undefined) break;
    files.push(free);
  }
  return {
    accounts: accounts.length === names.length ? accounts : undefined,
    files: files.length === names.length ? files : undefined,
  };
}

const mostNames = 20;

async function firstFree(
  stem: string,
  ending: string,
  stateOf: (name: string) => Promise<'free' | 'taken' | undefined>,
): Promise<string | undefined> {
  for (let number = 1; number <= mostNames; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}${ending}`;
    const state = await stateOf(name);
    if (state !== 'taken') return state === 'free' ? name : undefined;
  }
  return undefined;
}

/** Where no secret may be written is told at once: the choice is not offered then. */
async function fileIn(context: Context, path: string): Promise<'free' | 'taken' | undefined> {
  try {
    return fileState(path, secretContext(context));
  } catch (error) {
    if (!(error instanceof LoanqError)) throw error;
    context.messages.warn(error.said);
    return undefined;
  }
}

interface Name {
  readonly account: string;
  readonly stem: string;
  readonly ending: string;
}

/** `crego` and `crego.token`; where a profile has several secrets, each has its own name in it. */
function nameOf(profile: string, { credential, form }: WantedSecret, count: number): Name {
  const word = credential.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const ending = form === 'pem' ? '.pem' : form === 'token' ? '.token' : `.${word}`;
  return { account: count === 1 ? profile : `${profile}-${word}`, stem: profile, ending };
}

/** Beside the usual config file, whichever is in use. */
function secretDirectory(context: Context): string | undefined {
  const { platform } = context.runtime;
  const path = pathOf(platform);
  const [usual] = configCandidates(platformOf(context));
  return usual === undefined ? undefined : `${path.dirname(usual)}${path.sep}`;
}
