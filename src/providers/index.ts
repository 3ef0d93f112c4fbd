// The registry: every provider by its CLI word. Each is loaded only when it is called.
import { UsageError } from '../core/errors.ts';
import type { Provider } from '../core/provider.ts';
import { say } from '../core/say.ts';

export type ProviderName = 'ekuaibao' | 'finlend' | 'crego' | 'qitech' | 'interlace';

/** What help shows of a provider without loading it. */
export interface ProviderEntry {
  readonly title: string;
  readonly load: () => Promise<Provider>;
}

/** Providers by their CLI words: what the command tree, the sandbox and the reference pages are made from. */
export type ProviderTable = Readonly<Record<string, ProviderEntry>>;

export const providers: Readonly<Record<ProviderName, ProviderEntry>> = {
  ekuaibao: { title: 'Ekuaibao (合思)', load: async () => (await import('./ekuaibao/index.ts')).default },
  finlend: { title: 'FinCode FinLend', load: async () => (await import('./finlend/index.ts')).default },
  crego: { title: 'Crego LMS', load: async () => (await import('./crego/index.ts')).default },
  qitech: { title: 'QI Tech', load: async () => (await import('./qitech/index.ts')).default },
  interlace: { title: 'Interlace', load: async () => (await import('./interlace/index.ts')).default },
};

/** The provider with this name. Throws UsageError when there is none. */
export async function loadProvider(name: string, table: ProviderTable = providers): Promise<Provider> {
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (entry === undefined) throw new UsageError(say`unknown provider: ${name}`, { hint: say`one of ${Object.keys(table).join(', ')}` });
  return entry.load();
}

/** Every provider, in the order of the registry. */
export async function allProviders(table: ProviderTable = providers): Promise<Provider[]> {
  return Promise.all(Object.values(table).map(entry => entry.load()));
}
