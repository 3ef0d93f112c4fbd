// How the values of a page are shown, and what is said of a result where nobody has told.
import type { View } from '../format.ts';
import { offsetText, readInstant } from '../text/instants.ts';
import type { PageStyle } from './cells.ts';
import type { PageView } from './frame.ts';

/** Headings name the offset that holds when the page is made; times of another offset name their own. */
export function styleOf({ words, zone, page }: PageView): PageStyle {
  const made = readInstant(page.at.toISOString(), 'iso');
  return { words, zone, offset: made === undefined ? '+00:00' : offsetText(made, zone) };
}

/** A page is made only of what a run delivers, and a run always says where it is from. */
export function withFacts(view: View): PageView {
  if (view.page === undefined) throw new TypeError('a page says where it is from');
  return { ...view, page: view.page };
}
