// What takes time to make and few runs use is made when it is first asked for.

/** Makes a value on the first call; later ones return the same. What throws is tried anew. */
export function late<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
