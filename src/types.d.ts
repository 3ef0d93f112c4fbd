// Documented sample answers are imported as text.
declare module '*.example.json' {
  const text: string;
  export default text;
}

/** Version of the package, put in by the bundler. */
declare const LOANQ_VERSION: string;
