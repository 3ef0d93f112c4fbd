// What a batch asks of the place its rows go to.
import type { ExitName } from '../../core/exit-codes.ts';
import type { Words } from '../../core/say.ts';
import type { Outcome } from '../../lookup/outcome.ts';
import type { KeyRange } from '../journal/section.ts';

export type DeliveredKey = Extract<Outcome, { kind: 'delivered' }>;

export interface BatchOutput {
  /** Keys that an interrupted run has delivered. */
  readonly alreadyDelivered: number;
  /** Whether any row was written, by an interrupted run too. */
  readonly hasRows: boolean;
  /** The rows that an interrupted run has delivered, in pieces of whole rows with nothing around them. */
  earlierRows(): AsyncIterable<string>;
  readonly isDone: ((ordinal: number) => Promise<boolean>) | undefined;
  /** Where interrupted runs have given up. */
  readonly gaveUpAt: readonly KeyRange[];
  /** Where the rows of a run that was stopped are. */
  readonly kept: string | undefined;
  /** Writes the rows of a key; returns how many. They are durable after `checkpoint`. */
  deliver(key: DeliveredKey): Promise<number>;
  fail(key: Exclude<Outcome, { kind: 'delivered' }>): void;
  /** Makes what was delivered outlive this process, where there is a journal. */
  checkpoint(): Promise<void>;
  /** Tells a later run that this one ends because of these keys, where there is a journal. */
  giveUpAt(row: KeyRange): Promise<void>;
  /** The run reached its end: completes the output on the disk where the ending replaces the old one. What can fail mostly fails here. */
  seal(ending: ExitName): Promise<void>;
  /** Gives the sealed output its name; where the ending keeps the old one, ends like `stop`. */
  publish(ending: ExitName): Promise<void>;
  /** The run was stopped: flushes what was delivered. Never throws. */
  stop(): Promise<void>;
  /** What there is to say of fields that no document declares. */
  notes(): readonly Words[];
  /** How many of the keys counted as delivered are on the disk or with the reader, after a failed write too. */
  durable(counted: number): number;
}
