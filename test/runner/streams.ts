// The streams of a run that nobody started: what a plan is made from, without a process.
import type { Streams } from '../../src/console/streams.ts';

/** All three lead to pipes. */
export const pipe: Streams = {
  stdin: { isTerminal: false },
  stdout: { isTerminal: false, columns: 80, rows: undefined },
  stderr: { isTerminal: false },
  colorLevel: 1,
  pager: undefined,
  isAscii: false,
  isDumb: false,
  isUnattended: false,
  language: 'en',
};

/** Somebody is there. */
export const terminal: Streams = {
  ...pipe,
  stdin: { isTerminal: true },
  stdout: { isTerminal: true, columns: 100, rows: undefined },
  stderr: { isTerminal: true },
};
