// One endpoint against one hand-written server: what it printed, and what the server saw of that run.
import type { Home } from './home.ts';
import { type InProcessOptions, runInProcess, type Said } from './in-process.ts';
import { configFor, type ProviderWord } from './profiles.ts';
import { type Ran, run } from './run.ts';
import type { Received, TestServer } from './server.ts';

interface Requests {
  readonly requests: readonly Received[];
}

export type Lookup = Said & Requests;

interface Stand {
  readonly home: Home;
  readonly server: TestServer;
  readonly provider: ProviderWord;
  /** Adds to the profile or replaces parts of it. */
  readonly profile?: object;
}

/** Runs `loanq <provider> ...` with a profile for the server. */
export async function lookUp(stand: Stand, args: readonly string[], options: Omit<InProcessOptions, 'home'> = {}): Promise<Lookup> {
  return observe(stand, () => runInProcess([stand.provider, ...args], { ...options, home: stand.home }));
}

/** The same by the built program. */
export async function lookUpBuilt(stand: Stand, args: readonly string[]): Promise<Ran & Requests> {
  return observe(stand, () => run([stand.provider, ...args], { home: stand.home }));
}

async function observe<T>({ home, server, provider, profile = {} }: Stand, look: () => Promise<T>): Promise<T & Requests> {
  const before = server.requests.length;
  await home.configure(configFor(provider, server.origin, profile));
  return { ...(await look()), requests: server.requests.slice(before) };
}
