// What a run says beside its result, and whether it may ask.
import type { Streams } from '../console/streams.ts';
import { section } from './section.ts';

export type Level = 'quiet' | 'normal' | 'verbose';

export interface Talk {
  readonly level: Level;
  readonly errorFormat: 'text' | 'json';
  /** Somebody is there to answer, and --no-input does not forbid to ask. */
  readonly mayPrompt: () => boolean;
  /** What is waited for is shown on the terminal that messages go to. */
  readonly showsWaiting: boolean;
}

export const planTalk = section(
  ['verbose', 'quiet', 'errorFormat', 'noInput'],
  (options, streams: Streams): Talk => ({
    level: options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal',
    errorFormat: options.errorFormat ?? 'text',
    showsWaiting: !options.quiet && !options.verbose && streams.stderr.isTerminal && !streams.isDumb,
    mayPrompt: () => !options.noInput && !streams.isUnattended && streams.stderr.isTerminal && streams.stdin.isTerminal,
  }),
);
