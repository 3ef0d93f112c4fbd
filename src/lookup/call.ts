// What a fetcher asks for again and again, and what it is told of the run.
import type { Endpoint } from '../core/endpoint.ts';
import type { Drift } from '../decode/drift.ts';

/** The call a fetcher makes again and again. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  /** Any drift from the documented shape is an error. */
  readonly strict: boolean;
  /** A record that drifts is kept back alone. */
  readonly quarantine?: boolean;
  /** The credential has worked in this run already. */
  readonly proven?: boolean;
  /** Where drift is counted, unless by itself. */
  readonly drift?: Drift;
}
