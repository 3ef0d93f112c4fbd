// A batch in small: goes through its keys as the engine does, for tests of the journal and in a child that gets killed.
import { openJournaledFile } from '../../src/batch/journal/file.ts';
import { LoanqError } from '../../src/core/errors.ts';
import { checkTarget } from '../../src/files/target.ts';
import type { Frame } from '../../src/output/format.ts';

export const frames = {
  csv: { head: 'key,row\r\n', first: '', between: '', tail: '', emptyTail: '' },
  json: { head: '[', first: '\n', between: ',\n', tail: '\n]\n', emptyTail: ']\n' },
  ndjson: { head: '', first: '', between: '', tail: '', emptyTail: '' },
} as const satisfies Record<string, Frame>;

export interface SmallBatch {
  readonly format: keyof typeof frames;
  readonly keys: number;
  readonly resume?: boolean;
  /** Keys that fail in this run. */
  readonly fails?: (n: number) => boolean;
  /** The run is stopped, as by a signal, before this key. */
  readonly stopAt?: number;
  readonly fingerprint?: Readonly<Record<string, string>>;
  readonly onKey?: (n: number) => void;
}

/** Every third key has no row, the others one or two. */
function rowsOf(format: keyof typeof frames, n: number): string[] {
  const rows = Array.from({ length: n % 3 }, (_, row) => [n, row] as const);
  if (format === 'csv') return rows.map(([key, row]) => `${key},${row}é\r\n`);
  return rows.map(([key, row]) => `{"key":${key},"row":${row}}${format === 'ndjson' ? '\n' : ''}`);
}

/** The output of a run in which nothing goes wrong. */
export function wholeOutput(format: keyof typeof frames, keys: number): string {
  const frame = frames[format];
  const rows = Array.from({ length: keys }, (_, n) => rowsOf(format, n)).flat();
  const body = rows.map((row, at) => `${at === 0 ? frame.first : frame.between}${row}`).join('');
  return `${frame.head}${body}${rows.length === 0 ? frame.emptyTail : frame.tail}`;
}

/** Runs and returns the keys that were looked up. Without `stopAt` the output becomes final. */
export async function runBatch(path: string, batch: SmallBatch): Promise<number[]> {
  const { format, keys, resume = false, stopAt = Number.POSITIVE_INFINITY, fails = () => false } = batch;
  const target = await checkTarget(path, { clobber: true, uid: process.getuid?.() });
  const fingerprint = batch.fingerprint ?? { endpoint: 'crego record', format };
  const file = await openJournaledFile(target, { fingerprint, frame: frames[format], resume, monotonicMs: () => performance.now() });
  const asked: number[] = [];
  try {
    for (let n = 0; n < keys && n < stopAt; n += 1) {
      if (await file.isDelivered(n)) continue;
      asked.push(n);
      batch.onKey?.(n);
      if (fails(n)) await file.fail(n, 'temporary');
      else await file.deliver(n, rowsOf(format, n));
    }
    if (stopAt === Number.POSITIVE_INFINITY) {
      await file.seal();
      await file.publish();
    } else await file.stop();
    return asked;
  } catch (error) {
    if (error instanceof LoanqError) await file.stop();
    throw error;
  }
}
