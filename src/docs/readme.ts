// The table of endpoints in README, between two marks that the rest of the page is written around.
import { keyUsage } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { statusOf } from '../core/status.ts';

const begin = '<!-- endpoints: written by npm run docs -->';
const end = '<!-- end of endpoints -->';

/** The page with the table put in. Throws when the marks are not there. */
export function withEndpointTable(readme: string, providers: readonly Provider[]): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README has no ${begin} … ${end}`);
  return `${readme.slice(0, from)}${begin}\n${endpointTable(providers)}${readme.slice(to)}`;
}

function endpointTable(providers: readonly Provider[]): string {
  const rows = providers.flatMap(provider =>
    provider.endpoints.map(endpoint => {
      const status = statusOf(endpoint).filter(word => word !== 'documented' && !endpoint.summary.includes(`(${word})`));
      const summary = `${endpoint.summary}${status.length === 0 ? '' : ` (${status.join(', ')})`}`;
      return `| \`${`${provider.name} ${endpoint.name} ${keyUsage(endpoint)}`.trimEnd()}\` | ${summary} |\n`;
    }),
  );
  return ['| Command | What it looks up |\n', '| --- | --- |\n', ...rows].join('');
}
