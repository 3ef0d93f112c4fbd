// Options that cannot be meant together, refused in one place and in this order.
import { UsageError } from '../core/errors.ts';
import type { FormatName, SchemaFormat } from '../core/formats.ts';
import { type Saying, say } from '../core/say.ts';
import type { Options } from './options.ts';

/** The format asked for, by whichever flag. Throws UsageError for two different ones. */
export function askedFormat({ output, json, csv }: Pick<Options, 'output' | 'json' | 'csv'>): FormatName | SchemaFormat | undefined {
  const asked = new Set<FormatName | SchemaFormat>();
  if (output !== undefined) asked.add(output);
  if (json) asked.add('json');
  if (csv) asked.add('csv');
  const [format, other] = asked;
  if (format !== undefined && other !== undefined) throw new UsageError(say`two output formats: ${format} and ${other}`);
  return format;
}

/** Throws UsageError for the first pair that excludes each other or option that lacks its company. */
export function refuseConflicts(options: Options): void {
  const { raw, resume, idsFrom, input, out, verbose, quiet, sandbox, onDrift } = options;
  const format = askedFormat(options);
  const conflicts: readonly (readonly [unknown, Saying])[] = [
    [options.limit !== undefined && options.all, say`--limit and --all exclude each other`],
    [verbose && quiet, say`--verbose and --quiet exclude each other`],
    [sandbox && options.profile !== undefined, say`--sandbox needs no --profile`],
    [sandbox && input !== undefined, say`--sandbox and --input exclude each other`],
    [input !== undefined && raw, say`--raw prints what a provider answers, not what --input holds`],
    [input !== undefined && options.dryRun, say`--input sends nothing, so there is no request for --dry-run`],
    [input !== undefined && idsFrom !== undefined, say`--input takes keys as arguments only, not from --ids-from`],
    [options.sort !== undefined && resume, say`--sort holds the rows in memory, so it cannot go with --resume`],
    [raw && (format ?? options.fields ?? options.sort) !== undefined, say`--raw cannot be combined with -o, --fields or --sort`],
    [
      raw && (options.limit ?? options.all ?? options.explode) !== undefined,
      say`--raw cannot be combined with --limit, --all or --explode`,
    ],
    [raw && (options.mask ?? options.withRequest), say`--raw cannot be combined with --mask or --with-request`],
    [options.strict && (onDrift ?? 'fail') !== 'fail', say`--strict is --on-drift fail, not ${onDrift ?? ''}`],
    [onDrift === 'quarantine' && options.errors === undefined, say`--on-drift quarantine needs --errors: rows that are kept back go there`],
    [onDrift === 'quarantine' && input !== undefined, say`--on-drift quarantine is for a batch, not for --input`],
    [raw && options.sum !== undefined, say`--raw cannot be combined with --sum`],
    [resume && (out === undefined || idsFrom === undefined || idsFrom === '-'), say`--resume needs --out and --ids-from with a file`],
    [options.column !== undefined && idsFrom === undefined, say`--column needs --ids-from`],
    [options.noClobber && out === undefined, say`--no-clobber needs --out`],
    [options.showPersonal && options.mask, say`--show-personal and --mask exclude each other`],
  ];
  const found = conflicts.find(([met]) => met);
  if (found) throw new UsageError(found[1]);
}
