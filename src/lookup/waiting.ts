// What a run waits for, said while it waits: on a terminal a line after a second, which goes before anything else is written;
// elsewhere one note, when it is long.
import { hostOf, type Profile } from '../config/profile.ts';
import { say, type Words } from '../core/say.ts';
import type { Retrier, RetryState } from '../http/retry.ts';
import type { Talk } from '../plan/talk.ts';
import type { Context } from './context.ts';

/** Of a session that is asked. */
interface Asked {
  readonly profile: Pick<Profile, 'source' | 'baseUrl'>;
  readonly retrier: Pick<Retrier, 'state'> & Partial<Pick<Retrier, 'turnMs'>>;
}

const everyMs = 1000;

/** Does the work; what it waits for is shown where somebody is there to see it, and else told when it is long. */
export async function withWaiting<T>(context: Context, talk: Talk, asked: () => readonly Asked[], work: () => Promise<T>): Promise<T> {
  if (talk.level === 'quiet') return work();
  const { runtime, messages } = context;
  const startedMs = runtime.monotonicMs();
  const show = () => {
    const seconds = Math.floor((runtime.monotonicMs() - startedMs) / 1000);
    const line = waitingLine(asked(), seconds, runtime.monotonicMs());
    messages.status(line, runtime.stderr.columns);
  };
  const timer = setInterval(talk.showsWaiting ? show : () => tellLong(context, talk, asked()), everyMs);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (talk.showsWaiting) messages.status(undefined);
  }
}

const toldHosts = new WeakMap<Context, Set<string>>();

/** Of each host once in a run, however many pages it has. */
function tellLong(context: Context, { level }: Talk, asked: readonly Asked[]): void {
  const told = toldHosts.get(context) ?? new Set();
  toldHosts.set(context, told);
  for (const { profile, retrier } of asked) {
    const host = hostOf(profile);
    const { state, turnMs } = retrier;
    // The trace tells the waits before a retry.
    const why = longWait({ turnMs, ...(level !== 'verbose' && { state }) }, context.runtime.monotonicMs());
    if (why === undefined || told.has(host)) continue;
    told.add(host);
    context.messages.note(say`asking ${host}: ${why}`);
  }
}

/** Why the next request is still far away; undefined where it is not. */
function longWait({ state, turnMs }: Partial<Asked['retrier']>, nowMs: number): Words | undefined {
  const isFar = (untilMs = nowMs): boolean => untilMs - nowMs > longTurnS * 1000;
  if (state !== undefined && isFar(state.untilMs)) return describeState(state, nowMs);
  return isFar(turnMs) ? turnOf(Math.ceil(((turnMs ?? nowMs) - nowMs) / 1000)) : undefined;
}

/** `asking preprod.api.crego.io … 4 s (try 2 of 3 after HTTP 503; Ctrl-C stops)`. */
export function waitingLine(asked: readonly Asked[], seconds: number, nowMs: number): Words {
  const hosts = [...new Set(asked.map(({ profile }) => hostOf(profile)))].join(', ');
  const [state] = asked.map(({ retrier }) => retrier.state).filter(one => one.after !== undefined);
  const turns = asked.flatMap(({ retrier }) => retrier.turnMs ?? []);
  const turnS = Math.ceil((Math.max(...turns) - nowMs) / 1000);
  if (state === undefined && turnS > 0) return say`asking ${hosts} … ${seconds} s (${turnOf(turnS)}; Ctrl-C stops)`;
  if (state === undefined) return say`asking ${hosts} … ${seconds} s (Ctrl-C stops)`;
  return say`asking ${hosts} … ${seconds} s (${describeState(state, nowMs)}; Ctrl-C stops)`;
}

function describeState({ n, of, after, untilMs }: RetryState, nowMs: number): Words {
  const left = untilMs === undefined ? 0 : Math.ceil((untilMs - nowMs) / 1000);
  return left > 0 ? say`${after ?? ''}: ${left} s to try ${n} of ${of}` : say`try ${n} of ${of} after ${after ?? ''}`;
}

/** Other runs of the profile come first, or one of them was asked to wait. */
function turnOf(seconds: number): Words {
  return say`it shares the rate with other runs: ${seconds} s to its turn`;
}

/** Where runs share a rate, it is nothing special to wait for some seconds. */
const longTurnS = 10;

/** What holds a whole run back: a provider that asked it, or another run, to wait. Undefined while nothing does. */
export function pauseOf({ state, turnMs }: Asked['retrier'], title: string, nowMs: number): Words | undefined {
  const turnS = Math.ceil(((turnMs ?? nowMs) - nowMs) / 1000);
  const isOwn = state.isAsked === true && (state.untilMs ?? nowMs) > nowMs;
  if (!isOwn && turnS > longTurnS) return turnOf(turnS);
  if (state.untilMs === undefined || state.isAsked !== true || state.untilMs <= nowMs) return undefined;
  return say`${title} asks to wait (${state.after ?? ''}): ${Math.ceil((state.untilMs - nowMs) / 1000)} s`;
}
