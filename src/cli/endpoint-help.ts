// Help of one endpoint: its request, its fields and examples, from the literal alone.
import { documentedPath, type Endpoint, openSentence } from '../core/endpoint.ts';
import { isList, keyUsage, mainKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { leadsOf } from '../core/relations.ts';
import { allColumns, explodableLists } from '../output/columns.ts';
import { type OptionSpec, optionTable } from '../plan/option-table.ts';

/** `<wallet-key> <entry-keys...> [options]`. */
export function endpointUsage(endpoint: Endpoint): string {
  return `${keyUsage(endpoint)} [options]`.trimStart();
}

/** What it is, and how it is called. */
export function endpointIntroduction(provider: Provider, endpoint: Endpoint): string {
  return [endpoint.summary, ...section('Examples:', examplesOf(provider, endpoint))].join('\n');
}

/** What follows commander's own part of the help. */
export function endpointHelp(provider: Provider, endpoint: Endpoint): string {
  return [
    ...keyLines(endpoint),
    ...section('Common options:', commonOptions(provider, endpoint)),
    '',
    'All other options: loanq help options',
    ...section('Request:', [`${endpoint.method ?? 'GET'} ${pathOf(endpoint)}`, endpoint.doc.url]),
    ...section('Notes:', notesOf(endpoint)),
    ...section('Fields (for --fields, --sort; * = default column):', fieldLines(endpoint)),
    ...section('Leads to (for --follow):', wrapList(leadsOf(provider, endpoint).map(({ name, target }) => `${name} (${target.name})`))),
    '',
    'Exit codes: loanq help exit-codes',
  ].join('\n');
}

/** The documented path, or where a path comes from when none is documented. */
export function pathOf(endpoint: Endpoint): string {
  const { path } = endpoint;
  return typeof path === 'string' ? documentedPath({ ...endpoint, path }) : `paths.${path.profile} of the profile (${path.hint})`;
}

function keyLines(endpoint: Endpoint): string[] {
  const keys = Object.entries(endpoint.keys ?? {});
  if (keys.length === 0) return [];
  const lines = keys.map(([parameter, key]) => `${key.arg.padEnd(18)} ${key.about} (${parameter}), ${key.grammar.name}`);
  const many = keys.at(-1)?.[1].many === undefined ? [] : [`${'-'.padEnd(18)} read the keys from stdin, one a line`];
  return section('Arguments:', [...lines, ...many]);
}

/** Those it has a use for: what it would refuse is not offered. */
function commonOptions(provider: Provider, endpoint: Endpoint): string[] {
  const list = isList(endpoint);
  const hasKeys = mainKey(endpoint) !== undefined;
  const useless: ReadonlySet<OptionSpec> = new Set([
    ...(list || (endpoint.paging?.kind === 'page' && endpoint.paging.within !== undefined) ? [] : [optionTable.limit, optionTable.all]),
    ...(hasKeys ? [] : [optionTable.idsFrom]),
    ...(endpoint.open || explodableLists(endpoint).length > 0 ? [] : [optionTable.explode]),
  ]);
  const more: readonly OptionSpec[] = [
    ...(leadsOf(provider, endpoint).length === 0 ? [] : [optionTable.follow]),
    // A record that is read by its key can be watched, too.
    ...(list ? [] : [optionTable.watch, optionTable.until]),
  ];
  const common = [...Object.values<OptionSpec>(optionTable).filter(option => option.common && !useless.has(option)), ...more];
  const width = Math.max(...common.map(option => option.flags.length));
  return common.map(option => `${option.flags.padEnd(width)}  ${option.about}`);
}

function notesOf(endpoint: Endpoint): string[] {
  const paging = endpoint.paging;
  return [
    ...(endpoint.doc.deprecated === undefined ? [] : [`Deprecated by the provider: ${endpoint.doc.deprecated}`]),
    ...(endpoint.doc.unverified === undefined ? [] : [`Unverified: ${endpoint.doc.unverified}`]),
    ...(endpoint.doc.notes ?? []),
    ...(paging?.kind === 'page' && paging.within !== undefined
      ? [`The provider sends ${paging.within} page by page; they are read to the end, a call for each page.`]
      : []),
    ...(paging && 'unverified' in paging && paging.unverified
      ? ['The provider documents no paging parameters; --all assumes "page".']
      : []),
  ];
}

function fieldLines(endpoint: Endpoint): string[] {
  const shown = new Set<string>(endpoint.columns);
  const declared = allColumns(endpoint).filter(({ name }) => name !== '');
  const names = declared.map(({ name }) => (shown.has(name) ? `${name}*` : name));
  if (!endpoint.open) return wrapList(names);
  return [...wrapList(names), openSentence(endpoint)];
}

function examplesOf(provider: Provider, endpoint: Endpoint): string[] {
  const sample = endpoint.exampleKeys?.[0];
  const keys = Object.keys(endpoint.keys ?? {}).map(parameter => sample?.[parameter] ?? parameter.toUpperCase());
  const call = ['loanq', provider.name, endpoint.name, ...keys].join(' ');
  return [
    `${call} --sandbox`,
    `${call} --json`,
    ...(keys.length > 0 ? [`loanq ${provider.name} ${endpoint.name} --ids-from ids.txt ${exportForm(endpoint)}`] : []),
  ];
}

/** Without declared columns, CSV has to be told which. */
function exportForm({ open }: Endpoint): string {
  return open ? '-o ndjson --out result.ndjson' : '--csv --out result.csv';
}

function wrapList(names: readonly string[], width = 79): string[] {
  const lines: string[] = [];
  for (const [at, name] of names.entries()) {
    const option = at === names.length - 1 ? name : `${name},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + option.length < width) lines[lines.length - 1] = `${last} ${option}`;
    else lines.push(option);
  }
  return lines;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)];
}
