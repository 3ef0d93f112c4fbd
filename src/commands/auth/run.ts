// `loanq auth status|login|logout`: what each profile's credential is, whether it works, and how to get or drop a token.
import type { AnswerCheck, AuthDescription } from '../../auth/authenticator-types.ts';
import { createCredentialReader } from '../../auth/credential-reader.ts';
import type { Config } from '../../config/config.ts';
import { environmentName } from '../../config/env-profile.ts';
import type { Profile } from '../../config/profile.ts';
import { describeSource } from '../../config/secret-source.ts';
import { visible } from '../../console/escape.ts';
import { ask } from '../../console/prompts.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { ConfigError, LoanqError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { isOpenCredential, type Provider } from '../../core/provider.ts';
import type { Context } from '../../lookup/context.ts';
import { environmentProfiles } from '../../lookup/environment-profiles.ts';
import { Fetcher } from '../../lookup/fetcher.ts';
import { secretContext } from '../../lookup/platform.ts';
import { chosenProfile, openConfig } from '../../lookup/profile.ts';
import { openSession, type Session } from '../../lookup/session.ts';
import { printLines } from '../../output/destination.ts';
import { planLimits } from '../../plan/limits.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

const actions = { status, login, logout } as const;

export async function runAuth(context: Context, called: CalledCommand): Promise<ExitName> {
  const [word = ''] = called.args;
  if (!Object.hasOwn(actions, word)) throw new UsageError(`unknown action ${word}`, { hint: `one of ${Object.keys(actions).join(', ')}` });
  const config = await openConfig(context, called.options.config);
  return actions[word as keyof typeof actions]({ context, called, config });
}

/** What every action is handed. */
interface Call {
  readonly context: Context;
  readonly called: CalledCommand;
  readonly config: Config | undefined;
}

interface Candidate {
  readonly provider: Provider;
  readonly profile: Profile;
}

/** The profile asked for, or all: those of the file, and those the environment makes. */
async function candidates({ context, called, config }: Call): Promise<Candidate[]> {
  const wanted = called.options.profile;
  // What is not meant is not opened: a fault in it is no reason to say nothing of the others.
  const written = [...(config?.profiles.values() ?? [])].filter(({ name }) => wanted === undefined || name === wanted);
  const made = wanted === undefined || wanted === environmentName ? await environmentProfiles(context, config) : [];
  const profiles = [...written.map(entry => entry.open()), ...made];
  const chosen = (await allProviders(context.providers)).flatMap(provider =>
    profiles.filter(profile => profile.provider === provider.name).map(profile => ({ provider, profile })),
  );
  if (chosen.length > 0) return chosen;
  throw new ConfigError(wanted === undefined ? 'there is no profile' : `there is no profile "${wanted}"`, {
    hint: 'run "loanq config init"',
  });
}

async function status(call: Call): Promise<ExitName> {
  const { context, called } = call;
  const lines: string[] = [];
  let worst: LoanqError | undefined;
  for (const { provider, profile } of await candidates(call)) {
    lines.push(`${profile.name} (${provider.name}, ${profile.baseUrl})`);
    for (const [name, source] of Object.entries(profile.credentials)) lines.push(`  ${name}: ${describeSource(source)}`);
    try {
      lines.push(
        ...(await withSession(call, { provider, profile }, session => statusLines(context, session, called.own.check === true))).map(
          line => `  ${line}`,
        ),
      );
    } catch (error) {
      if (!(error instanceof LoanqError)) throw error;
      worst ??= error;
      lines.push(`  not usable: ${error.message}`);
    }
  }
  await printLines(context, lines.map(visible));
  if (worst !== undefined) throw worst;
  return 'ok';
}

async function statusLines(context: Context, session: Session, check: boolean): Promise<string[]> {
  const { authenticator } = session;
  const lines = [describe(await authenticator.describe()), ...(await authenticator.warnings()).map(warning => `warning: ${warning}`)];
  return check ? [...lines, await liveCheck(context, session)] : lines;
}

const answerWords: Readonly<Record<AnswerCheck, string>> = {
  unverified: 'answers are not verified',
  verified: 'answers are verified, unsigned ones refused (failures may be unsigned)',
  'verified-if-signed': 'signed answers are verified, unsigned ones let through with a warning',
};

function describe({ about, cached, expiresAt, answers }: AuthDescription): string {
  const notes = [
    cached === undefined ? undefined : cached ? 'token cached' : 'no token cached',
    expiresAt === undefined ? undefined : `valid until ${expiresAt.toISOString()}`,
    answers === undefined ? undefined : answerWords[answers],
  ].filter(note => note !== undefined);
  return [about, ...notes].join(', ');
}

/** One harmless documented call, or word that none is documented. */
async function liveCheck(context: Context, session: Session): Promise<string> {
  const { provider, profile } = session;
  if (provider.test === undefined) return 'not checked: the provider documents no harmless call';
  const fetcher = new Fetcher(context, session, { endpoint: testEndpoint(provider, provider.test.path), params: {}, strict: false });
  await fetcher.raw([await pathValues(context, provider, profile, provider.test.path)]);
  return 'checked: the provider accepts it';
}

/** The test call as an endpoint whose answer nobody reads. */
function testEndpoint(provider: Provider, path: string): Endpoint {
  return {
    name: 'auth-check',
    summary: 'Test of the credential',
    doc: { url: provider.docs, read: '' },
    path,
    answer: { item: '' },
    fields: {},
    columns: [],
    example: '',
  };
}

/** Credentials that the path of the test call names; only ones that are no secrets do. */
async function pathValues(context: Context, provider: Provider, profile: Profile, path: string): Promise<Record<string, string>> {
  const reader = createCredentialReader(profile, provider, secretContext(context));
  const values: Record<string, string> = {};
  for (const [, name = ''] of path.matchAll(/\{([^}]+)\}/g)) {
    if (reader.has(name) && isOpenCredential(provider, name)) values[name] = (await reader.read(name)).reveal();
  }
  return values;
}

async function login(call: Call): Promise<ExitName> {
  const { context } = call;
  const chosen = await only(call, 'login');
  const { profile } = chosen;
  const result = await withSession(call, chosen, session => session.authenticator.login());
  const said = result === 'not-needed' ? 'needs no login' : `logged in: ${describe(result)}`;
  return printLines(context, [visible(`${profile.name}: ${said}`)]);
}

const logoutWords = {
  'not-needed': 'has no token to drop',
  'nothing-cached': 'had no token',
  revoked: 'token revoked at the provider and deleted here',
  forgotten: 'token deleted here',
} as const;

async function logout(call: Call): Promise<ExitName> {
  const { context } = call;
  const chosen = await only(call, 'logout');
  const { profile } = chosen;
  const result = await withSession(call, chosen, session => session.authenticator.logout());
  return printLines(context, [visible(`${profile.name}: ${logoutWords[result]}`)]);
}

/** The profile meant; of several a person at a terminal is asked which. No secret is asked for: the next run would not have it. */
async function only(call: Call, action: string): Promise<Candidate> {
  const { context, called } = call;
  const found = await candidates(call);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const hint = 'loanq auth status lists the profiles';
  if (!called.talk.mayPrompt()) throw new UsageError(`auth ${action} needs --profile`, { hint });
  const choices = found.map((candidate, value) => ({ value, name: `${candidate.profile.name} (${candidate.provider.title})` }));
  const { at } = await ask<{ at: number }>(
    { runtime: context.runtime, mayPrompt: called.talk.mayPrompt },
    [{ type: 'select', name: 'at', message: 'Which profile?', choices }],
    hint,
  );
  const chosen = found[at];
  if (chosen === undefined) throw new UsageError(`auth ${action} needs --profile`, { hint });
  return chosen;
}

async function withSession<T>(
  { context, called }: Call,
  { provider, profile }: Candidate,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const opened = chosenProfile(context, profile, !called.options.noTokenCache);
  const session = await openSession(context, provider, opened, planLimits(called.options, profile, 'lookup'));
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
