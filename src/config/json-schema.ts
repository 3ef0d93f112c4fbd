// The JSON Schema of the config file, for editors: what config.schema.json holds.
import * as z from 'zod/mini';
import { configSchema, notes } from './schema.ts';
import type { ProviderShape } from './shape.ts';

/** The schema as plain JSON data. Rules between keys (which credentials belong together) are checked only by loanq. */
export function configJsonSchema(shapes: readonly ProviderShape[]): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(configSchema(shapes, 'linux'), { metadata: notes });
  return { $schema, title: 'loanq configuration', ...schema };
}
