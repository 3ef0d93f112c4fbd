// A command of the environment as words, quotes understood and nothing else: no shell reads it, so what only a shell could mean is refused.

/** Signs by which a shell would do something else than start a program with these words. */
const shellSigns = new Set('|&;<>()$`');

/** Undefined for a command that needs a shell, or whose quotes do not end. On Windows a backslash is part of a path. */
export function commandWords(command: string, platform: NodeJS.Platform): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < command.length; at++) {
    const char = command[at] ?? '';
    if (char === quote) quote = '';
    else if (char === '\\' && quote !== "'" && platform !== 'win32') {
      at += 1;
      if (at === command.length) return undefined;
      word = (word ?? '') + (command[at] ?? '');
    } else if (quote !== '') word = (word ?? '') + char;
    else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (shellSigns.has(char)) return undefined;
    else word = (word ?? '') + char;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}
