// `loanq lookup`: the systems are chosen, a plan is made as for any call, and one id or many are asked for.
import type { Profile } from '../../config/profile.ts';
import { UsageError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { inEnglish, joined, say } from '../../core/say.ts';
import { createClock, Deadline } from '../../http/clock.ts';
import type { Context } from '../../lookup/context.ts';
import { everySystem, lookupEndpoint } from '../../lookup/unified/endpoint.ts';
import { placeOf, reasons, SystemsFetcher } from '../../lookup/unified/fetcher.ts';
import { checkLeading, fitId, identifies } from '../../lookup/unified/grammar.ts';
import { type Choice, noProfile } from '../../lookup/unified/profiles.ts';
import { findOne } from '../../lookup/unified/run.ts';
import { openSystems, type Systems } from '../../lookup/unified/systems.ts';
import { withTones } from '../../lookup/unified/tones.ts';
import { planLimits } from '../../plan/limits.ts';
import { type CheckedRequest, checkRequest, planRun } from '../../plan/run-plan.ts';
import type { CalledCommand } from '../command.ts';
import { withFieldNames } from '../fields.ts';

/** Looks up ids in every system that could know them. */
export async function runLookupCommand(context: Context, called: CalledCommand): Promise<ExitName> {
  const { args, own, streams } = called;
  const options = await withFieldNames({ provider: everySystem, endpoint: lookupEndpoint }, called.options);
  if (args.length === 0 && options.idsFrom === undefined) throw new UsageError(say`missing ids`, { hint: 'loanq lookup <ids...>' });
  const choice = choiceOf(called);
  const request = checkRequest({ provider: everySystem, endpoint: lookupEndpoint, keys: args, params: {}, options }, streams);
  const { source } = request;
  if (source.kind === 'saved') throw new UsageError(say`lookup does not read --input`);
  const isBatch = request.action === 'batch';
  const systems = await openSystems(context, {
    source,
    choice,
    strict: options.strict ?? false,
    limits: profile => planLimits(options, profile, isBatch ? 'batch' : 'lookup'),
  });
  try {
    const given = checkLeading(systems.providers, own);
    return await run(context, { ...request, endpoint: withTones(request.endpoint, systems.providers) }, { systems, given });
  } finally {
    await systems.close();
  }
}

interface Asking {
  readonly systems: Systems;
  readonly given: Readonly<Record<string, string>>;
}

async function run(context: Context, request: CheckedRequest, { systems, given }: Asking): Promise<ExitName> {
  const plan = planRun(request, placeholder(systems));
  const deadline = new Deadline(createClock(context.runtime), plan.limits.deadlineMs);
  const fetcher = new SystemsFetcher(context, { systems, given, masked: plan.output.many.masked, deadline });
  if (plan.batch === undefined) return findOne(context, plan, request, fetcher);
  const never = neverAsked(systems, given);
  if (never.length > 0) context.messages.note(say`not asked: ${reasons(never)}`);
  if (plan.output.terminal !== undefined) {
    const asked = systems.systems.filter(({ provider }) => provider.endpoints.some(identifies));
    context.messages.place(say`asked: ${joined(asked.map(placeOf))}`, ...asked.map(({ profile }) => profile.environment));
  }
  if (plan.source.kind === 'sandbox' && plan.origin !== undefined) context.messages.note(plan.origin);
  const { runBatch } = await import('../../batch/run.ts');
  return runBatch(context, plan, plan.batch, fetcher);
}

/** Whom no id of a batch goes to, whatever it looks like. */
function neverAsked({ chosen }: Systems, given: Asking['given']) {
  return chosen.flatMap(({ provider, profiles, notAsked, problem }) => {
    if (profiles.length === 0 && problem === undefined) return [{ provider, why: notAsked ?? noProfile }];
    const { candidates, notAsked: why } = fitId(provider, anyUuid, given);
    const isNever = candidates.length > 0 || (why !== undefined && inEnglish(why).includes('--')) || !provider.endpoints.some(identifies);
    return why !== undefined && isNever ? [{ provider, why }] : [];
  });
}

const anyUuid = '00000000-0000-4000-8000-000000000000';

/** What a plan asks of a profile, said of all of them: a resumed run must ask the same ones. */
function placeholder({ systems }: Systems): Profile {
  const profiles = systems.map(({ profile }) => profile);
  return Object.freeze({
    name: profiles.map(({ name }) => name).join(','),
    provider: everySystem.name,
    baseUrl: profiles.map(({ baseUrl }) => baseUrl).join(' '),
    settings: {},
    paths: {},
    credentials: {},
    keys: {},
    source: 'lookup',
  });
}

function choiceOf({ own, options }: CalledCommand): Choice {
  const { profiles, allProfiles } = own;
  const glob = allProfiles === true ? '*' : typeof profiles === 'string' ? profiles : undefined;
  if (glob === undefined) return { kind: 'one', name: options.profile };
  const flag = allProfiles === true ? '--all-profiles' : '--profiles';
  if (allProfiles === true && profiles !== undefined) throw new UsageError(say`--profiles and --all-profiles exclude each other`);
  if (options.profile !== undefined) throw new UsageError(say`--profile and ${flag} exclude each other`);
  if (options.sandbox) throw new UsageError(say`--sandbox needs no ${flag}`);
  return { kind: 'fitting', glob };
}
