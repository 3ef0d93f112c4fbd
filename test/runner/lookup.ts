// One endpoint against one hand-written server: what it printed, and what the server saw of that run.
import type { Home } from './home.ts';
import { type InProcessOptions, runInProcess, type Said } from './in-process.ts';
import { configFor, type ProviderWord } from './profiles.ts';
import type { Received, TestServer } from './server.ts';

export interface Lookup extends Said {
  readonly requests: readonly Received[];
}

/** Runs `loanq <provider> ...` with a profile for the server; `profile` adds to it or replaces parts of it. */
export async function lookUp(
  { home, server, provider, profile = {} }: { home: Home; server: TestServer; provider: ProviderWord; profile?: object },
  args: readonly string[],
  options: Omit<InProcessOptions, 'home'> = {},
): Promise<Lookup> {
  const before = server.requests.length;
  await home.configure(configFor(provider, server.origin, profile));
  const ran = await runInProcess([provider, ...args], { ...options, home });
  return { ...ran, requests: server.requests.slice(before) };
}
