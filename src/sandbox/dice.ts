// Numbers that look random and are the same for ever: sample data must not change between runs, machines or versions.

/** 32-bit hash of a text (FNV-1a, then a final mix so that neighbours differ in every bit). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** Hash of a seed and a name: one seed gives independent numbers for every name. */
export function hashWith(seed: number, name: string | number): number {
  return mix(seed ^ (typeof name === 'number' ? mix(name + 0x9e3779b9) : hashText(name)));
}

/** A stream of numbers `0 <= x < 1` that depends on its seed alone. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state) / 2 ** 32;
  };
}

/** The element of a list a hash falls on. */
export function pick<T>(list: readonly T[], hash: number): T {
  const found = list[hash % list.length];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
