// Human words a view prints. English stands in the endpoint literals; other languages come in through this interface.

export interface Words {
  /** Header of a field, by its dotted name. */
  label(provider: string, endpoint: string, fieldPath: string, english: string): string;
  /** Meaning of a code. */
  gloss(provider: string, endpoint: string, fieldPath: string, code: string, english: string): string;
  /** What an instant says that stands for "no time". */
  none(provider: string, endpoint: string, fieldPath: string, english: string): string;
  /** How many elements a nested list has, where only the count is shown. */
  items(count: number): string;
}

/** The words of the literals themselves. */
export const english: Words = {
  label: (_provider, _endpoint, _fieldPath, label) => label,
  gloss: (_provider, _endpoint, _fieldPath, _code, gloss) => gloss,
  none: (_provider, _endpoint, _fieldPath, say) => say,
  items: count => (count === 1 ? '1 item' : `${count} items`),
};

/** Words of one endpoint. */
export interface EndpointWords {
  label(fieldPath: string, english: string): string;
  gloss(fieldPath: string, code: string, english: string): string;
  none(fieldPath: string, english: string): string;
  items(count: number): string;
}

/** Binds words to one endpoint. */
export function wordsOf(provider: string, endpoint: string, words: Words = english): EndpointWords {
  return {
    label: (fieldPath, label) => words.label(provider, endpoint, fieldPath, label),
    gloss: (fieldPath, code, gloss) => words.gloss(provider, endpoint, fieldPath, code, gloss),
    none: (fieldPath, say) => words.none(provider, endpoint, fieldPath, say),
    items: count => words.items(count),
  };
}
