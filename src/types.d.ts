// Documented sample answers are imported as text.
declare module '*.example.json' {
  const text: string;
  export default text;
}

/** What a page of -o html carries: its script, built from src/browser, and its style. */
declare module 'loanq:page' {
  export const script: string;
  export const style: string;
}

/** Version of the package, put in by the bundler. */
declare const LOANQ_VERSION: string;
