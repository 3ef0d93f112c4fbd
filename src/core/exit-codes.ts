// The exit codes users rely on. Decided here and nowhere else; never renumber.
// 3 and 5-19 stay unused: Node itself uses some of them.

/** One exit code: its number, what it promises, and whether the same call may succeed later. */
export interface ExitCode {
  readonly exit: number;
  readonly meaning: string;
  readonly retryable: boolean;
}

/** Exit codes by their machine names. */
export const exitCodes = {
  ok: { exit: 0, meaning: 'everything asked for was delivered and flushed; an empty list is ok', retryable: false },
  internal: { exit: 1, meaning: 'a bug in loanq', retryable: false },
  usage: { exit: 2, meaning: 'bad flag, argument, key or resume mismatch; nothing was sent', retryable: false },
  auth: { exit: 4, meaning: 'the provider rejected the credential', retryable: false },
  config: { exit: 20, meaning: 'profile, permissions, secret source, key file or base URL unusable; nothing was sent', retryable: false },
  'not-found': { exit: 21, meaning: 'a well-formed answer: none of the keys exists', retryable: false },
  refused: { exit: 22, meaning: 'another permanent provider error', retryable: false },
  write: { exit: 23, meaning: 'stdout, --out or the journal cannot be written', retryable: false },
  partial: { exit: 24, meaning: 'a batch ended; some keys delivered, some failed or missing', retryable: false },
  temporary: { exit: 25, meaning: 'network, DNS, proxy, timeout or a busy provider after retries: try again later', retryable: true },
  input: { exit: 26, meaning: 'key file or stdin unreadable, not UTF-8, or shorter than --expect', retryable: false },
  'bad-response': {
    exit: 27,
    meaning: 'truncated, not JSON, wrong shape, answer for another key, too large or too deep',
    retryable: false,
  },
  deadline: { exit: 28, meaning: '--deadline reached; resumable', retryable: true },
  locked: { exit: 29, meaning: 'another run writes the same output', retryable: true },
  trust: { exit: 60, meaning: 'TLS verification failed, redirect offered, plaintext or foreign host', retryable: false },
  hangup: { exit: 129, meaning: 'ended by SIGHUP, flushed first', retryable: true },
  interrupted: { exit: 130, meaning: 'ended by SIGINT, flushed first', retryable: true },
  'broken-pipe': { exit: 141, meaning: 'the reader of a batch closed its pipe', retryable: true },
  terminated: { exit: 143, meaning: 'ended by SIGTERM, flushed first', retryable: true },
} as const satisfies Record<string, ExitCode>;

/** Machine name of an exit code, as in the `code` of `--error-format json`. */
export type ExitName = keyof typeof exitCodes;
