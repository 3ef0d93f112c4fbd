// What the guide asks, one function a question: each gives back a decision, and none of them looks anything up.
import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { askField, type Choice, type FieldPlace } from '../../console/field.ts';
import { mainKey } from '../../core/keys.ts';
import type { Provider } from '../../core/provider.ts';
import { say, type Words } from '../../core/say.ts';
import type { Explanation } from '../explain/codes.ts';
import { explained, type Known } from '../explain/search.ts';
import { fitting, named, short } from './choices.ts';
import { idsIn } from './pasted-ids.ts';
import { isReady, type KnownSystem } from './systems.ts';
import type { Within } from './within.ts';

/** What somebody wants to know. */
export type Wish =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'system'; readonly system: KnownSystem }
  | { readonly kind: 'explain'; readonly code: string | undefined }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'quit' };

export const quit: Choice<{ readonly kind: 'quit' }> = { value: { kind: 'quit' }, name: say`Quit` };

/** The one question that everything begins with. */
export function askWish(place: FieldPlace, systems: readonly KnownSystem[], known: Known): Promise<Wish> {
  const providers = systems.map(({ provider }) => provider);
  return askField<Wish>(place, {
    message: say`Paste an id or several, or choose:`,
    offer: text => fitting(place, text, startOffers(systems), wishesIn(text, providers, known)),
    none: nothingKnown,
  });
}

const nothingKnown = say`no id, no code and none of the choices: paste an id, or empty the field`;

/** What is typed or pasted is an id, or else a code, or what has codes, with a meaning. */
function wishesIn(text: string, providers: readonly Provider[], known: Known): Choice<Wish>[] {
  const ids = idsIn(text, providers);
  const [first] = ids;
  if (first === undefined) return meaningOf(text, providers, known);
  const lookUp: Choice<Wish> = {
    value: { kind: 'ids', ids },
    name: ids.length === 1 ? say`Look up ${short(first)}` : say`Look up ${ids.length} ids`,
    ...(ids.length > 1 && { note: `${short(first)}, …` }),
  };
  const code = known.codes.find(one => one.code.toLowerCase() === first.toLowerCase())?.code;
  if (code === undefined || ids.length > 1) return [lookUp];
  return [{ value: { kind: 'explain', code }, name: say`What does ${code} mean?` }, lookUp];
}

/** Words of one line that explain knows; the systems themselves are among the choices. */
function meaningOf(text: string, providers: readonly Provider[], known: Known): Choice<Wish>[] {
  const words = text.trim().split(/ +/);
  const isSystem = providers.some(({ name }) => words[0] === name);
  if (text.includes('\n') || isSystem || explained(known, words).unknown.length > 0) return [];
  const code = words.join(' ');
  return [{ value: { kind: 'explain', code }, name: say`What does ${short(code)} mean?` }];
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
  | { readonly kind: 'within'; readonly id: string; readonly what: Within }
  | { readonly kind: 'csv'; readonly all: boolean };

/** Below a result: go on from it, or to another one. */
export function askNext(place: FieldPlace, offers: readonly Choice<Next>[], providers: readonly Provider[], known: Known): Promise<Next> {
  return askField<Next>(place, {
    message: say`Next:`,
    offer: text => fitting(place, text, offers, wishesIn(text, providers, known).flatMap(nextOf)),
    none: nothingKnown,
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
