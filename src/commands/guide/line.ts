// A command line that the guide puts together: the words, and the options that its own call was given, where the command reads them.
import { argumentList } from '../../core/shell.ts';
import { flagOf, type OptionName, type Options, optionNames } from '../../plan/options.ts';

/** What the guide may be called with: it is handed on to whatever is looked up. */
export const guideReads: readonly OptionName[] = [
  ...(['config', 'profile', 'sandbox', 'noTokenCache', 'lang', 'tz', 'noColor', 'showPersonal', 'verbose'] as const),
  ...(['timeout', 'retries', 'maxRate'] as const),
];

/** The given options as words, as far as a command reads them. */
export function optionWords(options: Options, reads: readonly OptionName[] = optionNames): string[] {
  return optionNames.flatMap(name => {
    const value: unknown = options[name];
    if (value === undefined || !reads.includes(name)) return [];
    return value === true ? [flagOf(name)] : [flagOf(name), String(value)];
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
