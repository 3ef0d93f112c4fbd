// `loanq endpoints`: every endpoint there is, with its request and the page it follows.

import { documentedPath, type Endpoint } from '../../core/endpoint.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { writeJson } from '../../core/json.ts';
import type { Context } from '../../lookup/context.ts';
import { printLines } from '../../output/destination.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

/** Prints all endpoints, as lines or as JSON. */
export async function runEndpoints(context: Context, { format }: CalledCommand): Promise<ExitName> {
  const rows = (await allProviders(context.providers)).flatMap(provider =>
    provider.endpoints.map(endpoint => ({
      provider: provider.name,
      endpoint: endpoint.name,
      method: endpoint.method ?? 'GET',
      path: shownPath(endpoint),
      status: statusOf(endpoint),
      documentation: endpoint.doc.url,
    })),
  );
  if (format === 'json') return printLines(context, [writeJson(rows, 2)]);
  const lines = rows.flatMap(row => [
    `${row.provider} ${row.endpoint}${remark(row.status)}`,
    `    ${row.method} ${row.path}`,
    `    ${row.documentation}`,
  ]);
  return printLines(context, lines);
}

/** How far the provider's pages carry: a call is documented unless something is said of it. */
function statusOf({ doc, paging, open }: Endpoint): string[] {
  const isUnverified = doc.unverified !== undefined || (paging !== undefined && 'unverified' in paging && paging.unverified);
  const said = [
    ...(doc.deprecated === undefined ? [] : ['deprecated']),
    ...(isUnverified ? ['unverified'] : []),
    ...(open ? ['columns from data'] : []),
  ];
  return said.length === 0 ? ['documented'] : said;
}

function remark(status: readonly string[]): string {
  return `${status}` === 'documented' ? '' : ` (${status.join(', ')})`;
}

function shownPath({ path, keys }: Endpoint): string {
  return typeof path === 'string' ? documentedPath({ path, keys }) : `(paths.${path.profile} of the profile)`;
}
