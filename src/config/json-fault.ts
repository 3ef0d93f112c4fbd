// Finds what JSON.parse does not tell: the line of a syntax error, and a key that is given twice (the last one would win in silence).
import { type JSONVisitor, visit } from 'jsonc-parser';

export interface JsonFault {
  readonly kind: 'syntax' | 'duplicate key' | 'too deep';
  /** From 1. */
  readonly line: number;
}

/** The parser calls itself for each level. */
const mostLevels = 64;

/** The first fault of a JSON text; undefined when it has none. */
export function findJsonFault(text: string): JsonFault | undefined {
  const finder = new FaultFinder();
  try {
    visit(text, finder.visitor, { disallowComments: true });
  } catch (thrown) {
    if (!(thrown instanceof Found)) throw thrown;
    return { kind: thrown.kind, line: thrown.line + 1 };
  }
  return undefined;
}

/** Ends the visit. `line` counts from 0. */
class Found {
  constructor(
    readonly kind: JsonFault['kind'],
    readonly line: number,
  ) {}
}

class FaultFinder {
  /** Keys of each open object; none for a list. */
  readonly #open: Set<string>[] = [];

  readonly visitor: JSONVisitor = {
    onObjectBegin: (_offset, _length, line) => this.#enter(line),
    onArrayBegin: (_offset, _length, line) => this.#enter(line),
    onObjectEnd: () => void this.#open.pop(),
    onArrayEnd: () => void this.#open.pop(),
    onObjectProperty: (key, _offset, _length, line) => {
      const keys = this.#open.at(-1);
      if (keys?.has(key)) throw new Found('duplicate key', line);
      keys?.add(key);
    },
    onError: (_error, _offset, _length, line) => {
      throw new Found('syntax', line);
    },
  };

  #enter(line: number): void {
    if (this.#open.length === mostLevels) throw new Found('too deep', line);
    this.#open.push(new Set());
  }
}
