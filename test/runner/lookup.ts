// One endpoint of the built program against one hand-written server: what it printed, and what the server saw of that run.
import type { Home } from './home.ts';
import { configFor, type ProviderWord } from './profiles.ts';
import { type Ran, type RunOptions, run } from './run.ts';
import type { Received, TestServer } from './server.ts';

export interface Lookup extends Ran {
  readonly requests: readonly Received[];
}

/** Runs `loanq <provider> ...` with a profile for the server; `profile` adds to it or replaces parts of it. */
export async function lookUp(
  { home, server, provider, profile = {} }: { home: Home; server: TestServer; provider: ProviderWord; profile?: object },
  args: readonly string[],
  options: Omit<RunOptions, 'home'> = {},
): Promise<Lookup> {
  const before = server.requests.length;
  await home.configure(configFor(provider, server.origin, profile));
  const ran = await run([provider, ...args], { ...options, home });
  return { ...ran, requests: server.requests.slice(before) };
}
