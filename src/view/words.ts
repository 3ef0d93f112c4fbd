// Human words a view prints. English stands in the endpoint literals; other languages come in through this interface.

export interface Words {
  /** Language of the few words that belong to no field; default English. */
  readonly lang?: string;
  /** Header of a field, by its dotted name. */
  label(provider: string, endpoint: string, fieldPath: string, english: string): string;
  /** Meaning of a code. */
  gloss(provider: string, endpoint: string, fieldPath: string, code: string, english: string): string;
  /** What an instant says that stands for "no time". */
  none(provider: string, endpoint: string, fieldPath: string, english: string): string;
}

/** The words of the literals themselves. */
export const english: Words = {
  label: (_provider, _endpoint, _fieldPath, label) => label,
  gloss: (_provider, _endpoint, _fieldPath, _code, gloss) => gloss,
  none: (_provider, _endpoint, _fieldPath, say) => say,
};

/** Words of one endpoint. */
export interface EndpointWords {
  label(fieldPath: string, english: string): string;
  gloss(fieldPath: string, code: string, english: string): string;
  none(fieldPath: string, english: string): string;
  /** How many elements a nested list has, where only the count is shown. */
  items(count: number): string;
}

/** Binds words to one endpoint. */
export function wordsOf(provider: string, endpoint: string, words: Words = english): EndpointWords {
  return {
    label: (fieldPath, label) => words.label(provider, endpoint, fieldPath, label),
    gloss: (fieldPath, code, gloss) => words.gloss(provider, endpoint, fieldPath, code, gloss),
    none: (fieldPath, say) => words.none(provider, endpoint, fieldPath, say),
    items: count => countItems(words.lang, count),
  };
}

function countItems(lang: string | undefined, count: number): string {
  if (lang === 'zh') return `${count} 项`;
  if (lang === 'pt') return count === 1 ? '1 item' : `${count} itens`;
  return count === 1 ? '1 item' : `${count} items`;
}
