// The credentials of a profile: which kind, each of them, and where those that were pasted are to be kept.
import { makeProfile, type Profile } from '../../config/profile.ts';
import type { GivenSource } from '../../config/secret-source.ts';
import type { Questions } from '../../console/questions.ts';
import type { Provider } from '../../core/provider.ts';
import { say, sayingOf } from '../../core/say.ts';
import { optionalCredentials, requiredCredentials, type Scheme } from '../../core/scheme.ts';
import type { Context } from '../../lookup/context.ts';
import { platformOf } from '../../lookup/platform.ts';
import { askCredential } from '../secrets/ask-secret.ts';
import { askKeeping, type HandedValue, type Kept } from '../secrets/keeping.ts';
import { wantedSecret } from '../secrets/wanted.ts';

export interface Credentials {
  /** As they stand in the profile. */
  readonly sources: Readonly<Record<string, GivenSource>>;
  /** What has to be written first. */
  readonly stores: readonly NonNullable<Kept['store']>[];
  /** Values that are not yet where the profile says. */
  readonly values: Readonly<Record<string, string>>;
}

export async function askCredentials(context: Context, questions: Questions, provider: Provider, profile: string): Promise<Credentials> {
  const scheme = await askScheme(questions, provider);
  const wanted = [
    ...requiredCredentials(scheme).map(name => wantedSecret(provider, scheme, name)),
    ...optionalCredentials(scheme).map(name => wantedSecret(provider, scheme, name, true)),
  ];
  const sources: Record<string, GivenSource> = {};
  const handed: HandedValue[] = [];
  for (const one of wanted) {
    const given = await askCredential(context, questions, provider, one);
    if (given === undefined) continue;
    if (given.kind === 'value') handed.push(given);
    else sources[one.credential] = given.source;
  }
  const kept = handed.length === 0 ? [] : await askKeeping(context, questions, { provider, profile }, handed);
  const all = { ...sources, ...Object.fromEntries(kept.map(({ credential, source }) => [credential, source])) };
  const inOrder = wanted.flatMap(({ credential }) => {
    const source = all[credential];
    return source === undefined ? [] : [[credential, source] as const];
  });
  return {
    sources: Object.fromEntries(inOrder),
    stores: kept.flatMap(({ store }) => store ?? []),
    values: Object.fromEntries(kept.flatMap(({ credential, store }) => (store === undefined ? [] : [[credential, store.value]]))),
  };
}

async function askScheme(questions: Questions, { schemes }: Provider): Promise<Scheme> {
  const [only, ...more] = schemes;
  if (only === undefined) throw new RangeError('a provider without a way in');
  if (more.length === 0) return only;
  const nameOf = (scheme: Scheme) => sayingOf(scheme.about ?? requiredCredentials(scheme).join(' and '));
  return questions.choose(
    say`Which credential?`,
    schemes.map(scheme => ({ name: nameOf(scheme), value: scheme })),
  );
}

/** The profile as it will be, with what is not yet kept anywhere in its place. */
export function profileToTry(
  context: Context,
  provider: Provider,
  name: string,
  raw: Readonly<Record<string, unknown>>,
  { sources, values }: Credentials,
): Profile {
  const base = platformOf(context);
  const made = makeProfile(name, { ...raw, provider: provider.name, credentials: sources }, provider, base, 'set-up');
  const literals = Object.entries(values).map(([credential, value]) => [credential, { kind: 'literal' as const, read: () => value }]);
  return Object.freeze({ ...made, credentials: Object.freeze({ ...made.credentials, ...Object.fromEntries(literals) }) });
}
