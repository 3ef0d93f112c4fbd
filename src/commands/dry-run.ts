// --dry-run: the first request as it would go out, secrets masked, and the same as a curl line.
import { UsageError } from '../core/errors.ts';
import type { KeyValues } from '../core/keys.ts';
import { curlLine, showPart, showUrl } from '../http/redact.ts';
import { visible } from '../view/escape.ts';
import type { Asker } from './asker.ts';
import type { Connection } from './connect.ts';
import type { Context, Ending } from './context.ts';
import type { KeySource } from './key-source.ts';
import { openOutput } from './output.ts';

/** Prints the first request and sends nothing. */
export async function printDryRun(context: Context, connection: Connection, asker: Asker, source: KeySource): Promise<Ending> {
  const plan = await connection.authoriser.preview(asker.plan(firstKeys(source)).plan);
  const lines = [
    `${plan.method} ${showUrl(plan)}`,
    ...plan.headers.map(header => `${header.name}: ${showPart(header)}`),
    ...(plan.body?.kind === 'form' ? plan.body.fields.map(field => `form ${field.name}=${showPart(field)}`) : []),
    '',
    curlLine(plan),
  ];
  const output = await openOutput(context);
  try {
    await output.sink.write(lines.map(line => `${visible(line)}\n`).join(''));
    await output.commit();
    return 'ok';
  } catch (error) {
    return output.failed(error);
  }
}

function firstKeys(source: KeySource): readonly KeyValues[] {
  if (source.kind === 'one') return [source.keys];
  if (source.kind === 'arguments') return source.keys.slice(0, 1);
  if (source.kind === 'none') return [];
  throw new UsageError('--dry-run shows one request: give a key as an argument');
}
