// A secret that is kept already: in a variable, by a password manager, in a file, in the keyring. What can be read is read at once.
import { resolveSecret } from '../../auth/source.ts';
import { pathOf } from '../../config/locations.ts';
import { type GivenSource, parseSource, sourceFault } from '../../config/secret-source.ts';
import type { Questions } from '../../console/questions.ts';
import { LoanqError } from '../../core/errors.ts';
import { inEnglish, type Saying, say, sayingOf, type Words } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { platformOf, secretContext } from '../../lookup/platform.ts';
import { kindWords } from './kind-words.ts';
import { managersOf } from './password-programs.ts';
import { readPasted, type WantedSecret } from './wanted.ts';

/** Where it is. What cannot be read there, or is nothing of the kind, is told and asked for again. */
export async function askElsewhere(context: Context, questions: Questions, wanted: WantedSecret, variable: string): Promise<GivenSource> {
  const where = await questions.choose(say`Where is the ${wanted.title}?`, [
    { name: inVariable, value: 'env' as const },
    { name: byManager, value: 'command' as const },
    { name: say`In a file that only you can read`, value: 'file' as const },
    { name: say`In the system keyring, as an entry of the service loanq`, value: 'keyring' as const },
  ]);
  switch (where) {
    case 'env':
      return askVariable(context, questions, wanted, variable);
    case 'command':
      return askManager(context, questions, wanted);
    case 'file':
      return askPlace(context, questions, wanted, say`Path of the file (from / or ~/)`, text => `file:${text}`);
    case 'keyring':
      return askPlace(context, questions, wanted, say`Account of the entry`, text => `keyring:${text}`);
  }
}

export const inVariable = say`It is in a variable already       env:NAME`;
export const byManager = say`A password manager prints it      1Password, Vault, pass`;

/** A variable that is not set here may be set where loanq is to run. */
export async function askVariable(context: Context, questions: Questions, wanted: WantedSecret, variable: string): Promise<GivenSource> {
  const check = async (text: string): Promise<true | Words> => {
    const name = text.replace(/^\$|^env:/, '');
    if (name !== text) return say`the name alone: ${name}`;
    if (sourceFault(`env:${text}`, 'linux') !== undefined) return say`letters, digits and _ only`;
    if (!isSet(context, name)) return true;
    const read = await readSource(context, `env:${name}`, wanted);
    return 'fault' in read ? read.fault : true;
  };
  const name = await questions.text(say`Name of the variable`, { given: variable, check });
  context.messages.note(isSet(context, name) ? say`  ${name} is set` : say`  ${name} is not set here: set it before the first lookup`);
  return `env:${name}`;
}

function isSet({ runtime }: Context, name: string): boolean {
  return runtime.env[name] !== undefined && runtime.env[name] !== '';
}

/** The program is run once to see that it prints what is asked for. */
export async function askManager(context: Context, questions: Questions, wanted: WantedSecret): Promise<GivenSource> {
  const choices = managersOf(context.runtime).map(manager => ({ name: manager.name, value: manager }));
  const { asks, argv } = await questions.choose(say`Which one?`, choices);
  return askPlace(context, questions, wanted, asks, text => ({ command: argv(text) }));
}

async function askPlace(
  context: Context,
  questions: Questions,
  wanted: WantedSecret,
  message: Saying,
  sourceOf: (text: string) => GivenSource,
): Promise<GivenSource> {
  let found: Words = '';
  const check = async (text: string): Promise<true | Words> => {
    if (text === '') return say`it is needed`;
    const read = await readSource(context, sourceOf(text), wanted);
    if ('fault' in read) return read.fault;
    found = read.words;
    return true;
  };
  const text = await questions.text(message, { check });
  context.messages.note(say`  ${found}`);
  return sourceOf(text);
}

/** What a source gives, in words; or why it gives nothing of the kind that is asked for. */
async function readSource(
  context: Context,
  given: GivenSource,
  wanted: WantedSecret,
): Promise<{ readonly words: Saying } | { readonly fault: Words }> {
  const { platform } = context.runtime;
  const fault = sourceFault(given, platform);
  if (typeof given === 'string' && given.startsWith('file:') && !isWhole(given.slice('file:'.length), platform))
    return { fault: say`the whole path, or one that begins with ~/` };
  if (fault !== undefined) return { fault: say`it ${sayingOf(fault)}` };
  try {
    const source = parseSource(given, platformOf(context));
    const secret = await resolveSecret(source, { what: inEnglish(wanted.title), pem: wanted.form === 'pem' }, secretContext(context));
    const now = context.runtime.now();
    const read = readPasted(secret.reveal(), wanted, now);
    return 'fault' in read ? read : { words: kindWords(read.kind, now) };
  } catch (error) {
    if (error instanceof LoanqError && error.code === 'config') return { fault: error.said };
    throw error;
  }
}

/** A relative path would begin at the config file, and not here. */
function isWhole(path: string, platform: NodeJS.Platform): boolean {
  return /^~[/\\]/.test(path) || pathOf(platform).isAbsolute(path);
}
