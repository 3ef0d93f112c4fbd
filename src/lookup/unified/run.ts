// One id, asked for everywhere: its rows, or on a terminal the one thing that was found as its own command would show it.
import { uuid } from '../../core/endpoint.ts';
import { LoanqError, NotFoundError, PartialError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { isList } from '../../core/keys.ts';
import { keyWithin } from '../../core/pasted-key.ts';
import { say, type Words } from '../../core/say.ts';
import { askedFormat } from '../../plan/conflicts.ts';
import { type CheckedRequest, planRun, type RunPlan } from '../../plan/run-plan.ts';
import { keepTrail } from '../audit.ts';
import type { Context } from '../context.ts';
import { deliver } from '../delivery.ts';
import { partSentence } from '../part.ts';
import { commandOf, type Found, relatedCommands } from '../related.ts';
import { tellFound } from '../tell-found.ts';
import { withWaiting } from '../waiting.ts';
import { type Findings, failuresOf, isFound, placeOf, places, reasons, rowsOf, type Said, type SystemsFetcher } from './fetcher.ts';

/** Looks one id up. Throws what ended it: NotFoundError only where everybody who was asked has answered. */
export async function findOne(context: Context, plan: RunPlan, request: CheckedRequest, fetcher: SystemsFetcher): Promise<ExitName> {
  const id = plan.keys.kind === 'one' ? (plan.keys.keys.id ?? '') : '';
  const { deadline } = fetcher.session;
  await keepTrail(plan, fetcher.session);
  const bound = deadline.bind(context.runtime.signal);
  try {
    const sessions = () => fetcher.options.systems.systems.flatMap(({ session }) => session ?? []);
    const findings = await withWaiting(context, plan.talk, sessions, () => fetcher.ask(id, bound.signal));
    const found = findings.said.filter(isFound);
    const [only, ...more] = found;
    if (only !== undefined && more.length === 0 && showsItself(plan, request)) await showThing(context, request, only, bound.signal);
    else await showRows(context, plan, { id, findings, found, masked: fetcher.options.masked, signal: bound.signal });
    tellRest(context, plan, findings, found);
    if (only !== undefined && request.streams.stdout.isTerminal) tellRelated(context, plan, found);
    for (const one of thingsOf(plan, found)) tellFound(context, one);
    const failures = failuresOf(findings);
    for (const failure of failures) context.messages.error(sentenceOf(failure));
    if (failures.length === 0) return 'ok';
    const silent = new Set(failures.map(({ facts: { provider, profile } }) => `${provider} ${profile}`)).size;
    const asked = new Set(findings.said.map(({ system }) => system)).size + findings.problems.length;
    throw new PartialError(say`found, but ${silent} of ${asked} systems did not answer`, facts(id, failures[0]?.given.hint));
  } finally {
    bound.release();
  }
}

interface Rows {
  readonly id: string;
  readonly findings: Findings;
  readonly found: readonly Said[];
  readonly masked: boolean;
  readonly signal: AbortSignal;
}

async function showRows(context: Context, plan: RunPlan, { id, findings, found, masked, signal }: Rows): Promise<void> {
  async function* pages(): AsyncGenerator<readonly JsonObject[]> {
    if (found.length === 0) throw nowhere(context, id, findings);
    yield rowsOf(id, found, masked);
  }
  await deliver(context, plan, pages(), { keys: {}, byKey: true, hold: true, signal });
}

/** Nobody has chosen how rows look, and somebody is there to read: the thing itself says more. */
function showsItself({ output }: RunPlan, { options }: CheckedRequest): boolean {
  return output.terminal !== undefined && (askedFormat(options) ?? options.fields ?? options.sort) === undefined;
}

async function showThing(context: Context, request: CheckedRequest, { system, endpoint, keys, answer }: Said, signal: AbortSignal) {
  const { provider, profile } = system;
  const plan = planRun({ ...request, provider, endpoint, keys: { kind: 'one', keys }, action: 'lookup' }, profile);
  async function* pages(): AsyncGenerator<readonly JsonObject[]> {
    yield answer.kind === 'found' ? answer.records : [];
  }
  await deliver(context, plan, pages(), { keys, byKey: !isList(endpoint), hold: true, signal });
}

/** Who else was asked, and who was not: silence would read as "not found". */
function tellRest({ messages }: Context, { origin, source }: RunPlan, { said, notAsked }: Findings, found: readonly Said[]): void {
  for (const { system, endpoint, keys, answer } of found) {
    if (answer.kind !== 'found') continue;
    if (answer.part !== undefined)
      messages.note(say`${partSentence(endpoint.name, answer.part)}: ${commandOf(system, endpoint, keys, {}, ['--all'])}`);
    else if (answer.records.length === 0) messages.place(say`${placeOf(system)}: ${endpoint.name} is empty`, system.profile.environment);
  }
  if (found.length > 0) messages.place(say`found in ${places(found)}`, ...environmentsOf(found));
  const missing = said.filter(({ answer, system }) => answer.kind === 'missing' && !found.some(one => one.system === system));
  if (missing.length > 0) messages.place(say`not found in ${places(missing)}`, ...environmentsOf(missing));
  if (notAsked.length > 0) messages.note(say`not asked: ${reasons(notAsked)}`);
  if (source.kind === 'sandbox' && origin !== undefined) messages.note(origin);
}

function environmentsOf(said: readonly Said[]) {
  return said.map(({ system }) => system.profile.environment);
}

function tellRelated({ messages }: Context, plan: RunPlan, found: readonly Said[]): void {
  const commands = relatedCommands(thingsOf(plan, found));
  if (commands.length === 0 || plan.output.terminal === undefined) return;
  messages.note(say`related:`);
  for (const command of commands) messages.note(`  ${command}`);
}

function thingsOf({ source }: RunPlan, found: readonly Said[]): Found[] {
  const config = source.kind === 'profile' ? source.config : undefined;
  return found.flatMap(({ system: { provider, profile, host }, endpoint, keys, answer }) =>
    answer.kind === 'found'
      ? { system: { provider, profile, host, config }, endpoint, keys, records: answer.records, part: answer.part }
      : [],
  );
}

/** The hexadecimal digits of a UUID are an id of their own elsewhere; rather it was cut of its hyphens. */
function hyphenated(id: string): Words | undefined {
  const uuidInside = keyWithin(uuid, id);
  return uuidInside === undefined || uuidInside === id ? undefined : say`as a UUID: loanq lookup ${uuidInside}`;
}

/** Nobody has it. What failed decides the code: "not found" is said only where everybody has answered. */
function nowhere(context: Context, id: string, findings: Findings): LoanqError {
  const { said, notAsked } = findings;
  const [failure, ...others] = failuresOf(findings);
  const missing = said.filter(({ answer }) => answer.kind === 'missing');
  const rest = notAsked.length === 0 ? undefined : say`not asked: ${reasons(notAsked)}`;
  if (failure === undefined) {
    const meant = hyphenated(id);
    if (meant !== undefined && rest !== undefined) context.messages.note(rest);
    return new NotFoundError(say`not found in ${places(missing)}`, facts(id, meant ?? rest));
  }
  for (const other of others) context.messages.error(sentenceOf(other));
  if (rest !== undefined) context.messages.note(rest);
  const known = missing.length === 0 ? '' : say`; not found in ${places(missing)}`;
  return new LoanqError(failure.code, say`${failure.said}${known}`, failure.given);
}

function sentenceOf({ facts: { provider, profile, endpoint, keys }, said }: LoanqError): Words {
  const call = [provider, endpoint, ...(keys ?? [])].filter(part => part !== undefined).join(' ');
  return say`${call}: ${said}${profile === undefined ? '' : say` (profile ${profile})`}`;
}

function facts(id: string, hint: Words | undefined) {
  return { provider: 'loanq', endpoint: 'lookup', keys: [id], ...(hint !== undefined && { hint }) };
}
