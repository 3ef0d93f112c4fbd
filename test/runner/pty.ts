// Runs the built program on a real pseudo-terminal, made by util-linux `script`: no native package, and Debian always has it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  const { columns = 80, rows = 24, limitMs = 30_000 } = options;
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

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
