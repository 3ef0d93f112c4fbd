// What commands tell of a profile, as a literal like any other: a table for people, stable words and times for programs.

import { pathOf } from '../../config/locations.ts';
import { hostOf, type Profile } from '../../config/profile.ts';
import type { SecretSource } from '../../config/secret-source.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { flag, instant, someOf, text } from '../../core/fields.ts';
import type { JsonObject } from '../../core/json.ts';
import { ownEndpoint } from '../../core/own-rows.ts';
import { environmentOf, isOpenCredential, type Provider } from '../../core/provider.ts';
import { inEnglish, type Words } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { formatTable } from '../../output/formats/index.ts';
import type { CalledCommand } from '../command.ts';
import type { Candidate } from './candidates.ts';

/** What is known of whether a profile works. */
export interface Finding {
  readonly state: 'ready' | 'accepted' | 'not tried' | 'expired' | 'rejected' | 'unusable';
  /** The same for people, with how long it lasts. */
  readonly words: Words;
  /** Why it cannot be used. */
  readonly problem?: Words | undefined;
  /** `ready token`, `ES512 signature (v2)`. */
  readonly credential?: string | undefined;
  readonly cached?: boolean | undefined;
  readonly expiresMs?: number | undefined;
  /** What is done with signatures of answers. */
  readonly answers?: string | undefined;
}

const fields = {
  profile: text('Profile'),
  system: text('System'),
  // A word that is not cut in a narrow table.
  state: someOf('State', {}),
  host: text('Asked'),
  from: text('Secret from'),
  environment: text('Environment'),
  default: flag('Default'),
  provider: text('Provider'),
  baseUrl: text('Base URL'),
  credential: text('Credential'),
  expiresAt: instant('Good until', 'iso'),
  cached: flag('Token cached'),
  answers: text('Answers'),
  problem: text('Problem'),
} as const;

/** Where profiles are and what they read. */
export const profileList: Endpoint = ownEndpoint({
  name: 'profiles',
  summary: 'Profiles',
  fields,
  columns: ['profile', 'system', 'host', 'environment', 'from', 'default'],
});

/** Whether they can be used. */
export const profileStates: Endpoint = ownEndpoint({
  name: 'profiles',
  summary: 'Profiles',
  fields,
  columns: ['profile', 'system', 'state', 'host', 'from'],
});

export function rowOf(
  context: Context,
  { format }: CalledCommand,
  one: Candidate,
  profile: Profile | undefined,
  finding?: Finding,
): JsonObject {
  const { name, provider } = one;
  const forPeople = isForPeople(format);
  const say = (words: Words): string => (forPeople ? context.messages.wording.words(words) : inEnglish(words));
  return {
    profile: name,
    system: provider.title,
    state: finding === undefined ? null : forPeople ? say(finding.words) : finding.state,
    host: profile === undefined ? null : hostOf(profile),
    from: profile === undefined ? null : sourcesOf(context, provider, profile, forPeople),
    environment: (profile && (profile.environment ?? environmentOf(provider, profile.baseUrl)?.name)) ?? null,
    default: one.isDefault,
    provider: provider.name,
    baseUrl: profile?.baseUrl ?? null,
    credential: finding?.credential ?? null,
    expiresAt: finding?.expiresMs === undefined ? null : new Date(finding.expiresMs).toISOString(),
    cached: finding?.cached ?? null,
    answers: finding?.answers ?? null,
    problem: finding?.problem === undefined ? null : say(finding.problem),
  };
}

/** Phrases and times differ with the reader; programs get the same words always. */
function isForPeople(format: CalledCommand['format']): boolean {
  const known = Object.values(formatTable).find(({ name }) => name === format);
  return format === undefined || known?.forPeople === true;
}

/** Secrets and keys; of several, each with its name. */
function sourcesOf(context: Context, provider: Provider, profile: Profile, forPeople: boolean): string {
  const all = Object.entries({ ...profile.credentials, ...profile.keys }).filter(([name]) => !isOpenCredential(provider, name));
  const shown = all.map(([name, source]) => [name, forPeople ? shownSource(context, source) : referenceOf(source)] as const);
  return shown.map(([name, source]) => (shown.length === 1 ? source : `${name}: ${source}`)).join(', ');
}

function shownSource(context: Context, source: SecretSource): string {
  switch (source.kind) {
    case 'env':
      return `$${source.name}`;
    case 'file':
      return shownPath(context, source.path);
    case 'keyring':
      return `keyring ${source.account}`;
    case 'command':
      return source.argv[0] ?? '';
    case 'literal':
      return 'config file';
  }
}

/** As it stands in a config file; never the secret. */
function referenceOf(source: SecretSource): string {
  switch (source.kind) {
    case 'env':
      return `env:${source.name}`;
    case 'file':
      return `file:${source.path}`;
    case 'keyring':
      return `keyring:${source.account}`;
    case 'command':
      return `command:${source.argv[0] ?? ''}`;
    case 'literal':
      return 'literal';
  }
}

/** With `~` for the home directory: what may stand in a profile, too. */
export function shownPath({ runtime }: Context, path: string): string {
  const home = `${runtime.home}${pathOf(runtime.platform).sep}`;
  return runtime.home !== '' && runtime.platform !== 'win32' && path.startsWith(home) ? `~/${path.slice(home.length)}` : path;
}
