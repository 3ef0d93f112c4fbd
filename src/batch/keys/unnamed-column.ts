// A key file that looks like CSV while nobody has said which column holds the key: one mistake, told once instead of once a line.
import { UsageError } from '../../core/errors.ts';
import { trimKey } from '../../core/keys.ts';
import { say } from '../../core/say.ts';
import { shellWord } from '../../core/shell.ts';

/** The first two lines, each cut at the same sign. */
export interface Head {
  readonly fileName: string;
  readonly names: readonly string[];
  readonly cells: readonly string[];
  readonly isKey: (text: string) => boolean;
}

const columnName = /^[\p{L}_][\p{L}\p{N}_ .()/-]{0,60}$/u;

/** The usage error for such a file; undefined where its first line is no head of names. */
export function unnamedColumn({ fileName, names, cells, isKey }: Head): UsageError | undefined {
  if (names.length < 2 || cells.length !== names.length || !names.every(name => columnName.test(name))) return undefined;
  const at = cells.findIndex(cell => isKey(trimKey(cell)));
  if (at < 0 || names.some(name => /\d/.test(name) && isKey(name))) return undefined;
  return new UsageError(say`${fileName} looks like CSV: its columns are ${names.join(', ')}`, {
    hint: say`say which one holds the key: --column ${shellWord(names[at] ?? '')}`,
  });
}
