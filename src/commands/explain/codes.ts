// Every code there is with its meaning: from the enums and failures the endpoints declare, and the exit codes.
import { exitCodes } from '../../core/exit-codes.ts';
import type { Field, Fields } from '../../core/fields.ts';
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
  /** What people may call the topic: its name, with and without what it is in, and its heading. */
  readonly names: readonly string[];
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
      : [{ code, where: `${provider.name} error`, meaning, provider: provider.name, endpoint: null, topic: 'error', names: ['error'] }];
  });
  return distinct([...ofFields, ...ofFailures]);
}

interface Place {
  readonly provider: string;
  readonly endpoint: string;
  readonly translations: Translations;
}

/** The fields that have no codes: what they are called, and what a page says of them. */
export function plainFields({ name: provider, endpoints }: Provider, translations: Translations): Explanation[] {
  return endpoints.flatMap(({ name: endpoint, fields }) => fieldMeanings(fields, { provider, endpoint, translations }));
}

function fieldMeanings(fields: Fields, place: Place, prefix = ''): Explanation[] {
  const { provider, endpoint, translations } = place;
  return Object.entries(fields).flatMap(([name, field]): Explanation[] => {
    const topic = `${prefix}${name}`;
    const inner = field.kind === 'group' || field.kind === 'list' ? fieldMeanings(field.fields ?? {}, place, `${topic}.`) : [];
    if (field.kind === 'enum' || field.kind === 'group') return inner;
    const heading = translations.label(provider, endpoint, topic, field.label);
    const meaning = field.about === undefined ? heading : `${heading} (${field.about})`;
    return [
      { code: topic, where: `${provider} ${endpoint}`, meaning, provider, endpoint, topic, names: namesOf(topic, field, place) },
      ...inner,
    ];
  });
}

function namesOf(topic: string, { label }: Field, { provider, endpoint, translations }: Place): string[] {
  return [topic, topic.split('.').at(-1) ?? topic, label, translations.label(provider, endpoint, topic, label)];
}

function fieldCodes(fields: Fields, place: Place, prefix = ''): Explanation[] {
  const { provider, endpoint, translations } = place;
  return Object.entries(fields).flatMap(([name, field]): Explanation[] => {
    const topic = `${prefix}${name}`;
    if (field.kind === 'enum') {
      const names = namesOf(topic, field, place);
      return Object.entries(field.values).map(([code, gloss]) => {
        const meaning = translations.gloss(provider, endpoint, topic, code, gloss);
        return { code, where: `${provider} ${endpoint} ${topic}`, meaning, provider, endpoint, topic, names };
      });
    }
    const inner = field.kind === 'group' || field.kind === 'list' ? field.fields : undefined;
    return inner === undefined ? [] : fieldCodes(inner, place, `${topic}.`);
  });
}

export function exitExplanations(): Explanation[] {
  return Object.entries(exitCodes).map(([name, { exit, meaning }]) => {
    return {
      code: `${exit}`,
      where: `exit code ${name}`,
      meaning,
      provider: 'loanq',
      endpoint: null,
      topic: 'exit code',
      names: ['exit', 'exit code', name],
    };
  });
}

function distinct(explanations: readonly Explanation[]): Explanation[] {
  return [...new Map(explanations.map(one => [JSON.stringify(one), one])).values()];
}
