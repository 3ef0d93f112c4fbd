// `loanq schema`: its place in the tree.
import type { Command } from '../command.ts';

export const schema: Command = {
  usage: 'schema <provider> <endpoint>',
  summary: 'What a reader needs to load an export without guessing: JSON Schema, CSVW, DuckDB, PostgreSQL',
  help: `Formats: json-schema describes the records of -o json and ndjson, the others a csv export as it is written without further options;
--explode and --fields change its columns. docs/exports.md shows how each is used.`,
  reads: ['explode', 'fields', 'withRequest'],
  formats: ['json-schema', 'csvw', 'duckdb', 'postgres'],
  load: async () => (await import('./run.ts')).runSchema,
};
