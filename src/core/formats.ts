// What a result can be written as, and the languages of labels: options, config file and outputs speak of the same ones.

/** What a terminal can show, too. */
export const screenFormats = ['table', 'record', 'json', 'ndjson', 'csv', 'tsv', 'markdown'] as const;
export const formats = [...screenFormats, 'html', 'xlsx'] as const;
export type FormatName = (typeof formats)[number];

/** What a schema can be written as, and nothing else. */
export const schemaFormats = ['json-schema', 'csvw', 'duckdb', 'postgres'] as const;
export type SchemaFormat = (typeof schemaFormats)[number];

export const languages = ['en', 'zh', 'pt'] as const;
export type Language = (typeof languages)[number];
