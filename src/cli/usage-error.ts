// commander's complaints, by their codes, as usage errors of our own: one sentence and at most one hint.
import type { Command, CommanderError } from 'commander';
import { UsageError } from '../core/errors.ts';
import { say, type Words } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';
import { aliases } from './first-word.ts';

const secretWord = /(token|secret|passw|credential|authorization|api-?key|private-?key|app-?security)/i;

/** Words a CommanderError of a tree that was given `argv`. */
export function usageError(error: CommanderError, tree: Command | undefined, argv: readonly string[]): UsageError {
  if (error.code === 'commander.help' || error.code === 'commander.helpDisplayed')
    return new UsageError(say`nothing to do`, { hint: 'loanq --help' });
  const [first = '', ...more] = error.message.split('\n');
  const message = first
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    // The value of an unknown option may be a secret.
    .replace(/^(unknown option '-[^'=]*)=.*$/s, "$1'");
  const suggestion = more.join(' ').match(/\(?Did you mean (?:one of )?([^)]*)\?\)?/i)?.[1];
  const place = tree === undefined ? [] : placeOf(tree, argv);
  return new UsageError(saidFor(message), { hint: hintFor(error.code, message, { suggestion, place, argv }) });
}

/** What commander says, and what we say for it: the English is the same. */
const complaints: readonly (readonly [RegExp, (...found: string[]) => Words])[] = [
  [/^unknown command '(.*)'$/s, word => say`unknown command '${word}'`],
  [/^unknown option '(.*)'$/s, option => say`unknown option '${option}'`],
  [/^missing required argument '(.*)'$/s, name => say`missing required argument '${name}'`],
  [/^option '([^']*)' argument missing$/s, option => say`option '${option}' argument missing`],
  [
    /^too many arguments(?: for '([^']*)')?\. Expected (\d+) arguments? but got (\d+)$/s,
    (name, expected, got) => tooMany(name, expected, got),
  ],
];

function tooMany(name: string, expected: string, got: string): Words {
  if (name === '') return say`too many arguments. Expected ${expected} but got ${got}`;
  return say`too many arguments for '${name}'. Expected ${expected} but got ${got}`;
}

function saidFor(message: string): Words {
  for (const [pattern, saying] of complaints) {
    const found = pattern.exec(message);
    if (found !== null) return saying(...found.slice(1).map(part => part ?? ''));
  }
  return message;
}

interface Said {
  /** commander's own. */
  readonly suggestion: string | undefined;
  readonly place: readonly string[];
  readonly argv: readonly string[];
}

function hintFor(code: string, message: string, { suggestion, place, argv }: Said): Words {
  if (code === 'commander.unknownOption' && secretWord.test(message)) {
    return say`secrets never go on the command line: name them in a profile (loanq help profiles)`;
  }
  const meant = code === 'commander.unknownCommand' ? wordMeant(message, argv) : undefined;
  if (meant !== undefined) return meant;
  const login = /^too many arguments for 'auth'/.test(message) ? profileMeant(argv) : undefined;
  if (login !== undefined) return login;
  if (suggestion) return say`did you mean ${suggestion}?`;
  if (code === 'commander.unknownOption' && isKeyLike(message)) return say`a key that begins with - goes after --`;
  return seeHelp(place);
}

/** What to do about a value that an option does not take. */
export function valueHint(tree: Command | undefined, argv: readonly string[]): Words {
  return seeHelp(tree === undefined ? [] : placeOf(tree, argv));
}

function seeHelp(place: readonly string[]): Words {
  return say`see: ${['loanq', ...place, '--help'].join(' ')}`;
}

/** `auth login crego`: the profile is an option. */
function profileMeant(argv: readonly string[]): string | undefined {
  const [action, profile] = argv.slice(argv.indexOf('auth') + 1);
  return action === undefined || profile === undefined || profile.startsWith('-')
    ? undefined
    : `loanq auth ${action} -p ${shellWord(profile)}`;
}

/** The call with our own word in the place of what people call it. Options are left out: one may hold a secret. */
function wordMeant(message: string, argv: readonly string[]): string | undefined {
  const word = /^unknown command '(.*)'$/s.exec(message)?.[1];
  const plain = word?.toLowerCase();
  const meant = plain === undefined ? undefined : Object.hasOwn(aliases, plain) ? aliases[plain] : plain;
  if (word === undefined || meant === undefined || meant === word) return undefined;
  const behind = argv.slice(argv.indexOf(word) + 1);
  const end = behind.findIndex(one => one.startsWith('-'));
  return ['loanq', meant, ...behind.slice(0, end < 0 ? undefined : end).map(shellWord)].join(' ');
}

/** An "option" with a digit or upper-case letter is rather a key somebody pasted. */
function isKeyLike(message: string): boolean {
  return /'-[^'-]*[A-Z0-9][^']*'/.test(message);
}

/** The names of the commands that were called; the values of options are none. */
function placeOf(tree: Command, argv: readonly string[]): string[] {
  const place: string[] = [];
  let command = tree;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') break;
    const called = command.commands.find(candidate => candidate.name() === word);
    if ([...tree.options, ...command.options].some(option => option.required && (option.long === word || option.short === word))) at += 1;
    if (called === undefined) continue;
    place.push(word);
    command = called;
  }
  return place;
}
