// Rows of a watch as people may see them: in their language and zone, with secrets and personal data hidden.
import { createStepFilter, type SecretRegister } from '../../auth/secret.ts';
import { inTurns } from '../../core/turn.ts';
import { openZone } from '../../core/zones.ts';
import { loadTranslations } from '../../lang/index.ts';
import { declaredColumns, recordFields, resolveLabels } from '../../output/columns.ts';
import { expandColumns } from '../../output/data-fields.ts';
import { maskSteps } from '../../output/mask.ts';
import { defaultColumns } from '../../output/named-columns.ts';
import { cellOf, type Row } from '../../output/rows.ts';
import { recordCell } from '../../output/text/cells.ts';
import { translationsOf } from '../../output/translations.ts';
import type { RunPlan } from '../../plan/run-plan.ts';
import { cleanRow } from '../clean.ts';
import type { Pair, Shown } from './differences.ts';

export interface Reader {
  readonly shown: Shown;
  /** `masked`: personal data is hidden. */
  readonly pair: (raw: Row, masked: boolean) => Promise<Pair>;
  /** A record in a few words: `Status pending (waiting), Amount 13442.0`. */
  readonly brief: (row: Row) => Promise<string>;
}

/** Of a record whose fields the data says. */
const mostCells = 8;

export async function openReader({ provider, endpoint, output }: RunPlan, secrets: SecretRegister, signal: AbortSignal): Promise<Reader> {
  const words = translationsOf(provider.name, endpoint.name, await loadTranslations(output.language));
  const { terminal } = output;
  const shown: Shown = {
    columns: resolveLabels(output.one.columns, words),
    words,
    zone: openZone(output.one.zone),
    absent: '—',
    ...(terminal && { terminal }),
  };
  const clean = createStepFilter(secrets);
  const pair: Reader['pair'] = async (raw, masked) => {
    const row = await inTurns(cleanRow(raw, clean), signal);
    if (!masked) return { raw, shown: row };
    const record = await inTurns(maskSteps(row.record, recordFields(endpoint, output.follow)), signal);
    return { raw, shown: { ...row, record } };
  };
  const columns = resolveLabels(defaultColumns(endpoint), words);
  const declared = declaredColumns(endpoint);
  const brief: Reader['brief'] = async raw => {
    const row = (await pair(raw, true)).shown;
    const cells = expandColumns(columns, [row], declared).flatMap(column => {
      const value = cellOf(row, column);
      return value === undefined || value === null ? [] : [`${column.label} ${recordCell(value, column.field, column.name, shown)}`];
    });
    return cells.slice(0, mostCells).join(', ');
  };
  return { shown, pair, brief };
}
