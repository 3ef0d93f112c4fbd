// `loanq schema <provider> <endpoint>`: the shape of an export, told from the literal alone.
import type { Endpoint } from '../../core/endpoint.ts';
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { writeJson } from '../../core/json.ts';
import type { Provider } from '../../core/provider.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { writeResult } from '../../output/destination.ts';
import { loadProvider } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';
import { csvwOf } from './csvw.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { duckdbOf, postgresOf } from './sql.ts';
import { tableOf } from './table-shape.ts';

/** Prints the schema. Throws UsageError for what has none. */
export async function runSchema(context: Context, { args, options, format }: CalledCommand): Promise<ExitName> {
  const [providerName = '', endpointName = ''] = args;
  const provider = await loadProvider(providerName, context.providers);
  const endpoint = endpointNamed(provider, endpointName);
  if (endpoint.open) {
    throw new UsageError(say`${provider.name} ${endpoint.name} has no schema: no document states its fields, they come from the data`, {
      hint: say`export it with -o ndjson, or as csv with --fields`,
    });
  }
  return writeResult(context, { kind: 'stdout' }, schemaText(provider, endpoint, options, format));
}

function schemaText(provider: Provider, endpoint: Endpoint, options: CalledCommand['options'], format: CalledCommand['format']): string {
  const { explode, fields, withRequest } = options;
  if (format === 'json-schema') {
    if ((explode ?? fields) !== undefined)
      throw new UsageError(say`json-schema is of whole records: --explode and --fields do not change it`);
    return `${writeJson(jsonSchemaOf(provider, endpoint, withRequest ?? false), 2)}\n`;
  }
  if (withRequest) throw new UsageError(say`--with-request changes JSON only: it is read with -o json-schema`);
  const table = tableOf(provider, endpoint, { explode, fields });
  switch (format) {
    case 'csvw':
      return `${writeJson(csvwOf(table), 2)}\n`;
    case 'duckdb':
      return duckdbOf(table);
    case 'postgres':
      return postgresOf(table);
    default:
      throw new UsageError(say`schema needs a format`, { hint: say`-o json-schema, csvw, duckdb or postgres` });
  }
}

function endpointNamed(provider: Provider, name: string): Endpoint {
  const endpoint = provider.endpoints.find(candidate => candidate.name === name);
  if (endpoint !== undefined) return endpoint;
  throw new UsageError(say`${provider.name} has no endpoint ${name}`, {
    hint: say`one of ${provider.endpoints.map(candidate => candidate.name).join(', ')}`,
  });
}
