// Which endpoints of a provider could own an id, by the grammar of their keys, and why one is not asked.
import type { Endpoint } from '../../core/endpoint.ts';
import { UsageError } from '../../core/errors.ts';
import { checkKey, type KeyValues, mainKey } from '../../core/keys.ts';
import type { Provider } from '../../core/provider.ts';
import { joined, say, sayingOf, type Words } from '../../core/say.ts';

/** An endpoint that could own the id, with every key it wants. */
export interface Candidate {
  readonly endpoint: Endpoint;
  readonly keys: KeyValues;
}

/** Who could own an id at one provider. */
export interface Fit {
  readonly candidates: readonly Candidate[];
  /** Why an endpoint of the provider is not asked that could own it, or why none could. */
  readonly notAsked?: Words;
}

/** Sorts an id to the endpoints of a provider. `given`: values of the options of `lookup` that leading keys name. */
export function fitId({ endpoints }: Provider, id: string, given: Readonly<Record<string, string>>): Fit {
  const identifying = endpoints.filter(identifies);
  if (identifying.length === 0) return { candidates: [], notAsked: say`nothing there is found by an id alone` };
  const fitting = identifying.filter(endpoint => fits(endpoint, id));
  if (fitting.length === 0) return { candidates: [], notAsked: shapeOf(identifying) };
  const candidates = fitting.flatMap(endpoint => {
    const keys = keysFor(endpoint, id, given);
    return keys === undefined ? [] : [{ endpoint, keys }];
  });
  const notAsked = missingOptions(fitting, given);
  return { candidates, ...(notAsked !== undefined && { notAsked }) };
}

/** Whether an endpoint says what its records are, and reads them by a key that `lookup` can be given. */
export function identifies(endpoint: Endpoint): boolean {
  const leading = leadingKeys(endpoint);
  return endpoint.unified !== undefined && mainKey(endpoint) !== undefined && leading.every(([, key]) => key.of !== undefined);
}

/** Whether an id has the shape of the endpoint's keys. */
export function fits(endpoint: Endpoint, id: string): boolean {
  const grammar = mainKey(endpoint)?.key.grammar;
  return grammar?.pattern.test(id) === true && (grammar.likely?.pattern.test(id) ?? true);
}

/** Throws UsageError for what is no id but looks like something people take for one. */
export function refuseLookalike(providers: readonly Provider[], id: string): void {
  for (const { title, endpoints } of providers) {
    for (const endpoint of endpoints.filter(identifies)) {
      const grammar = mainKey(endpoint)?.key.grammar;
      const lookalike = grammar?.lookalikes?.find(({ pattern }) => pattern.test(id));
      if (lookalike === undefined) continue;
      const sample = sampleOf(endpoint);
      const hint =
        sample === undefined
          ? say`ask for the id itself, or look in ${title}`
          : say`ask for the id itself, such as ${sample}, or look in ${title}`;
      throw new UsageError(say`${id} ${sayingOf(lookalike.say)}`, { keys: [id], hint });
    }
  }
}

/** Options of `lookup` that leading keys take, checked. Throws UsageError. */
export function checkLeading(providers: readonly Provider[], given: Readonly<Record<string, unknown>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const endpoint of providers.flatMap(({ endpoints }) => endpoints.filter(identifies))) {
    for (const [parameter, key] of leadingKeys(endpoint)) {
      const value = given[key.of ?? ''];
      if (typeof value === 'string' && key.of !== undefined) checked[key.of] = checkKey(parameter, key, value);
    }
  }
  return checked;
}

function leadingKeys(endpoint: Endpoint) {
  return Object.entries(endpoint.keys ?? {}).slice(0, -1);
}

function keysFor(endpoint: Endpoint, id: string, given: Readonly<Record<string, string>>): KeyValues | undefined {
  const keys: Record<string, string> = {};
  for (const [parameter, key] of leadingKeys(endpoint)) {
    const value = given[key.of ?? ''];
    if (value === undefined) return undefined;
    keys[parameter] = value;
  }
  return { ...keys, [mainKey(endpoint)?.parameter ?? '']: id };
}

function missingOptions(fitting: readonly Endpoint[], given: Readonly<Record<string, string>>): Words | undefined {
  const lacking = fitting.filter(endpoint => keysFor(endpoint, '', given) === undefined);
  const options = new Set(lacking.flatMap(endpoint => leadingKeys(endpoint).map(([, key]) => `--${key.of} <key>`)));
  if (lacking.length === 0) return undefined;
  const names = lacking.map(({ name }) => name);
  const needed = joined([...options], say` and `);
  return names.length === 1 ? say`${names[0] ?? ''} needs ${needed}` : say`${joined(names, say` and `)} need ${needed}`;
}

function shapeOf(identifying: readonly Endpoint[]): Words {
  const grammar = identifying.map(endpoint => mainKey(endpoint)?.key.grammar).find(one => one !== undefined);
  return grammar?.likely === undefined
    ? say`other ids (${sayingOf(grammar?.name ?? '')})`
    : say`other ids (such as ${grammar.likely.sample})`;
}

function sampleOf(endpoint: Endpoint): string | undefined {
  const main = mainKey(endpoint);
  return main?.key.grammar.likely?.sample ?? endpoint.exampleKeys?.[0]?.[main?.parameter ?? ''];
}
