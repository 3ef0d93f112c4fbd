// What a result can be written as, and the languages of labels: options, config file and outputs speak of the same ones.

export const formats = ['table', 'record', 'json', 'ndjson', 'csv', 'tsv'] as const;
export type FormatName = (typeof formats)[number];

export const languages = ['en', 'zh', 'pt'] as const;
export type Language = (typeof languages)[number];
