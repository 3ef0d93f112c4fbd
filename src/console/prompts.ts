// Questions to a person: only where one can answer, always on stderr.
import type { DistinctQuestion } from 'inquirer';
import { SignalError, UsageError } from '../core/errors.ts';
import type { Context } from '../lookup/context.ts';

/** Whether there is somebody to ask. */
export function canPrompt({ runtime, options }: Context): boolean {
  const unattended = runtime.env.CI !== undefined && runtime.env.CI !== '';
  return options.talk.input && !unattended && runtime.stdin.isTTY === true && runtime.stderr.isTTY === true;
}

/** Asks on stderr. Throws UsageError with the hint where nobody can answer, SignalError when the person gives up. */
export async function ask<A extends Readonly<Record<string, unknown>>>(
  context: Context,
  questions: readonly DistinctQuestion<A>[],
  hint: string,
): Promise<A> {
  if (!canPrompt(context)) throw new UsageError('this needs a terminal to ask on', { hint });
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({
    input: context.runtime.stdin as NodeJS.ReadStream,
    output: context.runtime.stderr as NodeJS.WriteStream,
  });
  try {
    return (await prompt([...questions] as never)) as A;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new SignalError('interrupted');
    throw error;
  }
}
