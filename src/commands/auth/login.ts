// `loanq auth login` and `logout`: obtains or drops a token where the provider has a login, and replaces a token that was brought.

import { visible } from '../../console/escape.ts';
import { Questions } from '../../console/questions.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { SignalError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { instant, text } from '../../core/fields.ts';
import { ownEndpoint } from '../../core/own-rows.ts';
import { say } from '../../core/say.ts';
import { requiredCredentials } from '../../core/scheme.ts';
import type { Context } from '../../lookup/context.ts';
import { printLines } from '../../output/destination.ts';
import type { CalledCommand } from '../command.ts';
import { deliverOwnRows } from '../own-rows.ts';
import { type Candidate, findCandidates } from '../profiles/candidates.ts';
import { validityWords } from '../secrets/kind-words.ts';
import { type Became, replaceToken } from './replace-token.ts';
import { withSession } from './session.ts';

/** What `auth login` delivers. */
export const loginRows: Endpoint = ownEndpoint({
  name: 'login',
  summary: 'What became of a token',
  fields: { profile: text('Profile'), result: text('Result'), expiresAt: instant('Good until', 'iso') },
  columns: ['profile', 'result', 'expiresAt'],
});

export async function login(context: Context, called: CalledCommand): Promise<ExitName> {
  try {
    const chosen = await only(context, called, 'login');
    const scheme = schemeOf(chosen);
    const became = scheme?.kind === 'token' ? await replaceToken(context, called, chosen, scheme) : await obtain(context, called, chosen);
    return await tell(context, called, chosen, became);
  } catch (error) {
    if (!(error instanceof SignalError) || error.code !== 'interrupted' || called.talk.errorFormat === 'json') throw error;
    context.messages.note(say`cancelled; nothing was written`);
    return error.code;
  }
}

async function obtain(context: Context, called: CalledCommand, chosen: Candidate): Promise<Became> {
  const said = await withSession(context, called, chosen, session => session.authenticator.login());
  if (said === 'not-needed') return { result: said, words: say`needs no login` };
  const expiresMs = said.expiresAt?.getTime();
  if (expiresMs === undefined) return { result: 'logged-in', words: say`logged in: ${said.about}` };
  const good = validityWords(expiresMs, context.runtime.now());
  return { result: 'logged-in', words: say`logged in: ${said.about}, token ${good}`, expiresMs };
}

const logoutWords = {
  'not-needed': say`has no token to drop`,
  'nothing-cached': say`had no token`,
  revoked: say`token revoked at the provider and deleted here`,
  forgotten: say`token deleted here`,
} as const;

export async function logout(context: Context, called: CalledCommand): Promise<ExitName> {
  const chosen = await only(context, called, 'logout');
  const result = await withSession(context, called, chosen, session => session.authenticator.logout());
  return tell(context, called, chosen, { result, words: logoutWords[result] });
}

async function tell(context: Context, called: CalledCommand, { name }: Candidate, { result, words, expiresMs }: Became): Promise<ExitName> {
  const { wording } = context.messages;
  await wording.ready();
  if (called.format === undefined) return printLines(context, [visible(`${name}: ${wording.words(words)}`)]);
  const row = { profile: name, result, expiresAt: expiresMs === undefined ? null : new Date(expiresMs).toISOString() };
  return deliverOwnRows(context, called, { title: 'auth', endpoint: loginRows, rows: [row] });
}

function schemeOf({ provider, open }: Candidate) {
  const { credentials } = open();
  return provider.schemes.find(scheme => requiredCredentials(scheme).every(name => Object.hasOwn(credentials, name)));
}

/** The profile meant; of several a person at a terminal is asked which. */
async function only(context: Context, called: CalledCommand, action: string): Promise<Candidate> {
  const found = await findCandidates(context, called);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const hint = say`loanq auth status lists the profiles`;
  if (!called.talk.mayPrompt()) throw new UsageError(say`auth ${action} needs --profile`, { hint });
  const questions = new Questions({ runtime: context.runtime, mayPrompt: called.talk.mayPrompt }, context.messages.wording, hint);
  const choices = found.map(candidate => ({ name: `${candidate.name} (${candidate.provider.title})`, value: candidate }));
  return questions.choose(say`Which profile?`, choices);
}
