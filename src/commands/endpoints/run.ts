// `loanq endpoints [provider]`: every endpoint there is, with its request and the page it follows.
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';
import { deliverOwnRows } from '../own-rows.ts';
import { describeEndpoint, endpointListing } from './listing.ts';

export async function runEndpoints(context: Context, called: CalledCommand): Promise<ExitName> {
  const [wanted] = called.args;
  const all = await allProviders(context.providers);
  const asked = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
  if (asked.length === 0)
    throw new UsageError(say`there is no system ${wanted ?? ''}`, { hint: say`one of ${all.map(({ name }) => name).join(', ')}` });
  const rows = asked.flatMap(provider => provider.endpoints.map(endpoint => describeEndpoint(provider, endpoint)));
  return deliverOwnRows(context, called, { title: 'endpoints', endpoint: endpointListing, rows });
}
