// A command line that the guide puts together: the words, and the options that its own call was given, where the command reads them.
import { UsageError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import { argumentList, optionArguments } from '../../core/shell.ts';
import { flagOf, type OptionName, type Options, optionNames } from '../../plan/options.ts';

/** What the guide may be called with: it is handed on to whatever is looked up. */
const guideReads: readonly OptionName[] = [
  ...(['config', 'profile', 'sandbox', 'noTokenCache', 'lang', 'tz', 'noColor', 'showPersonal', 'verbose'] as const),
  ...(['timeout', 'retries', 'maxRate'] as const),
];

/** Throws UsageError for an option that is of no use before it is known what to look up. */
export function refuseUnread(options: Options): void {
  const unread = optionNames.find(name => options[name] !== undefined && !guideReads.includes(name));
  if (unread !== undefined) throw new UsageError(say`${flagOf(unread)} needs something to look up`, { hint: 'loanq --help' });
}

/** The given options as words, as far as a command reads them. */
export function optionWords(options: Options, reads: readonly OptionName[] = optionNames): string[] {
  return optionNames.flatMap(name => {
    const value: unknown = options[name];
    if (value === undefined || !reads.includes(name)) return [];
    return value === true ? [flagOf(name)] : optionArguments(flagOf(name), String(value));
  });
}

/** A command, its keys and its options as the words behind `loanq`. */
export function commandLine(command: readonly string[], keys: readonly string[], options: readonly string[]): string[] {
  return [...command, ...argumentList(keys, options)];
}

/** The same line with more options: behind `--` stand keys. */
export function withOptions(line: readonly string[], more: readonly string[]): string[] {
  const end = line.indexOf('--');
  return end < 0 ? [...line, ...more] : [...line.slice(0, end), ...more, ...line.slice(end)];
}
