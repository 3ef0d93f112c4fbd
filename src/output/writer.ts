// Opens the text of a run's rows: columns labelled, personal values hidden, and on a terminal secrets masked before values are cut.
import { asciiMarks } from '../console/marks.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { hidden } from '../core/personal.ts';
import type { Provider } from '../core/provider.ts';
import { shownKeys } from '../core/shown-keys.ts';
import { elementSize, inTurns, type Steps, takeTurn, turnSize } from '../core/turn.ts';
import { openZone } from '../core/zones.ts';
import { toBytes } from '../files/sink.ts';
import { loadTranslations } from '../lang/index.ts';
import { recordFields, resolveLabels } from './columns.ts';
import { currencyTeller } from './currencies.ts';
import type { FieldNotes } from './field-notes.ts';
import type { Frame, Piece, RowText, Terminal, View, Writer } from './format.ts';
import { additiveColumns, listTotals } from './list-totals.ts';
import { maskSteps } from './mask.ts';
import type { FormatPlan, OutputPlan } from './output-plan.ts';
import type { ResultFacts } from './page/facts.ts';
import type { Row } from './rows.ts';
import type { SumColumn } from './sums.ts';
import { translationsOf, withFollowed } from './translations.ts';

/** What the rows come from, and how secrets are masked in them. */
export interface RowOrigin {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly maskSecrets: (row: Row) => Steps<Row>;
  /** Told what was asked for and not there, and what was there and not shown. */
  readonly notes: FieldNotes;
  /** What was asked, of whom, when: for formats that end with it. */
  readonly described?: () => string;
  /** The same as facts, for a page. */
  readonly facts?: () => ResultFacts;
  /** Ends the work on long rows. */
  readonly signal: AbortSignal;
}

/** `RowText` as a run uses it: rows are prepared and written in turns with what else waits, because one may have 16 MiB. */
export interface RunText {
  readonly frame: Frame;
  rows(rows: readonly Row[]): Promise<string>;
}

/** `Writer`, in the same way. */
export interface RunWriter {
  begin(): Piece;
  rows(rows: readonly Row[]): Promise<Piece>;
  end(): Piece;
}

/** The text of rows that stand alone. Only for a format in whole rows. */
export async function openRowText(plan: OutputPlan, chosen: FormatPlan, origin: RowOrigin): Promise<RunText> {
  if (!chosen.format.wholeRows) throw new TypeError(`${chosen.format.name} has no rows that stand alone`);
  const { frame, rows } = await chosen.format.open(await viewOf(plan, chosen, origin));
  const prepare = preparing(plan, chosen, origin);
  return { frame, rows: given => inPortions(given, prepare, rows, (text, more) => text + frame.between + more, origin.signal) };
}

/** Whether columns can be told only from rows, so that some have to be there before the text is opened. */
export function needsRows({ format, columns }: FormatPlan): boolean {
  return !format.wholeRows && columns.some(({ fromData }) => fromData);
}

/** The text of a result in pieces. `first` are portions of its first rows, read where the columns are told from them. */
export async function openWriter(
  plan: OutputPlan,
  chosen: FormatPlan,
  origin: RowOrigin,
  first: Iterable<readonly Row[]> = [],
): Promise<RunWriter> {
  const prepare = preparing(plan, chosen, origin);
  const view = await viewOf(plan, chosen, origin);
  const writer: Writer<Piece> = chosen.format.wholeRows
    ? framed(await chosen.format.open(view))
    : await chosen.format.open(needsRows(chosen) ? await withSamples() : view);
  const shown = (piece: Piece): Piece => {
    if (!chosen.format.forPeople || plan.terminal === undefined || typeof piece !== 'string') return piece;
    if (chosen.masked && piece.includes(hidden)) origin.notes.hidePersonal();
    return plan.terminal.isAscii ? asciiMarks(piece) : piece;
  };
  return {
    begin: () => shown(writer.begin()),
    rows: given => inPortions<Piece>(given, prepare, rows => shown(writer.rows(rows)), joined, origin.signal),
    end: () => shown(writer.end()),
  };

  async function withSamples(): Promise<View> {
    const { withRowColumns } = await import('./row-columns.ts');
    return withRowColumns(view, plan, chosen, origin, samples());
  }

  async function* samples(): AsyncGenerator<readonly Row[]> {
    for (const rows of first) yield await inTurns(prepare(await inTurns(eachRow(rows, origin.maskSecrets), origin.signal)), origin.signal);
  }
}

const rowsAtATime = 1_000;

/** All rows as one piece, joined from those of portions. */
async function inPortions<P extends Piece>(
  rows: readonly Row[],
  prepare: Prepare,
  write: (rows: readonly Row[]) => P,
  join: (piece: P, more: P) => P,
  signal: AbortSignal,
): Promise<P> {
  let piece = write(await inTurns(prepare(rows.slice(0, rowsAtATime)), signal));
  for (let at = rowsAtATime, turnedAt = 0; at < rows.length; at += rowsAtATime) {
    if (piece.length - turnedAt >= turnSize) {
      await takeTurn(signal);
      turnedAt = piece.length;
    }
    piece = join(piece, write(await inTurns(prepare(rows.slice(at, at + rowsAtATime)), signal)));
  }
  return piece;
}

function joined(piece: Piece, more: Piece): Piece {
  return typeof piece === 'string' && typeof more === 'string' ? piece + more : Buffer.concat([toBytes(piece), toBytes(more)]);
}

function* eachRow(rows: readonly Row[], change: (row: Row) => Steps<Row>): Steps<readonly Row[]> {
  const changed: Row[] = [];
  for (const row of rows) {
    yield elementSize;
    changed.push(yield* change(row));
  }
  return changed;
}

/** Rows that stand alone as one text. */
export function framed({ frame, rows }: RowText): Writer {
  let isEmpty = true;
  return {
    begin: () => frame.head,
    rows: given => {
      if (given.length === 0) return '';
      const before = isEmpty ? frame.first : frame.between;
      isEmpty = false;
      return before + rows(given);
    },
    end: () => (isEmpty ? frame.emptyTail : frame.tail),
  };
}

/** Rows as they may be shown. */
type Prepare = (rows: readonly Row[]) => Steps<readonly Row[]>;

function preparing(plan: OutputPlan, chosen: FormatPlan, { endpoint, maskSecrets, notes }: RowOrigin): Prepare {
  notes.expect(chosen.columns);
  const fields = recordFields(endpoint, plan.follow);
  const shown = function* (row: Row): Steps<Row> {
    // People get values cut, wrapped or escaped, and a mask leaves ends: the last filter would know only a part of a secret.
    const clean = yield* maskSecrets(row);
    notes.see(clean);
    return chosen.masked ? { request: shownKeys(endpoint, clean.request), record: yield* maskSteps(clean.record, fields) } : clean;
  };
  if (chosen.masked || chosen.format.forPeople) return rows => eachRow(rows, shown);
  // biome-ignore lint/correctness/useYield: rows that are shown as they came need no steps.
  return function* (rows) {
    for (const row of rows) notes.see(row);
    return rows;
  };
}

async function viewOf(plan: OutputPlan, chosen: FormatPlan, { provider, endpoint, described, facts, notes }: RowOrigin): Promise<View> {
  const translations = await loadTranslations(plan.language);
  const things = plan.follow.map(({ name, endpoint: target }) => [name, translationsOf(provider.name, target.name, translations)] as const);
  const words = withFollowed(translationsOf(provider.name, endpoint.name, translations), things);
  return {
    ...plan.text,
    columns: resolveLabels(chosen.columns, words),
    fields: plan.fields,
    leading: chosen.format.columns === 'all' && plan.fields === undefined ? endpoint.columns : undefined,
    zone: openZone(chosen.zone),
    zoneName: chosen.zone,
    title: endpoint.name,
    words,
    origin: described && (() => `${described()} · personal data ${chosen.masked ? 'masked' : 'whole'}`),
    page:
      chosen.format.name === 'html' && facts
        ? { ...facts(), masked: chosen.masked, zone: zoneName(chosen.zone), language: plan.language }
        : undefined,
    sums: chosen.format.name === 'html' ? addedColumns(plan, chosen, endpoint) : undefined,
    terminal: plan.terminal && (await openTerminal(plan.terminal)),
    currencyOf: currencyTeller(endpoint),
    totalsOf: (row, list) => listTotals(endpoint, row, list),
    leaveOut: columns => notes.leaveOut(columns),
    shortenIds: () => notes.shortenIds(),
  };
}

async function openTerminal({ columns, colorLevel }: NonNullable<OutputPlan['terminal']>): Promise<Terminal> {
  const { Chalk } = await import('chalk');
  return { columns, chalk: new Chalk({ level: colorLevel }) };
}

/** As people name it; the system's own where nobody chose one. */
function zoneName(chosen: string | undefined): string {
  return chosen ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Columns that are shown and added up, asked for or by themselves. A total of one row would be the value that a mask hides. */
function addedColumns({ sums, explode }: OutputPlan, { columns, masked }: FormatPlan, endpoint: Endpoint): readonly SumColumn[] {
  const asked = sums.filter(({ column }) => columns.some(({ name }) => name === column.name));
  const others = explode === undefined ? additiveColumns(endpoint, columns) : [];
  const all = [...asked, ...others.filter(({ column }) => !asked.some(one => one.column.name === column.name))];
  return all.filter(({ column }) => !(masked && column.field.personal !== undefined));
}
