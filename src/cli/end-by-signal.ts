// Ends the program at once, so that whoever started it learns which signal it was.
import { exitCodes } from '../core/exit-codes.ts';

const names = { SIGINT: 'interrupted', SIGTERM: 'terminated', SIGHUP: 'hangup' } as const;

export type EndingSignal = keyof typeof names;

/** The parts of `process` that end it. */
export interface Ending {
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  removeAllListeners(signal: EndingSignal): unknown;
  kill(pid: number, signal: EndingSignal): unknown;
  exit(code: number): unknown;
}

/** The default action of a signal ends a process with the signal's own status; Windows has none, and would say 1. */
export function endBySignal(ending: Ending, signal: EndingSignal): void {
  if (ending.platform === 'win32') return void ending.exit(exitCodes[names[signal]].exit);
  ending.removeAllListeners(signal);
  ending.kill(ending.pid, signal);
}
