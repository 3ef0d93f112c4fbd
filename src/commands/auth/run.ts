// `loanq auth status|login|logout`.
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import type { CalledCommand } from '../command.ts';

const actions: Readonly<Record<string, (context: Context, called: CalledCommand) => Promise<ExitName>>> = {
  status: async (context, called) => (await import('./status.ts')).status(context, called),
  login: async (context, called) => (await import('./login.ts')).login(context, called),
  logout: async (context, called) => (await import('./login.ts')).logout(context, called),
};

export async function runAuth(context: Context, called: CalledCommand): Promise<ExitName> {
  const [word = ''] = called.args;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (action === undefined) throw new UsageError(say`unknown action ${word}`, { hint: say`one of ${Object.keys(actions).join(', ')}` });
  return action(context, called);
}
