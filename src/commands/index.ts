// The hand-written commands by name. Each is loaded only when it is called.
import { UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Format } from '../core/formats.ts';
import type { Context } from '../lookup/context.ts';

/** A hand-written command as called. */
export interface CalledCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** Values of the command's own options, by camel-case name. */
  readonly own: Readonly<Record<string, unknown>>;
}

type Run = (context: Context, called: CalledCommand) => Promise<ExitName>;

const commands: Readonly<Record<string, () => Promise<Run>>> = {
  auth: async () => (await import('./auth.ts')).runAuth,
  config: async () => (await import('./config.ts')).runConfig,
  endpoints: async () => (await import('./endpoints.ts')).runEndpoints,
  explain: async () => (await import('./explain.ts')).runExplain,
  sandbox: async () => (await import('./sandbox.ts')).runSandbox,
};

/** Commands that print lines for people, and which other formats they have. */
const otherFormats: Readonly<Record<string, readonly Format[]>> = {
  auth: [],
  config: [],
  endpoints: ['json'],
  explain: ['json'],
  sandbox: ['json'],
};

/** A script that asks for a format must not get another one. */
function refuseFormat({ options }: Context, name: string): void {
  const { format } = options.output;
  const others = otherFormats[name];
  if (format === undefined || format === 'table' || others === undefined || others.includes(format)) return;
  const hint = others.length === 0 ? 'it prints lines' : `it prints lines, or ${others.join(', ')}`;
  throw new UsageError(`${name} has no format ${format}`, { hint });
}

/** Runs a hand-written command. */
export async function runCommand(context: Context, called: CalledCommand): Promise<ExitName> {
  const load = commands[called.name];
  if (load === undefined) throw new UsageError(`unknown command ${called.name}`);
  refuseFormat(context, called.name);
  return (await load())(context, called);
}

/** Prints lines on stdout as the result of a command. */
export async function printLines(context: Context, lines: readonly string[]): Promise<ExitName> {
  const { writeResult } = await import('../output/destination.ts');
  return writeResult(context, lines.map(line => `${line}\n`).join(''));
}
