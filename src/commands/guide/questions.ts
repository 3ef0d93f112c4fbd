// What the guide asks, one function a question: each gives back a decision, and none of them looks anything up.
import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { askField, type Choice, type FieldPlace } from '../../console/field.ts';
import { type Endpoint, instantAbout, type Key, optionName, type Param } from '../../core/endpoint.ts';
import { LoanqError } from '../../core/errors.ts';
import { checkKey, isList, mainKey, trimKey } from '../../core/keys.ts';
import { keyWithin } from '../../core/pasted-key.ts';
import type { Provider } from '../../core/provider.ts';
import type { Explanation } from '../explain/codes.ts';
import { idsIn } from './pasted-ids.ts';
import { isReady, type KnownSystem } from './systems.ts';

/** What somebody wants to know. */
export type Wish =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'system'; readonly system: KnownSystem }
  | { readonly kind: 'explain'; readonly code: string | undefined }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'quit' };

const one = (count: number, singular: string, plural: string): string => `${count} ${count === 1 ? singular : plural}`;

export const quit: Choice<{ readonly kind: 'quit' }> = { value: { kind: 'quit' }, name: 'Quit' };

/** The one question that everything begins with. */
export function askWish(place: FieldPlace, systems: readonly KnownSystem[], codes: readonly Explanation[]): Promise<Wish> {
  const providers = systems.map(({ provider }) => provider);
  return askField<Wish>(place, {
    message: 'Paste an id or several, or choose:',
    offer: text => (text.trim() === '' ? startOffers(systems) : [...wishesIn(text, providers, codes), ...systemsNamed(text, systems)]),
  });
}

/** What is typed or pasted is an id, or else a code with a meaning. */
export function wishesIn(text: string, providers: readonly Provider[], codes: readonly Explanation[]): Choice<Wish>[] {
  const ids = idsIn(text, providers);
  const [first] = ids;
  if (first === undefined) return [];
  const lookUp: Choice<Wish> = {
    value: { kind: 'ids', ids },
    name: `Look up ${ids.length === 1 ? short(first) : one(ids.length, 'id', 'ids')}`,
    ...(ids.length > 1 && { note: `${short(first)}, …` }),
  };
  const known = codes.find(({ code }) => code.toLowerCase() === first.toLowerCase());
  if (known === undefined || ids.length > 1) return [lookUp];
  return [{ value: { kind: 'explain', code: known.code }, name: `What does ${known.code} mean?` }, lookUp];
}

function startOffers(systems: readonly KnownSystem[]): Choice<Wish>[] {
  const [ready, others] = [systems.filter(isReady), systems.filter(system => !isReady(system))];
  const samples: Choice<Wish>[] = ready.some(({ hosts }) => hosts.includes('sandbox')) ? sampleOffers(ready) : [];
  return [
    ...samples,
    ...ready.map(system => systemOffer(system, system.hosts.join(', '))),
    ...others.map(system => systemOffer(system, 'not set up')),
    { value: { kind: 'explain', code: undefined }, name: 'What does a code mean?' },
    { value: { kind: 'set-up' }, name: 'Set up a system' },
    quit,
  ];
}

/** Made-up data has ids that nobody knows by heart. */
function sampleOffers(systems: readonly KnownSystem[]): Choice<Wish>[] {
  const samples = systems.flatMap(({ provider }) => {
    const endpoint = provider.endpoints.find(({ unified, keys, exampleKeys }) => {
      return unified !== undefined && Object.keys(keys ?? {}).length === 1 && exampleKeys !== undefined;
    });
    const id = endpoint?.exampleKeys?.[0]?.[mainKey(endpoint)?.parameter ?? ''];
    return id === undefined
      ? []
      : [{ value: { kind: 'ids', ids: [id] } as const, name: `Look up ${id}`, note: `an id of ${provider.title}` }];
  });
  return samples.slice(0, 3);
}

function systemOffer(system: KnownSystem, note: string): Choice<Wish> {
  return { value: { kind: 'system', system }, name: system.provider.title, note };
}

function systemsNamed(text: string, systems: readonly KnownSystem[]): Choice<Wish>[] {
  const word = text.trim().toLowerCase();
  const named = systems.filter(({ provider: { name, title } }) => name.startsWith(word) || title.toLowerCase().includes(word));
  return named.map(system => systemOffer(system, isReady(system) ? system.hosts.join(', ') : 'not set up'));
}

/** Where nothing is set up. */
export function askStart(place: FieldPlace): Promise<'set-up' | 'sandbox' | 'quit'> {
  return askField(place, {
    message: 'Nothing is set up yet.',
    offer: text =>
      named(text, [
        { value: 'set-up', name: 'Set up a system' },
        { value: 'sandbox', name: 'Try it with made-up data', note: '--sandbox' },
        { value: 'quit', name: 'Quit' },
      ]),
  });
}

/** A system that was chosen and is not set up. */
export function askUnready(place: FieldPlace, { title }: Provider): Promise<'set-up' | 'sandbox' | 'back'> {
  return askField(place, {
    message: `${title} is not set up.`,
    offer: text =>
      named(text, [
        { value: 'set-up', name: 'Set it up' },
        { value: 'sandbox', name: 'Look at made-up data of it', note: '--sandbox' },
        { value: 'back', name: 'Back' },
      ]),
  });
}

export function askProfile(place: FieldPlace, { provider, choice }: KnownSystem): Promise<string> {
  return askField(place, {
    message: `Under which profile of ${provider.title}?`,
    offer: text =>
      named(
        text,
        choice.map(name => ({ value: name, name })),
      ),
  });
}

/** What of a system; undefined: nothing of it. */
export function askEndpoint(place: FieldPlace, { title, endpoints }: Provider): Promise<Endpoint | undefined> {
  const offers = endpoints.map(endpoint => ({ value: endpoint, name: endpoint.name, note: `${endpoint.summary}${wanted(endpoint)}` }));
  return askField<Endpoint | undefined>(place, {
    message: `What of ${title}?`,
    offer: text => [...named<Endpoint | undefined>(text, offers), { value: undefined, name: 'Back' }],
  });
}

function wanted(endpoint: Endpoint): string {
  const main = mainKey(endpoint);
  return main === undefined || isList(endpoint) ? '' : ` (${main.key.grammar.name})`;
}

/** One key of a lookup, or for the last one several. */
export function askKeys(place: FieldPlace, endpoint: Endpoint, parameter: string, key: Key, samples: boolean): Promise<readonly string[]> {
  const isMain = mainKey(endpoint)?.parameter === parameter && key.many !== undefined;
  const word = key.arg.replaceAll('-', ' ');
  const sample = samples ? endpoint.exampleKeys?.[0]?.[parameter] : undefined;
  return askField<readonly string[]>(place, {
    message: `${isMain ? 'Which' : 'Of which'} ${isMain ? word : word.replace(/s$/, '')}? (${key.grammar.name})`,
    offer: text => {
      const keys = keysIn(text, key);
      if (keys.length === 0) return sample === undefined ? [] : [{ value: [sample], name: sample, note: 'an example' }];
      const [first = ''] = keys;
      return [
        { value: isMain ? keys : keys.slice(0, 1), name: keys.length > 1 && isMain ? one(keys.length, 'key', 'keys') : short(first) },
      ];
    },
    refuse: keys => faultOf(() => keys.forEach(given => void checkKey(parameter, key, given))),
  });
}

/** Words of a text as keys, and what surrounds a pasted one left out. */
function keysIn(text: string, { grammar }: Key): string[] {
  const words = text.split(/[\s,;，；]+/).map(trimKey);
  return [
    ...new Set(words.filter(word => word !== '').map(word => (grammar.pattern.test(word) ? word : (keyWithin(grammar, word) ?? word)))),
  ];
}

/** A parameter that a call cannot be made without. */
export function askParam(place: FieldPlace, parameter: string, param: Param): Promise<string> {
  const { choices } = param;
  return askField<string>(place, {
    message: `${optionName(parameter)}: ${param.about}${param.instant ? ` (${instantAbout(param.instant)})` : ''}`,
    offer: text => {
      if (choices !== undefined)
        return named(
          text,
          choices.map(value => ({ value, name: value })),
        );
      return text.trim() === '' ? [] : [{ value: text.trim(), name: text.trim() }];
    },
  });
}

/** A code; those that there are are offered as it is typed. */
export function askCode(place: FieldPlace, codes: readonly Explanation[]): Promise<string> {
  const meanings = new Map(codes.map(({ code, meaning }) => [code, meaning]));
  return askField<string>(place, {
    message: 'Which code?',
    offer: text => {
      const word = text.trim();
      const exact = [...meanings].filter(([code]) => code.toLowerCase() === word.toLowerCase());
      const near = [...meanings].filter(([code]) => word !== '' && code.toLowerCase().startsWith(word.toLowerCase()));
      const offers = new Map([...exact, ...(exact.length === 0 && word !== '' ? [[word, ''] as const] : []), ...near]);
      return [...offers].map(([code, meaning]) => ({ value: code, name: code, ...(meaning !== '' && { note: meaning }) }));
    },
  });
}

/** What to do with a result. */
export type Next =
  | Extract<Wish, { readonly kind: 'ids' | 'explain' | 'quit' }>
  | { readonly kind: 'again' }
  | { readonly kind: 'related'; readonly line: readonly string[] }
  | { readonly kind: 'csv'; readonly all: boolean };

/** Below a result: go on from it, or to another one. */
export function askNext(
  place: FieldPlace,
  offers: readonly Choice<Next>[],
  providers: readonly Provider[],
  codes: readonly Explanation[],
): Promise<Next> {
  return askField<Next>(place, {
    message: 'Next:',
    offer: text => (text.trim() === '' ? offers : wishesIn(text, providers, codes).flatMap(nextOf)),
  });
}

function nextOf({ value, ...choice }: Choice<Wish>): Choice<Next>[] {
  return value.kind === 'ids' || value.kind === 'explain' ? [{ ...choice, value }] : [];
}

/** The file to write; undefined: none after all. */
export async function askFile(place: FieldPlace, suggested: string, { home, cwd }: Where): Promise<string | undefined> {
  for (;;) {
    const file = await askField<string | undefined>(place, {
      message: 'Into which file?',
      offer: text => [
        {
          value: text.trim() === '' ? suggested : text.trim().replace(/^~(?=\/)/, home),
          name: text.trim() === '' ? suggested : text.trim(),
        },
        { value: undefined, name: 'Back' },
      ],
    });
    if (file === undefined || !isThere(isAbsolute(file) ? file : join(cwd, file))) return file;
    const replace = await askField<boolean>(place, {
      message: `${file} is there already.`,
      offer: text =>
        named(text, [
          { value: false, name: 'Another name' },
          { value: true, name: 'Replace it' },
        ]),
    });
    if (replace) return file;
  }
}

/** Where file names begin. */
interface Where {
  readonly home: string;
  readonly cwd: string;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The choices that what is typed is a part of. */
function named<V>(text: string, choices: readonly Choice<V>[]): Choice<V>[] {
  const word = text.trim().toLowerCase();
  return choices.filter(({ name, note = '' }) => `${name} ${note}`.toLowerCase().includes(word));
}

function faultOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof LoanqError) return error.message;
    throw error;
  }
}

const longestShown = 60;

function short(word: string): string {
  return word.length <= longestShown ? word : `${word.slice(0, longestShown)}…`;
}
