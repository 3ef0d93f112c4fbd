// Where a result is from, as the facts that a page has at its head: whose answer, of when, and by which command.
import { createMessageFilter } from '../auth/secret.ts';
import { maskText, personalByName } from '../core/personal.ts';
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
  const clean = createMessageFilter(secrets);
  const command = commandOf(runtime.argv, plan, clean);
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

/** The command line: secrets and personal data in it are what messages show of them. */
function commandOf(argv: readonly string[], plan: RunPlan, clean: (text: string) => string): string {
  const shown = personalWords(plan);
  const words = argv.map(word => {
    const known = shown.reduce((text, [whole, masked]) => text.replaceAll(whole, () => masked), word);
    // Quotes come last: no filter knows a secret behind them.
    return shellWord(clean(plan.output.many.masked ? finish(hideByValue(known)) : known));
  });
  return ['loanq', ...words].join(' ');
}

/** Keys and parameters that may be somebody's, and how they are shown. */
function personalWords({ endpoint, keys, givenKeys, params }: RunPlan): (readonly [whole: string, masked: string])[] {
  const given = keys.kind === 'one' ? Object.values(keys.keys) : givenKeys;
  const shown = shownTuple(endpoint, given);
  const named = Object.entries(params).map(([name, value]) => {
    const personal = personalByName(name);
    return [value, personal === undefined ? value : maskText(personal, value)] as const;
  });
  return [...given.map((key, at) => [key, shown[at] ?? key] as const), ...named].filter(
    ([whole, masked]) => whole !== '' && whole !== masked,
  );
}
