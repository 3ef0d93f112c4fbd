// `loanq drift <summaries...>`: since when which field is there or gone, and the lines to add to a literal.
import { visible } from '../../console/escape.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { type Json, writeJson } from '../../core/json.ts';
import { say } from '../../core/say.ts';
import type { Context } from '../../lookup/context.ts';
import { printLines } from '../../output/destination.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';
import { type Difference, type History, historiesOf } from './history.ts';
import { literalLine } from './literal-lines.ts';
import { readNights } from './nights.ts';

/** Prints what summaries say of drift. Throws InputError for a file that is none. */
export async function runDrift(context: Context, { args, format }: CalledCommand): Promise<ExitName> {
  const nights = await readNights(args, context.runtime.signal);
  const histories = historiesOf(nights);
  const endpoints = new Map<string, Endpoint>(
    (await allProviders(context.providers)).flatMap(({ name, endpoints: all }) => all.map(one => [`${name} ${one.name}`, one] as const)),
  );
  const lineOf = (difference: Difference) => {
    const endpoint = endpoints.get(difference.endpoint);
    return endpoint && difference.until === undefined ? literalLine(endpoint, difference) : undefined;
  };
  if (format === 'json')
    return printLines(context, [
      writeJson(
        histories.flatMap(history => rowsOf(history, lineOf)),
        2,
      ),
    ]);
  const skipped = args.length - nights.length;
  if (skipped > 0) context.messages.note(say`${skipped} of ${args.length} runs have no row and say nothing`);
  return printLines(context, histories.flatMap(history => linesOf(history, lineOf, endpoints.get(history.endpoint))).map(visible));
}

function rowsOf({ differences }: History, lineOf: (difference: Difference) => string | undefined): Json[] {
  return differences.map(difference => {
    const { endpoint, kind, what, since, until, isOlder } = difference;
    return { endpoint, kind, what, since, until: until ?? null, isOlder, line: lineOf(difference) ?? null };
  });
}

function linesOf({ endpoint, nights, differences }: History, lineOf: (d: Difference) => string | undefined, known?: Endpoint): string[] {
  const [first, last] = [nights[0]?.ended ?? '', nights.at(-1)?.ended ?? ''];
  const head = `${endpoint}: ${nights.length === 1 ? `1 run, ${last}` : `${nights.length} runs from ${first} to ${last}`}`;
  if (differences.length === 0) return [`${head}: as documented`];
  const words = differences.map(({ kind, what }) => visible(`${kind} ${what}`));
  const width = Math.max(...words.map(word => word.length));
  const lines = differences.flatMap(difference => lineOf(difference) ?? []);
  return [
    head,
    ...differences.map((difference, at) => `  ${words[at]?.padEnd(width)}  ${spanOf(difference)}`),
    ...(lines.length === 0 || known === undefined ? [] : ['  for the literal:', ...lines.map(line => `    ${line}`)]),
  ];
}

function spanOf({ since, until, isOlder }: Difference): string {
  if (until !== undefined) return `until ${until}, not since`;
  return isOlder ? `since ${since} or before` : `since ${since}`;
}
