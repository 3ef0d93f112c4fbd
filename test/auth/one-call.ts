// A run of its own process: waits for a word on stdin, makes one call and says what became of it.
import { once } from 'node:events';
import { LoanqError } from '../../src/core/errors.ts';
import { getPlan } from './loopback.ts';
import { callOnce, inDirectory, providersByName, realClock, stage } from './stage.ts';

/** What a child is told on its command line, as JSON. */
export interface ChildTask {
  readonly provider: string;
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly stateDir: string;
  /** How far the child lives in the future. */
  readonly laterMs: number;
}

/** What a child says. */
export interface ChildReport {
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
}

async function run({ provider, url, credentials, stateDir, laterMs }: ChildTask): Promise<ChildReport> {
  const literal = providersByName[provider];
  if (literal === undefined) throw new Error(`no provider ${provider}`);
  const clock = { ...realClock, now: () => new Date(Date.now() + laterMs) };
  const authenticator = stage({ provider: literal, url, credentials, tokens: inDirectory(stateDir), clock });
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  try {
    const { status } = await callOnce(authenticator, getPlan(url, '/data'));
    return { status };
  } catch (error) {
    return error instanceof LoanqError ? { code: error.code, message: error.message } : { code: 'crash', message: String(error) };
  }
}

process.stdout.write(`${JSON.stringify(await run(JSON.parse(process.argv[2] ?? '{}')))}\n`);
process.stdin.destroy();
