// `loanq lookup`: its place in the tree.
import { formats } from '../../core/formats.ts';
import type { Command } from '../command.ts';

export const lookup: Command = {
  usage: 'lookup [ids...]',
  summary: 'Whose id is this: ask every system that could know (loanq <id> means the same)',
  options: [
    ['--wallet <key>', 'wallet in which QI Tech is to look: its entries and invoices are found only there'],
    ['--profiles <glob>', 'ask under every profile whose name fits, such as "crego-*"'],
    ['--all-profiles', 'ask under every profile there is'],
  ],
  help: `Asks one profile of each provider side by side, each within its own rate. Rows of all systems have the same columns; what a
system does not say stays empty, and what is computed is named in the column "derived". The one record that is found on a
terminal is shown whole. Who is not asked is named with the reason.

Exit codes: 0 found, 21 everybody who was asked answered "not found", 24 found although somebody did not answer. Not found
while somebody did not answer is never 21: the code is that of the failure.

  loanq 229fe24c-d840-48dc-959a-e0ff1479df35 --sandbox
  loanq lookup --ids-from ids.txt --csv --out found.csv --errors failed.jsonl`,
  reads: [
    ...(['profile', 'sandbox', 'noTokenCache', 'strict', 'failEmpty'] as const),
    ...(['fields', 'sort', 'out', 'noClobber', 'noHeader', 'labels', 'bom', 'delimiter', 'decimal', 'numbers', 'csvGuard'] as const),
    ...(['showPersonal', 'mask', 'tz', 'timeout', 'retries', 'maxRate', 'concurrency', 'deadline'] as const),
    ...(['idsFrom', 'column', 'unique', 'expect', 'shard', 'errors', 'summary', 'resume'] as const),
  ],
  formats,
  fieldsOf: async () => {
    const { everySystem, lookupEndpoint } = await import('../../lookup/unified/endpoint.ts');
    return { provider: everySystem, endpoint: lookupEndpoint };
  },
  load: async () => (await import('./run.ts')).runLookupCommand,
};
