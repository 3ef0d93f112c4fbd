// Opens the text of a run's rows: columns labelled, personal values hidden, and on a terminal secrets masked before values are cut.
import type { Endpoint } from '../core/endpoint.ts';
import type { Provider } from '../core/provider.ts';
import { openZone } from '../core/zones.ts';
import { loadTranslations } from '../lang/index.ts';
import { resolveLabels } from './columns.ts';
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
}

/** The text of rows that stand alone. Only for a format in whole rows. */
export async function openRowText(plan: OutputPlan, chosen: FormatPlan, origin: RowOrigin): Promise<RowText> {
  if (!chosen.format.wholeRows) throw new TypeError(`${chosen.format.name} has no rows that stand alone`);
  const { frame, rows } = await chosen.format.open(await viewOf(plan, chosen, origin));
  const prepare = preparing(plan, chosen, origin);
  return { frame, rows: given => rows(given.map(prepare)) };
}

/** The text of a result in pieces. */
export async function openWriter(plan: OutputPlan, chosen: FormatPlan, origin: RowOrigin): Promise<Writer> {
  if (chosen.format.wholeRows) return framed(await openRowText(plan, chosen, origin));
  const writer = await chosen.format.open(await viewOf(plan, chosen, origin));
  const prepare = preparing(plan, chosen, origin);
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

function preparing(plan: OutputPlan, chosen: FormatPlan, { endpoint, maskSecrets }: RowOrigin): (row: Row) => Row {
  const shown = (row: Row): Row => (chosen.masked ? { ...row, record: maskRecord(row.record, endpoint.fields) } : row);
  // A terminal gets values cut and wrapped, and a mask leaves ends: the last filter would know only a part of a secret.
  return plan.terminal === undefined && !chosen.masked ? shown : row => shown(maskSecrets(row));
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
