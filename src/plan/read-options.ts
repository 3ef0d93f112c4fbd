// Parsed command line → typed options, with the conflicts between them refused in one place.

import { UsageError } from '../core/errors.ts';
import type { Format } from '../core/formats.ts';
import type { Options } from './options.ts';

/** Values as commander hands them over, by camel-case name. */
export type ParsedValues = Readonly<Record<string, unknown>>;

/** Types the values and refuses combinations that cannot be meant. Throws UsageError. */
export function readOptions(values: ParsedValues): Options {
  const format = readFormat(values);
  refuseConflicts(values, format);
  return Object.freeze({
    output: {
      ...optional('format', format),
      ...pick(values, ['fields', 'sort', 'explode', 'out', 'delimiter', 'tz', 'lang']),
      raw: values.raw === true,
      header: values.header !== false,
      labels: values.labels === true,
      bom: values.bom === true,
      clobber: values.clobber !== false,
      showPersonal: values.showPersonal === true,
      mask: values.mask === true,
      withRequest: values.withRequest === true,
      guard: values.csvGuard !== 'off',
      color: values.color !== false,
    },
    source: {
      ...pick(values, ['profile', 'config', 'input', 'limit']),
      sandbox: values.sandbox === true,
      all: values.all === true,
    },
    call: {
      ...optional('timeoutMs', inMs(values.timeout)),
      ...pick(values, ['retries', 'maxRate', 'concurrency']),
      ...optional('deadlineMs', inMs(values.deadline)),
      dryRun: values.dryRun === true,
      strict: values.strict === true,
      tokenCache: values.tokenCache !== false,
    },
    batch: {
      ...pick(values, ['idsFrom', 'column', 'expect', 'shard', 'errors', 'summary']),
      unique: values.unique === true,
      resume: values.resume === true,
      failEmpty: values.failEmpty === true,
    },
    talk: {
      verbose: values.verbose === true,
      quiet: values.quiet === true,
      errorFormat: values.errorFormat === 'json' ? 'json' : 'text',
      input: values.prompt !== false,
    },
  }) as Options;
}

function readFormat(values: ParsedValues): Format | undefined {
  const asked = new Set<unknown>([values.output, values.json && 'json', values.csv && 'csv'].filter(Boolean));
  if (asked.size > 1) throw new UsageError(`two output formats: ${[...asked].join(' and ')}`);
  return [...asked][0] as Format | undefined;
}

function refuseConflicts(values: ParsedValues, format: Format | undefined): void {
  const conflicts: readonly (readonly [boolean, string])[] = [
    [values.limit !== undefined && values.all === true, '--limit and --all exclude each other'],
    [values.verbose === true && values.quiet === true, '--verbose and --quiet exclude each other'],
    [values.sandbox === true && values.profile !== undefined, '--sandbox needs no --profile'],
    [values.sandbox === true && values.input !== undefined, '--sandbox and --input exclude each other'],
    [values.input !== undefined && values.raw === true, '--raw prints what a provider answers, not what --input holds'],
    [values.input !== undefined && values.dryRun === true, '--input sends nothing, so there is no request for --dry-run'],
    [values.input !== undefined && values.idsFrom !== undefined, '--input takes keys as arguments only, not from --ids-from'],
    [values.sort !== undefined && values.resume === true, '--sort holds the rows in memory, so it cannot go with --resume'],
    [
      values.raw === true && (format !== undefined || values.fields !== undefined || values.sort !== undefined),
      '--raw knows no format, fields or order',
    ],
    [
      values.raw === true && (values.limit !== undefined || values.all === true || values.explode !== undefined),
      '--raw is one answer as it came: it knows no --limit, --all or --explode',
    ],
    [
      values.raw === true && (values.mask === true || values.withRequest === true),
      '--raw is the body as it came: it knows no --mask or --with-request',
    ],
    [
      values.resume === true && (values.out === undefined || values.idsFrom === undefined || values.idsFrom === '-'),
      '--resume needs --out and --ids-from with a file',
    ],
    [values.column !== undefined && values.idsFrom === undefined, '--column needs --ids-from'],
    [values.clobber === false && values.out === undefined, '--no-clobber needs --out'],
    [values.delimiter !== undefined && format !== 'csv', '--delimiter needs -o csv'],
    [values.bom === true && format !== 'csv' && format !== 'tsv', '--bom needs -o csv or -o tsv'],
    [values.showPersonal === true && values.mask === true, '--show-personal and --mask exclude each other'],
  ];
  const found = conflicts.find(([met]) => met);
  if (found) throw new UsageError(found[1]);
}

function inMs(seconds: unknown): number | undefined {
  return typeof seconds === 'number' ? Math.round(seconds * 1000) : undefined;
}

function optional(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

function pick(values: ParsedValues, wanted: readonly string[]): object {
  return Object.fromEntries(
    wanted.filter(name => values[name] !== undefined && typeof values[name] !== 'boolean').map(name => [name, values[name]]),
  );
}
