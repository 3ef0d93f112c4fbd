// Every endpoint of the registry with what its page says: the facts files beside the literals. A test that loops these covers
// a new endpoint as soon as its files are there.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { Provider } from '../../src/core/provider.ts';
import type { EndpointFacts, ProviderFacts } from '../../src/providers/facts.ts';
import { allProviders } from '../../src/providers/index.ts';

export interface FactsOfProvider {
  readonly name: string;
  readonly provider: Provider;
  readonly facts: ProviderFacts;
}

export interface FactsOfEndpoint {
  /** `crego record` */
  readonly name: string;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly facts: EndpointFacts;
  /** Keys of the documented sample, in the order of the arguments. */
  readonly keys: readonly string[];
  /** The command line that is answered with the sample; a list stops after the documented record, which the sandbox serves first. */
  readonly args: readonly string[];
}

const folder = new URL('../../src/providers/', import.meta.url);

/** Every provider, in the order of the registry. */
export async function factsOfProviders(): Promise<FactsOfProvider[]> {
  const providers = await allProviders();
  return Promise.all(providers.map(async provider => ({ name: provider.name, provider, facts: await load(provider.name, 'provider') })));
}

/** Every endpoint, in the order of the registry. */
export async function factsOfEndpoints(): Promise<FactsOfEndpoint[]> {
  const all = (await allProviders()).flatMap(provider => provider.endpoints.map(endpoint => ({ provider, endpoint })));
  return Promise.all(
    all.map(async ({ provider, endpoint }) => {
      const keys = documentedKeys(endpoint);
      const limit = keys.length === 0 && endpoint.paging !== undefined ? ['--limit', '1'] : [];
      const facts: EndpointFacts = await load(provider.name, endpoint.name);
      const args = [provider.name, endpoint.name, ...keys, ...(facts.options ?? []), ...limit];
      return { name: `${provider.name} ${endpoint.name}`, provider, endpoint, facts, keys, args };
    }),
  );
}

/** The keys of the documented sample as arguments; one that keys share may answer several of them. */
function documentedKeys({ keys = {}, exampleKeys = [] }: Endpoint): string[] {
  const shared = Object.values(keys).at(-1)?.many === 'packed' ? Object.keys(keys).at(-1) : undefined;
  return Object.keys(keys).flatMap(parameter =>
    (parameter === shared ? exampleKeys : exampleKeys.slice(0, 1)).map(example => example[parameter] ?? ''),
  );
}

/** Where the golden output of an endpoint lies: beside its literal. */
export function goldenFile(provider: Provider, endpoint: Endpoint): string {
  return fileURLToPath(new URL(`${provider.name}/${endpoint.name}.golden.txt`, folder));
}

/** Files beside the literals that tests alone read, as `crego/record.facts.ts`. */
export async function testFiles(): Promise<string[]> {
  const paths = await readdir(folder, { recursive: true });
  return paths.filter(path => /\.(?:facts\.ts|golden\.txt)$/.test(path)).sort();
}

async function load(provider: string, name: string) {
  return (await import(new URL(`${provider}/${name}.facts.ts`, folder).href)).default;
}
