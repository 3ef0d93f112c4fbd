// Delivers what a command found out as rows, like those of any call: in every format, with --fields, --sort and --out.
import type { Endpoint } from '../core/endpoint.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { JsonObject } from '../core/json.ts';
import { ownRows } from '../core/own-rows.ts';
import type { Context } from '../lookup/context.ts';
import { deliver } from '../lookup/delivery.ts';
import { checkRequest, planRun } from '../plan/run-plan.ts';
import type { CalledCommand } from './command.ts';

/** `title` names the whole in messages. */
export async function deliverOwnRows(
  context: Context,
  { options, streams }: Pick<CalledCommand, 'options' | 'streams'>,
  { title, endpoint, rows }: { readonly title: string; readonly endpoint: Endpoint; readonly rows: readonly JsonObject[] },
): Promise<ExitName> {
  const request = { provider: ownRows(title, [endpoint]), endpoint, keys: [], params: {}, options };
  const plan = planRun(checkRequest(request, streams), undefined);
  const pages = async function* () {
    yield rows;
  };
  return deliver(context, plan, pages(), { keys: {}, byKey: false, hold: true, signal: context.runtime.signal });
}
