// The automaton of Aho and Corasick over the secrets of a run: one step for each character read, however many secrets there are.
import { foldCode, isSpecial } from './secret-spelling.ts';

/** Symbol of codes that need a closer look. */
export const special = 255;
/** An escape has so many characters at most, its first aside. */
const longestEscape = 5;

/** States are numbers: 0 is the beginning, any other stands for a beginning of a secret. */
export interface Automaton {
  /** How many symbols there are. 0 stands for all characters that no secret has. */
  readonly width: number;
  /** Symbols of folded codes; `special` for those that begin escapes or are read over. */
  readonly symbols: Uint8Array;
  /** The same, every code standing for itself. */
  readonly plainSymbols: Uint8Array;
  /** The state after a state and a symbol, at `state * width + symbol`. */
  readonly next: Int32Array;
  /** How many characters a state stands for. */
  readonly depth: Int32Array;
  /** How long the longest secret is that ends here; 0 for none. */
  readonly found: Int32Array;
  /** The longest end of what a state stands for with which a secret begins, too. */
  readonly fallback: Int32Array;
  /** The state itself or the first of its fallbacks that is no longer than an escape. */
  readonly shallow: Int32Array;
  /** Characters of the longest secret. */
  readonly longest: number;
}

/** Builds the automaton of secrets in normal form. */
export function buildAutomaton(forms: readonly (readonly number[])[]): Automaton {
  const { plainSymbols, width } = numberSymbols(forms);
  const most = 1 + forms.reduce((sum, form) => sum + form.length, 0);
  const tables = {
    next: new Int32Array(most * width),
    depth: new Int32Array(most),
    found: new Int32Array(most),
    fallback: new Int32Array(most),
    shallow: new Int32Array(most),
  };
  linkStates(growTrie(forms, plainSymbols, width, tables), width, tables);
  const symbols = plainSymbols.map((symbol, code) => (isSpecial(code) ? special : symbol));
  return { width, symbols, plainSymbols, ...tables, longest: Math.max(0, ...forms.map(form => form.length)) };
}

type Tables = Pick<Automaton, 'next' | 'depth' | 'found' | 'fallback' | 'shallow'>;

/** Numbers the codes that occur, and gives the codes that fold to them the same number. */
function numberSymbols(forms: readonly (readonly number[])[]): { plainSymbols: Uint8Array; width: number } {
  const plainSymbols = new Uint8Array(256);
  let width = 1;
  for (const form of forms) {
    for (const code of form) {
      if (plainSymbols[code] !== 0) continue;
      plainSymbols[code] = width;
      width += 1;
    }
  }
  for (let code = 0; code < plainSymbols.length; code++) plainSymbols[code] = plainSymbols[foldCode(code)] ?? 0;
  return { plainSymbols, width };
}

/** The states that follow each state: the first, and the next one beside a state; with the symbol that leads to it. 0: none. */
interface Children {
  readonly first: Int32Array;
  readonly beside: Int32Array;
  readonly symbol: Uint8Array;
}

function growTrie(forms: readonly (readonly number[])[], symbols: Uint8Array, width: number, { next, depth, found }: Tables): Children {
  const children = { first: new Int32Array(depth.length), beside: new Int32Array(depth.length), symbol: new Uint8Array(depth.length) };
  let states = 1;
  for (const form of forms) {
    let state = 0;
    for (const code of form) {
      const symbol = symbols[code] ?? 0;
      const at = state * width + symbol;
      if (next[at] === 0) {
        depth[states] = (depth[state] ?? 0) + 1;
        next[at] = states;
        children.symbol[states] = symbol;
        children.beside[states] = children.first[state] ?? 0;
        children.first[state] = states;
        states += 1;
      }
      state = next[at] ?? 0;
    }
    found[state] = form.length;
  }
  return children;
}

/**
 * Gives every state its fallback, and the steps it has not from there; the shorter ones first, because fallbacks are shorter. The steps
 * of a fallback are copied as a whole: a private key has thousands of states, of which nearly all have a single child.
 */
function linkStates({ first, beside, symbol }: Children, width: number, { next, depth, found, fallback, shallow }: Tables): void {
  const queue = [0];
  for (const state of queue) {
    const other = fallback[state] ?? 0;
    if (found[state] === 0) found[state] = found[other] ?? 0;
    shallow[state] = (depth[state] ?? 0) <= longestEscape ? state : (shallow[other] ?? 0);
    if (state !== 0) next.copyWithin(state * width, other * width, (other + 1) * width);
    for (let child = first[state] ?? 0; child !== 0; child = beside[child] ?? 0) {
      const at = state * width + (symbol[child] ?? 0);
      if (state !== 0) fallback[child] = next[at] ?? 0;
      next[at] = child;
      queue.push(child);
    }
  }
}
