// `loanq config init`: asks for one profile, tries it, and writes it with its secrets at the very end.
import { storeSecret } from '../../auth/stored-secret.ts';
import { Questions } from '../../console/questions.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { SignalError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { text } from '../../core/fields.ts';
import { ownEndpoint } from '../../core/own-rows.ts';
import type { Provider } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import { argumentWords } from '../../core/shell.ts';
import type { Context } from '../../lookup/context.ts';
import { secretContext } from '../../lookup/platform.ts';
import { loadProvider } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';
import { deliverOwnRows } from '../own-rows.ts';
import { shownPath } from '../profiles/listing.ts';
import { offerTrial } from '../secrets/trial.ts';
import { askCredentials, type Credentials, profileToTry } from './credential-questions.ts';
import { openDraft, writeAddition } from './draft.ts';
import { askName, askPlace, askSystem } from './place-questions.ts';
import { askPreferred, askSettings } from './setting-questions.ts';

/** Whom to ask, and what is already decided. */
export interface InitRequest {
  /** `--config`. */
  readonly config: string | undefined;
  readonly mayPrompt: () => boolean;
  /** Name of the new profile. */
  readonly name?: string;
}

/** What was set up. */
export interface InitDone {
  readonly provider: string;
  readonly profile: string;
  /** The config file. */
  readonly path: string;
}

/** What was set up, for programs. */
export const initRows: Endpoint = ownEndpoint({
  name: 'init',
  summary: 'What was set up',
  fields: { provider: text('System'), profile: text('Profile'), path: text('Path') },
  columns: ['profile', 'provider', 'path'],
});

/** `loanq config init`. */
export async function initConfig(context: Context, called: CalledCommand): Promise<ExitName> {
  const { options, talk } = called;
  const { profile } = options;
  try {
    const done = await runInit(context, {
      config: options.config,
      mayPrompt: talk.mayPrompt,
      ...(profile !== undefined && { name: profile }),
    });
    if (called.format === undefined) return 'ok';
    return await deliverOwnRows(context, called, { title: 'config init', endpoint: initRows, rows: [{ ...done }] });
  } catch (error) {
    if (!(error instanceof SignalError) || error.code !== 'interrupted' || talk.errorFormat === 'json') throw error;
    context.messages.note(say`cancelled; nothing was written`);
    return error.code;
  }
}

/**
 * Adds a profile to the config file, which is created when there is none. Throws UsageError where nobody can be asked, SignalError when
 * the person gives up; then nothing has been written.
 */
export async function runInit(context: Context, { config, mayPrompt, name: given }: InitRequest): Promise<InitDone> {
  const hint = say`copy config.example.json to the path "loanq config path" names, or run this in a terminal`;
  const questions = new Questions({ runtime: context.runtime, mayPrompt }, context.messages.wording, hint);
  const file = await openDraft(context, config);
  const provider = await loadProvider(await askSystem(questions, context.providers), context.providers);
  const name = await askName(questions, file.draft, provider.name, given);
  const { baseUrl, environment } = await askPlace(questions, provider);
  const settings = await askSettings(questions, provider);
  const raw = { provider: provider.name, baseUrl, ...(environment !== undefined && { environment }), ...settings };
  const credentials = await askUntilKept(context, questions, provider, name, raw);
  const preferred = await askPreferred(questions, file.draft, provider.name, name);
  await storing(context, credentials, () =>
    writeAddition(context, file, config, { name, profile: { ...raw, credentials: credentials.sources }, preferred }),
  );
  sayWhatNext(context, provider, { name, path: file.path, isNamed: preferred !== undefined && preferred !== name });
  return { provider: provider.name, profile: name, path: file.path };
}

async function askUntilKept(
  context: Context,
  questions: Questions,
  provider: Provider,
  name: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<Credentials> {
  for (;;) {
    const credentials = await askCredentials(context, questions, provider, name);
    const verdict = await offerTrial(context, questions, provider, profileToTry(context, provider, name, raw, credentials));
    if (verdict === 'keep') return credentials;
  }
}

/** Stores the secrets, then does the rest; if either fails, what was there before is put back. */
async function storing(context: Context, { stores }: Credentials, rest: () => Promise<void>): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const { place, value } of stores) undo.push(await storeSecret(place, value, secretContext(context)));
    context.runtime.signal.throwIfAborted();
    await rest();
  } catch (error) {
    for (const back of undo.reverse()) await back().catch(() => undefined);
    throw error;
  }
}

interface Written {
  readonly name: string;
  readonly path: string;
  /** A call has to name the profile. */
  readonly isNamed: boolean;
}

function sayWhatNext(context: Context, { name: word, endpoints }: Provider, { name, path, isNamed }: Written): void {
  const { messages } = context;
  messages.note(say`wrote profile ${name} to ${shownPath(context, path)}`);
  const published = endpoints.filter(endpoint => typeof endpoint.path === 'string');
  const [example] = [...published.filter(({ exampleKeys }) => exampleKeys?.[0] !== undefined), ...published];
  const keys = Object.values(example?.exampleKeys?.[0] ?? {});
  messages.note('');
  messages.note(say`Next, with an id of yours:`);
  messages.note(`  loanq ${word} ${example?.name ?? ''} ${argumentWords(keys, isNamed ? ['-p', name] : [])}`.trimEnd());
  messages.note(say`Another system: ${'loanq config init'}`);
}
