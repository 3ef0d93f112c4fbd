// Finds what JSON.parse does not tell: the line of a syntax error, and a key that is given twice (the last one would win in silence).

export interface JsonFault {
  readonly kind: 'syntax' | 'duplicate key';
  /** From 1. */
  readonly line: number;
}

const token =
  /[ \t\r\n]+|"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\]:,]/y;

/** What may come next. `close` is also allowed right after an opening bracket. */
type Expected = 'value' | 'value or close' | 'key' | 'key or close' | 'colon' | 'comma or close' | 'end';

/** The first fault of a JSON text; undefined when it has none. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: (Set<string> | 'array')[] = [];
  let expected: Expected = 'value';
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'comma or close');
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const word = token.exec(text)?.[0];
    const fault = (kind: JsonFault['kind']): JsonFault => ({ kind, line: lineAt(text, at) });
    if (word === undefined) return fault('syntax');
    if (/^\s/.test(word)) continue;
    const inside = open.at(-1);
    if (word === ':' || word === ',') {
      if (expected !== (word === ':' ? 'colon' : 'comma or close')) return fault('syntax');
      expected = word === ':' || inside === 'array' ? 'value' : 'key';
    } else if (word === '}' || word === ']') {
      if (!expected.endsWith('or close') || (inside === 'array') !== (word === ']')) return fault('syntax');
      open.pop();
      expected = afterValue();
    } else if (expected.startsWith('key')) {
      if (!word.startsWith('"') || inside === undefined || inside === 'array') return fault('syntax');
      const key = String(JSON.parse(word));
      if (inside.has(key)) return fault('duplicate key');
      inside.add(key);
      expected = 'colon';
    } else if (expected.startsWith('value')) {
      if (word === '{' || word === '[') open.push(word === '[' ? 'array' : new Set());
      expected = word === '{' ? 'key or close' : word === '[' ? 'value or close' : afterValue();
    } else return fault('syntax');
  }
  return expected === 'end' ? undefined : { kind: 'syntax', line: lineAt(text, text.length) };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
