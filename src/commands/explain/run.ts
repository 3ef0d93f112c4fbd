// `loanq explain [code]`: what a code means, from the enums and failures the endpoints declare and the exit codes.
import { NotFoundError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import { exitCodes } from '../../core/exit-codes.ts';
import type { Fields } from '../../core/fields.ts';
import { writeJson } from '../../core/json.ts';
import type { Provider } from '../../core/provider.ts';
import { loadTranslations, type Translations } from '../../lang/index.ts';
import type { Context } from '../../lookup/context.ts';
import { printLines } from '../../output/destination.ts';
import { allProviders } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

interface Explanation {
  readonly code: string;
  /** `ekuaibao repayment-records repaymentType`, `qitech error`, `exit code`. */
  readonly where: string;
  readonly meaning: string;
}

/** Explains one code, or lists all. */
export async function runExplain(context: Context, { args, options, format, streams }: CalledCommand): Promise<ExitName> {
  const [wanted] = args;
  const translations = await loadTranslations(options.lang ?? streams.language);
  const known = [
    ...(await allProviders(context.providers)).flatMap(provider => providerCodes(provider, translations)),
    ...exitExplanations(),
  ];
  const found = wanted === undefined ? known : known.filter(({ code }) => code.toLowerCase() === wanted.toLowerCase());
  if (found.length === 0) throw new NotFoundError(`no document explains the code ${wanted}`, { hint: 'loanq explain lists all codes' });
  if (format === 'json')
    return printLines(context, [
      writeJson(
        found.map(one => ({ ...one })),
        2,
      ),
    ]);
  return printLines(
    context,
    found.map(({ code, where, meaning }) => `${code}  ${meaning}  (${where})`),
  );
}

function providerCodes(provider: Provider, translations: Translations): Explanation[] {
  const ofEndpoints = provider.endpoints.flatMap(endpoint => fieldCodes(endpoint.fields, provider.name, endpoint.name, '', translations));
  const failures = [...(provider.failures ?? []), ...provider.endpoints.flatMap(endpoint => endpoint.failures ?? [])];
  const ofFailures = failures.flatMap(({ code, about, hint }) =>
    code === undefined ? [] : [{ code, where: `${provider.name} error`, meaning: hint === undefined ? about : `${about}; ${hint}` }],
  );
  return distinct([...ofEndpoints, ...ofFailures]);
}

function fieldCodes(fields: Fields, provider: string, endpoint: string, prefix: string, translations: Translations): Explanation[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    if (field.kind === 'enum') {
      return Object.entries(field.values).map(([code, gloss]) => ({
        code,
        where: `${provider} ${endpoint} ${path}`,
        meaning: translations.gloss(provider, endpoint, path, code, gloss),
      }));
    }
    const inner = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
    return inner === undefined ? [] : fieldCodes(inner, provider, endpoint, `${path}.`, translations);
  });
}

function exitExplanations(): Explanation[] {
  return Object.entries(exitCodes).map(([name, { exit, meaning }]) => ({ code: `${exit}`, where: `exit code ${name}`, meaning }));
}

function distinct(explanations: readonly Explanation[]): Explanation[] {
  return [...new Map(explanations.map(one => [`${one.code} ${one.where} ${one.meaning}`, one])).values()];
}
