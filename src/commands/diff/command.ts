// `loanq diff`: its place in the tree.
import { formats } from '../../core/formats.ts';
import type { Command } from '../command.ts';

export const diff: Command = {
  usage: 'diff <old> <new>',
  summary: 'What changed between two exports of one endpoint: added, changed, gone, unknown',
  options: [
    ['--endpoint <provider/endpoint>', 'of what the exports are, where their fields fit several: crego/record'],
    ['--exact-text', 'amounts and numbers differ when their texts do: 10.0 and 10.00'],
    ['--fail-changed', 'exit code 24 when anything changed'],
  ],
  help: `Both are csv, tsv, json or ndjson as loanq wrote them, with a header; they need not be alike. Amounts are compared by value, times by
time. Give the --errors of the new run: a key that is not there any more is gone only where the provider said so there, else unknown.
Nothing is printed as a table when nothing changed. docs/exports.md says more.

  loanq diff yesterday.csv today.csv --errors errors.jsonl`,
  reads: [
    ...(['errors', 'fields', 'sort', 'out', 'noClobber', 'noHeader', 'labels', 'bom', 'delimiter', 'decimal', 'numbers'] as const),
    ...(['csvGuard', 'showPersonal', 'mask'] as const),
  ],
  formats,
  load: async () => (await import('./run.ts')).runDiff,
};
