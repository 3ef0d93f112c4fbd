// The reference pages and the schema of the config file, rendered from the registry. `npm run docs` writes them,
// `npm run check` fails when they are stale.
import { endpointUsage, pathOf } from '../cli/endpoint-help.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { type Endpoint, type Failure, instantAbout, openSentence, optionName, type Param } from '../core/endpoint.ts';
import type { Field, Fields } from '../core/fields.ts';
import type { Provider } from '../core/provider.ts';
import { loadCatalog, type Translations } from '../lang/index.ts';
import { makeTranslations } from '../lang/translations.ts';
import { allProviders } from '../providers/index.ts';
import { manPage } from './man.ts';
import { withEndpointTable } from './readme.ts';

/** Generated files by path below the project's root; README is given, for the part of it that is generated. */
export async function renderFiles(readme: string): Promise<Record<string, string>> {
  const providers = await allProviders();
  const translations = [makeTranslations('zh', await loadCatalog('zh')), makeTranslations('pt', await loadCatalog('pt'))];
  const pages = providers.map(provider => [`docs/reference/${provider.name}.md`, providerPage(provider, translations)] as const);
  return {
    ...Object.fromEntries(pages),
    'README.md': withEndpointTable(readme, providers),
    'docs/reference/README.md': indexPage(providers),
    'man/loanq.1': await manPage(),
    'config.schema.json': `${JSON.stringify(configJsonSchema(providers), null, 2)}\n`,
  };
}

/** One page per provider: schemes, settings, endpoints. */
export function providerPage(provider: Provider, translations: readonly Translations[] = []): string {
  const ways = provider.schemes.map(scheme => {
    if (scheme.kind === 'token') return `\`${scheme.credential}\`: a ready token`;
    if (scheme.kind === 'es512') return `\`${scheme.client}\` and \`${scheme.key}\`: every request is signed (ES512)`;
    return `${scheme.credentials.map(name => `\`${name}\``).join(' and ')}: tokens are obtained, cached and renewed`;
  });
  const settings = Object.entries(provider.settings ?? {}).map(([name, setting]) => `\`${name}\`: ${setting.about}`);
  return page([
    `# ${provider.title}`,
    generatedNote,
    `Documentation of the provider: <${provider.docs}>. Default base URL: \`${provider.baseUrl}\`.`,
    '## Credentials',
    bullets(ways),
    ...(settings.length > 0 ? ['## Settings of a profile', bullets(settings)] : []),
    ...((provider.failures ?? []).length > 0 ? ['## Failures of every endpoint', failureTable(provider.failures ?? [])] : []),
    ...provider.endpoints.flatMap(endpoint => endpointPart(provider, endpoint, translations)),
  ]);
}

function endpointPart(provider: Provider, endpoint: Endpoint, translations: readonly Translations[]): string[] {
  const { doc } = endpoint;
  const params = Object.entries(endpoint.params ?? {});
  return [
    `## ${provider.name} ${endpoint.name}`,
    `${endpoint.summary}. Documented at <${doc.url}>${doc.read === undefined ? '' : `, read ${doc.read}`}.`,
    [
      '```',
      `loanq ${provider.name} ${endpoint.name} ${endpointUsage(endpoint)}`,
      `${endpoint.method ?? 'GET'} ${pathOf(endpoint)}`,
      '```',
    ].join('\n'),
    ...(doc.deprecated === undefined ? [] : [`Deprecated by the provider: ${doc.deprecated}`]),
    ...(doc.unverified === undefined ? [] : [`Unverified: ${doc.unverified}`]),
    ...(doc.notes === undefined ? [] : [bullets(doc.notes)]),
    ...(params.length === 0
      ? []
      : [
          table(
            ['Option', 'Parameter', 'Meaning'],
            params.map(([name, param]) => [`\`--${optionName(name)}\``, `\`${name}\` (${param.in})`, paramMeaning(param)]),
          ),
        ]),
    ...fieldParts(provider, endpoint, translations),
    ...enumParts(provider, endpoint, translations),
    ...((endpoint.failures ?? []).length > 0 ? [failureTable(endpoint.failures ?? [])] : []),
  ];
}

function paramMeaning({ about, instant }: Param): string {
  return instant === undefined ? about : `${about} (${instantAbout(instant)})`;
}

/** The table of what is declared, and a sentence where the page prints less than there is. */
function fieldParts(provider: Provider, endpoint: Endpoint, translations: readonly Translations[]): string[] {
  const isEmpty = Object.keys(endpoint.fields).length === 0;
  const sentence = openSentence(endpoint);
  return [
    ...(isEmpty ? [] : [fieldTable(provider, endpoint, translations)]),
    ...(endpoint.open ? [`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. csv and tsv want \`--fields\`.`] : []),
  ];
}

function fieldTable(provider: Provider, endpoint: Endpoint, translations: readonly Translations[]): string {
  const columns = new Set<string>(endpoint.columns);
  const rows = eachField(endpoint.fields).map(([path, field]) => [
    `\`${path}\`${columns.has(path) ? ' *' : ''}`,
    kindOf(field),
    field.about === undefined ? field.label : `${field.label}: ${field.about}`,
    ...translations.map(words => words.label(provider.name, endpoint.name, path, field.label)),
  ]);
  return table(['Field (* default column)', 'Kind', 'Label', ...translations.map(words => words.lang)], rows);
}

function enumParts(provider: Provider, endpoint: Endpoint, translations: readonly Translations[]): string[] {
  return eachField(endpoint.fields).flatMap(([path, field]) => {
    if (field.kind !== 'enum') return [];
    const rows = Object.entries(field.values).map(([code, gloss]) => [
      `\`${code}\``,
      gloss,
      ...translations.map(words => words.gloss(provider.name, endpoint.name, path, code, gloss)),
    ]);
    const title = `Values of \`${path}\`${field.open ? ' (the document does not say that the list is complete)' : ''}:`;
    return rows.length === 0 ? [] : [title, table(['Code', 'Meaning', ...translations.map(words => words.lang)], rows)];
  });
}

function failureTable(failures: readonly Failure[]): string {
  const rows = failures.map(({ status, code, means, about, hint }) => [
    status === undefined ? '' : `${status}`,
    code === undefined ? '' : `\`${code}\``,
    means,
    hint === undefined ? about : `${about}; ${hint}`,
  ]);
  return table(['HTTP', 'Code', 'Reported as', 'Meaning'], rows);
}

/** Every field with its dotted path, groups and lists before what they hold. */
function eachField(fields: Fields, prefix = ''): [string, Field][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
    return [[path, field] as [string, Field], ...(inner === undefined ? [] : eachField(inner, `${path}.`))];
  });
}

function kindOf(field: Field): string {
  const base = field.kind === 'instant' ? `instant (${field.unit})` : field.kind === 'any' ? 'not documented' : field.kind;
  return [base, field.personal === undefined ? '' : 'personal', field.optional ? 'optional' : ''].filter(part => part !== '').join(', ');
}

function indexPage(providers: readonly Provider[]): string {
  const rows = providers.flatMap(provider =>
    provider.endpoints.map(endpoint => [
      `[\`${provider.name} ${endpoint.name}\`](${provider.name}.md#${provider.name}-${endpoint.name})`,
      endpoint.summary,
      typeof endpoint.path === 'string' ? `\`${endpoint.method ?? 'GET'} ${pathOf(endpoint)}\`` : 'path from the profile',
    ]),
  );
  return page(['# Endpoints', generatedNote, table(['Command', 'What it looks up', 'Request'], rows)]);
}

const generatedNote = '<!-- Generated from the endpoint literals by `npm run docs`. Do not edit. -->';

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

function bullets(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
