// What can be completed where, read off the command tree itself and the registry: a new endpoint or option needs no word here.
import type { Command, Option } from 'commander';
import { readByEvery } from '../../commands/command.ts';
import { commands, nameOf } from '../../commands/index.ts';
import { exitCodes } from '../../core/exit-codes.ts';
import type { Fields } from '../../core/fields.ts';
import type { Provider } from '../../core/provider.ts';
import { declaredColumns, explodableLists } from '../../output/columns.ts';
import { flagOf } from '../../plan/options.ts';
import { topics } from '../help-topics.ts';

/** A word that may stand somewhere, and what it means. */
export interface Word {
  readonly name: string;
  readonly about: string;
}

/** What may stand behind an option. */
export type Value = 'file' | 'profile' | 'fields' | 'lists' | 'free' | readonly string[];

export interface Flag extends Word {
  readonly short?: string;
  /** Undefined: it takes none. */
  readonly value?: Value;
}

/** A command, a group, or the program itself (''). */
export interface Place {
  /** Words behind `loanq`, joined by `/`. */
  readonly path: string;
  readonly words: readonly Word[];
  readonly flags: readonly Flag[];
  /** For --fields and the like; may follow one another with commas. */
  readonly fields: readonly string[];
  readonly lists: readonly string[];
}

/** The flags that every endpoint takes, said once in a script, and those that a place has beside them. */
export function splitFlags(places: readonly Place[]): {
  readonly shared: readonly Flag[];
  readonly own: (place: Place) => readonly Flag[] | undefined;
} {
  const shared =
    places.find(
      ({ path, words, fields }) =>
        path !== '' && words.length > 0 && fields.length === 0 && places.some(one => one.path.startsWith(`${path}/`)),
    )?.flags ?? [];
  const names = new Set(shared.map(({ name }) => name));
  return {
    shared,
    own: ({ flags }) => {
      const rest = flags.filter(({ name }) => !names.has(name));
      return flags.length - rest.length >= shared.length ? rest : undefined;
    },
  };
}

/** Every place of the program. Keys are never completed: they are people's. */
export function completionPlaces(tree: Command, providers: readonly Provider[]): Place[] {
  const groups = tree.commands.filter(command => isShown(command));
  const globals = flagsOf(tree);
  const root = {
    path: '',
    words: groups.map(wordOf),
    flags: globals.filter(flag => flag.name === '--help' || flag.name === '--version'),
    fields: [],
    lists: [],
  };
  const behind = groups.flatMap(group => {
    const provider = providers.find(({ name }) => name === group.name());
    return provider === undefined ? [commandPlace(group, providers, globals)] : providerPlaces(group, provider, globals);
  });
  return [root, ...behind];
}

function providerPlaces(group: Command, provider: Provider, globals: readonly Flag[]): Place[] {
  const endpoints = group.commands.map(command => {
    const endpoint = provider.endpoints.find(({ name }) => name === command.name());
    const fields = endpoint === undefined ? [] : declaredColumns(endpoint).map(({ name }) => name);
    const lists = endpoint === undefined ? [] : explodableLists(endpoint);
    return { path: `${provider.name}/${command.name()}`, words: [], flags: [...flagsOf(command), ...globals], fields, lists };
  });
  return [{ path: provider.name, words: group.commands.map(wordOf), flags: globals, fields: [], lists: [] }, ...endpoints];
}

function commandPlace(node: Command, providers: readonly Provider[], globals: readonly Flag[]): Place {
  const name = node.name();
  const literal = commands.find(command => nameOf(command) === name);
  const read = new Set(literal === undefined ? [] : [...readByEvery, ...literal.reads].map(flagOf));
  const flags = [...flagsOf(node), ...globals.filter(flag => read.has(flag.name) || flag.name === '--help')];
  return { path: name, words: argumentsOf(name, literal?.usage, literal?.help, providers), flags, fields: [], lists: [] };
}

/** First arguments that are words of ours: actions, codes, topics, shells, providers. */
function argumentsOf(name: string, usage = '', help = '', providers: readonly Provider[] = []): Word[] {
  const bare = (names: readonly string[]): Word[] => names.map(word => ({ name: word, about: '' }));
  if (name === 'help') return bare([...Object.keys(topics), ...providers.map(provider => provider.name), ...commands.map(nameOf)]);
  if (name === 'completion') return bare(['bash', 'zsh', 'fish']);
  if (name === 'explain') return bare(codesOf(providers));
  if (usage.includes('<action>'))
    return [...help.matchAll(/^([a-z]+) {2,}(.*)$/gm)].map(([, word = '', about = '']) => ({ name: word, about }));
  return /[<[]provider[>\]]/.test(usage) ? providers.map(provider => ({ name: provider.name, about: provider.title })) : [];
}

function codesOf(providers: readonly Provider[]): string[] {
  const ofFields = (fields: Fields): string[] =>
    Object.values(fields).flatMap(field => {
      if (field.kind === 'enum') return Object.keys(field.values);
      return field.kind === 'group' || field.kind === 'list' ? ofFields(field.fields ?? {}) : [];
    });
  const codes = providers.flatMap(({ failures = [], endpoints }) => [
    ...endpoints.flatMap(({ fields }) => ofFields(fields)),
    ...[...failures, ...endpoints.flatMap(endpoint => endpoint.failures ?? [])].flatMap(({ code }) => code ?? []),
  ]);
  const exits = Object.values(exitCodes).map(({ exit }) => `${exit}`);
  return [...new Set([...codes, ...exits])].filter(code => /^[\w.-]+$/.test(code));
}

function flagsOf(command: Command): Flag[] {
  const help = { name: '--help', short: '-h', about: 'help' };
  return [...command.options.filter(option => !option.hidden).map(flagFrom), help];
}

function flagFrom(option: Option): Flag {
  const value = option.required || option.optional ? valueKind(option) : undefined;
  const short = option.short === undefined ? {} : { short: option.short };
  return {
    name: option.long ?? option.short ?? '',
    ...short,
    about: firstSentence(option.description),
    ...(value !== undefined && { value }),
  };
}

/** What the option's own `<placeholder>` says. */
function valueKind({ flags, long, argChoices, description }: Option): Value {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? '';
  if (argChoices !== undefined) return argChoices;
  if (long === '--profile' || long === '--profiles') return 'profile';
  if (placeholder === 'file') return 'file';
  if (placeholder === 'list-field') return 'lists';
  if (/^(field|a,b,)/.test(placeholder)) return 'fields';
  const listed = /\(?((?:[\w-]+, )+[\w-]+)/.exec(description)?.[1];
  return listed !== undefined && ['--output', '--lang', '--csv-guard', '--error-format'].includes(long ?? '') ? listed.split(', ') : 'free';
}

function wordOf(command: Command): Word {
  return { name: command.name(), about: command.summary() };
}

function isShown(command: Command): boolean {
  return !Reflect.get(command, '_hidden');
}

function firstSentence(text: string): string {
  return text.split(/; | \(env/)[0] ?? text;
}
