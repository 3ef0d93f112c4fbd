// Where a result is from, in one line for whoever reads it later: what was asked, of whom, when.
import { createMessageFilter } from '../auth/secret.ts';
import { shownTuple } from '../core/shown-keys.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { Context } from './context.ts';

/** Keys that are named one by one; more are counted. */
const mostNamed = 5;

export function resultOrigin({ runtime, secrets }: Pick<Context, 'runtime' | 'secrets'>, plan: RunPlan): string {
  const { provider, endpoint } = plan;
  const call = provider.name === 'loanq' ? ['loanq', endpoint.name] : ['loanq', provider.name, endpoint.name];
  const line = [[...call, ...keyWords(plan)].join(' '), ...sourceWords(plan), runtime.now().toISOString()].join(' · ');
  // A format escapes it: behind that the last filter would not know a secret that was pasted as a key.
  return createMessageFilter(secrets)(line);
}

function keyWords({ endpoint, keys, givenKeys }: RunPlan): string[] {
  if (keys.kind === 'stream') return [`keys from ${keys.from}`];
  const shown = shownTuple(endpoint, keys.kind === 'one' ? Object.values(keys.keys) : givenKeys);
  return shown.length > mostNamed ? [...shown.slice(0, mostNamed), `and ${shown.length - mostNamed} more`] : shown;
}

function sourceWords({ source, profile }: RunPlan): string[] {
  if (source.kind === 'saved') return [`saved answer ${source.file}`];
  if (source.kind === 'sandbox') return ['sandbox: made-up data'];
  if (profile === undefined) return [];
  // A lookup over every system has several.
  const hosts = profile.baseUrl.split(' ').map(url => new URL(url).host);
  return [`profile ${profile.name}, ${hosts.join(', ')}`];
}
