// The hand-written commands, in the order of the help, and what holds for all of them.
import { UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { say } from '../core/say.ts';
import type { Context } from '../lookup/context.ts';
import { refuseUnread } from '../plan/options.ts';
import { api } from './api/command.ts';
import { auth } from './auth/command.ts';
import { type CalledCommand, type Command, readByEvery } from './command.ts';
import { config } from './config/command.ts';
import { diff } from './diff/command.ts';
import { drift } from './drift/command.ts';
import { endpoints } from './endpoints/command.ts';
import { explain } from './explain/command.ts';
import { lookup } from './lookup/command.ts';
import { sandbox } from './sandbox/command.ts';
import { schema } from './schema/command.ts';

export type { CalledCommand, Command } from './command.ts';

export const commands: readonly Command[] = [lookup, api, diff, drift, auth, config, endpoints, explain, sandbox, schema];

/** Runs a command. A script that asks for a format or an option must not go without it: Z=2. */
export async function runCommand(context: Context, command: Command, called: CalledCommand): Promise<ExitName> {
  const name = nameOf(command);
  refuseUnread(called.options, name, [...readByEvery, ...command.reads]);
  const { format } = called;
  if (format !== undefined && format !== 'table' && !command.formats.includes(format)) {
    const hint = command.formats.length === 0 ? say`it prints lines` : say`it prints lines, or ${command.formats.join(', ')}`;
    throw new UsageError(say`${name} has no format ${format}`, { hint });
  }
  return (await command.load())(context, called);
}

export function nameOf({ usage }: Command): string {
  return usage.split(' ')[0] ?? '';
}
