// What the guide asks, one function a question: each gives back a decision, and none of them looks anything up.
import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { askField, type Choice, type FieldPlace } from '../../console/field.ts';
import { type Endpoint, instantAbout, type Key, optionName, type Param } from '../../core/endpoint.ts';
import { LoanqError } from '../../core/errors.ts';
import { checkKey, isList, mainKey, trimKey } from '../../core/keys.ts';
import { keyWithin } from '../../core/pasted-key.ts';
import type { Provider } from '../../core/provider.ts';
import { say, type Words } from '../../core/say.ts';
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

export const quit: Choice<{ readonly kind: 'quit' }> = { value: { kind: 'quit' }, name: say`Quit` };

/** The one question that everything begins with. */
export function askWish(place: FieldPlace, systems: readonly KnownSystem[], codes: readonly Explanation[]): Promise<Wish> {
  const providers = systems.map(({ provider }) => provider);
  return askField<Wish>(place, {
    message: say`Paste an id or several, or choose:`,
    offer: text => fitting(place, text, startOffers(systems), wishesIn(text, providers, codes)),
  });
}

/** What is typed or pasted is an id, or else a code with a meaning. */
export function wishesIn(text: string, providers: readonly Provider[], codes: readonly Explanation[]): Choice<Wish>[] {
  const ids = idsIn(text, providers);
  const [first] = ids;
  if (first === undefined) return [];
  const lookUp: Choice<Wish> = {
    value: { kind: 'ids', ids },
    name: ids.length === 1 ? say`Look up ${short(first)}` : say`Look up ${ids.length} ids`,
    ...(ids.length > 1 && { note: `${short(first)}, …` }),
  };
  const known = codes.find(({ code }) => code.toLowerCase() === first.toLowerCase());
  if (known === undefined || ids.length > 1) return [lookUp];
  return [{ value: { kind: 'explain', code: known.code }, name: say`What does ${known.code} mean?` }, lookUp];
}

function startOffers(systems: readonly KnownSystem[]): Choice<Wish>[] {
  const [ready, others] = [systems.filter(isReady), systems.filter(system => !isReady(system))];
  const samples: Choice<Wish>[] = ready.some(({ hosts }) => hosts.includes('sandbox')) ? sampleOffers(ready) : [];
  return [
    ...samples,
    ...ready.map(system => systemOffer(system, system.hosts.join(', '))),
    ...others.map(system => systemOffer(system, say`not set up`)),
    { value: { kind: 'explain', code: undefined }, name: say`What does a code mean?` },
    { value: { kind: 'set-up' }, name: say`Set up a system` },
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
      : [{ value: { kind: 'ids', ids: [id] } as const, name: say`Look up ${id}`, note: say`an id of ${provider.title}` }];
  });
  return samples.slice(0, 3);
}

function systemOffer(system: KnownSystem, note: Words): Choice<Wish> {
  return { value: { kind: 'system', system }, name: system.provider.title, note };
}

/** Where nothing is set up. */
export function askStart(place: FieldPlace): Promise<'set-up' | 'sandbox' | 'quit'> {
  return askField(place, {
    message: say`Nothing is set up yet.`,
    offer: text =>
      named(place, text, [
        { value: 'set-up', name: say`Set up a system` },
        { value: 'sandbox', name: say`Try it with made-up data`, note: '--sandbox' },
        { value: 'quit', name: say`Quit` },
      ]),
  });
}

/** A system that was chosen and is not set up. */
export function askUnready(place: FieldPlace, { title }: Provider): Promise<'set-up' | 'sandbox' | 'back'> {
  return askField(place, {
    message: say`${title} is not set up.`,
    offer: text =>
      named(place, text, [
        { value: 'set-up', name: say`Set it up` },
        { value: 'sandbox', name: say`Look at made-up data of it`, note: '--sandbox' },
        { value: 'back', name: say`Back` },
      ]),
  });
}

export function askProfile(place: FieldPlace, { provider, choice }: KnownSystem): Promise<string> {
  return askField(place, {
    message: say`Under which profile of ${provider.title}?`,
    offer: text =>
      named(
        place,
        text,
        choice.map(name => ({ value: name, name })),
      ),
  });
}

/** What of a system; undefined: nothing of it. */
export function askEndpoint(place: FieldPlace, { title, endpoints }: Provider): Promise<Endpoint | undefined> {
  const offers = endpoints.map(endpoint => ({ value: endpoint, name: endpoint.name, note: `${endpoint.summary}${wanted(endpoint)}` }));
  return askField<Endpoint | undefined>(place, {
    message: say`What of ${title}?`,
    offer: text => [...named<Endpoint | undefined>(place, text, offers), { value: undefined, name: say`Back` }],
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
    message: isMain ? say`Which ${word}? (${key.grammar.name})` : say`Of which ${word.replace(/s$/, '')}? (${key.grammar.name})`,
    offer: text => {
      const keys = keysIn(text, key);
      if (keys.length === 0) return sample === undefined ? [] : [{ value: [sample], name: sample, note: say`an example` }];
      const [first = ''] = keys;
      return [{ value: isMain ? keys : keys.slice(0, 1), name: keys.length > 1 && isMain ? say`${keys.length} keys` : short(first) }];
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
          place,
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
    message: say`Which code?`,
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
    message: say`Next:`,
    offer: text => fitting(place, text, offers, wishesIn(text, providers, codes).flatMap(nextOf)),
  });
}

function nextOf({ value, ...choice }: Choice<Wish>): Choice<Next>[] {
  return value.kind === 'ids' || value.kind === 'explain' ? [{ ...choice, value }] : [];
}

/** The file to write; undefined: none after all. */
export async function askFile(place: FieldPlace, suggested: string, { home, cwd }: Where): Promise<string | undefined> {
  for (;;) {
    const file = await askField<string | undefined>(place, {
      message: say`Into which file?`,
      offer: text => [
        {
          value: text.trim() === '' ? suggested : text.trim().replace(/^~(?=\/)/, home),
          name: text.trim() === '' ? suggested : text.trim(),
        },
        { value: undefined, name: say`Back` },
      ],
    });
    if (file === undefined || !isThere(isAbsolute(file) ? file : join(cwd, file))) return file;
    const replace = await askField<boolean>(place, {
      message: say`${file} is there already.`,
      offer: text =>
        named(place, text, [
          { value: false, name: say`Another name` },
          { value: true, name: say`Replace it` },
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

/** What is typed may be the name of a choice, or something to look up: an id has a digit. */
function fitting<V>(place: FieldPlace, text: string, choices: readonly Choice<V>[], wishes: readonly Choice<V>[]): Choice<V>[] {
  if (text.trim() === '') return [...choices];
  const meant = named(place, text, choices);
  return /\d/.test(text) ? [...wishes, ...meant] : [...meant, ...wishes];
}

/** The choices that what is typed is a part of: the one of that name first, then those that begin so. */
function named<V>({ wording }: FieldPlace, text: string, choices: readonly Choice<V>[]): Choice<V>[] {
  const word = text.trim().toLowerCase();
  const rank = ({ name, note = '' }: Choice<V>): number => {
    const whole = wording.words(name).toLowerCase();
    const at = whole.indexOf(word);
    if (whole === word) return -1;
    return at >= 0 ? Math.min(at, 1) : wording.words(note).toLowerCase().includes(word) ? 2 : 3;
  };
  return choices.filter(choice => rank(choice) < 3).sort((a, b) => rank(a) - rank(b));
}

function faultOf(check: () => void): Words | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof LoanqError) return error.said;
    throw error;
  }
}

const longestShown = 60;

function short(word: string): string {
  return word.length <= longestShown ? word : `${word.slice(0, longestShown)}…`;
}
