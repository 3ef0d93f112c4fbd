// What a user asked for beside provider, endpoint and keys: the given options by name, typed by the table. Nothing has a default here.
import { UsageError } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { optionTable } from './option-table.ts';

export type OptionName = keyof typeof optionTable;

type ValueOf<S> = S extends { readonly read: (value: string) => infer T }
  ? T
  : S extends { readonly choices: readonly (infer C)[] }
    ? C
    : S extends { readonly flags: `${string}<${string}` }
      ? string
      : true;

/** Options that were given; what was not given is absent. Frozen. */
export type Options = { readonly [N in OptionName]?: ValueOf<(typeof optionTable)[N]> };

export const optionNames = Object.keys(optionTable) as readonly OptionName[];

/** The long flag of an option, for messages: `--ids-from`. */
export function flagOf(name: OptionName): string {
  return /--[a-z-]+/.exec(optionTable[name].flags)?.[0] ?? name;
}

/** Throws UsageError when an option was given that is not among those a command reads. */
export function refuseUnread(options: Options, command: string, reads: readonly OptionName[]): void {
  const unread = optionNames.find(name => options[name] !== undefined && !reads.includes(name));
  if (unread !== undefined)
    throw new UsageError(say`${command} does not read ${flagOf(unread)}`, { hint: say`see: loanq ${command} --help` });
}
