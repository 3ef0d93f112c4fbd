// `loanq explain [words...]`: what codes mean, by code, field, system and endpoint, or as an overview of the topics.

import type { Endpoint } from '../../core/endpoint.ts';
import { NotFoundError, PartialError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { id, text } from '../../core/fields.ts';
import { ownEndpoint } from '../../core/own-rows.ts';
import { say } from '../../core/say.ts';
import { loadTranslations } from '../../lang/index.ts';
import type { Context } from '../../lookup/context.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';
import { deliverOwnRows } from '../own-rows.ts';
import { type Explanation, exitExplanations, plainFields, providerCodes } from './codes.ts';
import { explained, slipIn } from './search.ts';

/** Codes that were asked about. */
export const explanations: Endpoint = ownEndpoint({
  name: 'explain',
  summary: 'What codes mean',
  fields: {
    code: id('Code'),
    where: text('Of'),
    meaning: text('Meaning'),
    provider: text('System'),
    endpoint: text('Endpoint'),
    topic: text('Topic'),
  },
  columns: ['code', 'meaning', 'where'],
});

/** What can be asked about. */
export const topics: Endpoint = ownEndpoint({
  name: 'explain',
  summary: 'What there are codes of',
  fields: { provider: text('System'), endpoint: text('Endpoint'), topic: text('Topic'), codes: text('Codes') },
  columns: ['provider', 'endpoint', 'topic', 'codes'],
});

export async function runExplain(context: Context, called: CalledCommand): Promise<ExitName> {
  const { args, options, streams } = called;
  const translations = await loadTranslations(options.lang ?? streams.language);
  const providers = await allProviders(context.providers);
  const known = [...providers.flatMap(provider => providerCodes(provider, translations)), ...exitExplanations()];
  if (args.length === 0) {
    const rows = overview(known);
    const ending = await deliverOwnRows(context, called, { title: 'codes', endpoint: topics, rows });
    if (streams.stdout.isTerminal) context.messages.note(say`what they mean: loanq explain <code>, or loanq explain <system> [endpoint]`);
    return ending;
  }
  const fields = providers.flatMap(provider => plainFields(provider, translations));
  const { found, unknown } = explained({ codes: known, fields }, args);
  if (found.length === 0) {
    const near = slipIn({ codes: known, fields }, unknown.join(' '));
    throw new NotFoundError(say`no document explains the code ${unknown.join(', ')}`, {
      hint: near === undefined ? say`loanq explain lists what there are codes of` : say`did you mean ${near}?`,
    });
  }
  // In a table the meaning, which is all that was asked for, would be cut.
  const isRead = found.length === 1 && streams.stdout.isTerminal && called.format === undefined && options.out === undefined;
  const shown = isRead ? { ...called, options: { fields: ['code', 'meaning', 'where'], ...options, output: 'record' as const } } : called;
  const ending = await deliverOwnRows(context, shown, {
    title: 'codes',
    endpoint: explanations,
    rows: found.map(({ names, ...row }) => row),
  });
  if (unknown.length > 0) throw new PartialError(say`no document explains the code ${unknown.join(', ')}`);
  return ending;
}

function overview(known: readonly Explanation[]): { provider: string; endpoint: string | null; topic: string; codes: string }[] {
  const groups = new Map<string, Explanation[]>();
  for (const one of known) {
    const place = JSON.stringify([one.provider, one.endpoint, one.topic]);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const { provider, endpoint, topic } = first;
    return [{ provider, endpoint, topic, codes: [...new Set(group.map(({ code }) => code))].join(', ') }];
  });
}
