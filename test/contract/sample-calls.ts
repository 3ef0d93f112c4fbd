// One call per endpoint of the registry that is answered with the documented sample.
import type { Endpoint } from '../../src/core/endpoint.ts';
import type { Provider } from '../../src/core/provider.ts';
import { allProviders } from '../../src/providers/index.ts';

export interface SampleCall {
  /** `crego record` */
  readonly name: string;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  /** Keys of the documented sample, in the order of the arguments. */
  readonly keys: readonly string[];
  /** The whole command line; a list stops after the documented record, which the sandbox serves first. */
  readonly args: readonly string[];
}

/** The calls, in the order of the registry. */
export async function sampleCalls(): Promise<SampleCall[]> {
  return (await allProviders()).flatMap(provider => provider.endpoints.map(endpoint => sampleCall(provider, endpoint)));
}

function sampleCall(provider: Provider, endpoint: Endpoint): SampleCall {
  const keys = Object.keys(endpoint.keys ?? {}).map(parameter => {
    const key = endpoint.exampleKeys?.[0]?.[parameter];
    if (key === undefined) throw new Error(`${provider.name} ${endpoint.name} names no sample for ${parameter}`);
    return key;
  });
  const limit = keys.length === 0 && endpoint.paging !== undefined ? ['--limit', '1'] : [];
  return { name: `${provider.name} ${endpoint.name}`, provider, endpoint, keys, args: [provider.name, endpoint.name, ...keys, ...limit] };
}
