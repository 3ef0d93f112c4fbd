// Node's own tracing prints headers, URLs and buffers on stderr, past every filter: with secrets at hand it is refused.
import { ConfigError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { say } from '../core/say.ts';

/** Parts of Node that print what passes through them. */
const talkative = ['http', 'https', 'http2', 'net', 'tls', 'stream', 'child_process'];

/** Throws ConfigError when NODE_DEBUG, read as Node reads it (words, `*` for anything, any case), names such a part. */
export function refuseNodeDebug(env: Runtime['env']): void {
  const words = (env.NODE_DEBUG ?? '').split(',').map(word => new RegExp(`^${escapeWord(word.trim())}$`, 'i'));
  if (!talkative.some(part => words.some(word => word.test(part)))) return;
  throw new ConfigError(say`NODE_DEBUG would print secrets`, { hint: say`unset NODE_DEBUG` });
}

function escapeWord(word: string): string {
  return word.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*');
}
