// What a hand-written command is: one literal with its place in the help, the options it reads, its formats, and what it does.
import type { Streams } from '../console/streams.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { FormatName, SchemaFormat } from '../core/formats.ts';
import type { Context } from '../lookup/context.ts';
import type { OptionName, Options } from '../plan/options.ts';
import type { Talk } from '../plan/talk.ts';
import type { FieldsOf } from './fields.ts';

/** A hand-written command as called. */
export interface CalledCommand {
  readonly args: readonly string[];
  /** Values of the command's own options, by camel-case name. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The global options given; only those the literal names. */
  readonly options: Options;
  /** Undefined: lines for people. */
  readonly format: FormatName | SchemaFormat | undefined;
  readonly talk: Talk;
  readonly streams: Streams;
}

export interface Command {
  /** commander's usage: name and arguments. */
  readonly usage: string;
  readonly summary: string;
  readonly help?: string;
  /** Options of its own. */
  readonly options?: readonly (readonly [flags: string, about: string, repeats?: 'repeated'])[];
  /** Global options it reads, beside those of every command. */
  readonly reads: readonly OptionName[];
  /** What it can print beside lines for people. */
  readonly formats: readonly (FormatName | SchemaFormat)[];
  /** Whose fields `--fields` without a value lists, where it delivers rows. */
  readonly fieldsOf?: () => Promise<FieldsOf>;
  /** What it does is loaded only when it is called. */
  readonly load: () => Promise<(context: Context, called: CalledCommand) => Promise<ExitName>>;
}

/** Global options that mean the same to every command. */
export const readByEvery: readonly OptionName[] = [
  ...(['output', 'json', 'csv', 'config', 'lang', 'noColor', 'verbose', 'quiet', 'errorFormat', 'noInput'] as const),
];

/** Options of a command that delivers rows of its own, beside those of every command. */
export const readForRows: readonly OptionName[] = [
  ...(['fields', 'sort', 'out', 'noClobber', 'noHeader', 'labels', 'bom', 'delimiter', 'csvGuard'] as const),
];
