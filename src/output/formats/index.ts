// Every format there is. Their literals are small; what makes the text is loaded when one is opened.
import type { FormatName } from '../../core/formats.ts';
import type { Format } from '../format.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import { record } from './record.ts';
import { table } from './table.ts';
import { tsv } from './tsv.ts';
import { xlsx } from './xlsx.ts';

export const formatTable: Readonly<Record<FormatName, Format>> = { table, record, json, ndjson, csv, tsv, markdown, html, xlsx };
