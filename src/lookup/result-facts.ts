// Where a result is from, as the facts that a page has at its head: whose answer, of when, and by which command.
import { createMessageFilter } from '../auth/secret.ts';
import { hideByValue } from '../core/personal-text.ts';
import { shellWord } from '../core/shell.ts';
import { shownTuple } from '../core/shown-keys.ts';
import { finish } from '../core/turn.ts';
import type { ResultFacts } from '../output/page/facts.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import type { Context } from './context.ts';

/** Longer commands name many keys: nobody pastes them from a page. */
const longestCommand = 1_000;

export function resultFacts({ runtime, secrets }: Pick<Context, 'runtime' | 'secrets'>, plan: RunPlan): ResultFacts {
  const { provider, endpoint, profile, source } = plan;
  // A page escapes what it shows: behind that the last filter would not know a secret that was pasted as a key.
  const clean = createMessageFilter(secrets);
  const command = clean(commandOf(runtime.argv, plan));
  return {
    system: provider.name === 'loanq' ? provider.name : provider.title,
    endpoint: endpoint.name,
    summary: endpoint.summary,
    hosts: source.kind === 'sandbox' || profile === undefined ? [] : profile.baseUrl.split(' ').map(url => new URL(url).host),
    isMadeUp: source.kind === 'sandbox',
    at: runtime.now(),
    ...(runtime.argv.length > 0 && command.length <= longestCommand && { command }),
    ...(profile !== undefined && source.kind !== 'sandbox' && { profile: profile.name }),
    ...(profile?.environment !== undefined && source.kind !== 'sandbox' && { environment: profile.environment }),
    ...(source.kind === 'saved' && { saved: clean(source.file) }),
  };
}

/** The command line, with personal keys as messages show them. */
function commandOf(argv: readonly string[], { endpoint, keys, givenKeys, output }: RunPlan): string {
  const given = keys.kind === 'one' ? Object.values(keys.keys) : givenKeys;
  const shown = shownTuple(endpoint, given);
  const masked = new Map(given.map((key, at) => [key, shown[at] ?? key]));
  const words = argv.map(word => masked.get(word) ?? word);
  return ['loanq', ...words.map(word => shellWord(output.many.masked ? finish(hideByValue(word)) : word))].join(' ');
}
