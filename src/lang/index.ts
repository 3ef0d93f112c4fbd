// The phrases of a language. A language is loaded only when it is chosen.
import { type Catalog, type Lang, makeTranslations, type Translations } from './translations.ts';

export type { Catalog, Lang, Translations } from './translations.ts';

/** The phrases of a language. */
export async function loadTranslations(lang: Lang): Promise<Translations> {
  return makeTranslations(lang, await loadCatalog(lang));
}

/** The dictionaries of a language, by provider; none for English. */
export async function loadCatalog(lang: Lang): Promise<Catalog> {
  if (lang === 'zh') return (await import('./zh/index.ts')).default;
  if (lang === 'pt') return (await import('./pt/index.ts')).default;
  return {};
}
