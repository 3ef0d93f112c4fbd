// Every format loaded beforehand, so that tests can make writers without waiting.
import { loadWriter, type MakeWriter, type TextFormat, type Writer, type WriterOptions } from '../../src/view/writer.ts';

const makers: Readonly<Record<TextFormat, MakeWriter>> = {
  table: await loadWriter('table'),
  record: await loadWriter('record'),
  json: await loadWriter('json'),
  ndjson: await loadWriter('ndjson'),
  csv: await loadWriter('csv'),
  tsv: await loadWriter('tsv'),
};

export function createWriter(format: TextFormat, options: WriterOptions): Writer {
  return makers[format](options);
}
