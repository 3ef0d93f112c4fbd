// What the streams of a run are: the one place that asks whether something is a terminal, how wide it is and what it can show.
import { type Language, languages } from '../core/formats.ts';
import type { Runtime, TerminalInfo } from '../core/runtime.ts';

/** As chalk counts: none, 16 colours, 256, all. */
export type ColorLevel = 0 | 1 | 2 | 3;

export interface Streams {
  readonly stdin: { readonly isTerminal: boolean };
  /** `rows`: undefined where the terminal does not say. */
  readonly stdout: { readonly isTerminal: boolean; readonly columns: number; readonly rows: number | undefined };
  /** What the environment wants long results shown with; undefined: nothing. */
  readonly pager: PagerChoice | undefined;
  readonly stderr: { readonly isTerminal: boolean };
  /** What the environment allows on a terminal. */
  readonly colorLevel: ColorLevel;
  /** The locale has no UTF-8: marks of ours are ASCII on a terminal. */
  readonly isAscii: boolean;
  /** A terminal that moves no cursor (TERM=dumb). */
  readonly isDumb: boolean;
  /** Nobody is there (CI). */
  readonly isUnattended: boolean;
  /** The language of the locale. */
  readonly language: Language;
}

/** A pager as the environment names it. */
export interface PagerChoice {
  /** Program and arguments as one text. */
  readonly command: string;
  /** Nobody has named one: where it is not installed, nothing is said. */
  readonly isUsual: boolean;
}

const usualColumns = 80;

const notTerminal: TerminalInfo = {};

/** Looks at the streams and variables of a run. Those that lead to a file or pipe stay unopened, and standard input until it is asked about. */
export function describeStreams(runtime: Pick<Runtime, 'stdin' | 'stdout' | 'stderr' | 'redirected' | 'env'>): Streams {
  const { redirected, env } = runtime;
  const stdout = redirected?.stdout === undefined ? runtime.stdout : notTerminal;
  const stderr = redirected?.stderr === undefined ? runtime.stderr : notTerminal;
  return {
    stdin: {
      get isTerminal() {
        return runtime.stdin.isTTY === true;
      },
    },
    stdout: { isTerminal: stdout.isTTY === true, columns: columnsOf(stdout.columns), rows: stdout.rows },
    pager: pagerOf(env),
    stderr: { isTerminal: stderr.isTTY === true },
    colorLevel: colorLevel(env),
    isAscii: isAscii(env),
    isDumb: env.TERM === 'dumb',
    isUnattended: isSet(env.CI),
    language: localeLanguage(env),
  };
}

/** A terminal that does not know its width is taken for 80 cells. */
function columnsOf(columns: number | undefined): number {
  return columns !== undefined && Number.isInteger(columns) && columns > 0 ? columns : usualColumns;
}

function pagerOf({ LOANQ_PAGER, PAGER }: Runtime['env']): PagerChoice | undefined {
  const given = LOANQ_PAGER ?? PAGER;
  const command = given ?? 'less';
  return ['', 'cat'].includes(command.trim()) ? undefined : { command, isUsual: given === undefined };
}

function colorLevel(env: Runtime['env']): ColorLevel {
  if (isSet(env.NO_COLOR)) return 0;
  if (isSet(env.FORCE_COLOR)) return ['0', 'false'].includes(env.FORCE_COLOR) ? 0 : 1;
  return env.TERM === 'dumb' ? 0 : 1;
}

/** Whether the locale names a character set, and another than UTF-8. Where none is set, as in most containers, terminals have it all the same. */
function isAscii(env: Runtime['env']): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet) ?? '';
  const [, charset] = /^[^.@]*\.([^@]+)/.exec(locale) ?? [];
  return charset === undefined ? locale === 'C' || locale === 'POSIX' : !/^utf-?8$/i.test(charset);
}

/** What the locale says: the first of LC_ALL, LC_MESSAGES and LANG that is set. */
export function localeLanguage(env: Runtime['env']): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find(isSet) ?? '';
  const named = /^([a-z]{2})(?![a-z])/i.exec(locale)?.[1]?.toLowerCase();
  return languages.find(language => language === named) ?? 'en';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
