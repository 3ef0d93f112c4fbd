// Where the result of a command goes: stdout or an atomic file, both behind the secret filter.
import { type ByteFilter, createByteFilter } from '../auth/secret.ts';
import { openStdout } from '../console/stdout.ts';
import { SignalError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { openFile } from '../files/atomic-file.ts';
import { type Sink, toBytes } from '../files/sink.ts';
import { checkTarget } from '../files/target.ts';
import type { Context } from '../lookup/context.ts';

export interface Output {
  readonly sink: Sink;
  readonly isFile: boolean;
  commit(): Promise<void>;
  /** Gives the output up, then rethrows; a reader that closed the pipe of a single lookup is a quiet end. */
  failed(error: unknown): Promise<ExitName>;
}

/** Opens the output of one lookup. Throws WriteError or UsageError before anything is sent when `--out` cannot be written. */
export async function openOutput(context: Context): Promise<Output> {
  const { runtime, options, secrets } = context;
  const { out, clobber } = options.output;
  const inner = out === undefined ? openStdout(runtime.stdout) : await openFile(await checkTarget(out, { clobber, uid: runtime.uid }));
  const sink = filtered(inner, createByteFilter(secrets));
  return {
    sink,
    isFile: out !== undefined,
    commit: () => sink.commit(),
    async failed(error) {
      await sink.abandon();
      if (out === undefined && error instanceof SignalError && error.code === 'broken-pipe') return 'ok';
      throw error;
    },
  };
}

/** Writes a result that is there as a whole. */
export async function writeResult(context: Context, result: string | Uint8Array): Promise<ExitName> {
  const output = await openOutput(context);
  try {
    await output.sink.write(result);
    await output.commit();
    return 'ok';
  } catch (error) {
    return output.failed(error);
  }
}

/** A sink whose bytes pass the last filter: no loaded secret leaves, wherever it came from. */
export function filtered(inner: Sink, filter: ByteFilter): Sink {
  return {
    get offset() {
      return inner.offset;
    },
    write: async chunk => {
      const clean = filter.push(toBytes(chunk));
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
