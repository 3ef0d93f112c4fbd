// Takes one credential from a person: pasted without being seen, or said where it is kept already.
import { protectSecret, Secret } from '../../auth/secret.ts';
import { variableName } from '../../config/env-profile.ts';
import type { GivenSource } from '../../config/secret-source.ts';
import type { Questions } from '../../console/questions.ts';
import type { Provider } from '../../core/provider.ts';
import { inEnglish, say, type Words } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { protection } from '../../lookup/platform.ts';
import { askElsewhere } from './elsewhere.ts';
import { kindWords } from './kind-words.ts';
import { readPasted, type WantedSecret } from './wanted.ts';

/** What a person has handed over: the value itself, or where it is. */
export type Handed =
  | { readonly kind: 'value'; readonly wanted: WantedSecret; readonly value: string }
  | { readonly kind: 'reference'; readonly wanted: WantedSecret; readonly source: GivenSource };

/** Undefined for an optional one that there is not. */
export async function askCredential(
  context: Context,
  questions: Questions,
  provider: Provider,
  wanted: WantedSecret,
): Promise<Handed | undefined> {
  if (wanted.open) return askOpen(questions, wanted);
  const message = wanted.optional
    ? say`Paste the ${wanted.title} (it stays hidden; Enter: there is none)`
    : say`Paste the ${wanted.title} (it stays hidden; Enter: it is kept elsewhere)`;
  const value = await askHidden(context, questions, wanted, message, true);
  if (value !== '') return { kind: 'value', wanted, value };
  if (wanted.optional) return undefined;
  const source = await askElsewhere(context, questions, wanted, variableName(wanted.credential, provider));
  return { kind: 'reference', wanted, source };
}

/** Asks until there is something that can be sent, and says what it is. An empty answer where that is allowed. */
export async function askHidden(
  context: Context,
  questions: Questions,
  wanted: WantedSecret,
  message: Words,
  mayBeEmpty = false,
): Promise<string> {
  const now = (): Date => context.runtime.now();
  const pasted = await questions.secret(message, text => {
    if (mayBeEmpty && text.trim() === '') return true;
    const read = readPasted(text, wanted, now());
    return 'value' in read ? true : say`${read.fault}: paste another one`;
  });
  if (pasted.trim() === '') return '';
  const read = readPasted(pasted, wanted, now());
  if ('fault' in read) return askHidden(context, questions, wanted, message, mayBeEmpty);
  // From here on nothing that is said can hold it.
  protectSecret(new Secret(read.value), inEnglish(wanted.title), protection(context));
  context.messages.note(say`  ${kindWords(read.kind, now())}`);
  return read.value;
}

async function askOpen(questions: Questions, wanted: WantedSecret): Promise<Handed | undefined> {
  const check = (text: string): true | Words => {
    if (text === '') return wanted.optional ? true : say`it is needed`;
    return /^[\x21-\x7e]+$/.test(text) ? true : say`letters, digits and signs only, without a blank`;
  };
  const value = await questions.text(wanted.title, { check });
  return value === '' ? undefined : { kind: 'reference', wanted, source: value };
}
