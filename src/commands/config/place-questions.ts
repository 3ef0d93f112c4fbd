// Which system, under which name, and where it answers: what an address is, is said where the provider's pages say it.
import { readBaseUrl } from '../../config/base-url.ts';
import { profileName } from '../../config/value-faults.ts';
import type { Choice, Questions } from '../../console/questions.ts';
import { type Environment, environmentOf, type Provider } from '../../core/provider.ts';
import { say, sayingOf, type Words } from '../../core/say.ts';
import type { ProviderTable } from '../../providers/index.ts';
import { type Draft, hasProfile } from './draft.ts';

export interface Place {
  readonly baseUrl: string;
  /** In a word, for the profile; undefined where nobody knows. */
  readonly environment: string | undefined;
}

export function askSystem(questions: Questions, table: ProviderTable): Promise<string> {
  const choices = Object.entries(table).map(([value, { title }]) => ({ value, name: title }));
  return questions.choose(say`Which system?`, choices);
}

/** Asked only where the plain name is taken, or the one that was given cannot be used. */
export async function askName(questions: Questions, draft: Draft, provider: string, given: string | undefined): Promise<string> {
  const check = (text: string): true | Words => {
    if (!profileName.test(text)) return say`letters, digits, - and _ only`;
    return hasProfile(draft, text) ? say`there is a profile of that name` : true;
  };
  const wanted = given ?? provider;
  if (check(wanted) === true) return wanted;
  return questions.text(say`Name of the new profile?`, { given: freeName(draft, provider), check });
}

function freeName(draft: Draft, provider: string): string {
  let number = 2;
  while (hasProfile(draft, `${provider}-${number}`)) number += 1;
  return `${provider}-${number}`;
}

export async function askPlace(questions: Questions, provider: Provider): Promise<Place> {
  const environments = provider.environments ?? [];
  const choices: Choice<Environment | undefined>[] = environments.map(one => ({
    name: nameOf(one),
    value: one,
    ...(one.baseUrl !== undefined && { short: one.baseUrl }),
  }));
  const chosen = await questions.choose(say`Which environment?`, [...choices, { name: say`Another address`, value: undefined }]);
  if (chosen?.baseUrl !== undefined) return { baseUrl: chosen.baseUrl, environment: chosen.name };
  const sample = chosen?.hosts === undefined ? '' : `https://<tenant>${chosen.hosts}`;
  const message = sample === '' ? say`Address (base URL)?` : say`Address (base URL)? It looks like ${sample}`;
  const given = await questions.text(message, { check: checkUrl });
  const known = environmentOf(provider, given)?.name;
  return { baseUrl: withoutLastSlash(given), environment: known ?? (await askEnvironment(questions, provider)) };
}

/** The word goes beside the host wherever a result is shown. */
function askEnvironment(questions: Questions, { title }: Provider): Promise<string | undefined> {
  return questions.choose<string | undefined>(say`No page of ${title} names this address. Which environment is it?`, [
    { name: say`Production`, value: 'production' },
    { name: say`Pre-production`, value: 'pre-production' },
    { name: say`Sandbox`, value: 'sandbox' },
    { name: say`I do not know`, value: undefined },
  ]);
}

const environmentNames: Readonly<Record<string, Words>> = {
  production: say`Production`,
  'pre-production': say`Pre-production`,
  sandbox: say`Sandbox`,
};

function nameOf({ name, baseUrl, hosts, about }: Environment): Words {
  const where = baseUrl ?? `https://<tenant>${hosts ?? ''}`;
  const title = name === undefined ? undefined : (environmentNames[name] ?? name);
  const [head, tail] = [title ?? '', about === undefined ? '' : sayingOf(about)];
  if (title === undefined) return say`${where}  ${tail}`;
  return about === undefined ? say`${head}  ${where}` : say`${head}  ${where}  (${tail})`;
}

function checkUrl(text: string): true | Words {
  const read = readBaseUrl(text);
  return 'url' in read ? true : say`it ${sayingOf(read.fault)}`;
}

function withoutLastSlash(text: string): string {
  const read = readBaseUrl(text);
  return 'url' in read ? read.url : text;
}
