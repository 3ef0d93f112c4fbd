// `loanq explain [words...]`: what codes mean, by code, by system and endpoint, or as an overview of the topics.

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
import { type Explanation, exitExplanations, providerCodes } from './codes.ts';

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
  const { found, unknown } = chosen(known, args);
  if (found.length === 0)
    throw new NotFoundError(say`no document explains the code ${unknown.join(', ')}`, {
      hint: say`loanq explain lists what there are codes of`,
    });
  // In a table the meaning, which is all that was asked for, would be cut.
  const isRead = found.length === 1 && streams.stdout.isTerminal && called.format === undefined && options.out === undefined;
  const shown = isRead ? { ...called, options: { fields: ['code', 'meaning', 'where'], ...options, output: 'record' as const } } : called;
  const ending = await deliverOwnRows(context, shown, { title: 'codes', endpoint: explanations, rows: found.map(one => ({ ...one })) });
  if (unknown.length > 0) throw new PartialError(say`no document explains the code ${unknown.join(', ')}`);
  return ending;
}

/** A system, a system and an endpoint, or codes, letters big or small. */
function chosen(known: readonly Explanation[], words: readonly string[]): { found: readonly Explanation[]; unknown: readonly string[] } {
  const [provider, endpoint, ...more] = words;
  const ofProvider = known.filter(one => one.provider === provider);
  if (ofProvider.length > 0 && endpoint === undefined) return { found: ofProvider, unknown: [] };
  const ofEndpoint = ofProvider.filter(one => one.endpoint === endpoint);
  if (ofEndpoint.length > 0 && more.length === 0) return { found: ofEndpoint, unknown: [] };
  const byCode = words.map(word => ({ word, found: known.filter(({ code }) => code.toLowerCase() === word.toLowerCase()) }));
  return {
    found: [...new Set(byCode.flatMap(({ found }) => found))],
    unknown: byCode.flatMap(({ word, found }) => (found.length === 0 ? [word] : [])),
  };
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
