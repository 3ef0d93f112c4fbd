// `loanq api`: its place in the tree.
import { formats } from '../../core/formats.ts';
import type { Command } from '../command.ts';

export const api: Command = {
  usage: 'api [provider] [path]',
  summary: 'GET any path of a provider with the credentials of a profile',
  options: [
    ['--query <name=value>', 'parameter of the query; may be given again for others', 'repeated'],
    ['--rows <place>', 'where the rows are in the answer, dotted: data.list; . is the whole answer'],
  ],
  help: `The path stands below the base URL of the profile, begins with / and has no query of its own. The provider is that of the
profile (-p), or named before the path. Only GET is sent, whatever is asked for.

Not every GET only reads: at Crego some trigger work, such as those that its menu calls "Refresh Limit" and "Re Run Checks".
Paths that are known to trigger work, to show card data or to hand out tokens are refused; of others loanq knows nothing.

Rows are those of the array at the root of the answer or at items, data, list or results, or where the answers of the
provider usually have them; else the answer is one row. Columns come from the data; csv and tsv want --fields, --raw is the
body as it came. --all reads page after page with the parameters that the provider uses elsewhere.

  loanq api crego /v1/lms/settlements/ --query loan=L-1 --all -o ndjson -p crego-preprod
  loanq api crego /v1/lms/settlements/ --csv --fields id,amount --sandbox`,
  reads: [
    ...(['profile', 'sandbox', 'noTokenCache', 'dryRun', 'failEmpty', 'limit', 'all', 'raw'] as const),
    ...(['fields', 'sort', 'explode', 'out', 'noClobber', 'noHeader', 'labels', 'bom', 'delimiter', 'decimal', 'numbers'] as const),
    ...(['csvGuard', 'showPersonal', 'mask', 'tz', 'timeout', 'retries', 'maxRate', 'concurrency', 'deadline'] as const),
  ],
  formats,
  load: async () => (await import('./run.ts')).runApi,
};
