// Every format loaded beforehand, so that tests can make writers without waiting.
import type { Format } from '../../src/core/formats.ts';
import { loadWriter, type MakeWriter, type Writer, type WriterOptions } from '../../src/output/writer.ts';

const makers: Readonly<Record<Format, MakeWriter>> = {
  table: await loadWriter('table'),
  record: await loadWriter('record'),
  json: await loadWriter('json'),
  ndjson: await loadWriter('ndjson'),
  csv: await loadWriter('csv'),
  tsv: await loadWriter('tsv'),
};

export function createWriter(format: Format, options: WriterOptions): Writer {
  return makers[format](options);
}
