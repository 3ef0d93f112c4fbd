// csv and tsv have a head of names. Where no document says which, a run without --fields ends by naming those of its first answer.
import { createMessageFilter, type SecretRegister } from '../auth/secret.ts';
import { UsageError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import type { KeyValues } from '../core/keys.ts';
import { say } from '../core/say.ts';
import { namesIn } from '../output/data-fields.ts';
import { named } from '../output/field-notes.ts';
import { HeldRows } from '../output/held-rows.ts';
import type { RunPlan } from '../plan/run-plan.ts';

const mostNamed = 100;

/** The usage error of a run whose format needs to be told the fields; it names those of these records. */
export function wantsFields(
  { endpoint, output }: RunPlan,
  records: readonly JsonObject[],
  keys: KeyValues,
  secrets: SecretRegister,
): UsageError {
  const clean = createMessageFilter(secrets);
  // Before they are cut: no filter knows a part of a secret.
  const rows = new HeldRows({ explode: output.explode, order: undefined });
  rows.add(records, keys);
  const names = namesIn(rows.each()).map((name, at) => (at < mostNamed ? clean(name) : name));
  const offered = names.length === 0 ? say`the first answer has no rows to name any` : say`the first answer has ${named(names, mostNamed)}`;
  return new UsageError(say`-o ${output.many.format.name} wants --fields: no page prints the fields of ${endpoint.name}; ${offered}`, {
    hint: say`name the columns with --fields a,b,c, or take -o ndjson, which has them all`,
  });
}
