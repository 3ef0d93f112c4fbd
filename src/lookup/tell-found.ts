// Tells whoever asked what was found, with secrets hidden: what is offered to go on with is shown past the filter of this run.
import { createStepFilter } from '../auth/secret.ts';
import { finish } from '../core/turn.ts';
import { cleanRow } from './clean.ts';
import type { Context } from './context.ts';
import type { Found } from './related.ts';

export function tellFound({ onFound, secrets }: Pick<Context, 'onFound' | 'secrets'>, found: Found): void {
  if (onFound === undefined) return;
  const clean = createStepFilter(secrets);
  onFound({ ...found, records: found.records.map(record => finish(cleanRow({ record, request: {} }, clean)).record) });
}
