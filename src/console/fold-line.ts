// A line for a terminal that is wider than it: it goes on below, no word is broken, and a command stays in one piece to be pasted.

const wide = '\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6';
const closing = '\\u3001\\u3002\\u300b\\u300d\\uff01\\uff09\\uff0c\\uff1a\\uff1b\\uff1f';
/** What a person is told to type. It ends where the sentence around it goes on. */
const command = `\\s*[("]?(?:loanq|mkdir -p|read -rs|secret-tool) (?:(?!: |[;,()"·${wide}]).)+[;,)"]*\\s*`;
const pieces = new RegExp(`${command}|\\s*[${wide}][${closing}]*\\s*|\\s*[^\\s${wide}]+[${closing}]*\\s*`, 'g');
const wideSigns = new RegExp(`[${wide}]`, 'g');
/** Our own, which take no room. */
const colours = /\u001b\[[\d;]*m/g;

/** The same line in as many as the width asks for; what goes on stands two cells further in. */
export function foldLine(line: string, columns: number): string {
  if (line.length * 2 <= columns || cells(line) <= columns) return line;
  const hang = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const lines: string[] = [];
  let last = '';
  let taken = 0;
  for (const [piece] of line.matchAll(pieces)) {
    const needed = cells(piece.trimEnd());
    if (taken > 0 && taken + needed > columns && hang.length + needed <= columns) {
      lines.push(last.trimEnd());
      last = hang;
      taken = hang.length;
    }
    last += piece;
    taken += cells(piece);
  }
  return [...lines, last.trimEnd()].join('\n');
}

function cells(text: string): number {
  const seen = text.replace(colours, '');
  return seen.length + (seen.match(wideSigns)?.length ?? 0);
}
