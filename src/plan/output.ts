// How rows are written: format, columns, order, zone, personal data, language, destination. Checked before anything is sent.
import type { Profile } from '../config/profile.ts';
import type { Streams } from '../console/streams.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { type FormatName, formats } from '../core/formats.ts';
import { either, say } from '../core/say.ts';
import { allColumns, type Column, type Followed } from '../output/columns.ts';
import type { Format } from '../output/format.ts';
import { htmlRecord } from '../output/formats/html.ts';
import { formatTable } from '../output/formats/index.ts';
import { additiveColumns } from '../output/list-totals.ts';
import { defaultColumns, selectColumns } from '../output/named-columns.ts';
import type { FormatPlan, OutputPlan } from '../output/output-plan.ts';
import { sortOrder } from '../output/sort.ts';
import { type SumColumn, sumColumns } from '../output/sums.ts';
import { askedFormat } from './conflicts.ts';
import { flagOf, type Options } from './options.ts';
import { section } from './section.ts';

/** What a profile prefers; flags win. */
export type OutputPreferences = Pick<Profile, 'output' | 'showPersonal' | 'tz' | 'lang'>;

type Look = Pick<
  Options,
  'output' | 'json' | 'csv' | 'out' | 'fields' | 'explode' | 'mask' | 'showPersonal' | 'tz' | 'bom' | 'delimiter' | 'decimal' | 'numbers'
>;

export const planOutput = section(
  [
    'output',
    'json',
    'csv',
    'fields',
    'sort',
    'sum',
    'explode',
    'out',
    'noClobber',
    'noHeader',
    'labels',
    'bom',
    'delimiter',
    'decimal',
    'numbers',
    'csvGuard',
    'showPersonal',
    'mask',
    'withRequest',
    'tz',
    'lang',
    'noColor',
    'noPager',
    'noInput',
  ],
  (options, endpoint: Endpoint, preferences: OutputPreferences, streams: Streams, follow: readonly Followed[] = []): OutputPlan => {
    const { out, fields, explode, sort, noColor } = options;
    const onTerminal = streams.stdout.isTerminal && out === undefined;
    const [one, many] = chooseFormats(options, onTerminal ? preferences.output : undefined, onTerminal);
    if (out === undefined) refusePlace(many, endpoint, onTerminal);
    const planned = (format: Format) => planFormat(format, options, endpoint, preferences, follow);
    const plan = planned(many);
    return Object.freeze({
      one: planned(one),
      many: plan,
      lacksFields: many.wholeRows && many.names === 'in-head' && plan.columns.some(({ name, fromData }) => fromData && name === ''),
      fields,
      explode,
      follow,
      sums: Object.freeze(planSums(options, endpoint, plan)),
      totals: Object.freeze(onTerminal ? planTotals(options, endpoint, plan) : []),
      order: sort === undefined ? undefined : sortOrder(sort, allColumns(endpoint, { explode, follow })),
      text: Object.freeze({
        header: !options.noHeader,
        labels: options.labels ?? false,
        bom: options.bom ?? false,
        delimiter: options.delimiter,
        guard: options.csvGuard ?? 'auto',
        decimal: options.decimal ?? '.',
        numbers: options.numbers ?? 'source',
        withRequest: options.withRequest ?? false,
      }),
      language: options.lang ?? preferences.lang ?? streams.language,
      destination:
        out === undefined ? planStdout(options, streams) : Object.freeze({ kind: 'file' as const, path: out, clobber: !options.noClobber }),
      terminal: onTerminal ? planTerminal(streams, noColor) : undefined,
    });
  },
);

/** A pager waits for somebody to read. */
function planStdout({ noPager, noInput }: Pick<Options, 'noPager' | 'noInput'>, streams: Streams): OutputPlan['destination'] {
  const { stdout, pager, isDumb, isUnattended } = streams;
  const { isTerminal, columns, rows } = stdout;
  if (!isTerminal || rows === undefined || rows === 0 || pager === undefined) return Object.freeze({ kind: 'stdout' });
  if (noPager || noInput || isDumb || isUnattended) return Object.freeze({ kind: 'stdout' });
  return Object.freeze({ kind: 'stdout', pager: Object.freeze({ ...pager, columns, rows }) });
}

function planTerminal({ stdout, colorLevel, isAscii }: Streams, noColor = false): OutputPlan['terminal'] {
  return Object.freeze({ columns: stdout.columns, colorLevel: noColor ? 0 : colorLevel, isAscii });
}

/** The format asked for, else what suits the place: on a terminal the only record of a lookup by key is a list of its fields. */
function chooseFormats(look: Look, preferred: OutputPreferences['output'], onTerminal: boolean): readonly [one: Format, many: Format] {
  const asked = rowFormat(askedFormat(look));
  const name = asked ?? preferred;
  const many = formatTable[name ?? 'table'];
  for (const option of ['bom', 'delimiter', 'decimal', 'numbers'] as const) {
    if (look[option] === undefined || (asked !== undefined && many.accepts.includes(option))) continue;
    const fitting = Object.values(formatTable).filter(({ accepts }) => accepts.includes(option));
    throw new UsageError(say`${flagOf(option)} needs ${either(fitting.map(format => `-o ${format.name}`))}`);
  }
  if (name === 'html') return [htmlRecord, many];
  return [name === undefined && onTerminal ? formatTable.record : many, many];
}

function refusePlace({ name, place }: Format, endpoint: Endpoint, onTerminal: boolean): void {
  if (place === 'file')
    throw new UsageError(say`-o ${name} needs --out: it is a file, not text`, { hint: say`--out ${endpoint.name}.${name}` });
  if (place === 'no-terminal' && onTerminal)
    throw new UsageError(say`-o ${name} is not for a terminal`, { hint: say`--out ${'page'}.${name}` });
}

function rowFormat(asked: ReturnType<typeof askedFormat>): FormatName | undefined {
  const format = formats.find(name => name === asked);
  if (asked === format) return format;
  throw new UsageError(say`-o ${asked ?? ''} is for schema`, { hint: `loanq schema <provider> <endpoint> -o ${asked}` });
}

/** What makes sense to add up, where nobody has said what to. */
function planTotals({ sum, explode }: Pick<Options, 'sum' | 'explode'>, endpoint: Endpoint, { format, columns }: FormatPlan): SumColumn[] {
  return sum === undefined && explode === undefined && format.name === 'table' ? additiveColumns(endpoint, columns) : [];
}

/** A total of one row would be the value that a mask hides. */
function planSums({ sum = [], explode }: Pick<Options, 'sum' | 'explode'>, endpoint: Endpoint, { masked }: FormatPlan): SumColumn[] {
  const columns = sumColumns(endpoint, sum, { explode });
  const hidden = masked ? columns.find(({ column }) => column.field.personal !== undefined) : undefined;
  if (hidden === undefined) return columns;
  throw new UsageError(say`--sum ${hidden.column.name}: it is personal data and masked`, { hint: say`see --show-personal` });
}

function planFormat(
  format: Format,
  look: Look,
  endpoint: Endpoint,
  preferences: OutputPreferences,
  follow: readonly Followed[],
): FormatPlan {
  const isShown = (look.showPersonal ?? false) || preferences.showPersonal === true;
  return Object.freeze({
    format,
    columns: columnsOf(format, look, endpoint, follow),
    masked: format.forPeople ? !isShown || look.mask === true : look.mask === true,
    zone: format.forPeople ? (look.tz ?? preferences.tz) : (look.tz ?? 'UTC'),
  });
}

/** Throws UsageError for names that the endpoint does not have. */
function columnsOf(format: Format, { fields, explode }: Look, endpoint: Endpoint, follow: readonly Followed[]): readonly Column[] {
  if (fields !== undefined) return selectColumns(endpoint, fields, { explode, follow });
  return format.columns === 'default' ? defaultColumns(endpoint, { explode, follow }) : allColumns(endpoint, { explode, follow });
}
