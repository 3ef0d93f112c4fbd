// Writers as a run makes them: planned by the plan, opened without waiting so that a test is one expression.
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { FormatName } from '../../src/core/formats.ts';
import { openZone } from '../../src/core/zones.ts';
import type { Translations } from '../../src/lang/translations.ts';
import { type Column, resolveLabels } from '../../src/output/columns.ts';
import type { RowText, Terminal, View, Writer } from '../../src/output/format.ts';
import { maskRecord } from '../../src/output/mask.ts';
import type { PageFacts } from '../../src/output/page/facts.ts';
import { createRecordPage } from '../../src/output/page/record-page.ts';
import { createTablePage } from '../../src/output/page/table-page.ts';
import { type Row, rowsOf } from '../../src/output/rows.ts';
import { sumColumns } from '../../src/output/sums.ts';
import { createCsv } from '../../src/output/text/csv.ts';
import { createJson, createNdjson } from '../../src/output/text/json.ts';
import { createMarkdown } from '../../src/output/text/markdown.ts';
import { createRecords } from '../../src/output/text/record.ts';
import { createTable } from '../../src/output/text/table.ts';
import { translationsOf } from '../../src/output/translations.ts';
import { framed } from '../../src/output/writer.ts';
import { planOutput } from '../../src/plan/output.ts';
import { pipe } from '../runner/streams.ts';

export interface WriterOptions {
  readonly provider: string;
  readonly endpoint: Endpoint;
  readonly columns?: readonly Column[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly explode?: string | undefined;
  readonly header?: boolean | undefined;
  readonly labels?: boolean | undefined;
  readonly bom?: boolean | undefined;
  readonly delimiter?: string | undefined;
  readonly guard?: 'auto' | 'off' | undefined;
  readonly decimal?: '.' | ',' | undefined;
  readonly numbers?: 'source' | 'text' | undefined;
  readonly tz?: string | undefined;
  readonly words?: Translations | undefined;
  readonly mask?: boolean | undefined;
  readonly showPersonal?: boolean | undefined;
  readonly tty?: Terminal | undefined;
  readonly withRequest?: boolean | undefined;
  readonly leaveOut?: View['leaveOut'];
  readonly shortenIds?: View['shortenIds'];
  readonly currencyOf?: View['currencyOf'];
  readonly totalsOf?: View['totalsOf'];
  readonly leading?: readonly string[] | undefined;
  readonly page?: Partial<PageFacts> | undefined;
  readonly sums?: readonly string[] | undefined;
  readonly origin?: string | undefined;
}

const openers: Readonly<Partial<Record<FormatName, (view: View) => RowText | Writer>>> = {
  table: view => createTable({ ...view, narrow: () => createRecords(view) }),
  record: createRecords,
  markdown: createMarkdown,
  html: view => (view.leading === undefined ? createTablePage(view) : createRecordPage(view)),
  json: createJson,
  ndjson: createNdjson,
  csv: view => createCsv({ ...view, kind: 'csv' }),
  tsv: view => createCsv({ ...view, kind: 'tsv' }),
};

const facts: PageFacts = {
  system: 'A provider',
  endpoint: '',
  summary: '',
  profile: 'p-live',
  hosts: ['api.example.com'],
  environment: 'production',
  isMadeUp: false,
  at: new Date('2026-01-15T02:17:11.203Z'),
  command: "loanq p 'a b' -o html",
  masked: true,
  zone: 'UTC',
  language: 'en',
};

export function createWriter(format: FormatName, options: WriterOptions): Writer {
  const { endpoint, explode } = options;
  const open = openers[format];
  if (open === undefined) throw new Error(`no test opens ${format} by itself`);
  const { view, masked } = planned(format, options);
  const opened = open(view);
  const writer = 'frame' in opened ? framed(opened) : opened;
  const prepare = (row: Row): Row[] => [...rowsOf(masked ? maskRecord(row.record, endpoint.fields) : row.record, row.request, explode)];
  return { begin: () => writer.begin(), rows: rows => writer.rows(rows.flatMap(prepare)), end: () => writer.end() };
}

/** What a format is opened with, and what the plan makes of rows before they are written. */
export function planned(format: FormatName, options: WriterOptions): { readonly view: View; readonly masked: boolean } {
  const { endpoint, explode } = options;
  const plan = planOutput(
    {
      output: format,
      out: 'file',
      ...(options.fields && { fields: [...options.fields] }),
      ...(explode !== undefined && { explode }),
      ...(options.tz !== undefined && { tz: options.tz }),
      ...(options.guard !== undefined && { csvGuard: options.guard }),
      ...(options.decimal !== undefined && { decimal: options.decimal }),
      ...(options.numbers !== undefined && { numbers: options.numbers }),
      ...(options.header === false && { noHeader: true }),
      ...(options.labels && { labels: true }),
      ...(options.mask && { mask: true }),
      ...(options.showPersonal && { showPersonal: true }),
      ...(options.withRequest && { withRequest: true }),
    },
    endpoint,
    {},
    pipe,
  );
  const { columns, masked, zone } = plan.many;
  const words = translationsOf(options.provider, endpoint.name, options.words);
  const view = {
    ...plan.text,
    bom: options.bom ?? false,
    delimiter: options.delimiter,
    columns: resolveLabels(options.columns ?? columns, words),
    fields: plan.fields,
    zone: openZone(zone),
    zoneName: zone,
    title: endpoint.name,
    words,
    terminal: options.tty,
    leaveOut: options.leaveOut,
    shortenIds: options.shortenIds,
    currencyOf: options.currencyOf,
    totalsOf: options.totalsOf,
    leading: options.leading,
    origin: options.origin === undefined ? undefined : () => options.origin ?? '',
    page: { ...facts, endpoint: endpoint.name, summary: endpoint.summary, masked, zone: zone ?? 'UTC', ...options.page },
    sums: sumColumns(endpoint, options.sums ?? [], { explode }),
  };
  return { view, masked };
}
