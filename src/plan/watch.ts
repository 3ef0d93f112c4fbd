// `--watch`: one record asked for again and again. Decided here: how often, until when, and with what it cannot go.
import type { Streams } from '../console/streams.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { isList } from '../core/keys.ts';
import { say } from '../core/say.ts';
import { askedFormat } from './conflicts.ts';
import { isBatch, type KeysPlan } from './keys.ts';
import { flagOf, type Options } from './options.ts';
import { section } from './section.ts';
import type { Source } from './source.ts';
import { type Condition, conditionOn } from './until.ts';

export interface WatchPlan {
  /** From one answer to the next question. */
  readonly everyMs: number;
  /** Undefined: for as long as somebody lets it. */
  readonly until: Condition | undefined;
}

/** What is not of one record, or cannot be written again and again. */
const excluded = ['input', 'raw', 'out', 'limit', 'all', 'sum', 'sort', 'explode', 'follow', 'failEmpty', 'idsFrom', 'against'] as const;

const lasting = ['record', 'ndjson', 'csv', 'tsv'] as const;

const cronHint = say`for many keys or a list: a run from cron, and --against for what has changed (docs/cron.md)`;

export const planWatch = section(
  ['watch', 'until', 'tz', 'output', 'json', 'csv', ...excluded],
  (options, endpoint: Endpoint, keys: KeysPlan, source: Source, zone: string | undefined): WatchPlan | undefined => {
    const { watch, until, tz } = options;
    if (watch === undefined) {
      if (until !== undefined) throw new UsageError(say`--until needs --watch`);
      return undefined;
    }
    const other = excluded.find(name => options[name] !== undefined);
    if (isBatch(keys)) throw new UsageError(say`--watch is for one key`, { hint: cronHint });
    if (source.kind !== 'saved' && isList(endpoint))
      throw new UsageError(say`--watch is for a record that is read by its key; ${endpoint.name} is a list`, { hint: cronHint });
    if (other !== undefined) throw new UsageError(say`--watch cannot be combined with ${flagOf(other)}`);
    const format = askedFormat(options);
    if (format !== undefined && !lasting.some(name => name === format))
      throw new UsageError(say`--watch cannot write -o ${format}, which is nothing before its end`, {
        hint: say`it writes ${lasting.join(', ')}; without -o a record on a terminal, ndjson in a pipe`,
      });
    return Object.freeze({ everyMs: watch * 1000, until: until && conditionOn(endpoint, until, tz ?? zone) });
  },
);

/** The options with the format that a watched record has where nobody has chosen one. */
export function withWatchFormat<O extends Options>(options: O, streams: Streams): O {
  if (options.watch === undefined || askedFormat(options) !== undefined) return options;
  return { ...options, output: streams.stdout.isTerminal ? 'record' : 'ndjson' };
}
