// `loanq <id>` means `loanq lookup <id>`: an id can never be a command, for those are lower-case words joined by hyphens.
import { commands, nameOf } from '../commands/index.ts';
import { type OptionSpec, optionTable } from '../plan/option-table.ts';
import type { ProviderTable } from '../providers/index.ts';

const commandWord = /^[a-z]+(?:-[a-z]+)*$/;
const uuidShape = /^[0-9a-z]{8}(?:-[0-9a-z]{4}){3}-[0-9a-z]{12}$/i;

/** What people type for a word of ours, and the word. */
export const aliases: Readonly<Record<string, string>> = {
  fincode: 'finlend',
  ekb: 'ekuaibao',
  hesi: 'ekuaibao',
  yikuaibao: 'ekuaibao',
  合思: 'ekuaibao',
  易快报: 'ekuaibao',
  qi: 'qitech',
  find: 'lookup',
  search: 'lookup',
  get: 'lookup',
  show: 'lookup',
  login: 'auth login',
};

/** The command line with `lookup` before an id that stands in the place of a command; else as it came. */
export function withLookup(argv: readonly string[], table: ProviderTable): readonly string[] {
  const at = firstWordAt(argv);
  const word = at === undefined ? undefined : argv[at];
  if (at === undefined || word === undefined || !isId(word, table)) return argv;
  return [...argv.slice(0, at), 'lookup', ...argv.slice(at)];
}

/** What `--fields` without a value becomes: commander takes the word behind an option for its value, whatever it is. */
export const listFieldsFlag = '--list-fields';

/** The command line with a `--fields` that has no value as an option of its own, where something is read that has fields. */
export function withFieldList(argv: readonly string[], table: ProviderTable): readonly string[] {
  const first = firstWordAt(argv);
  const word = first === undefined ? '' : (argv[first] ?? '');
  const end = argv.indexOf('--');
  const at = argv.indexOf('--fields');
  const behind = argv[at + 1];
  const isBare = at >= 0 && (end < 0 || at < end) && (behind === undefined || (behind.startsWith('-') && behind !== '-'));
  return isBare && (word === 'lookup' || Object.hasOwn(table, word)) ? argv.with(at, listFieldsFlag) : argv;
}

/** Seconds between two looks where nobody says. */
const usualSeconds = 30;

/** The command line with the seconds of every `--watch` joined to it: what stands behind it may as well be the key. */
export function withWatchSeconds(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  const isOption = (at: number): boolean => argv[at] === '--watch' && (end < 0 || at < end);
  if (!argv.some((_, at) => isOption(at))) return argv;
  const isSeconds = (at: number): boolean => isOption(at - 1) && /^\d+(?:\.\d+)?$/.test(argv[at] ?? '');
  return argv.flatMap((word, at) => {
    if (isSeconds(at)) return [];
    return isOption(at) ? [`--watch=${isSeconds(at + 1) ? argv[at + 1] : usualSeconds}`] : [word];
  });
}

function isId(word: string, table: ProviderTable): boolean {
  if (Object.hasOwn(table, word)) return false;
  if (uuidShape.test(word)) return true;
  const plain = word.toLowerCase();
  const known = [...Object.keys(table), ...commands.map(nameOf), ...Object.keys(aliases), 'help'];
  return !commandWord.test(word) && !known.includes(plain) && /[0-9A-Z]/.test(word);
}

/** The first word that is neither an option nor the value of one. Behind `--` stand keys. */
function firstWordAt(argv: readonly string[]): number | undefined {
  const options = Object.values<OptionSpec>(optionTable);
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return undefined;
    if (!word.startsWith('-') || word === '-') return at;
    const takesValue = options.some(({ flags }) => flags.includes('<') && flags.split(/[ ,]+/).includes(word));
    if (takesValue) at += 1;
  }
  return undefined;
}
