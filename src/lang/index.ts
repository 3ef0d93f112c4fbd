// Which language a run speaks, and its phrases. A language is loaded only when it is chosen.
import { type Catalog, type Lang, makePhrases, type Phrases } from './phrases.ts';

export type { Catalog, Lang, Phrases } from './phrases.ts';

/** The phrases of a language. */
export async function loadPhrases(lang: Lang): Promise<Phrases> {
  return makePhrases(lang, await loadCatalog(lang));
}

/** The dictionaries of a language, by provider; none for English. */
export async function loadCatalog(lang: Lang): Promise<Catalog> {
  if (lang === 'zh') return (await import('./zh/index.ts')).default;
  if (lang === 'pt') return (await import('./pt/index.ts')).default;
  return {};
}

/** `--lang` if given, else what the locale says: the first of LC_ALL, LC_MESSAGES and LANG that is set. */
export function chooseLanguage(flag: Lang | undefined, env: Readonly<Record<string, string | undefined>>): Lang {
  if (flag !== undefined) return flag;
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find(value => value !== undefined && value !== '') ?? '';
  const language = /^(zh|pt)(?![a-z])/i.exec(locale)?.[1]?.toLowerCase();
  return language === 'zh' || language === 'pt' ? language : 'en';
}
