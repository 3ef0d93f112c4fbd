// --dry-run: the first request as it would go out, secrets masked, and the same as a curl line.

import { visible } from '../console/escape.ts';
import { UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { isList, type KeyValues } from '../core/keys.ts';
import { openingWords } from '../http/paginate.ts';
import { curlLine, showPart, showUrl } from '../http/redact.ts';
import { writeResult } from '../output/destination.ts';
import type { KeySource } from '../plan/key-source.ts';
import type { Context } from './context.ts';
import type { Fetcher } from './fetcher.ts';
import type { Connection } from './session.ts';

/** Prints the first request and sends nothing. */
export async function printDryRun(context: Context, connection: Connection, fetcher: Fetcher, source: KeySource): Promise<ExitName> {
  const { keys, words } = await firstCall(context, connection, fetcher, source);
  const plan = await connection.authenticator.preview(fetcher.plan(keys, words).plan);
  const lines = [
    `${plan.method} ${showUrl(plan)}`,
    ...plan.headers.map(header => `${header.name}: ${showPart(header)}`),
    ...(plan.body?.kind === 'form' ? plan.body.fields.map(field => `form ${field.name}=${showPart(field)}`) : []),
    '',
    curlLine(plan),
  ];
  return writeResult(context, lines.map(line => `${visible(line)}\n`).join(''));
}

interface FirstCall {
  readonly keys: readonly KeyValues[];
  /** Page words of a list. */
  readonly words: Readonly<Record<string, string>>;
}

/** What the first request of the run asks for: the first page of a list, or as many keys as share a call. */
async function firstCall(context: Context, connection: Connection, fetcher: Fetcher, source: KeySource): Promise<FirstCall> {
  const { endpoint, params } = fetcher.parts;
  if (source.kind === 'stream') throw new UsageError('--dry-run shows one request: give a key as an argument');
  if (source.kind === 'arguments') {
    const { firstPack } = await import('../batch/keys/source.ts');
    return { keys: await firstPack(context, connection, endpoint, source), words: {} };
  }
  const { limit, all } = context.options.source;
  const isPaged = isList(endpoint) && !context.options.output.raw;
  return {
    keys: source.kind === 'one' ? [source.keys] : [],
    words: isPaged ? openingWords({ paging: endpoint.paging, params, limit: all ? Number.POSITIVE_INFINITY : limit }) : {},
  };
}
