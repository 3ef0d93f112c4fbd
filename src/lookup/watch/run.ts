// `--watch`: a record asked for again and again under the session of one lookup, its changes written as they are seen.
import { errorSentence } from '../../console/report.ts';
import { openStdout } from '../../console/stdout.ts';
import { DeadlineError, ResponseError, SignalError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { KeyValues } from '../../core/keys.ts';
import { say } from '../../core/say.ts';
import { shownKeys } from '../../core/shown-keys.ts';
import { createClock } from '../../http/clock.ts';
import { FieldNotes } from '../../output/field-notes.ts';
import type { Row } from '../../output/rows.ts';
import { humanText } from '../../output/text/instants.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import type { WatchPlan } from '../../plan/watch.ts';
import type { Context } from '../context.ts';
import { warnDrift, withDrift } from '../drift.ts';
import type { Fetcher } from '../fetcher.ts';
import { withWaiting } from '../waiting.ts';
import { holds } from './condition.ts';
import { type Look, type Telling, watchRecord } from './loop.ts';
import { openPrinter } from './printer.ts';
import { openReader, type Reader } from './shown.ts';

/** Watches the record of a plan. Ends well when its condition holds; throws what ended it otherwise. */
export async function runWatch(context: Context, plan: RunPlan, watch: WatchPlan, fetcher: Fetcher): Promise<ExitName> {
  const bound = fetcher.session.deadline.bind(context.runtime.signal);
  try {
    const reader = await openReader(plan, context.secrets, bound.signal);
    const watcher = new Watcher(context, plan, watch, fetcher, reader, bound.signal);
    const ending = await withDrift(fetcher.drift, () => watcher.run());
    warnDrift(context, plan, fetcher.drift);
    return ending;
  } catch (error) {
    if (!isBrokenPipe(error)) warnDrift(context, plan, fetcher.drift);
    throw error;
  } finally {
    bound.release();
  }
}

class Watcher {
  readonly #keys: KeyValues;
  readonly #name: string;
  #asked = 0;
  #last: { readonly row: Row; readonly time: string } | undefined;

  constructor(
    readonly context: Context,
    readonly plan: RunPlan,
    readonly watch: WatchPlan,
    readonly fetcher: Fetcher,
    readonly reader: Reader,
    readonly signal: AbortSignal,
  ) {
    const { provider, endpoint, keys } = plan;
    this.#keys = keys.kind === 'one' ? keys.keys : {};
    this.#name = [provider.name, endpoint.name, ...Object.values(shownKeys(endpoint, this.#keys))].join(' ');
  }

  async run(): Promise<ExitName> {
    const { runtime, messages } = this.context;
    const { everyMs, until } = this.watch;
    const startedMs = runtime.monotonicMs();
    try {
      await watchRecord({
        clock: createClock(runtime),
        everyMs,
        signal: this.signal,
        look: () => this.#look(),
        isReached: rows => until !== undefined && holds(until, rows),
        tell: await this.#telling(),
      });
    } catch (error) {
      messages.status(undefined);
      if ((error instanceof SignalError && !isBrokenPipe(error)) || error instanceof DeadlineError) await this.#tellLast();
      throw error;
    }
    messages.status(undefined);
    if (until !== undefined) messages.note(say`until ${until.text}: reached after ${duration(runtime.monotonicMs() - startedMs)}`);
    return 'ok';
  }

  async #look(): Promise<Look> {
    const { session } = this.fetcher;
    const ask = () => this.fetcher.fetch([{ ordinal: 0, values: this.#keys }], this.signal);
    const [outcome] = await withWaiting(this.context, this.plan.talk, () => [session], ask);
    if (outcome === undefined) throw new ResponseError(say`no outcome`);
    this.#asked += 1;
    if (outcome.kind !== 'delivered') return outcome;
    if (this.plan.output.lacksFields) {
      const { wantsFields } = await import('../offered-fields.ts');
      throw wantsFields(this.plan, outcome.records, this.#keys, this.context.secrets);
    }
    const rows = outcome.records.map(record => ({ record, request: this.#keys }));
    const [row] = rows;
    if (row !== undefined) this.#last = { row, time: this.#time() };
    return { kind: 'seen', rows };
  }

  async #telling(): Promise<Telling> {
    const { messages, runtime, secrets } = this.context;
    const { plan, reader, signal } = this;
    const notes = new FieldNotes();
    const printer = await openPrinter({
      plan,
      reader,
      secrets,
      notes,
      signal,
      sink: openStdout(runtime, signal),
      time: () => this.#time(),
      clear: () => messages.status(undefined),
    });
    return {
      first: async rows => {
        await printer.first(rows);
        if (plan.origin !== undefined) messages.note(plan.origin);
        for (const sentence of notes.sentences()) messages.note(sentence);
      },
      next: printer.next,
      gone: () => messages.note(say`${this.#time()}: ${this.#name} is not found any more`),
      failed: error => messages.error(errorSentence(error)),
      answersAgain: () => messages.note(say`${this.#time()}: ${this.#name} answers again`),
      waits: () => {
        const seconds = this.watch.everyMs / 1000;
        const line = say`${this.#name}: every ${seconds} s, look ${this.#asked} at ${this.#time()} (Ctrl-C stops)`;
        if (plan.talk.showsWaiting) messages.status(line, runtime.stderr.columns);
      },
    };
  }

  async #tellLast(): Promise<void> {
    if (this.#last === undefined) return;
    const { row, time } = this.#last;
    this.context.messages.note(say`last seen ${time}: ${await this.reader.brief(row)}`);
  }

  /** `14:32:10 -03:00`. */
  #time(): string {
    const seconds = Math.floor(this.context.runtime.now().getTime() / 1000);
    return humanText({ seconds, fraction: '' }, this.reader.shown.zone).slice('2026-11-21 '.length);
  }
}

/** Whoever has closed the pipe wants to hear no more. */
function isBrokenPipe(error: unknown): boolean {
  return error instanceof SignalError && error.code === 'broken-pipe';
}

const [secondMs, minuteMs, hourMs] = [1000, 60_000, 3_600_000];

/** `6 min 30 s`. */
function duration(ms: number): string {
  const [hours, minutes, seconds] = [Math.floor(ms / hourMs), Math.floor((ms % hourMs) / minuteMs), Math.floor((ms % minuteMs) / secondMs)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`;
}
