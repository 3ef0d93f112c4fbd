// Tests that need minutes are short by default; LOANQ_LONG=1 runs them in full.

export const isLong = process.env.LOANQ_LONG === '1';
