// Parsed command line → typed options.
import { refuseConflicts } from './conflicts.ts';
import { type OptionSpec, optionTable } from './option-table.ts';
import { type Options, optionNames } from './options.ts';

/** Values as commander hands them over, by option name, typed and checked against each other. Throws UsageError. */
export function readOptions(values: Readonly<Record<string, unknown>>): Options {
  const given = optionNames.flatMap(name => {
    const value = givenValue(optionTable[name], values[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const options: Options = Object.freeze(Object.fromEntries(given));
  refuseConflicts(options);
  return options;
}

/** commander says `true` for a `--no-x` that was not given. */
function givenValue({ flags }: OptionSpec, value: unknown): unknown {
  if (/[<[]/.test(flags)) return value;
  return value === !flags.startsWith('--no-') ? true : undefined;
}
