// Shows a result that is taller than the terminal in the pager that the environment names, as git and gh do. Nothing else can name one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Runtime } from '../core/runtime.ts';
import { type Saying, say } from '../core/say.ts';
import { isErrno } from '../files/errno.ts';
import { type Sink, toBytes } from '../files/sink.ts';
import { commandWords } from './command-words.ts';
import type { PagerChoice } from './streams.ts';
import { isTaller } from './tall-text.ts';

/** What a pager is started with. */
export interface PagerStage {
  readonly runtime: Pick<Runtime, 'env' | 'signal' | 'platform' | 'leaveInterrupts'>;
  readonly warn: (sentence: Saying) => void;
}

/** Holds the result back until it is known whether the terminal has room for it; then it goes there, or to the pager. */
export class PagedSink implements Sink {
  offset = 0;
  #held: Uint8Array[] = [];
  /** Where the result goes; undefined as long as the terminal has room for it. */
  #taker: Pager | Sink | undefined;

  constructor(
    readonly stage: PagerStage,
    readonly pager: PagerChoice,
    readonly screen: { readonly columns: number; readonly rows: number },
    readonly terminal: Sink,
  ) {}

  async write(chunk: string | Uint8Array): Promise<void> {
    const bytes = toBytes(chunk);
    this.offset += bytes.length;
    if (this.#taker !== undefined) return this.#taker.write(bytes);
    this.#held.push(bytes);
    const all = Buffer.concat(this.#held);
    if (!isTaller(all.toString('utf8'), this.screen)) return;
    this.#held = [];
    this.#taker = (await startPager(this.stage, this.pager)) ?? this.terminal;
    await this.#taker.write(all);
  }

  async commit(): Promise<void> {
    if (this.#taker === undefined) await this.terminal.write(Buffer.concat(this.#held.splice(0)));
    await (this.#taker instanceof Pager ? this.#taker.end() : this.terminal.commit());
  }

  async abandon(): Promise<void> {
    this.#held = [];
    await (this.#taker instanceof Pager ? this.#taker.end().catch(() => undefined) : this.terminal.abandon());
  }
}

class Pager {
  readonly #exited: Promise<unknown>;

  constructor(
    readonly child: ChildProcess,
    readonly name: string,
    readonly stage: PagerStage,
    readonly release: () => void,
  ) {
    this.#exited = once(child, 'exit');
    // A reader that has seen enough is no failure.
    child.stdin?.on('error', () => undefined);
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { stdin } = this.child;
    if (stdin === null || stdin.write(bytes)) return;
    await Promise.race([once(stdin, 'drain'), this.#exited, once(stdin, 'close')]).catch(() => undefined);
  }

  /** Waits until the reader is done with it. */
  async end(): Promise<void> {
    const { child, name, stage } = this;
    const { signal } = stage.runtime;
    const stop = (): void => void child.kill('SIGTERM');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      child.stdin?.end();
      await this.#exited;
    } finally {
      signal.removeEventListener('abort', stop);
      this.release();
    }
    signal.throwIfAborted();
    const { exitCode } = child;
    if (exitCode !== null && exitCode !== 0) stage.warn(say`the pager ${name} ended with ${exitCode}; --no-pager does without one`);
  }
}

/** Undefined where none can be started, which is said unless nobody asked for this one. */
async function startPager(stage: PagerStage, { command, isUsual }: PagerChoice): Promise<Pager | undefined> {
  const { env, platform, leaveInterrupts } = stage.runtime;
  const [name = '', ...args] = commandWords(command, platform) ?? [];
  const program = name === '' ? undefined : await programAt(name, stage.runtime);
  if (program === undefined) {
    const why = name === '' ? say`it needs a shell, and none is used` : say`there is no such program`;
    if (!isUsual) stage.warn(say`the pager "${command}" cannot be started: ${why}`);
    return undefined;
  }
  const child = spawn(program, args, {
    stdio: ['pipe', 'inherit', 'inherit'],
    // As git does: colours as they are, no pager for what fits after all, the screen left as it was.
    env: { ...env, LESS: env.LESS ?? 'FRX', LV: env.LV ?? '-c' },
    shell: false,
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    stage.warn(
      say`the pager "${command}" cannot be started: ${isErrno(error, 'EACCES') ? say`no permission` : say`the system refuses it`}`,
    );
    return undefined;
  }
  return new Pager(child, name, stage, leaveInterrupts());
}

/** The file of a program: as given where its path is absolute, else by PATH, whose relative entries would mean the working directory. */
async function programAt(name: string, { env, platform }: PagerStage['runtime']): Promise<string | undefined> {
  if (isAbsolute(name)) return name;
  if (/[/\\]/.test(name)) return undefined;
  const endings = platform === 'win32' && !name.includes('.') ? ['.exe'] : [''];
  for (const directory of (env.PATH ?? '').split(delimiter).filter(isAbsolute)) {
    for (const ending of endings) {
      const file = join(directory, name + ending);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return undefined;
}
