// `loanq completion <shell>`: the script for a shell, from the whole command tree.
import type { Command } from 'commander';
import { UsageError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completionPlaces } from './model.ts';
import { zshScript } from './zsh.ts';

export const shells = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** The script of a shell. Throws UsageError for another one. */
export function completionScript(shell: string, tree: Command, providers: readonly Provider[]): string {
  const write = Object.hasOwn(shells, shell) ? shells[shell as keyof typeof shells] : undefined;
  if (write === undefined)
    throw new UsageError(say`there is no completion for ${shell}`, { hint: say`one of ${Object.keys(shells).join(', ')}` });
  return write(completionPlaces(tree, providers));
}
