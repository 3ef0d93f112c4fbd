// Help folded at the width of the terminal: what goes on stands below what it belongs to, and no word is broken.

/** Lines of texts in East Asian scripts are as wide as they look. */
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** The same text with no line over `width`, unless a word of it is longer. */
export function fold(text: string, width: number): string {
  return text
    .split('\n')
    .map(line => (cells(line) <= width ? line : foldLine(line, width)))
    .join('\n');
}

function foldLine(line: string, whole: number): string {
  // A command goes on behind a backslash, so that it can still be pasted.
  const end = /^\s+loanq /.test(line) ? ' \\' : '';
  const width = whole - end.length;
  const hang = ' '.repeat(end === '' ? hangOf(line, width) : 4);
  const lines: string[] = [];
  let last = /^\s*/.exec(line)?.[0] ?? '';
  let isEmpty = true;
  for (const [chunk] of line.trimStart().matchAll(/\S+\s*/g)) {
    if (!isEmpty && cells(last + chunk.trimEnd()) > width) {
      lines.push(`${last.trimEnd()}${end}`);
      last = hang;
    }
    last += chunk;
    isEmpty = false;
  }
  return [...lines, last.trimEnd()].join('\n');
}

/** Where the second column begins, if there are two; else where the line begins. */
function hangOf(line: string, width: number): number {
  const columns = /^\s*\S+(?: \S+)*\s{2,}(?=\S)/.exec(line)?.[0].length;
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  // Where the second has no room for itself, it goes on further in than the next line begins.
  return columns === undefined ? indent : columns <= width / 2 ? columns : indent + 4;
}

function cells(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}
