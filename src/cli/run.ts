// argv → exit code: parses, hands over to a command, and words whatever went wrong in one place.
import { type Command, CommanderError } from 'commander';
import { createFilter, SecretRegister } from '../auth/secret.ts';
import { visible } from '../console/escape.ts';
import { Messages } from '../console/messages.ts';
import { reportError } from '../console/report.ts';
import { openStdout } from '../console/stdout.ts';
import { LoanqError, SignalError, UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { exitCodes } from '../core/exit-codes.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Context } from '../lookup/context.ts';
import type { Options } from '../plan/options.ts';
import { type ProviderTable, providers } from '../providers/index.ts';
import { topicText } from './help-topics.ts';
import { buildProgram } from './program.ts';
import { usageError } from './usage-error.ts';

/** Runs one command line. Never throws; everything worth saying has been written when it resolves. */
export async function runCli(runtime: Runtime, table: ProviderTable = providers): Promise<number> {
  const secrets = new SecretRegister();
  const filter = createFilter(secrets);
  const voice = (level: Messages['level']) => new Messages(runtime.stderr, filter, level);
  const format = runtime.argv.join(' ').match(/--error-format[= ]json\b/) ? 'json' : 'text';
  const context = (options: Options): Context => {
    const level = options.talk.quiet ? 'quiet' : options.talk.verbose ? 'verbose' : 'normal';
    return { runtime, options, secrets, messages: voice(level), providers: table };
  };
  let ending: ExitName = 'ok';
  const pages: string[] = [];
  let program: Command | undefined;
  try {
    const tree = await buildProgram(runtime.argv, table, {
      endpoint: async invocation => {
        const { runEndpoint } = await import('../lookup/run.ts');
        ending = await runEndpoint(context(invocation.options), invocation);
      },
      command: async called => {
        if (called.name === 'help') {
          const [topic] = called.args;
          if (topic === undefined) tree.outputHelp();
          else pages.push(topicText(topic));
          return;
        }
        const { runCommand } = await import('../commands/index.ts');
        ending = await runCommand(context(called.options), called);
      },
      help: text => void pages.push(text),
    });
    program = tree;
    if (runtime.argv.length === 0) {
      // Nothing was asked for: the overview is a message, not a result.
      tree.outputHelp();
      voice('normal').write(pages.join(''));
      return exitCodes.usage.exit;
    }
    await parse(tree, runtime.argv);
    await print(runtime, pages.join(''));
    return exitCodes[ending].exit;
  } catch (error) {
    const known = error instanceof CommanderError ? usageError(error, program, runtime.argv) : ownError(error, runtime.signal);
    if (known instanceof SignalError && known.code === 'broken-pipe') return known.exit;
    const report = reportError(known, format, visible);
    const messages = voice('normal');
    messages.write(report.text);
    if (!(known instanceof LoanqError) && runtime.env.LOANQ_DEBUG === '1' && known instanceof Error)
      messages.write(`${visible(known.stack ?? '')}\n`);
    return report.exit;
  }
}

/** commander ends help and version with an error that is none. */
async function parse(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
  }
}

/** Help goes out like any result: a full disk is an error, a reader that has seen enough is none. */
async function print(runtime: Runtime, text: string): Promise<void> {
  const sink = openStdout(runtime.stdout);
  try {
    await sink.write(text);
    await sink.commit();
  } catch (error) {
    if (!(error instanceof SignalError && error.code === 'broken-pipe')) throw error;
  }
}

/** After a signal, whatever else broke is its echo. */
function ownError(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted && signal.reason instanceof SignalError && !(error instanceof UsageError) ? signal.reason : error;
}
