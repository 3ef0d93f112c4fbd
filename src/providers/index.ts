// The registry: every provider by its CLI word. Each is loaded only when it is called.
import { UsageError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';

export type ProviderName = 'ekuaibao' | 'finlend' | 'crego' | 'qitech' | 'interlace';

/** What help shows of a provider without loading it. */
export interface ProviderEntry {
  readonly title: string;
  readonly load: () => Promise<Provider>;
}

export const providers: Readonly<Record<ProviderName, ProviderEntry>> = {
  ekuaibao: { title: 'Ekuaibao (合思)', load: async () => (await import('./ekuaibao/index.ts')).default },
  finlend: { title: 'FinCode FinLend', load: async () => (await import('./finlend/index.ts')).default },
  crego: { title: 'Crego LMS', load: async () => (await import('./crego/index.ts')).default },
  qitech: { title: 'QI Tech', load: async () => (await import('./qitech/index.ts')).default },
  interlace: { title: 'Interlace', load: async () => (await import('./interlace/index.ts')).default },
};

/** Whether a word is the name of a provider. */
export function isProviderName(word: string): word is ProviderName {
  return Object.hasOwn(providers, word);
}

/** The provider with this name. Throws UsageError when there is none. */
export async function loadProvider(name: string): Promise<Provider> {
  if (!isProviderName(name)) throw new UsageError(`unknown provider: ${name}`, { hint: `one of ${Object.keys(providers).join(', ')}` });
  return providers[name].load();
}

/** Every provider, in the order of the registry. */
export async function allProviders(): Promise<Provider[]> {
  return Promise.all(Object.values(providers).map(entry => entry.load()));
}
