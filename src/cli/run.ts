// argv → exit code: parses, hands over to a command, and words whatever went wrong in one place.
import { type Command, CommanderError } from 'commander';
import { createMessageFilter, SecretRegister } from '../auth/secret.ts';
import { runCommand } from '../commands/index.ts';
import { visible } from '../console/escape.ts';
import { type Look, lineAfter, Messages } from '../console/messages.ts';
import { reportError } from '../console/report.ts';
import { openStdout } from '../console/stdout.ts';
import { describeStreams, localeLanguage, type Streams } from '../console/streams.ts';
import { Wording } from '../console/wording.ts';
import { LoanqError, SignalError, UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import { exitCodes } from '../core/exit-codes.ts';
import { type Language, languages } from '../core/formats.ts';
import type { Runtime } from '../core/runtime.ts';
import { say } from '../core/say.ts';
import type { Context } from '../lookup/context.ts';
import { askedFormat } from '../plan/conflicts.ts';
import type { Options } from '../plan/options.ts';
import { readOptions } from '../plan/read-options.ts';
import { type Level, planTalk, type Talk } from '../plan/talk.ts';
import { allProviders, type ProviderTable, providers } from '../providers/index.ts';
import { withFieldList, withLookup, withWatchSeconds } from './first-word.ts';
import { fold } from './fold.ts';
import { topicText } from './help-topics.ts';
import { BareGroup, buildProgram, type Handlers, RefusedValue } from './program.ts';
import { usageError, valueHint } from './usage-error.ts';

/** A command line among others, which somebody is led through. */
interface Step {
  readonly onFound: Context['onFound'];
}

/** Runs one command line. Never throws; everything worth saying has been written when it resolves. A step leaves it to the guide to say how it was ended. */
export async function runCli(given: Runtime, table: ProviderTable = providers, step?: Step): Promise<number> {
  const argv = withFieldList(withLookup(withWatchSeconds(given.argv), table), table);
  const runtime = argv === given.argv ? given : withArgv(given, argv);
  const secrets = new SecretRegister();
  const filter = createMessageFilter(secrets);
  const wording = wordingFor(languageOf(runtime));
  const look = await lookOf(runtime);
  const messages = (level: Level) => new Messages(runtime, filter, level, wording, look);
  const context = ({ level }: Talk): Context => ({ runtime, secrets, messages: messages(level), providers: table, onFound: step?.onFound });
  const { columns } = describeStreams(runtime).stdout;
  let ending: ExitName = 'ok';
  const pages: string[] = [];
  let program: Command | undefined;
  try {
    const handlers: Handlers = {
      endpoint: async request => {
        const { runEndpoint } = await import('../commands/endpoint.ts');
        ending = await runEndpoint(context(planTalk(request.options, describeStreams(runtime))), request);
      },
      command: async (command, called) => {
        const streams = describeStreams(runtime);
        const talk = planTalk(called.options, streams);
        ending = await runCommand(context(talk), command, { ...called, format: askedFormat(called.options), talk, streams });
      },
      completion: async (self, { shell, provider }, options) => {
        if (shell === undefined) throw new BareGroup(self, new UsageError(say`which shell?`, { hint: 'loanq completion bash, zsh, fish' }));
        if (shell === 'profiles') {
          const { printProfileNames } = await import('../commands/profile-names.ts');
          ending = await printProfileNames(context(planTalk(options, describeStreams(runtime))), provider, options.config);
          return;
        }
        const { completionScript } = await import('./completion/index.ts');
        const all = await buildProgram('all', table, handlers);
        pages.push(completionScript(shell, all, await allProviders(table)));
      },
      fields: async (of, options) => {
        const { listFields } = await import('../commands/fields.ts');
        ending = await listFields(context(planTalk(options, describeStreams(runtime))), of, options);
      },
      topic: words => {
        const [name] = words;
        const called = commandAt(tree, words);
        if (called !== undefined) called.outputHelp();
        else if (name !== undefined) pages.push(fold(topicText(words.join(' ')), columns));
      },
      help: text => void pages.push(fold(text, columns)),
      columns,
    };
    const tree = await buildProgram(runtime.argv, table, handlers);
    program = tree;
    if (await parse(tree, runtime.argv)) {
      const options = readOptions(tree.opts());
      const streams = describeStreams(runtime);
      const talk = planTalk(options, streams);
      if (step === undefined && !streams.isDumb && talk.mayPrompt()) return await guide(context(talk), options, streams, table);
      const { noInput, ...others } = options;
      if (Object.keys(others).length > 0) throw new UsageError(say`nothing to do`, { hint: 'loanq --help' });
      // Nothing was asked for: the overview is a message, not a result.
      tree.outputHelp();
      messages('normal').write(pages.join(''));
      return exitCodes.usage.exit;
    }
    await print(runtime, pages.join(''));
    return exitCodes[ending].exit;
  } catch (error) {
    const bare = errorFormatOf(runtime.argv) === 'text' && program !== undefined ? bareGroup(error, program, runtime.argv) : undefined;
    if (bare !== undefined) {
      bare.outputHelp();
      messages('normal').write(pages.join(''));
      return exitCodes.usage.exit;
    }
    const known =
      error instanceof CommanderError
        ? usageError(error, program, runtime.argv)
        : error instanceof RefusedValue
          ? error.with({ hint: valueHint(program, runtime.argv) })
          : ownError(error instanceof BareGroup ? error.error : error, runtime.signal);
    if (known instanceof SignalError && (known.code === 'broken-pipe' || step !== undefined)) return known.exit;
    const format = errorFormatOf(runtime.argv);
    await (format === 'text' ? wording.ready() : wording.settled());
    const report = reportError(known, format, visible, wording, look);
    const stderr = messages('normal');
    stderr.write(`${lineAfter(known, runtime.stderr)}${report.text}`);
    if (!(known instanceof LoanqError) && runtime.env.LOANQ_DEBUG === '1' && known instanceof Error)
      stderr.write(`${visible(known.stack ?? '')}\n`);
    return report.exit;
  } finally {
    await wording.settled();
  }
}

/** The phrases of another language are loaded when something is to be said in it. */
function wordingFor(language: Language): Wording {
  return new Wording(language === 'en' ? undefined : async () => (await import('../lang/words.ts')).loadPhrases(language));
}

/** The command that these words lead to; the tree itself for none, undefined where they lead nowhere. */
function commandAt(tree: Command, words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>((at, word) => at?.commands.find(command => command.name() === word), tree);
}

/** The group that was called without a word behind it: as for `loanq` alone, its help is a message, not a result. */
function bareGroup(error: unknown, tree: Command, argv: readonly string[]): Command | undefined {
  if (error instanceof BareGroup) return error.group;
  const [word = '', ...more] = argv;
  const isBare = error instanceof CommanderError && error.code === 'commander.missingArgument' && more.length === 0;
  return isBare ? commandAt(tree, [word]) : undefined;
}

/** The same process with another command line. Standard input stays unopened. */
function withArgv(runtime: Runtime, argv: readonly string[]): Runtime {
  return Object.create(runtime, { argv: { value: argv } });
}

/** Known before the command line is parsed, which may fail. */
function errorFormatOf(argv: readonly string[]): 'text' | 'json' {
  return givenTo('--error-format', argv).includes('json') ? 'json' : 'text';
}

function languageOf({ argv, env }: Runtime): Language {
  const given = givenTo('--lang', argv).at(-1);
  return languages.find(language => language === given) ?? localeLanguage(env);
}

/** How stderr looks. */
async function lookOf(runtime: Runtime): Promise<Look> {
  const { stderr, colorLevel, isAscii } = describeStreams(runtime);
  if (!stderr.isTerminal) return {};
  const columns = runtime.stderr.columns || undefined;
  if (colorLevel === 0 || optionWords(runtime.argv).includes('--no-color')) return { isAscii, columns };
  const { Chalk } = await import('chalk');
  return { isAscii, columns, chalk: new Chalk({ level: colorLevel }) };
}

/** Behind `--` stand keys. */
function optionWords(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

/** The values of an option. */
function givenTo(option: string, argv: readonly string[]): string[] {
  const words = optionWords(argv);
  return words.flatMap((word, at) => {
    if (word.startsWith(`${option}=`)) return [word.slice(option.length + 1)];
    return word === option && words[at + 1] !== undefined ? [words[at + 1] ?? ''] : [];
  });
}

/** Whether nothing but options was given. commander throws with exitCode 0 for --help and --version. */
async function parse(program: Command, argv: readonly string[]): Promise<boolean> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return true;
    if (error.exitCode !== 0) throw error;
  }
  return false;
}

/** `loanq` alone where somebody is there. However they leave, it is no error. */
async function guide(context: Context, options: Options, streams: Streams, table: ProviderTable): Promise<number> {
  const { runGuide } = await import('../commands/guide/run.ts');
  const { runtime } = context;
  try {
    return await runGuide({
      context,
      options,
      streams,
      run: (argv, onFound) => runCli(withArgv(runtime, argv), table, { onFound }),
    });
  } catch (error) {
    if (error instanceof SignalError) return error.exit;
    throw error;
  }
}

/** Help goes out like any result: a full disk is an error, a reader that has seen enough is none. */
async function print(runtime: Runtime, text: string): Promise<void> {
  const sink = openStdout(runtime, runtime.signal);
  try {
    await sink.write(text);
    await sink.commit();
  } catch (error) {
    if (!(error instanceof SignalError && error.code === 'broken-pipe')) throw error;
  }
}

/** After a signal report the signal, not what it broke. */
function ownError(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted && signal.reason instanceof SignalError && !(error instanceof UsageError) ? signal.reason : error;
}
