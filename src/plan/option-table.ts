// Every global option once: flags, meaning, group and how its value is read. Help, completion and reference derive from it.
import { InvalidArgumentError } from 'commander';
import { checkDelimiter } from '../core/delimiter.ts';
import { formats, languages } from '../core/formats.ts';
import { openZone } from '../core/zones.ts';
import { parseShard } from './shard-option.ts';

export type OptionGroup = 'Output' | 'Source' | 'Batch' | 'Connection' | 'Diagnostics';

export interface OptionSpec {
  readonly flags: string;
  readonly about: string;
  readonly group: OptionGroup;
  /** Shown in the help of every endpoint; the others in `loanq help options`. */
  readonly common?: true;
  readonly choices?: readonly string[];
  readonly read?: (value: string) => unknown;
  readonly env?: string;
}

const word =
  (group: OptionGroup) =>
  (flags: string, about: string, more: Omit<OptionSpec, 'flags' | 'about' | 'group'> = {}) => ({
    flags,
    about,
    group,
    ...more,
  });
const output = word('Output');
const source = word('Source');
const batch = word('Batch');
const connection = word('Connection');
const diagnostics = word('Diagnostics');

/** Reads a number within bounds; anything else is a usage error that states the bounds. */
function within(min: number, max: number, whole: boolean): (value: string) => number {
  return value => {
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max) || (whole && !Number.isInteger(number))) {
      throw new InvalidArgumentError(`it must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
    }
    return number;
  };
}

function names(value: string): string[] {
  const list = value.split(',').map(name => name.trim());
  if (list.some(name => name === '')) throw new InvalidArgumentError('it must be names separated by commas');
  if (new Set(list).size !== list.length) throw new InvalidArgumentError('a name is given twice');
  return list;
}

/** A zone is looked up where it is used; here it only has to exist. */
function zoneName(value: string): string {
  openZone(value);
  return value;
}

const year = 366 * 24 * 3600;

export const optionTable: readonly OptionSpec[] = [
  output('-o, --output <format>', `${formats.join(', ')} (default: table)`, { common: true, choices: formats }),
  output('--json', 'short for -o json', { common: true }),
  output('--csv', 'short for -o csv', { common: true }),
  output('--fields <a,b,...>', 'only these fields, in this order, in every format', { common: true, read: names }),
  output('--sort <field[:desc]>', 'sort the rows; amounts exactly, instants by time', { common: true }),
  output('--explode <list-field>', 'one row per element of a nested list', { common: true }),
  output('--out <file>', 'write there atomically instead of stdout', { common: true }),
  output('--no-clobber', 'with --out: refuse to replace an existing file'),
  output('--raw', "the provider's body bytes; one key only"),
  output('--no-header', 'no header line (table, csv, tsv)'),
  output('--labels', 'human header instead of field names (csv, tsv)'),
  output('--bom', 'begin CSV with a UTF-8 byte order mark, for Excel'),
  output('--delimiter <c>', 'other CSV delimiter; Excel in pt-BR wants ;', { read: checkDelimiter }),
  output('--csv-guard <mode>', 'guard text cells against spreadsheet formulas: auto or off', { choices: ['auto', 'off'] }),
  output('--show-personal', 'show personal data whole in table and record'),
  output('--mask', 'mask personal data in json, ndjson, csv and tsv, too'),
  output('--with-request', 'JSON rows carry _request with the keys asked for'),
  output('--tz <zone>', 'zone for times, such as Asia/Shanghai (default: system; csv: UTC)', { common: true, read: zoneName }),
  output('--lang <lang>', 'labels and glosses: en, zh or pt (default: from the locale)', { choices: languages }),
  output('--no-color', 'no colour; NO_COLOR, FORCE_COLOR and TERM=dumb are honoured, too'),
  source('-p, --profile <name>', 'profile to use', { common: true, env: 'LOANQ_PROFILE' }),
  source('--config <file>', 'config file; replaces the search', { env: 'LOANQ_CONFIG' }),
  source('--sandbox', 'answer from the embedded sandbox; needs no config', { common: true }),
  source('--input <file>', "decode the provider's saved answer from this file (- for stdin) instead of calling", { common: true }),
  source('--limit <n>', 'lists: stop after n rows', { common: true, read: within(1, 1e9, true) }),
  source('--all', 'lists: follow every page', { common: true }),
  batch('--ids-from <file>', 'read keys from a file (- for stdin), one a line or CSV', { common: true }),
  batch('--column <name>', 'with --ids-from: the CSV column that holds the key'),
  batch('--unique', 'look a repeated key up only once'),
  batch('--expect <n>', 'fewer keys than this is an error', { read: within(1, 1e12, true) }),
  batch('--shard <i/n>', 'only the i-th of n parts of the keys, by a stable hash', { read: parseShard }),
  batch('--errors <file>', 'write one JSON line per key not delivered'),
  batch('--summary <file>', 'write the run as JSON: counts, requests, retries, seconds'),
  batch('--resume', 'go on where an interrupted run with the same --out and --ids-from stopped'),
  batch('--fail-empty', 'a run that delivers no row ends with exit code 21'),
  connection('--timeout <s>', 'limit of one attempt, whole (default: 60)', { read: within(0.1, 3600, false) }),
  connection('--retries <n>', 'tries after the first (default: 2)', { read: within(0, 10, true) }),
  connection('--max-rate <rps>', 'requests a second, retries included (default: 5; loopback: none)', { read: within(0.1, 10_000, false) }),
  connection('--concurrency <n>', 'requests at a time (default: 4)', { read: within(1, 64, true) }),
  connection('--deadline <s>', 'end the run after this time', { read: within(0.1, year, false) }),
  connection('--no-token-cache', 'keep obtained tokens in memory only'),
  diagnostics('--dry-run', 'print the first request with secrets masked, send nothing'),
  diagnostics('--strict', 'any drift from the documented shape is an error'),
  diagnostics('-v, --verbose', 'trace requests to stderr, redacted'),
  diagnostics('-q, --quiet', 'errors only'),
  diagnostics('--error-format <format>', 'text or json: the last stderr line is one JSON object', { choices: ['text', 'json'] }),
  diagnostics('--no-input', 'never prompt'),
];
