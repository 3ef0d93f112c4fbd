// How rows will look: columns, order, language and format, resolved and checked before anything is sent.
import { createFilter } from '../auth/secret.ts';
import type { Endpoint } from '../core/endpoint.ts';
import type { Format, Language } from '../core/formats.ts';
import type { Provider } from '../core/provider.ts';
import { chooseLanguage, loadPhrases } from '../lang/index.ts';
import { cleanRow } from '../lookup/clean.ts';
import type { Context } from '../lookup/context.ts';
import { allColumns, type Column, defaultColumns, selectColumns } from './columns.ts';
import type { Terminal } from './formats/table.ts';
import { explodeRow, type Row } from './rows.ts';
import { sortOrder, sortRows } from './sort.ts';
import type { Words } from './words.ts';
import { loadWriter, type Writer } from './writer.ts';

/** Preferences of a profile that a terminal honours and a pipe does not. */
export interface Preferences {
  readonly output?: Format;
  readonly showPersonal?: boolean;
  readonly tz?: string;
  readonly lang?: Language;
}

export class Presentation {
  constructor(
    readonly context: Context,
    readonly provider: Provider,
    readonly endpoint: Endpoint,
    readonly words: Words,
    readonly order: { readonly column: Column; readonly descending: boolean } | undefined,
    readonly preferences: Preferences,
  ) {}

  /** A record as one row, or one row per element of the list asked for. */
  explode(row: Row): Row[] {
    const { explode } = this.context.options.output;
    return explode === undefined ? [row] : explodeRow(row, explode);
  }

  /** Rows in the order asked for. */
  sort(rows: Row[]): Row[] {
    return this.order === undefined ? rows : sortRows(rows, this.order.column, this.order.descending);
  }

  /** The format asked for, else what suits the place: one record of a by-key lookup is a list on a terminal. */
  format(one: boolean): Format {
    const { format, out } = this.context.options.output;
    if (format !== undefined) return format;
    const terminal = this.onTerminal && out === undefined;
    if (terminal && this.preferences.output !== undefined) return this.preferences.output;
    return terminal && one ? 'record' : 'table';
  }

  get onTerminal(): boolean {
    return this.context.runtime.stdout.isTTY === true;
  }

  async writer(format: Format): Promise<Writer> {
    const { output } = this.context.options;
    const { explode, fields, delimiter } = output;
    const human = format === 'table' || format === 'record';
    const chosen =
      fields !== undefined
        ? selectColumns(this.endpoint, fields, { explode })
        : format === 'table'
          ? defaultColumns(this.endpoint, { explode })
          : allColumns(this.endpoint, { explode });
    const tz = output.tz ?? (human ? this.preferences.tz : undefined);
    const make = await loadWriter(format);
    const tty = this.onTerminal && output.out === undefined ? await this.terminal() : undefined;
    const writer = make({
      provider: this.provider.name,
      endpoint: this.endpoint,
      columns: chosen,
      fields,
      header: output.header,
      labels: output.labels,
      bom: output.bom,
      delimiter,
      guard: output.guard ? 'auto' : 'off',
      tz,
      words: this.words,
      mask: output.mask,
      showPersonal: output.showPersonal || this.preferences.showPersonal === true,
      tty,
      withRequest: output.withRequest,
    });
    if (tty === undefined) return writer;
    // A terminal gets values cut and wrapped: secrets have to go before.
    const filter = createFilter(this.context.secrets);
    return { ...writer, rows: rows => writer.rows(rows.map(row => cleanRow(row, filter))) };
  }

  async terminal(): Promise<Terminal> {
    const { Chalk } = await import('chalk');
    const { runtime, options } = this.context;
    return { columns: runtime.stdout.columns ?? 80, chalk: new Chalk({ level: colorLevel(runtime.env, options.output.color) }) };
  }
}

/** Resolves fields, order and language. Throws UsageError for names the endpoint does not have. */
export async function present(
  context: Context,
  provider: Provider,
  endpoint: Endpoint,
  preferences: Preferences = {},
): Promise<Presentation> {
  const { fields, sort, explode, lang } = context.options.output;
  const columns = allColumns(endpoint, { explode });
  if (fields !== undefined) selectColumns(endpoint, fields, { explode });
  const order = sort === undefined ? undefined : sortOrder(sort, columns);
  const phrases = await loadPhrases(chooseLanguage(lang ?? preferences.lang, context.runtime.env));
  return new Presentation(context, provider, endpoint, phrases, order, preferences);
}

/** Colour depth of a terminal by the usual variables. */
export function colorLevel(env: Readonly<Record<string, string | undefined>>, wanted: boolean): 0 | 1 | 2 | 3 {
  const set = (name: string) => env[name] !== undefined && env[name] !== '';
  if (!wanted || set('NO_COLOR')) return 0;
  if (set('FORCE_COLOR')) return env.FORCE_COLOR === '0' ? 0 : 1;
  return env.TERM === 'dumb' ? 0 : 1;
}
