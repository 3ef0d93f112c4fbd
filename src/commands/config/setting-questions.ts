// What a provider cannot do without beside an address and a credential, and which profile is asked when none is named.
import { isIP } from 'node:net';
import { pathFault } from '../../config/value-faults.ts';
import type { Questions } from '../../console/questions.ts';
import { neededSettings, type Provider, unpublishedPaths } from '../../core/provider.ts';
import { joined, say, sayingOf, type Words } from '../../core/say.ts';
import type { Draft } from './draft.ts';

export type Settings = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What every call needs has to be answered. A path that nobody publishes may be missing: then its records are read from a file. */
export async function askSettings(questions: Questions, provider: Provider): Promise<Settings> {
  const given: Record<string, string | Record<string, string>> = {};
  for (const { name } of neededSettings(provider)) {
    const { ask, about = '' } = provider.settings?.[name] ?? {};
    const message = ask === undefined ? say`${name}: ${about}` : sayingOf(ask);
    given[name] = await questions.text(message, { check: checkAddress });
  }
  const [setting] = Object.entries(provider.settings ?? {}).find(([, { type }]) => type === 'paths') ?? [];
  const paths = setting === undefined ? {} : await askPaths(questions, provider);
  return setting === undefined || Object.keys(paths).length === 0 ? given : { ...given, [setting]: paths };
}

function checkAddress(text: string): true | Words {
  if (text === '') return say`it is needed: without it no lookup works`;
  return isIP(text) === 0 ? say`it must be an IP address, such as ${'203.0.113.7'}` : true;
}

async function askPaths(questions: Questions, provider: Provider): Promise<Record<string, string>> {
  const names = unpublishedPaths(provider);
  if (names.length === 0) return {};
  const message = say`${provider.title} publishes no path for ${joined(names)}. Do you have them?`;
  const has = await questions.choose(message, [
    { name: say`No: for these only --input will work, the other lookups do`, value: false },
    { name: say`Yes, or some of them`, value: true },
  ]);
  const paths: Record<string, string> = {};
  for (const name of has ? names : []) {
    const path = await questions.text(say`Path of ${name} (Enter: not known)`, { check: checkPath });
    if (path !== '') paths[name] = path;
  }
  return paths;
}

function checkPath(text: string): true | Words {
  const fault = text === '' ? undefined : pathFault(text);
  return fault === undefined ? true : say`it ${sayingOf(fault)}`;
}

/** With several profiles of one provider a call has to name one, unless one of them is the default. */
export async function askPreferred(questions: Questions, draft: Draft, provider: string, name: string): Promise<string | undefined> {
  const others = Object.entries(draft.profiles ?? {}).flatMap(([other, profile]) => (profile.provider === provider ? [other] : []));
  if (others.length === 0) return undefined;
  const choices = [...others, name].map(value => ({ name: value, value }));
  return questions.choose(say`Which profile is asked when none is named?`, choices, draft.defaults?.[provider] ?? others[0]);
}
