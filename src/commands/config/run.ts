// `loanq config path|init|list|check`.
import { locateConfig, searchHint } from '../../config/locations.ts';
import { visible } from '../../console/escape.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { ConfigError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { text } from '../../core/fields.ts';
import { ownEndpoint } from '../../core/own-rows.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { platformOf } from '../../lookup/platform.ts';
import { printLines } from '../../output/destination.ts';
import type { CalledCommand } from '../command.ts';

/** What `config path` delivers. */
export const pathRows: Endpoint = ownEndpoint({
  name: 'path',
  summary: 'The config file',
  fields: { path: text('Path') },
  columns: ['path'],
});

const actions: Readonly<Record<string, (context: Context, called: CalledCommand) => Promise<ExitName>>> = {
  path: printPath,
  init: async (context, called) => (await import('./init.ts')).initConfig(context, called),
  list: async (context, called) => (await import('./check.ts')).listProfiles(context, called),
  check: async (context, called) => (await import('./check.ts')).checkProfiles(context, called),
};

export async function runConfig(context: Context, called: CalledCommand): Promise<ExitName> {
  const { args } = called;
  const action = Object.hasOwn(actions, args[0] ?? '') ? actions[args[0] ?? ''] : undefined;
  if (action === undefined)
    throw new UsageError(say`unknown action ${args[0] ?? ''}`, { hint: say`one of ${Object.keys(actions).join(', ')}` });
  return action(context, called);
}

/** The file in use on stdout; where else was looked on stderr. Works with a broken file. */
async function printPath(context: Context, called: CalledCommand): Promise<ExitName> {
  const { config } = called.options;
  const found = locateConfig({ ...platformOf(context), cwd: context.runtime.cwd, ...(config !== undefined && { configFlag: config }) });
  if (found === undefined) throw new ConfigError(say`there is no config file`, { hint: searchHint(platformOf(context)) });
  if (called.format === undefined) return printLines(context, [visible(found.path)]);
  const { deliverOwnRows } = await import('../own-rows.ts');
  return deliverOwnRows(context, called, { title: 'config path', endpoint: pathRows, rows: [{ path: found.path }] });
}
