// `loanq sandbox`: the sandbox in the foreground, with a configuration that is ready to use.
import { SignalError, UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { type Saying, say } from '../../core/say.ts';
import { onAbort } from '../../http/clock.ts';
import type { Context } from '../../lookup/context.ts';
import { rawProfiles } from '../../lookup/sandbox-profile.ts';
import { printLines } from '../../output/destination.ts';
import { allProviders } from '../../providers/index.ts';
import { startSandbox } from '../../sandbox/server.ts';
import type { CalledCommand } from '../command.ts';

/** Why a port cannot be had. */
const refused: Readonly<Record<string, (port: number) => Saying>> = {
  EADDRINUSE: port => say`port ${port} is in use`,
  EACCES: port => say`port ${port} is not open to this user`,
};

/** Serves until a signal ends it. stdout is a whole config file, so `loanq sandbox > config.json` works. */
export async function runSandbox(context: Context, { own }: CalledCommand): Promise<ExitName> {
  const { runtime, messages } = context;
  const providers = await allProviders(context.providers);
  const first = readNumber(own.port, '--port', 1, 65_536 - providers.length, true);
  const latencyMs = readNumber(own.latency, '--latency', 0, 60_000, false);
  const faultRate = readNumber(own.faultRate, '--fault-rate', 0, 1, false);
  const sandbox = await startSandbox({
    providers,
    now: runtime.now,
    ...(first !== undefined && { ports: Object.fromEntries(providers.map((provider, at) => [provider.name, first + at])) }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(faultRate !== undefined && { faultRate }),
  }).catch((error: NodeJS.ErrnoException & { readonly port?: number }) => {
    const why = error.code === undefined ? undefined : refused[error.code];
    throw why === undefined || error.port === undefined
      ? error
      : new UsageError(why(error.port), { hint: say`choose another first port with --port` });
  });
  try {
    for (const provider of providers) messages.note(`${provider.name.padEnd(10)} ${sandbox.addresses[provider.name]}`);
    const profiles = Object.assign({}, ...providers.map(provider => rawProfiles(sandbox, provider)));
    const defaults = Object.fromEntries(providers.map(({ name }) => [name, name]));
    await printLines(context, [JSON.stringify({ defaults, profiles }, null, 2)]);
    messages.note(say`the configuration above, saved with mode 600, works with --config; Ctrl-C ends the sandbox`);
    await new Promise<void>(resolve => {
      if (runtime.signal.aborted) resolve();
      onAbort(runtime.signal, resolve);
    });
    return runtime.signal.reason instanceof SignalError ? runtime.signal.reason.code : 'interrupted';
  } finally {
    await sandbox.close();
  }
}

function readNumber(value: unknown, option: string, min: number, max: number, whole: boolean): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max) || (whole && !Number.isInteger(number))) {
    throw new UsageError(say`${option} must be a ${whole ? say`whole number` : say`number`} from ${min} to ${max}`);
  }
  return number;
}
