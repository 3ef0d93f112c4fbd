// The fault server of `bench/` for tests: a process of its own that misbehaves by a fixed plan and keeps a ledger.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { projectRoot } from '../runner/app.ts';

/** One request as the server saw it. */
export interface LedgerEntry {
  /** Number of the key. */
  readonly n: number;
  /** When it came, by the server's monotonic clock. */
  readonly ms: number;
  readonly status: number;
}

export interface StormServer {
  readonly origin: string;
  /** Requests from the `from`-th on. */
  ledger(from?: number): Promise<readonly LedgerEntry[]>;
  /** Resolves once so many requests have come. */
  after(count: number): Promise<void>;
}

export interface StormPlan {
  readonly plan?: 'none' | 'storm' | 'late';
  readonly latencyMs?: number;
  readonly slowMs?: number;
}

/** Starts a server that ends when the test file is done. */
export async function startStorm(plan: StormPlan = {}): Promise<StormServer> {
  const child = spawn(process.execPath, [join(projectRoot, 'bench/storm-server.js'), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterAll(() => void child.kill());
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const origin = `http://127.0.0.1:${String(line).trim()}`;
  return {
    origin,
    ledger: async (from = 0) => (await (await fetch(`${origin}/-/ledger?from=${from}`)).json()) as LedgerEntry[],
    after: async count => void (await (await fetch(`${origin}/-/after?count=${count}`)).text()),
  };
}

/** The n-th key. */
export function key(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The text of a key file with the first `count` keys. */
export function keyFile(count: number): string {
  return Array.from({ length: count }, (_, n) => `${key(n)}\n`).join('');
}

/** Numbers below `below` that look random and are the same in every run. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
