// How a batch is getting on, on stderr: a bar on a terminal, a dated line every 10 s elsewhere, nothing with --quiet.

import type { Runtime } from '../core/runtime.ts';
import { say, type Words } from '../core/say.ts';
import type { Context } from '../lookup/context.ts';
import type { BatchPlan } from '../plan/batch.ts';
import type { PackRules } from '../plan/packs.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { divisionOf } from '../plan/shard-option.ts';
import type { Tally } from './tally.ts';

export interface Progress {
  update(): void;
  /** Clears the line the bar is on, so that a message can take it. */
  makeRoom(): void;
  stop(): void;
}

/** What is known about the keys of a batch once they are counted. */
export interface Extent {
  /** Keys of the run; undefined where they can be read only once. */
  readonly total: number | undefined;
  /** Rows appear on the terminal as they come: they are the progress, and a bar among them would be in their way. */
  readonly rowsOnScreen?: boolean;
  /** What holds the run back now: a provider that asked to wait. */
  readonly pause?: () => Words | undefined;
}

const silent: Progress = { update: () => undefined, makeRoom: () => undefined, stop: () => undefined };

const defaultLineEveryMs = 10_000;
const redrawEveryMs = 1000;
const longRunSeconds = 60;
const saveCursor = '\x1b7';
const restoreCursor = '\x1b8';

/** Starts telling about a batch; says beforehand when it will be long. */
export async function startProgress(
  context: Context,
  { limits }: Pick<RunPlan, 'limits'>,
  { progress, packs, shard }: Pick<BatchPlan, 'progress' | 'packs' | 'shard'>,
  tally: Tally,
  { total, rowsOnScreen, pause }: Extent,
  lineEveryMs = defaultLineEveryMs,
): Promise<Progress> {
  if (progress === 'none') return silent;
  const division = shard && divisionOf(shard, limits);
  if (division !== undefined) context.messages.note(division);
  announce(context, tally, { total, packs, rate: limits.ratePerSecond });
  if (rowsOnScreen) return silent;
  const stats = new ProgressStats(context, tally, total, pause);
  return progress === 'lines' ? lines(context, stats, lineEveryMs) : bar(context, stats, progress);
}

interface Work {
  readonly total: number | undefined;
  readonly packs: PackRules | undefined;
  readonly rate: number | undefined;
}

function announce({ messages }: Context, { earlier }: Tally, { total, packs, rate }: Work): void {
  if (total === undefined || rate === undefined) return;
  const keys = Math.max(0, total - earlier);
  const requests = Math.ceil(keys / (packs?.size ?? 1));
  const seconds = requests / rate;
  if (seconds <= longRunSeconds) return;
  const least = inWords(seconds);
  messages.note(
    requests === keys
      ? say`${grouped(keys)} keys at ${rate} requests a second: at least ${least}`
      : say`${grouped(keys)} keys in ${grouped(requests)} requests at ${rate} requests a second: at least ${least}`,
  );
}

/** How far a run has come, and how fast. Keys of an earlier run are done, but say nothing about the speed. */
class ProgressStats {
  readonly #startedMs: number;

  constructor(
    readonly context: Context,
    readonly tally: Tally,
    readonly total: number | undefined,
    readonly pause: () => Words | undefined = () => undefined,
  ) {
    this.#startedMs = context.runtime.monotonicMs();
  }

  get figures() {
    const { keys, missing, failed } = this.tally.totals;
    const seconds = Math.max(0.001, (this.context.runtime.monotonicMs() - this.#startedMs) / 1000);
    const perSecond = (keys - this.tally.earlier) / seconds;
    const left = this.total === undefined || perSecond === 0 ? undefined : inWords(Math.max(0, this.total - keys) / perSecond);
    return { keys, missing, failed, speed: perSecond.toFixed(1), left, pause: this.pause() };
  }
}

function lines({ messages, runtime }: Context, stats: ProgressStats, lineEveryMs: number): Progress {
  const timer = setInterval(() => {
    const { keys, missing, failed, speed, left, pause } = stats.figures;
    const done = stats.total === undefined ? say`${keys} keys` : say`${keys} of ${stats.total} keys`;
    const pace = pause ?? (left === undefined ? `${speed}/s` : say`${speed}/s, ${left} left`);
    messages.note(say`${runtime.now().toISOString()} ${done}, ${missing} missing, ${failed} failed, ${pace}`);
  }, lineEveryMs);
  timer.unref();
  return { update: () => undefined, makeRoom: () => undefined, stop: () => clearInterval(timer) };
}

async function bar({ runtime, messages: { wording } }: Context, stats: ProgressStats, style: 'bar' | 'plain-bar'): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  await wording.ready();
  const words = (said: Words): string => wording.words(said);
  const known = stats.total === undefined ? words(say`${'{value}'} keys`) : `{bar} ${words(say`${'{value}/{total}'} keys`)}`;
  const display = new cliProgress.SingleBar({
    stream: withoutJumps(runtime.stderr),
    format: `${known} | {pace} | ${words(say`${'{missing}'} missing`)} | ${words(say`${'{failed}'} failed`)}`,
    barCompleteChar: style === 'bar' ? '█' : '#',
    barIncompleteChar: style === 'bar' ? '░' : '-',
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
  const figures = () => {
    const { pause, left, speed, ...counts } = stats.figures;
    const rest = stats.total === undefined ? '' : `${words(left === undefined ? say`time unknown` : say`${left} left`)} | `;
    return { ...counts, pace: pause === undefined ? `${rest}${speed}/s` : words(pause) };
  };
  display.start(stats.total ?? 0, stats.figures.keys, figures());
  const update = () => display.update(stats.figures.keys, figures());
  // Keys may stand still for minutes; time does not.
  const timer = setInterval(update, redrawEveryMs);
  timer.unref();
  return {
    update,
    makeRoom: () => runtime.stderr.write('\r\x1b[K'),
    stop: () => {
      clearInterval(timer);
      display.stop();
    },
  };
}

/** cli-progress restores a cursor position that is stale after error lines: both sequences are dropped. */
function withoutJumps(stderr: Runtime['stderr']): NodeJS.WriteStream {
  const stream = Object.create(stderr) as NodeJS.WriteStream;
  const write = (text: string): boolean => text === saveCursor || text === restoreCursor || stderr.write(text);
  return Object.defineProperty(stream, 'write', { value: write });
}

function inWords(seconds: number): Words {
  const rounded = Math.ceil(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.ceil(rounded / 60);
  if (minutes < 120) return say`${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours < 48 ? say`${hours} hours` : say`${Math.ceil(hours / 24)} days`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
