// What is not whole says so: `15 of 241 settlements · all: --all`.
import type { ListPart } from '../http/pages.ts';

export function partSentence(name: string, { rows, total }: ListPart): string {
  const read = total === undefined ? `${rows} ${name}, more pages follow` : `${rows} of ${total} ${name}`;
  return `${read} · all`;
}
