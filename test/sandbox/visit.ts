// How the sandbox tests call a sandbox: by the curl on this machine, and by requests whose bytes nothing normalises.
import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';
import type { Provider } from '../../src/core/provider.ts';
import { allProviders } from '../../src/providers/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';

export const now = (): Date => new Date('2025-06-23T08:00:00Z');

const known = new Map((await allProviders()).map(provider => [provider.name, provider]));

export function providerNamed(name: string): Provider {
  const provider = known.get(name);
  if (provider === undefined) throw new Error(`no provider ${name}`);
  return provider;
}

export function everyProvider(): Provider[] {
  return [...known.values()];
}

/** A sandbox that ends with the test file. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ providers: everyProvider(), now, ...options });
  afterAll(sandbox.close);
  return sandbox;
}

/** The value of a record that must have it. */
export function at<T>(values: Readonly<Record<string, T>> | undefined, name: string): T {
  const value = values?.[name];
  if (value === undefined) throw new Error(`nothing is called ${name}`);
  return value;
}

/** Runs curl; resolves to what it wrote. */
export async function curl(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', ['--silent', '--show-error', '--noproxy', '*', ...args], { encoding: 'utf8' });
  return stdout;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request whose target goes on the wire as it stands. Rejects when the connection breaks. */
export function ask(address: string, target: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Told> {
  const { hostname, port } = new URL(address);
  // Without a stated length a body on a GET would not go out as one.
  const length = body === undefined ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: target, method, headers: { ...length, ...headers }, agent: false }, answer => {
      const chunks: Buffer[] = [];
      answer.on('data', chunk => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
