// What a user asked for beside provider, endpoint and keys, as typed values. The CLI fills it; commands read it.
import type { Shard } from '../batch/keys/shard.ts';
import type { Format, Language } from '../core/formats.ts';

export interface OutputOptions {
  /** Undefined: table, or record for one row of a by-key endpoint on a terminal. */
  readonly format?: Format;
  readonly fields?: readonly string[];
  /** `field`, `field:asc` or `field:desc`. */
  readonly sort?: string;
  readonly explode?: string;
  readonly out?: string;
  readonly raw: boolean;
  readonly header: boolean;
  readonly labels: boolean;
  readonly bom: boolean;
  readonly delimiter?: string;
  readonly clobber: boolean;
  readonly showPersonal: boolean;
  readonly mask: boolean;
  readonly withRequest: boolean;
  readonly guard: boolean;
  readonly tz?: string;
  readonly lang?: Language;
  readonly color: boolean;
}

export interface SourceOptions {
  readonly profile?: string;
  readonly config?: string;
  readonly sandbox: boolean;
  /** Saved answer to decode instead of calling; `-` is stdin. */
  readonly input?: string;
  readonly limit?: number;
  readonly all: boolean;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly maxRate?: number;
  readonly concurrency?: number;
  readonly deadlineMs?: number;
  readonly dryRun: boolean;
  readonly strict: boolean;
  readonly tokenCache: boolean;
}

export interface BatchOptions {
  readonly idsFrom?: string;
  readonly column?: string;
  readonly unique: boolean;
  readonly expect?: number;
  readonly shard?: Shard;
  readonly errors?: string;
  readonly summary?: string;
  readonly resume: boolean;
  readonly failEmpty: boolean;
}

export interface TalkOptions {
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly errorFormat: 'text' | 'json';
  /** Prompts allowed at all. */
  readonly input: boolean;
}

export interface Options {
  readonly output: OutputOptions;
  readonly source: SourceOptions;
  readonly call: CallOptions;
  readonly batch: BatchOptions;
  readonly talk: TalkOptions;
}

/** One endpoint call as the command line asks for it. Frozen before anything happens. */
export interface Invocation {
  readonly provider: string;
  readonly endpoint: string;
  /** Key arguments as given, `-` included. */
  readonly keys: readonly string[];
  /** Parameters given, by documented name. */
  readonly params: Readonly<Record<string, string>>;
  readonly options: Options;
}
