// Words of command lines that people paste into a POSIX shell.

/** A word in single quotes, whatever it holds. */
export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A word as it is where a shell reads it as it is, else in quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : shellQuote(word);
}

/** Options and keys of a command of ours, as words: a key that begins with `-` is none of the options only behind `--`. */
export function argumentWords(keys: readonly string[], options: readonly string[] = []): string {
  return argumentList(keys, options).map(shellWord).join(' ');
}

/** The same before a shell has read them. */
export function argumentList(keys: readonly string[], options: readonly string[] = []): string[] {
  const isMistakable = keys.some(key => key.startsWith('-'));
  return isMistakable ? [...options, '--', ...keys] : [...keys, ...options];
}

/** An option and its value, as words: a value that begins with `-` may be the name of another option, and is joined to its own. */
export function optionArguments(flag: string, value: string): string[] {
  return value.startsWith('-') ? [`${flag}=${value}`] : [flag, value];
}
