// Runs the built program on a real pseudo-terminal, made by util-linux `script`: no native package, and Debian always has it.
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { launcher } from './app.ts';
import { environment, type Home, makeHome } from './home.ts';

export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly home?: Home;
  readonly cwd?: string;
  /** What is typed, all at once. */
  readonly typed?: string;
  readonly limitMs?: number;
}

export interface PtyRan {
  /** Everything that went to the terminal by stdout, escape sequences included; line ends as the program wrote them. */
  readonly screen: string;
  /** stderr, which goes to a file so that it cannot mix with the result. */
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the program with stdin and stdout on a terminal of the given size. */
export async function runPty(args: readonly string[], options: PtyOptions = {}): Promise<PtyRan> {
  const home = options.home ?? (await makeHome());
  const { columns = 80, rows = 24, limitMs = 50_000 } = options;
  const stderrFile = join(home.path, `stderr-${process.hrtime.bigint()}`);
  // Without output processing and echo, the screen holds what the program wrote and nothing else.
  const settings = `stty cols ${columns} rows ${rows} -opost -echo`;
  const command = [process.execPath, launcher(), ...args].map(quote).join(' ');
  const line = `${settings}; exec ${command} 2>${quote(stderrFile)}`;
  try {
    const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd: options.cwd ?? home.cwd,
      env: environment(home, options.env),
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.typed ?? '');
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(limit);
    return { screen: Buffer.concat(chunks).toString('utf8'), stderr: await readFile(stderrFile, 'utf8').catch(() => ''), code };
  } finally {
    if (options.home === undefined) await home.remove();
  }
}

/** A program that is being talked to. All three of its streams are the terminal. */
export interface PtyRunning {
  /** Resolves once the terminal shows the text. */
  saw(text: string): Promise<void>;
  /** The same behind what was last waited for in this way. */
  showed(text: string): Promise<void>;
  type(text: string): void;
  /** To the program itself, not to what is around it. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** Takes the terminal away, as a connection that breaks does. */
  hangUp(): void;
  /** What the terminal showed, and how the program ended; after `hangUp` nobody hears of that. */
  readonly ended: Promise<{ readonly screen: string; readonly code: number | null }>;
  /** Resolves once the program is no more. */
  readonly gone: Promise<unknown>;
}

/** Starts the program on a terminal of its own, to be answered question by question; `stdout`: the file its result goes to instead. */
export function startPty(
  args: readonly string[],
  options: Pick<PtyOptions, 'env' | 'limitMs' | 'columns' | 'rows'> & { readonly home: Home; readonly stdout?: string },
): PtyRunning {
  const { home, limitMs = 30_000, columns = 100, rows = 30 } = options;
  const pidFile = join(home.path, `pid-${process.hrtime.bigint()}`);
  const command = [process.execPath, launcher(), ...args].map(quote).join(' ');
  const to = options.stdout === undefined ? '' : ` >${quote(options.stdout)}`;
  const line = `stty cols ${columns} rows ${rows}; echo $$ > ${quote(pidFile)}; exec ${command}${to}`;
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd: home.cwd,
    env: environment(home, options.env),
    // The last is held by whatever is started, and closes with it.
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const events = new EventEmitter();
  const chunks: Buffer[] = [];
  const screen = (): string => Buffer.concat(chunks).toString('utf8');
  let isOver = false;
  let seenTo = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    events.emit('more');
  });
  child.stdin.on('error', () => undefined);
  const ended = (async () => {
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(limit);
    isOver = true;
    events.emit('more');
    return { screen: screen(), code };
  })();
  const held = child.stdio[3] as Readable;
  const gone = once(held.resume(), 'close');
  return {
    ended,
    gone,
    type: text => void child.stdin.write(text),
    hangUp: () => void child.kill('SIGKILL'),
    signal: async name => void process.kill(Number(await readFile(pidFile, 'utf8')), name),
    showed: async text => {
      while (!screen().includes(text, seenTo)) {
        if (isOver) throw new Error(`ended without "${text}" behind ${seenTo}: ${screen()}`);
        await once(events, 'more');
      }
      seenTo = screen().indexOf(text, seenTo) + text.length;
    },
    saw: async text => {
      while (!screen().includes(text)) {
        if (isOver) throw new Error(`ended without "${text}": ${screen()}`);
        await once(events, 'more');
      }
    },
  };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
