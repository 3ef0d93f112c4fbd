// What may stand between the cells of a line. The command line checks it before anything is sent, the writers rely on it.
import { UsageError } from './errors.ts';
import { say } from './say.ts';

/** Returns a delimiter that can be told from text; `tab` and `\t` mean TAB. Throws UsageError. */
export function checkDelimiter(given: string): string {
  const delimiter = given === 'tab' || given === '\\t' ? '\t' : given;
  if (/^[^\p{L}\p{N}\p{Cc}"'\\]$/u.test(delimiter) || delimiter === '\t') return delimiter;
  throw new UsageError(say`${JSON.stringify(given)} cannot be a delimiter`, { hint: say`give one character such as ; or "tab"` });
}
