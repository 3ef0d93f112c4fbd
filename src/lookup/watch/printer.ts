// What a watch writes on standard output: for programs a row whenever the record has changed, for people the record once and then its
// changes. What is written leaves at once: `| while read` waits for it.
import { createByteFilter, createStepFilter, filterInTurns, type SecretRegister } from '../../auth/secret.ts';
import { asciiMarks } from '../../console/marks.ts';
import { displayWidth, padRight } from '../../console/width.ts';
import { type Sink, toBytes } from '../../files/sink.ts';
import type { FieldNotes } from '../../output/field-notes.ts';
import type { Row } from '../../output/rows.ts';
import { openRowText, openWriter, type RowOrigin } from '../../output/writer.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import { cleanRow } from '../clean.ts';
import { type Difference, differencesOf, type Pair, rowMeaning } from './differences.ts';
import type { Reader } from './shown.ts';

export interface Printer {
  first(rows: readonly Row[]): Promise<void>;
  next(before: readonly Row[], after: readonly Row[]): Promise<void>;
}

/** What a printer needs. */
export interface Printing {
  readonly plan: RunPlan;
  readonly secrets: SecretRegister;
  readonly sink: Sink;
  readonly reader: Reader;
  readonly notes: FieldNotes;
  readonly signal: AbortSignal;
  /** The time, as people read it. */
  readonly time: () => string;
  /** Takes away what stands below the result on a terminal. */
  readonly clear: () => void;
}

export async function openPrinter(printing: Printing): Promise<Printer> {
  return printing.plan.output.one.format.wholeRows ? openRows(printing) : openScreen(printing);
}

function originOf({ plan: { provider, endpoint }, secrets, notes, signal }: Printing): RowOrigin {
  const clean = createStepFilter(secrets);
  return { provider, endpoint, maskSecrets: (row: Row) => cleanRow(row, clean), notes, signal };
}

/** Hands a text to the system, whole. The last filter keeps nothing back for what may follow. */
async function send({ sink, secrets, signal, clear }: Printing, text: string | Uint8Array): Promise<void> {
  const filter = createByteFilter(secrets);
  const clean = await filterInTurns(filter, toBytes(text), signal);
  clear();
  await sink.write(clean);
  await sink.write(filter.end());
  await sink.commit();
}

async function openRows(printing: Printing): Promise<Printer> {
  const { output, endpoint } = printing.plan;
  const text = await openRowText(output, output.one, originOf(printing));
  const columns = output.fields === undefined ? undefined : output.one.columns;
  const meaning = (row: Row): string => rowMeaning(row, endpoint.fields, columns);
  return {
    first: async rows => send(printing, text.frame.head + text.frame.first + (await text.rows(rows))),
    next: async (before, after) => {
      const known = new Set(before.map(meaning));
      const changed = after.filter(row => !known.has(meaning(row)));
      if (changed.length > 0) await send(printing, text.frame.between + (await text.rows(changed)));
    },
  };
}

async function openScreen(printing: Printing): Promise<Printer> {
  const { plan, reader, time } = printing;
  const { output } = plan;
  const origin = originOf(printing);
  const whole = async (rows: readonly Row[], before = ''): Promise<Uint8Array> => {
    const writer = await openWriter(output, output.one, origin, [rows]);
    return Buffer.concat([before, writer.begin(), await writer.rows(rows), writer.end(), '\n'].map(toBytes));
  };
  const pair = (row: Row): Promise<Pair> => reader.pair(row, output.one.masked);
  const changes = async (before: readonly Row[], after: readonly Row[]): Promise<string> => {
    const differences: Difference[] = [];
    for (const [at, row] of after.entries()) {
      const old = before[at];
      if (old === undefined) continue;
      const found = differencesOf(await pair(old), await pair(row), reader.shown);
      differences.push(...(after.length === 1 ? found : found.map(one => ({ ...one, label: `${at + 1}: ${one.label}` }))));
    }
    const widest = Math.max(0, ...differences.map(({ label }) => displayWidth(label)));
    const text = differences.map(({ label, from, to }) => `${padRight(label, widest)}  ${from}  ->  ${to}  ${time()}\n`).join('');
    return output.terminal?.isAscii ? asciiMarks(text) : text;
  };
  return {
    first: async rows => send(printing, await whole(rows)),
    next: async (before, after) => {
      const text = before.length === after.length ? await changes(before, after) : await whole(after, `${time()}\n`);
      if (text.length > 0) await send(printing, text);
    },
  };
}
