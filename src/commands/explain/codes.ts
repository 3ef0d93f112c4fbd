// Every code there is with its meaning: from the enums and failures the endpoints declare, and the exit codes.
import { exitCodes } from '../../core/exit-codes.ts';
import type { Fields } from '../../core/fields.ts';
import type { Provider } from '../../core/provider.ts';
import type { Translations } from '../../lang/index.ts';

export interface Explanation {
  readonly code: string;
  /** `ekuaibao repayment-records repaymentType`, `qitech error`, `exit code not-found`. */
  readonly where: string;
  readonly meaning: string;
  /** Name of the provider; `loanq` for exit codes. */
  readonly provider: string;
  /** The endpoint, where the code is one of its fields. */
  readonly endpoint: string | null;
  /** What the code stands in: `status`, `payouts.type`, `error`, `exit code`. */
  readonly topic: string;
}

/** Of the fields of its endpoints, then of its failures. */
export function providerCodes(provider: Provider, translations: Translations): Explanation[] {
  const ofFields = provider.endpoints.flatMap(({ name, fields }) =>
    fieldCodes(fields, { provider: provider.name, endpoint: name, translations }),
  );
  const failures = [...(provider.failures ?? []), ...provider.endpoints.flatMap(endpoint => endpoint.failures ?? [])];
  const ofFailures = failures.flatMap(({ code, about, hint }) => {
    const meaning = hint === undefined ? about : `${about}; ${hint}`;
    return code === undefined
      ? []
      : [{ code, where: `${provider.name} error`, meaning, provider: provider.name, endpoint: null, topic: 'error' }];
  });
  return distinct([...ofFields, ...ofFailures]);
}

interface Place {
  readonly provider: string;
  readonly endpoint: string;
  readonly translations: Translations;
}

function fieldCodes(fields: Fields, place: Place, prefix = ''): Explanation[] {
  const { provider, endpoint, translations } = place;
  return Object.entries(fields).flatMap(([name, field]) => {
    const topic = `${prefix}${name}`;
    if (field.kind === 'enum') {
      return Object.entries(field.values).map(([code, gloss]) => {
        const meaning = translations.gloss(provider, endpoint, topic, code, gloss);
        return { code, where: `${provider} ${endpoint} ${topic}`, meaning, provider, endpoint, topic };
      });
    }
    const inner = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
    return inner === undefined ? [] : fieldCodes(inner, place, `${topic}.`);
  });
}

export function exitExplanations(): Explanation[] {
  return Object.entries(exitCodes).map(([name, { exit, meaning }]) => {
    return { code: `${exit}`, where: `exit code ${name}`, meaning, provider: 'loanq', endpoint: null, topic: 'exit code' };
  });
}

function distinct(explanations: readonly Explanation[]): Explanation[] {
  return [...new Map(explanations.map(one => [JSON.stringify(one), one])).values()];
}
