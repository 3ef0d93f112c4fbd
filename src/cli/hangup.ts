// `nohup` starts a program with SIGHUP ignored, but Node puts the default back before any code of ours runs: what is left to go
// by are the traces that `nohup` leaves elsewhere.
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** What a process knows about how it was started. */
export interface Start {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly parentPid: number;
}

/** Whether the program was to outlive its terminal. Ask at the start: a parent may go. */
export function ignoresHangup({ platform, env, parentPid }: Start): boolean {
  // Most shells tell a program by `_` how it was called.
  if (basename(env._ ?? '') === 'nohup') return true;
  return platform === 'linux' && (parentIgnoresHangup(parentPid) || inputWasTaken());
}

const hangupBit = 1n;

/** A script under `nohup` hands on what it was given. */
function parentIgnoresHangup(pid: number): boolean {
  const [, mask = '0'] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readIfAny(`/proc/${pid}/status`)) ?? [];
  return (BigInt(`0x${mask}`) & hangupBit) !== 0n;
}

const accessMode = 3;
const writeOnly = 1;

/** On a terminal, `nohup` puts /dev/null in the place of the input, opened so that nothing can be read from it. */
function inputWasTaken(): boolean {
  try {
    if (readlinkSync('/proc/self/fd/0') !== '/dev/null') return false;
  } catch {
    return false;
  }
  const [, flags = '0'] = /^flags:\s*([0-7]+)$/m.exec(readIfAny('/proc/self/fdinfo/0')) ?? [];
  return (Number.parseInt(flags, 8) & accessMode) === writeOnly;
}

function readIfAny(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
