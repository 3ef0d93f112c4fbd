// The JSON Schema of the config file, for editors: what config.schema.json holds.
import * as z from 'zod/mini';
import type { Provider } from '../core/provider.ts';
import { configSchema, notes } from './schema.ts';

/** The schema as plain JSON data. Rules between keys (which credentials belong together) are checked only by loanq. */
export function configJsonSchema(providers: readonly Provider[]): Readonly<Record<string, unknown>> {
  // Draft 7 is what editors know well; `$id` is the file's own name, so that it is found wherever the package lies.
  const { $schema, ...schema } = z.toJSONSchema(configSchema(providers, 'linux'), { metadata: notes, target: 'draft-7' });
  return { $schema, $id: 'config.schema.json', title: 'loanq configuration', ...schema };
}
