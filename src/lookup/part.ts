// What is not whole says so: `15 of 241 settlements · all: --all`.
import { type Saying, say } from '../core/say.ts';
import type { ListPart } from '../http/pages.ts';

export function partSentence(name: string, { rows, total }: ListPart): Saying {
  return total === undefined ? say`${rows} ${name}, more pages follow · all` : say`${rows} of ${total} ${name} · all`;
}
