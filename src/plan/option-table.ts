// Every global option once: its name in the program, flags, meaning, group and how its value is read. Help and the typed options
// derive from it; an option that no part of the plan reads does not compile (run-plan.ts).
import { type Bounds, bounds, boundsWords, isWithin } from '../core/bounds.ts';
import { checkDelimiter } from '../core/delimiter.ts';
import { formats, languages, schemaFormats } from '../core/formats.ts';
import { say } from '../core/say.ts';
import { openZone } from '../core/zones.ts';
import { InvalidValue } from './invalid-value.ts';
import { parseShard } from './shard-option.ts';
import { readUntil } from './until-option.ts';

export type OptionGroup = 'Output' | 'Source' | 'Batch' | 'Connection' | 'Diagnostics';

export interface OptionSpec {
  /** As commander reads them. With a `<value>` or `[value]` the option takes one; without, it is true or absent. */
  readonly flags: string;
  readonly about: string;
  readonly group: OptionGroup;
  /** Shown in the help of every endpoint; the others in `loanq help options`. */
  readonly common?: true;
  readonly choices?: readonly string[];
  /** Throws InvalidValue or UsageError. */
  readonly read?: (value: string) => unknown;
  readonly env?: string;
}

type Rest = Omit<OptionSpec, 'flags' | 'about' | 'group'>;

const inGroup =
  <const G extends OptionGroup>(group: G) =>
  <const F extends string, const R extends Rest = Record<never, never>>(flags: F, about: string, rest?: R) =>
    ({ flags, about, group, ...rest }) as { readonly flags: F; readonly about: string; readonly group: G } & R;

const output = inGroup('Output');
const source = inGroup('Source');
const batch = inGroup('Batch');
const connection = inGroup('Connection');
const diagnostics = inGroup('Diagnostics');

/** Reads a number within bounds; anything else is a usage error that states the bounds. */
function within(allowed: Bounds): (value: string) => number {
  return value => {
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!isWithin(number, allowed)) throw new InvalidValue(boundsWords(allowed));
    return number;
  };
}

function names(value: string): string[] {
  const list = value.split(',').map(name => name.trim());
  if (list.some(name => name === '')) throw new InvalidValue(say`it must be names separated by commas`);
  if (new Set(list).size !== list.length) throw new InvalidValue(say`a name is given twice`);
  return list;
}

/** A zone is looked up where it is used; here it only has to exist. */
function zoneName(value: string): string {
  openZone(value);
  return value;
}

const year = 366 * 24 * 3600;

export const optionTable = {
  output: output('-o, --output <format>', `${formats.join(', ')} (default: table)`, {
    common: true,
    choices: [...formats, ...schemaFormats],
  }),
  json: output('--json', 'short for -o json', { common: true }),
  csv: output('--csv', 'short for -o csv', { common: true }),
  fields: output('--fields <a,b,...>', 'only these fields, in this order, in every format; without a value: which there are', {
    common: true,
    read: names,
  }),
  sort: output('--sort <field[:desc]>', 'sort the rows; amounts exactly, instants by time', { common: true }),
  sum: output('--sum <field,...>', 'exact totals of these fields, apart for each currency: on stderr and in --summary', { read: names }),
  explode: output('--explode <list-field>', 'one row per element of a nested list', { common: true }),
  follow: output('--follow <field,...>', 'add the columns of the thing that a field names, each asked for once: loanInfoId.state', {
    read: names,
  }),
  out: output('--out <file>', 'write there atomically instead of stdout', { common: true }),
  noClobber: output('--no-clobber', 'with --out: refuse to replace an existing file'),
  raw: output('--raw', "the provider's body bytes; one key only"),
  noHeader: output('--no-header', 'no header line (table, csv, tsv)'),
  labels: output('--labels', 'human header instead of field names (csv, tsv)'),
  bom: output('--bom', 'begin CSV with a UTF-8 byte order mark, for Excel'),
  delimiter: output('--delimiter <c>', 'other CSV delimiter; Excel in pt-BR wants ;', { read: checkDelimiter }),
  decimal: output('--decimal <sign>', 'decimal sign of amounts and numbers in csv and tsv: . or , (Excel in pt-BR wants ,)', {
    choices: ['.', ','],
  }),
  numbers: output('--numbers <how>', 'json, ndjson: numbers as they came (source) or as strings (text), which no reader rounds', {
    choices: ['source', 'text'],
  }),
  csvGuard: output('--csv-guard <mode>', 'guard text cells against spreadsheet formulas: auto or off', { choices: ['auto', 'off'] }),
  showPersonal: output('--show-personal', 'show personal data whole in table, record, markdown and html'),
  mask: output('--mask', 'mask personal data in json, ndjson, csv and tsv, too'),
  withRequest: output('--with-request', 'JSON rows carry _request with the keys asked for'),
  tz: output('--tz <zone>', 'zone for times, such as Asia/Shanghai (default: system; csv: UTC)', { common: true, read: zoneName }),
  lang: output('--lang <lang>', 'labels and glosses: en, zh or pt (default: from the locale)', { choices: languages }),
  noColor: output('--no-color', 'no colour; NO_COLOR, FORCE_COLOR and TERM=dumb are honoured, too'),
  noPager: output('--no-pager', 'no pager for a result that is taller than the terminal'),
  profile: source('-p, --profile <name>', 'profile to use', { common: true, env: 'LOANQ_PROFILE' }),
  config: source('--config <file>', 'config file; replaces the search', { env: 'LOANQ_CONFIG' }),
  sandbox: source('--sandbox', 'answer from the embedded sandbox; needs no config', { common: true }),
  input: source('--input <file>', "decode the provider's saved answer from this file (- for stdin) instead of calling", { common: true }),
  limit: source('--limit <n>', 'lists: stop after n rows', { common: true, read: within({ min: 1, max: 1e9, whole: true }) }),
  all: source('--all', 'lists: follow every page', { common: true }),
  watch: source('--watch [s]', 'one record by its key: ask again every so many seconds (default: 30, at least 5), print what changes', {
    read: within(bounds.watch),
  }),
  until: source('--until <field=value>', 'with --watch: end with 0 once the field says so; money by value, times by time', {
    read: readUntil,
  }),
  idsFrom: batch('--ids-from <file>', 'read keys from a file (- for stdin), one a line or CSV', { common: true }),
  column: batch('--column <name>', 'with --ids-from: the CSV column that holds the key'),
  unique: batch('--unique', 'look a repeated key up only once'),
  expect: batch('--expect <n>', 'fewer keys than this is an error', { read: within({ min: 1, max: 1e12, whole: true }) }),
  shard: batch('--shard <i/n>', 'only the i-th of n parts of the keys, by a stable hash', { read: parseShard }),
  errors: batch('--errors <file>', 'write one JSON line per key not delivered'),
  against: batch('--against <file>', 'with --out and --errors: tell what changed since this export, as loanq diff does'),
  summary: batch('--summary <file>', 'write the run as JSON: counts, requests, retries, seconds'),
  resume: batch('--resume', 'go on where an interrupted run with the same --out and --ids-from stopped'),
  failEmpty: batch('--fail-empty', 'a run that delivers no row ends with exit code 21'),
  timeout: connection('--timeout <s>', 'limit of one attempt, whole (default: 60)', { read: within(bounds.timeout) }),
  retries: connection('--retries <n>', 'tries after the first (default: 2)', { read: within(bounds.retries) }),
  maxRate: connection('--max-rate <rps>', 'requests a second, retries included (default: 5; loopback: none)', {
    read: within(bounds.maxRate),
  }),
  noSharedRate: connection('--no-shared-rate', 'do not share the rate with other runs of this profile on this machine'),
  concurrency: connection('--concurrency <n>', 'requests at a time (default: 4)', { read: within(bounds.concurrency) }),
  deadline: connection('--deadline <s>', 'end the run after this time', { read: within({ min: 0.1, max: year }) }),
  noTokenCache: connection('--no-token-cache', 'keep obtained tokens in memory only'),
  dryRun: diagnostics('--dry-run', 'print the first request with secrets masked, send nothing; with -v the plan of the run, too'),
  strict: diagnostics('--strict', 'any drift from the documented shape is an error'),
  onDrift: diagnostics('--on-drift <how>', 'drift: warn, fail (= --strict), or quarantine: such a row goes to --errors, whole', {
    choices: ['warn', 'fail', 'quarantine'],
  }),
  verbose: diagnostics('-v, --verbose', 'trace requests to stderr, redacted'),
  quiet: diagnostics('-q, --quiet', 'errors only'),
  errorFormat: diagnostics('--error-format <format>', 'text or json: the last stderr line is one JSON object', {
    choices: ['text', 'json'],
  }),
  noInput: diagnostics('--no-input', 'never prompt'),
} as const satisfies Readonly<Record<string, OptionSpec>>;
