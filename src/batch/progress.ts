// How a batch is getting on, on stderr: a bar on a terminal, a dated line every 10 s elsewhere, nothing with --quiet.

import type { Runtime } from '../core/runtime.ts';
import type { Context } from '../lookup/context.ts';
import type { Connection } from '../lookup/session.ts';
import type { PackRules } from './keys/feed.ts';
import type { Tally } from './tally.ts';

export interface Progress {
  update(): void;
  /** Clears the line the bar is on, so that a message can take it. */
  makeRoom(): void;
  stop(): void;
}

/** What is known about a batch before it begins. */
export interface Prospect {
  /** Keys of the run; undefined where they can be read only once. */
  readonly total: number | undefined;
  readonly packs: PackRules | undefined;
  readonly rate: Connection['rate'];
  /** Rows appear on the terminal as they come: they are the progress, and a bar among them would be in their way. */
  readonly rowsOnScreen?: boolean;
}

const silent: Progress = { update: () => undefined, makeRoom: () => undefined, stop: () => undefined };

const defaultLineEveryMs = 10_000;
const longRunSeconds = 60;
const saveCursor = '\x1b7';
const restoreCursor = '\x1b8';

/** Starts telling about a batch; says beforehand when it will be long. */
export async function startProgress(
  context: Context,
  tally: Tally,
  prospect: Prospect,
  lineEveryMs = defaultLineEveryMs,
): Promise<Progress> {
  if (context.options.talk.quiet) return silent;
  announce(context, tally, prospect);
  if (prospect.rowsOnScreen && context.runtime.stderr.isTTY) return silent;
  const pace = new Pace(context, tally, prospect.total);
  const { stderr, env } = context.runtime;
  const hasBar = stderr.isTTY === true && env.TERM !== 'dumb' && !context.options.talk.verbose;
  return hasBar ? bar(context, pace) : lines(context, pace, lineEveryMs);
}

function announce({ messages }: Context, { earlier }: Tally, { total, packs, rate }: Prospect): void {
  if (total === undefined || rate === undefined) return;
  const keys = Math.max(0, total - earlier);
  const requests = Math.ceil(keys / (packs?.size ?? 1));
  const seconds = requests / rate;
  if (seconds <= longRunSeconds) return;
  const shared = requests === keys ? '' : ` in ${grouped(requests)} requests`;
  messages.note(`${grouped(keys)} keys${shared} at ${rate} requests a second: at least ${inWords(seconds)}`);
}

/** How far a run has come, and how fast. Keys of an earlier run are done, but say nothing about the speed. */
class Pace {
  readonly #startedMs: number;

  constructor(
    readonly context: Context,
    readonly tally: Tally,
    readonly total: number | undefined,
  ) {
    this.#startedMs = context.runtime.monotonicMs();
  }

  get figures() {
    const { keys, missing, failed } = this.tally.totals;
    const seconds = Math.max(0.001, (this.context.runtime.monotonicMs() - this.#startedMs) / 1000);
    const perSecond = (keys - this.tally.earlier) / seconds;
    const left = this.total === undefined || perSecond === 0 ? undefined : inWords(Math.max(0, this.total - keys) / perSecond);
    return { keys, missing, failed, speed: perSecond.toFixed(1), left };
  }
}

function lines({ messages, runtime }: Context, pace: Pace, lineEveryMs: number): Progress {
  const timer = setInterval(() => {
    const { keys, missing, failed, speed, left } = pace.figures;
    const of = pace.total === undefined ? '' : ` of ${pace.total}`;
    const rest = left === undefined ? '' : `, ${left} left`;
    messages.note(`${runtime.now().toISOString()} ${keys}${of} keys, ${missing} missing, ${failed} failed, ${speed}/s${rest}`);
  }, lineEveryMs);
  timer.unref();
  return { update: () => undefined, makeRoom: () => undefined, stop: () => clearInterval(timer) };
}

async function bar({ runtime, options }: Context, pace: Pace): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  const known = pace.total === undefined ? '{value} keys' : '{bar} {value}/{total} keys | {left} left';
  const display = new cliProgress.SingleBar({
    stream: withoutJumps(runtime.stderr),
    format: `${known} | {speed}/s | {missing} missing | {failed} failed`,
    barCompleteChar: options.output.color ? '█' : '#',
    barIncompleteChar: options.output.color ? '░' : '-',
    barsize: 20,
    // A run that is killed could not show the cursor again.
    hideCursor: false,
    clearOnComplete: true,
    gracefulExit: false,
    // The line is cut to the screen; the terminal goes on wrapping what others write.
    linewrap: true,
    forceRedraw: true,
    fps: 5,
  });
  const figures = () => ({ ...pace.figures, left: pace.figures.left ?? 'time unknown' });
  display.start(pace.total ?? 0, pace.figures.keys, figures());
  return {
    update: () => display.update(pace.figures.keys, figures()),
    makeRoom: () => runtime.stderr.write('\r\x1b[K'),
    stop: () => display.stop(),
  };
}

/** Back to where the bar began is no place any more once errors were written below it: the bar stays on its own line. */
function withoutJumps(stderr: Runtime['stderr']): NodeJS.WriteStream {
  const stream = Object.create(stderr) as NodeJS.WriteStream;
  const write = (text: string): boolean => text === saveCursor || text === restoreCursor || stderr.write(text);
  return Object.defineProperty(stream, 'write', { value: write });
}

function inWords(seconds: number): string {
  const rounded = Math.ceil(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.ceil(rounded / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.ceil(hours / 24)} days`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
