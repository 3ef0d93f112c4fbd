// `loanq` alone on a terminal: asks what to look up, runs the command line that somebody who knows it would have typed, says that line,
// and goes on from the result. Questions are on stderr; results go the way of any command.
import { setMaxListeners } from 'node:events';
import type { FieldPlace } from '../../console/field.ts';
import type { Streams } from '../../console/streams.ts';
import { type Endpoint, optionName } from '../../core/endpoint.ts';
import { exitCodes } from '../../core/exit-codes.ts';
import { say } from '../../core/say.ts';
import { optionArguments } from '../../core/shell.ts';
import { loadTranslations } from '../../lang/index.ts';
import type { Context } from '../../lookup/context.ts';
import { argumentsOf, type Found, lineOf } from '../../lookup/related.ts';
import type { Options } from '../../plan/options.ts';
import { readByEvery } from '../command.ts';
import { exitExplanations, plainFields, providerCodes } from '../explain/codes.ts';
import { explain } from '../explain/command.ts';
import type { Known } from '../explain/search.ts';
import { lookup } from '../lookup/command.ts';
import * as asking from './call-questions.ts';
import { commandLine, optionWords, refuseUnread, withOptions } from './line.ts';
import { nextOffers, type Ran, suggestedFile } from './offers.ts';
import * as ask from './questions.ts';
import { isReady, type KnownSystem, knownSystems } from './systems.ts';
import type { Within } from './within.ts';

export interface GuideCall {
  readonly context: Context;
  /** What the guide itself was called with. */
  readonly options: Options;
  readonly streams: Streams;
  /** Runs a command line to its end, errors told, and says what was found. Its exit code. */
  readonly run: (argv: readonly string[], onFound: (found: Found) => void) => Promise<number>;
}

/** Asks until somebody quits. Throws SignalError when they leave in another way. */
export async function runGuide(call: GuideCall): Promise<number> {
  const { stdout, stderr, signal } = call.context.runtime;
  refuseUnread(call.options);
  // Each lookup listens anew.
  setMaxListeners(0, stdout, stderr, signal);
  return new Guide(call).run();
}

class Guide {
  readonly #place: FieldPlace;
  #options: Options;
  #systems: readonly KnownSystem[] = [];
  #known: Known = { codes: [], fields: [] };

  constructor(readonly call: GuideCall) {
    const { options, context } = call;
    this.#options = options;
    const { wording, look } = context.messages;
    this.#place = { runtime: context.runtime, wording, look };
  }

  get #context(): Context {
    return this.call.context;
  }

  async run(): Promise<number> {
    await this.#place.wording.ready();
    const translations = await loadTranslations(this.#options.lang ?? this.call.streams.language);
    await this.#readSystems();
    const providers = this.#systems.map(({ provider }) => provider);
    this.#known = {
      codes: [...providers.flatMap(provider => providerCodes(provider, translations)), ...exitExplanations()],
      fields: providers.flatMap(provider => plainFields(provider, translations)),
    };
    this.#context.messages.note(say`Look up loans and repayments. Nothing is changed at any system. Esc leaves.`);
    for (;;) {
      if (!this.#systems.some(isReady)) {
        const ended = await this.#start();
        if (ended !== undefined) return ended;
        continue;
      }
      const wish = await ask.askWish(this.#place, this.#systems, this.#known);
      if (wish.kind === 'quit') return exitCodes.ok.exit;
      const ended = await this.#grant(wish);
      if (ended !== undefined) return ended;
    }
  }

  async #readSystems(): Promise<void> {
    this.#systems = await knownSystems(this.#context, this.#options);
  }

  /** Nothing is set up. The exit code where that is the end. */
  async #start(): Promise<number | undefined> {
    const how = await ask.askStart(this.#place);
    if (how === 'quit') return exitCodes.ok.exit;
    if (how === 'set-up') return this.#setUp();
    return this.#useSandbox();
  }

  /** The exit code where the guide ends with it. */
  async #setUp(): Promise<number | undefined> {
    const exit = await this.call.run(['config', 'init', ...optionWords(this.#options, readByEvery)], () => undefined);
    if (isOver(exit)) return exit;
    // Whoever has set a system up wants no made-up data any more, unless that is what was asked for from the start.
    if (exit === exitCodes.ok.exit) this.#options = this.call.options;
    await this.#readSystems();
    return undefined;
  }

  async #useSandbox(): Promise<undefined> {
    this.#options = inSandbox(this.#options);
    await this.#readSystems();
  }

  /** The exit code where the guide ends with it. */
  async #grant(wish: Exclude<ask.Wish, { kind: 'quit' }>): Promise<number | undefined> {
    switch (wish.kind) {
      case 'set-up':
        return this.#setUp();
      case 'explain':
        return this.#runOn(this.#explainLine(wish.code ?? (await ask.askCode(this.#place, this.#known.codes))));
      case 'ids':
        return this.#runOn(this.#lookupLine(wish.ids), onlyOf(wish.ids));
      case 'system': {
        const { system } = wish;
        const how = isReady(system) ? 'ready' : await ask.askUnready(this.#place, system.provider);
        if (how === 'set-up') return this.#setUp();
        if (how === 'back') return undefined;
        // Only this once: an id that is pasted afterwards is asked for where it may be.
        const line = await this.#endpointLine(system, how === 'sandbox' ? inSandbox(this.#options) : this.#options);
        return line === undefined ? undefined : this.#runOn(line);
      }
    }
  }

  #lookupLine(ids: readonly string[]): string[] {
    return commandLine(['lookup'], ids, optionWords(this.#options, [...readByEvery, ...lookup.reads]));
  }

  #explainLine(code: string): string[] {
    return commandLine(['explain'], code.split(' '), optionWords(this.#options, [...readByEvery, ...explain.reads]));
  }

  async #endpointLine(system: KnownSystem, given: Options): Promise<string[] | undefined> {
    const { provider } = system;
    const endpoint = await asking.askEndpoint(this.#place, provider);
    if (endpoint === undefined) return undefined;
    const profile = system.choice.length > 0 && !given.sandbox ? await asking.askProfile(this.#place, system) : undefined;
    const keys = await this.#keysOf(endpoint, given.sandbox === true);
    const params = await this.#paramsOf(endpoint);
    const options = optionWords({ ...given, ...(profile !== undefined && { profile }) });
    return commandLine([provider.name, endpoint.name], keys, [...params, ...options]);
  }

  async #keysOf(endpoint: Endpoint, samples: boolean): Promise<string[]> {
    const keys: string[] = [];
    for (const [parameter, key] of Object.entries(endpoint.keys ?? {})) {
      keys.push(...(await asking.askKeys(this.#place, endpoint, parameter, key, samples)));
    }
    return keys;
  }

  async #paramsOf({ params = {} }: Endpoint): Promise<string[]> {
    const words: string[] = [];
    for (const [parameter, param] of Object.entries(params)) {
      if (param.required !== true || param.default !== undefined) continue;
      const value = await asking.askParam(this.#place, parameter, param);
      words.push(...optionArguments(`--${optionName(parameter)}`, value));
    }
    return words;
  }

  /** Runs a line, and goes on from its result until somebody wants something else. */
  async #runOn(first: readonly string[], id?: string): Promise<number | undefined> {
    let ran = await this.#run(first, id);
    for (;;) {
      if (isOver(ran.exit)) return ran.exit;
      const next = await ask.askNext(
        this.#place,
        nextOffers(ran, this.#systems, this.#look()),
        this.#systems.map(({ provider }) => provider),
        this.#known,
      );
      switch (next.kind) {
        case 'quit':
          return exitCodes.ok.exit;
        case 'again':
          return undefined;
        case 'ids':
          ran = await this.#run(this.#lookupLine(next.ids), onlyOf(next.ids));
          break;
        case 'within':
          ran = await this.#run(await this.#lineWithin(next.id, next.what));
          break;
        case 'related':
          ran = await this.#run(next.line);
          break;
        case 'explain': {
          // What was looked up can still be saved.
          const { exit } = await this.#run(this.#explainLine(next.code ?? ''));
          if (isOver(exit)) return exit;
          break;
        }
        case 'csv': {
          const exit = await this.#save(ran, next.all);
          if (exit !== undefined && isOver(exit)) return exit;
        }
      }
    }
  }

  async #run(line: readonly string[], id?: string): Promise<Ran> {
    const found: Found[] = [];
    const exit = await this.call.run(line, one => found.push(one));
    const [only, ...more] = found;
    // One thing has been shown as its own command shows it, and with that command its own columns can be saved.
    const isOne =
      this.call.streams.stdout.isTerminal && line[0] === 'lookup' && exit === exitCodes.ok.exit && only !== undefined && more.length === 0;
    const said = isOne ? withOptions(argumentsOf(only.system, only.endpoint, only.keys), this.#look()) : line;
    if (!isOver(exit) && exit !== exitCodes.usage.exit) this.#context.messages.note(say`same again:  ${lineOf(said)}`);
    return { line: said, id, exit, found };
  }

  /** Options that a line has which was made from what was found. */
  #look(): string[] {
    const { sandbox, profile, config, ...look } = this.#options;
    return optionWords(look);
  }

  async #lineWithin(id: string, { endpoint, parameter, key, of }: Within): Promise<string[]> {
    const [value = ''] = await asking.askKeys(this.#place, endpoint, parameter, key, this.#options.sandbox === true);
    return withOptions(this.#lookupLine([id]), optionArguments(`--${of}`, value));
  }

  /** Undefined: nothing was saved after all. */
  async #save(ran: Ran, all: boolean): Promise<number | undefined> {
    const { home, cwd } = this.#context.runtime;
    const file = await ask.askFile(this.#place, suggestedFile(ran), { home, cwd });
    if (file === undefined) return undefined;
    const { exit } = await this.#run(withOptions(ran.line, [...(all ? ['--all'] : []), '--csv', ...optionArguments('--out', file)]));
    if (exit === exitCodes.ok.exit) this.#context.messages.note(say`saved in ${file}`);
    return exit;
  }
}

/** The same of made-up data. */
function inSandbox({ profile, ...options }: Options): Options {
  return { ...options, sandbox: true };
}

function onlyOf(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? ids[0] : undefined;
}

/** What ends the guide, too: a signal, or that nothing can be written. */
function isOver(exit: number): boolean {
  return exit >= exitCodes.hangup.exit || exit === exitCodes.write.exit;
}
