// How a batch is getting on, on stderr: a bar on a terminal, a dated line every 10 s elsewhere, nothing with --quiet.
import { createReadStream } from 'node:fs';
import { isIdle, splitLines } from '../batch/key-lines.ts';
import type { Tally } from '../batch/tally.ts';
import type { Connection } from './connect.ts';
import type { Context } from './context.ts';
import type { KeySource } from './key-source.ts';

export interface Progress {
  update(): void;
  stop(): void;
}

const lineEveryMs = 10_000;
const longRunSeconds = 60;

/** Starts telling about a batch; says beforehand when it will be long. */
export async function startProgress(context: Context, source: KeySource, tally: Tally, connection: Connection): Promise<Progress> {
  if (context.options.talk.quiet) return { update: () => undefined, stop: () => undefined };
  const total = await countKeys(source);
  announce(context, total, connection);
  return context.runtime.stderr.isTTY && !context.options.talk.verbose ? bar(context, tally, total) : lines(context, tally, total);
}

/** Keys to come where that is known: not for stdin. An unreadable file is found out when it is really read. */
async function countKeys(source: KeySource): Promise<number | undefined> {
  if (source.kind === 'arguments') return source.keys.length;
  if (source.kind !== 'stream' || source.from === '-') return undefined;
  let count = 0;
  try {
    for await (const { text } of splitLines(createReadStream(source.from), { fileName: source.from })) if (!isIdle(text)) count += 1;
  } catch {
    return undefined;
  }
  return count;
}

function announce({ say, options }: Context, total: number | undefined, { rate }: Connection): void {
  if (total === undefined || rate === undefined) return;
  const shard = options.batch.shard?.count ?? 1;
  const seconds = total / shard / rate;
  if (seconds > longRunSeconds) say.note(`about ${Math.ceil(total / shard)} keys at ${rate} requests a second: up to ${inWords(seconds)}`);
}

function lines({ say, runtime }: Context, tally: Tally, total: number | undefined): Progress {
  const timer = setInterval(() => {
    const { keys, missing, failed } = tally.totals;
    say.note(
      `${runtime.now().toISOString()} ${keys}${total === undefined ? '' : ` of ${total}`} keys, ${missing} missing, ${failed} failed`,
    );
  }, lineEveryMs);
  timer.unref();
  return { update: () => undefined, stop: () => clearInterval(timer) };
}

async function bar({ runtime, options }: Context, tally: Tally, total: number | undefined): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  const known = total === undefined ? '{value} keys' : '{bar} {value}/{total} keys | {eta_formatted} left';
  const display = new cliProgress.SingleBar({
    stream: runtime.stderr as NodeJS.WriteStream,
    format: `${known} | {speed}/s | {missing} missing | {failed} failed`,
    barCompleteChar: options.output.color ? '█' : '#',
    barIncompleteChar: options.output.color ? '░' : '-',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    fps: 5,
  });
  const startedMs = runtime.monotonicMs();
  const figures = () => {
    const { keys, missing, failed } = tally.totals;
    const seconds = Math.max(0.001, (runtime.monotonicMs() - startedMs) / 1000);
    return { speed: ((keys - tally.earlier) / seconds).toFixed(1), missing, failed };
  };
  display.start(total ?? 0, tally.totals.keys, figures());
  return { update: () => display.update(tally.totals.keys, figures()), stop: () => display.stop() };
}

function inWords(seconds: number): string {
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} minutes`;
  return `${(seconds / 3600).toFixed(1)} hours`;
}
