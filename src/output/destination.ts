// Where the result of a command goes: stdout or an atomic file, both behind the secret filter.
import { type ByteFilter, createByteFilter, filterInTurns, type SecretRegister } from '../auth/secret.ts';
import { openStdout } from '../console/stdout.ts';
import { SignalError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Runtime } from '../core/runtime.ts';
import { openFile } from '../files/atomic-file.ts';
import { type Sink, toBytes } from '../files/sink.ts';
import { checkTarget } from '../files/target.ts';
import type { Destination, PagerPlan } from './output-plan.ts';

/** What opening a destination needs. */
export interface Writing {
  readonly runtime: Pick<Runtime, 'stdout' | 'redirected' | 'uid' | 'signal'>;
  /** Makes the sink of a result that may need a pager, around that of the terminal. */
  readonly paged?: ((pager: PagerPlan, terminal: Sink) => Promise<Sink>) | undefined;
  readonly secrets: SecretRegister;
  /** Awaited before a file takes its name: what must be on the disk by then. */
  readonly settle?: (() => Promise<void>) | undefined;
}

export interface Output {
  readonly sink: Sink;
  readonly isFile: boolean;
  commit(): Promise<void>;
  /** Discards the output and rethrows; EPIPE of a single lookup is exit 0. */
  failed(error: unknown): Promise<ExitName>;
}

/** Opens the output of one lookup; the signal ends a wait for its reader. Throws WriteError or UsageError before anything is sent when `--out` cannot be written. */
export async function openOutput(
  { runtime, secrets, settle, paged }: Writing,
  destination: Destination,
  signal = runtime.signal,
): Promise<Output> {
  const isFile = destination.kind === 'file';
  const inner = isFile
    ? await openFile(await checkTarget(destination.path, { clobber: destination.clobber, uid: runtime.uid }))
    : await openTerminalOrPipe(openStdout(runtime, signal), destination, paged);
  const sink = filtered(inner, createByteFilter(secrets), signal);
  return {
    sink,
    isFile,
    commit: async () => {
      if (isFile) await settle?.();
      await sink.commit();
    },
    async failed(error) {
      await sink.abandon();
      if (!isFile && error instanceof SignalError && error.code === 'broken-pipe') return 'ok';
      throw error;
    },
  };
}

function openTerminalOrPipe(
  stdout: Sink,
  { pager }: Extract<Destination, { kind: 'stdout' }>,
  paged: Writing['paged'],
): Sink | Promise<Sink> {
  return pager === undefined || paged === undefined ? stdout : paged(pager, stdout);
}

/** Writes a result that is there as a whole. */
export async function writeResult(
  writing: Writing,
  destination: Destination,
  result: string | Uint8Array,
  signal?: AbortSignal,
): Promise<ExitName> {
  const output = await openOutput(writing, destination, signal);
  try {
    await output.sink.write(result);
    await output.commit();
    return 'ok';
  } catch (error) {
    return output.failed(error);
  }
}

/** Prints lines on stdout as the result of a command. */
export function printLines(writing: Writing, lines: readonly string[]): Promise<ExitName> {
  return writeResult(writing, { kind: 'stdout' }, lines.map(line => `${line}\n`).join(''));
}

/** A sink whose bytes pass the last filter: no loaded secret leaves, wherever it came from. The signal ends a long pass, where one may. */
export function filtered(inner: Sink, filter: ByteFilter, signal?: AbortSignal): Sink {
  return {
    get offset() {
      return inner.offset;
    },
    write: async chunk => {
      const clean = await filterInTurns(filter, toBytes(chunk), signal);
      if (clean.length > 0) await inner.write(clean);
    },
    commit: async () => {
      const rest = filter.end();
      if (rest.length > 0) await inner.write(rest);
      await inner.commit();
    },
    abandon: () => inner.abandon(),
  };
}
