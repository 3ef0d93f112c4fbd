// argv → exit code: parses, hands over to a command, and words whatever went wrong in one place.
import { type Command, CommanderError } from 'commander';
import { createFilter, SecretRegister } from '../auth/secret.ts';
import { type Context, type Ending, Voice } from '../commands/context.ts';
import type { Options } from '../commands/options.ts';
import { LoanqError, SignalError, UsageError } from '../core/errors.ts';
import { exitCodes } from '../core/exit-codes.ts';
import { reportError } from '../core/report.ts';
import type { Runtime } from '../core/runtime.ts';
import { type ProviderTable, providers } from '../providers/index.ts';
import { visible } from '../view/escape.ts';
import { topicText } from './help-topics.ts';
import { buildProgram } from './program.ts';
import { usageError } from './usage-error.ts';

/** Runs one command line. Never throws; everything worth saying has been written when it resolves. */
export async function runCli(runtime: Runtime, table: ProviderTable = providers): Promise<number> {
  const secrets = new SecretRegister();
  const filter = createFilter(secrets);
  const voice = (level: Voice['level']) => new Voice(runtime.stderr, filter, level);
  const format = runtime.argv.join(' ').match(/--error-format[= ]json\b/) ? 'json' : 'text';
  const context = (options: Options): Context => {
    const level = options.talk.quiet ? 'quiet' : options.talk.verbose ? 'verbose' : 'normal';
    return { runtime, options, secrets, say: voice(level), providers: table };
  };
  let ending: Ending = 'ok';
  try {
    const program: Command = await buildProgram(runtime.argv, table, {
      endpoint: async invocation => {
        const { runEndpoint } = await import('../commands/endpoint.ts');
        ending = await runEndpoint(context(invocation.options), invocation);
      },
      command: async called => {
        if (called.name === 'help') {
          runtime.stdout.write(helpText(called.args[0], program));
          return;
        }
        const { runCommand } = await import('../commands/index.ts');
        ending = await runCommand(context(called.options), called);
      },
      help: text => void runtime.stdout.write(text),
    });
    if (runtime.argv.length === 0) {
      // Nothing was asked for: the overview is a message, not a result.
      voice('normal').write(program.helpInformation());
      return exitCodes.usage.exit;
    }
    await program.parseAsync([...runtime.argv], { from: 'user' });
    return exitCodes[ending].exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const known = error instanceof CommanderError ? usageError(error, runtime.argv) : ownError(error, runtime.signal);
    if (known instanceof SignalError && known.code === 'broken-pipe') return known.exit;
    const report = reportError(known, format, visible);
    const say = voice('normal');
    say.write(report.text);
    if (!(known instanceof LoanqError) && runtime.env.LOANQ_DEBUG === '1' && known instanceof Error)
      say.write(`${visible(known.stack ?? '')}\n`);
    return report.exit;
  }
}

/** A topic, or the overview with the list of topics. */
function helpText(topic: string | undefined, program: Command): string {
  return topic === undefined ? program.helpInformation() : topicText(topic);
}

/** After a signal, whatever else broke is its echo. */
function ownError(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted && signal.reason instanceof SignalError && !(error instanceof UsageError) ? signal.reason : error;
}
