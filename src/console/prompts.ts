// Questions to a person: only where one can answer, always on stderr.
import type { DistinctQuestion } from 'inquirer';
import { SignalError, UsageError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { say, type Words } from '../core/say.ts';

/** Where questions go, and whether there is somebody to answer. */
export interface Asking {
  readonly runtime: Pick<Runtime, 'stdin' | 'stderr' | 'signal'>;
  readonly mayPrompt: () => boolean;
}

/** Asks on stderr. Throws UsageError with the hint where nobody can answer, SignalError when a signal or the person ends it. */
export async function ask<A extends Readonly<Record<string, unknown>>>(
  { runtime, mayPrompt }: Asking,
  questions: readonly DistinctQuestion<A>[],
  hint: Words,
): Promise<A> {
  if (!mayPrompt()) throw new UsageError(say`this needs a terminal to ask on`, { hint });
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({
    input: runtime.stdin as NodeJS.ReadStream,
    output: runtime.stderr as NodeJS.WriteStream,
    signal: runtime.signal,
  });
  try {
    return (await prompt([...questions] as never)) as A;
  } catch (error) {
    if (runtime.signal.aborted) throw runtime.signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError') throw new SignalError('interrupted');
    throw error;
  }
}
