// The commander tree, built from the registry: one group per provider, one subcommand per endpoint, only for the provider named.
import { Help, Command as Node, Option, type OutputConfiguration } from 'commander';
import type { FieldsOf } from '../commands/fields.ts';
import { type Command, commands } from '../commands/index.ts';
import { type Endpoint, instantAbout, optionName, type Param } from '../core/endpoint.ts';
import { UsageError } from '../core/errors.ts';
import { trimKey } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { say, sayingOf } from '../core/say.ts';
import { InvalidValue } from '../plan/invalid-value.ts';
import { type OptionSpec, optionTable } from '../plan/option-table.ts';
import { type OptionName, type Options, optionNames } from '../plan/options.ts';
import { readOptions } from '../plan/read-options.ts';
import type { Request } from '../plan/run-plan.ts';
import type { ProviderTable } from '../providers/index.ts';
import { completionHelp } from './completion/help.ts';
import { endpointHelp, endpointIntroduction, endpointUsage } from './endpoint-help.ts';
import { noSuchEndpoint } from './endpoint-word.ts';
import { listFieldsFlag } from './first-word.ts';
import { topics } from './help-topics.ts';

/** What the command line resolved to; run by `run.ts`. */
export interface Handlers {
  readonly endpoint: (request: Request) => Promise<void>;
  readonly command: (command: Command, called: Called) => Promise<void>;
  /** `loanq completion <shell>`; `profiles` in the place of a shell is what the scripts ask for. */
  readonly completion: (self: Node, asked: Completion, options: Options) => Promise<void>;
  /** `--fields` without a value. */
  readonly fields: (of: FieldsOf, options: Options) => Promise<void>;
  /** `loanq help [words]`: a topic, or the words of a command. */
  readonly topic: (words: readonly string[]) => void;
  /** Receives help texts. */
  readonly help: (text: string) => void;
  /** How wide help may be. */
  readonly columns: number;
}

/** What was given to `completion`. */
export interface Completion {
  readonly shell: string | undefined;
  readonly provider: string | undefined;
}

/** What was given to a hand-written command. */
export interface Called {
  readonly args: readonly string[];
  readonly own: Readonly<Record<string, unknown>>;
  readonly options: Options;
}

/** Stored under its name in the option table: commander would store `--input <file>` and `--no-input` under one. */
class GlobalOption extends Option {
  constructor(
    readonly tableName: string,
    flags: string,
    about: string,
  ) {
    super(flags, about);
  }

  override attributeName(): string {
    return this.tableName;
  }
}

/** Builds the tree. What is named in `argv` is built whole, other providers and endpoints as a name and a summary, other options not at all; `all`: everything whole. */
export async function buildProgram(argv: readonly string[] | 'all', providers: ProviderTable, handlers: Handlers): Promise<Node> {
  const isNamed: IsNamed = word => argv === 'all' || argv.includes(word);
  const program = new Node('loanq')
    .description('Look up loans and repayments in Ekuaibao, FinCode FinLend, Crego LMS, QI Tech and Interlace. Read-only.')
    .usage('<provider> <endpoint> [keys...] [options]\n       loanq <command> [options]')
    .helpCommand(false)
    .exitOverride()
    .configureHelp(helpStyle)
    .addHelpText('after', rootHelp)
    .configureOutput(outputOf(handlers))
    .version(LOANQ_VERSION, '-V, --version', 'version of loanq')
    .allowExcessArguments(false);
  for (const name of neededOptions(argv)) program.addOption(globalOption(name, optionTable[name]));
  program.commandsGroup('Providers:');
  for (const [name, entry] of Object.entries(providers)) {
    const group = program.command(name).summary(entry.title).usage('<endpoint> [keys...] [options]');
    if (isNamed(name)) addEndpoints(group, await entry.load(), isNamed, handlers);
  }
  addCommands(program, handlers);
  return program;
}

/** By itself commander asks Node's streams, which takes milliseconds. Help has no colours. */
function outputOf({ help, columns }: Handlers): OutputConfiguration {
  const width = () => columns;
  const colors = () => false;
  return {
    writeOut: help,
    writeErr: () => undefined,
    getOutHelpWidth: width,
    getErrHelpWidth: width,
    getOutHasColors: colors,
    getErrHasColors: colors,
  };
}

/** A group without a word behind it: people get its help. */
export class BareGroup extends Error {
  constructor(
    readonly group: Node,
    readonly error: UsageError,
  ) {
    super(error.message);
  }
}

const rootHelp = `
Asked step by step: loanq, without a word behind it
Options of every endpoint: loanq help options
Try it without any account:
  loanq crego record 229fe24c-d840-48dc-959a-e0ff1479df35 --sandbox`;

/** Root help shows -h and -V only; the rest is in `help options`. */
function rootOptions(this: Help, command: Node): Option[] {
  const options = Help.prototype.visibleOptions.call(this, command);
  return command.parent === null ? options.filter(option => option.short === '-h' || option.short === '-V') : options;
}

/** Lists show keys as they are given; every command has options, so that is not worth saying. */
function commandTerm(command: Node): string {
  return `${command.name()} ${command.usage().replace(/^\[options\] ?|(^| )\[options\]$/, '')}`.trimEnd();
}

const helpStyle = { visibleOptions: rootOptions, subcommandTerm: commandTerm };

/** Whether a word stands on the command line. */
type IsNamed = (word: string) => boolean;

function addEndpoints(group: Node, provider: Provider, isNamed: IsNamed, handlers: Handlers): void {
  group.description(`${provider.title}. Documentation: ${provider.docs}`);
  // commander comes here only for a word that is no endpoint.
  group.argument('[endpoint]').argument('[keys...]').allowUnknownOption();
  group.configureHelp({ ...helpStyle, visibleArguments: () => [] });
  group.action((word: string | undefined) => {
    if (word !== undefined) throw noSuchEndpoint(provider, word);
    const names = provider.endpoints.map(endpoint => endpoint.name);
    throw new BareGroup(group, new UsageError(say`missing endpoint of ${provider.name}`, { hint: say`one of ${names.join(', ')}` }));
  });
  group.commandsGroup('Endpoints:');
  for (const endpoint of provider.endpoints) {
    const command = group.command(endpoint.name).summary(endpoint.summary).usage(endpointUsage(endpoint));
    if (isNamed(endpoint.name)) completeEndpoint(command, provider, endpoint, handlers);
  }
}

function completeEndpoint(command: Node, provider: Provider, endpoint: Endpoint, handlers: Handlers): void {
  const params = Object.entries(endpoint.params ?? {});
  command
    .description(endpointIntroduction(provider, endpoint))
    .argument('[keys...]')
    .addHelpText('after', () => endpointHelp(provider, endpoint));
  command.configureHelp({ ...helpStyle, visibleArguments: () => [] });
  for (const [name, param] of params) command.addOption(paramOption(name, param));
  command.addOption(new Option(listFieldsFlag).hideHelp());
  command.action(async (keys: string[], own: Readonly<Record<string, unknown>>, self: Node) => {
    if (own.listFields === true) return handlers.fields({ provider, endpoint }, readOptions(self.optsWithGlobals()));
    const given = params.flatMap(([name, param]) => {
      const value = own[paramOption(name, param).attributeName()];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    await handlers.endpoint({
      provider,
      endpoint,
      keys,
      params: Object.fromEntries(given),
      options: readOptions(self.optsWithGlobals()),
    });
  });
}

const ownFlags = ['-h', '--help', '-V', '--version'];

/** The options that stand on the command line: to build all of them takes a millisecond. All, where a word may be several of them in one, or a misspelt one. */
export function neededOptions(argv: readonly string[] | 'all'): readonly OptionName[] {
  if (argv === 'all') return optionNames;
  const end = argv.indexOf('--');
  const words = (end === -1 ? argv : argv.slice(0, end)).filter(word => word.startsWith('-') && word !== '-');
  const flags = words.map(word => (word.startsWith('--') ? (word.split('=')[0] ?? '') : word)).filter(flag => !ownFlags.includes(flag));
  const needed = flags.map(flag => optionNames.find(name => optionTable[name].flags.split(/[ ,]+/).includes(flag)));
  return needed.includes(undefined) ? optionNames : optionNames.filter(name => needed.includes(name));
}

function globalOption(name: string, word: OptionSpec): Option {
  const option = new GlobalOption(name, word.flags, word.env === undefined ? word.about : `${word.about} (env: ${word.env})`).helpGroup(
    `${word.group} options:`,
  );
  if (option.required || option.optional) {
    option.argParser((value: string, previous: unknown) =>
      refuseSecond(
        option,
        accepted(option, value, () => readValue(word, value)),
        previous,
      ),
    );
  }
  return option;
}

/** A value that an option does not take. */
export class RefusedValue extends UsageError {}

function accepted<T>({ flags }: Option, value: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InvalidValue ? new RefusedValue(say`option '${flags}' argument '${value}': ${error.said}`) : error;
  }
}

/** One value given twice is a slip; two different ones cannot both be meant. */
function refuseSecond<T>(option: Option, chosen: T, previous: unknown): T {
  if (previous === undefined || JSON.stringify(previous) === JSON.stringify(chosen)) return chosen;
  throw new UsageError(say`${option.long ?? ''} is given twice with different values`);
}

function readValue(word: OptionSpec, value: string): unknown {
  if (word.choices && !word.choices.includes(value)) throw new InvalidValue(say`it must be one of ${word.choices.join(', ')}`);
  return word.read ? word.read(value) : value;
}

function paramOption(name: string, param: Param): Option {
  const option = new Option(`--${optionName(name)} <${param.instant ? 'time' : (param.type ?? 'text')}>`, paramAbout(param)).helpGroup(
    // What is sent as a form field the page lists with a read that needs none of it.
    param.in === 'form' ? 'Rarely needed:' : 'Parameters:',
  );
  option.argParser((value: string, previous: unknown) =>
    refuseSecond(
      option,
      accepted(option, value, () => readParam(param, value)),
      previous,
    ),
  );
  return option;
}

function readParam(param: Param, given: string): string {
  const value = param.grammar ? trimKey(given) : given;
  // A script whose variable is empty must not get the list without its filter.
  if (value === '' && param.default === undefined) throw new InvalidValue(say`it must not be empty`);
  if (param.choices && !param.choices.includes(value)) throw new InvalidValue(say`it must be one of ${param.choices.join(', ')}`);
  if (param.type === 'number' && !/^\d{1,15}$/.test(value)) throw new InvalidValue(say`it must be a whole number`);
  if (param.grammar && !param.grammar.pattern.test(value)) throw new InvalidValue(say`it must be ${sayingOf(param.grammar.name)}`);
  return value;
}

function paramAbout(param: Param): string {
  const notes = [
    param.choices ? param.choices.join(', ') : undefined,
    param.instant && instantAbout(param.instant),
    param.default === undefined ? undefined : `default: ${param.default}`,
    param.in === 'form' ? 'sent as a form field' : param.in === 'json' ? 'sent in a JSON body' : undefined,
  ].filter(note => note !== undefined);
  return notes.length === 0 ? param.about : `${param.about} (${notes.join('; ')})`;
}

/** An option of one command; one that may be given again collects its values. */
function ownOption(flags: string, about: string, repeats: boolean): Option {
  const option = new Option(flags, about);
  return repeats ? option.argParser((value: string, before: unknown) => [...(Array.isArray(before) ? before : []), value]) : option;
}

function addCommands(program: Node, handlers: Handlers): void {
  program.commandsGroup('Commands:');
  for (const command of commands) {
    const node = program.command(command.usage).summary(command.summary).description(command.summary).allowExcessArguments(false);
    if (command.help !== undefined) node.addHelpText('after', `\n${command.help}`);
    for (const [flags, about, repeats] of command.options ?? []) node.addOption(ownOption(flags, about, repeats !== undefined));
    const { fieldsOf } = command;
    if (fieldsOf !== undefined) node.addOption(new Option(listFieldsFlag).hideHelp());
    node.action(async (...called: unknown[]) => {
      const self = called.at(-1) as Node;
      if (fieldsOf !== undefined && self.opts().listFields === true) {
        return handlers.fields(await fieldsOf(), readOptions(self.optsWithGlobals()));
      }
      await handlers.command(command, { args: self.args, own: self.opts(), options: readOptions(self.optsWithGlobals()) });
    });
  }
  const about = `Help on a command, or a topic: ${Object.keys(topics).join(', ')}`;
  program
    .command('help [words...]')
    .summary(about)
    .description(about)
    .action((words: string[]) => handlers.topic(words));
  program
    .command('completion [shell] [provider]')
    .usage('<bash|zsh|fish>')
    .summary('Completion script for a shell')
    .description('Completion script for a shell')
    .addHelpText('after', completionHelp)
    .action((shell: string | undefined, provider: string | undefined, _: unknown, self: Node) =>
      handlers.completion(self, { shell, provider }, readOptions(self.optsWithGlobals())),
    );
  program.command('version', { hidden: true }).action(() => handlers.help(`${LOANQ_VERSION}\n`));
}
