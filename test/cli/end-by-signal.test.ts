import { expect, test } from 'vitest';
import { type EndingSignal, endBySignal } from '../../src/cli/end-by-signal.ts';

function done(platform: NodeJS.Platform, signal: EndingSignal): readonly (readonly unknown[])[] {
  const calls: unknown[][] = [];
  const note =
    (name: string) =>
    (...given: unknown[]): void =>
      void calls.push([name, ...given]);
  endBySignal({ platform, pid: 7, removeAllListeners: note('removeAllListeners'), kill: note('kill'), exit: note('exit') }, signal);
  return calls;
}

test('the signal itself ends a process, once nobody listens to it any more', () => {
  expect(done('linux', 'SIGTERM')).toEqual([
    ['removeAllListeners', 'SIGTERM'],
    ['kill', 7, 'SIGTERM'],
  ]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('on Windows, which knows no %s, the exit code says it: %i', (signal, code) => {
  expect(done('win32', signal)).toEqual([['exit', code]]);
});
