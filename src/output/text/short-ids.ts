// How far ids may be cut on a screen: what tells them apart stays, and no less than a person compares by.
import { displayWidth } from '../../console/width.ts';

/** Fewer characters of an id nobody recognizes. */
const leastCells = 8;
const ellipsis = 1;

/** The least cells in which these ids still differ, the `…` of a cut one included. */
export function shortIdCells(ids: readonly string[]): number {
  // In order, an id shares the longest beginning with a neighbour.
  const sorted = [...new Set(ids)].sort();
  const telling = sorted.reduce((most, id, at) => {
    const shared = Math.max(sharedUnits(id, sorted[at - 1]), sharedUnits(id, sorted[at + 1]));
    return Math.max(most, displayWidth(id.slice(0, shared + 1)));
  }, leastCells);
  const widest = sorted.reduce((most, id) => Math.max(most, displayWidth(id)), 0);
  return Math.min(telling + ellipsis, widest);
}

function sharedUnits(id: string, other = ''): number {
  let at = 0;
  while (at < id.length && id[at] === other[at]) at++;
  return at;
}
