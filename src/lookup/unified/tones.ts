// What a status says at a glance among those of other systems: the tone that the endpoints declare, where they agree on the code.
import type { Endpoint } from '../../core/endpoint.ts';
import type { EnumField, Tone } from '../../core/fields.ts';
import type { Provider } from '../../core/provider.ts';
import { fieldAt } from './row.ts';

/** The endpoint of unified rows with the tones of their statuses. A code that one system colours and another does not has none. */
export function withTones(endpoint: Endpoint, providers: readonly Provider[]): Endpoint {
  const { status } = endpoint.fields;
  if (status?.kind !== 'enum') return endpoint;
  return { ...endpoint, fields: { ...endpoint.fields, status: { ...status, tones: statusTones(providers) } } };
}

function statusTones(providers: readonly Provider[]): Readonly<Record<string, Tone>> {
  const said = new Map<string, Set<Tone | undefined>>();
  for (const { values, tones } of providers.flatMap(({ endpoints }) => endpoints.flatMap(statusOf))) {
    for (const code of Object.keys(values)) said.set(code, (said.get(code) ?? new Set()).add(tones?.[code]));
  }
  return Object.fromEntries(
    [...said].flatMap(([code, tones]) => {
      const [tone] = tones;
      return tones.size === 1 && tone !== undefined ? [[code, tone]] : [];
    }),
  );
}

function statusOf({ fields, unified }: Endpoint): EnumField[] {
  const source = unified?.status;
  const field = typeof source === 'string' ? fieldAt(fields, source.split('.')) : undefined;
  return field?.kind === 'enum' ? [field] : [];
}
