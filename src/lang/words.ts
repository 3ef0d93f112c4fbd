// What the program says in another language: phrases by the English pattern they stand for. Loaded when something has to be said.

import type { Phrases } from './translations.ts';

export async function loadPhrases(lang: 'en' | 'zh' | 'pt'): Promise<Phrases> {
  if (lang === 'zh') return (await import('./zh/words.ts')).default;
  if (lang === 'pt') return (await import('./pt/words.ts')).default;
  return {};
}
