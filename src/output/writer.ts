// Opens the text of a run's rows: columns labelled, personal values hidden, and on a terminal secrets masked before values are cut.
import type { Endpoint } from '../core/endpoint.ts';
import type { Provider } from '../core/provider.ts';
import { shownKeys } from '../core/shown-keys.ts';
import { openZone } from '../core/zones.ts';
import { loadTranslations } from '../lang/index.ts';
import { declaredColumns, resolveLabels } from './columns.ts';
import { expandColumns } from './data-fields.ts';
import type { FieldNotes } from './field-notes.ts';
import type { RowText, Terminal, View, Writer } from './format.ts';
import { maskRecord } from './mask.ts';
import type { FormatPlan, OutputPlan } from './output-plan.ts';
import type { Row } from './rows.ts';
import { translationsOf } from './translations.ts';

/** What the rows come from, and how secrets are masked in them. */
export interface RowOrigin {
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly maskSecrets: (row: Row) => Row;
  /** Told what was asked for and not there, and what was there and not shown. */
  readonly notes: FieldNotes;
}

/** The text of rows that stand alone. Only for a format in whole rows. */
export async function openRowText(plan: OutputPlan, chosen: FormatPlan, origin: RowOrigin): Promise<RowText> {
  if (!chosen.format.wholeRows) throw new TypeError(`${chosen.format.name} has no rows that stand alone`);
  const { frame, rows } = await chosen.format.open(await viewOf(plan, chosen, origin));
  const prepare = preparing(plan, chosen, origin);
  return { frame, rows: given => rows(given.map(prepare)) };
}

/** Whether columns can be told only from rows, so that some have to be there before the text is opened. */
export function needsRows({ format, columns }: FormatPlan): boolean {
  return !format.wholeRows && columns.some(({ fromData }) => fromData);
}

/** The text of a result in pieces. `first` are its first rows, where the columns are told from them. */
export async function openWriter(plan: OutputPlan, chosen: FormatPlan, origin: RowOrigin, first: readonly Row[] = []): Promise<Writer> {
  if (chosen.format.wholeRows) return framed(await openRowText(plan, chosen, origin));
  const prepare = preparing(plan, chosen, origin);
  const view = await viewOf(plan, chosen, origin);
  const writer = await chosen.format.open(
    needsRows(chosen) ? withRowColumns(view, plan, chosen, origin, first.map(origin.maskSecrets).map(prepare)) : view,
  );
  return { begin: () => writer.begin(), rows: given => writer.rows(given.map(prepare)), end: () => writer.end() };
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

function preparing(plan: OutputPlan, chosen: FormatPlan, { endpoint, maskSecrets, notes }: RowOrigin): (row: Row) => Row {
  notes.expect(chosen.columns);
  const shown = (row: Row): Row => {
    notes.see(row);
    return chosen.masked ? { request: shownKeys(endpoint, row.request), record: maskRecord(row.record, endpoint.fields) } : row;
  };
  // A terminal gets values cut and wrapped, and a mask leaves ends: the last filter would know only a part of a secret.
  return plan.terminal === undefined && !chosen.masked ? shown : row => shown(maskSecrets(row));
}

/** More columns than this nobody reads beside each other. */
const mostUnasked = 8;

/** The view with the columns of these rows. A table that nobody chose columns for shows the first of them, and names the others. */
function withRowColumns(
  view: View,
  { fields, explode }: OutputPlan,
  { format }: FormatPlan,
  origin: RowOrigin,
  rows: readonly Row[],
): View {
  const all = expandColumns(view.columns, rows, declaredColumns(origin.endpoint, { explode }));
  if (fields !== undefined || format.columns === 'all') return { ...view, columns: all };
  const plain = all.filter(({ field, fromData }) => !fromData || field.kind !== 'list');
  const parent = plain.find(({ request }) => !request);
  const wanted =
    explode === undefined || !origin.endpoint.open
      ? plain
      : plain.filter(column => column.request || column === parent || column.name === explode || column.name.startsWith(`${explode}.`));
  const shown = (wanted.length === 0 ? all : wanted).slice(0, mostUnasked);
  origin.notes.leaveOut(all.filter(column => !shown.includes(column)));
  return { ...view, columns: shown, leaveOut: columns => origin.notes.leaveOut(columns) };
}

async function viewOf(plan: OutputPlan, chosen: FormatPlan, { provider, endpoint }: RowOrigin): Promise<View> {
  const words = translationsOf(provider.name, endpoint.name, await loadTranslations(plan.language));
  return {
    ...plan.text,
    columns: resolveLabels(chosen.columns, words),
    fields: plan.fields,
    zone: openZone(chosen.zone),
    words,
    terminal: plan.terminal && (await openTerminal(plan.terminal)),
  };
}

async function openTerminal({ columns, colorLevel }: NonNullable<OutputPlan['terminal']>): Promise<Terminal> {
  const { Chalk } = await import('chalk');
  return { columns, chalk: new Chalk({ level: colorLevel }) };
}
