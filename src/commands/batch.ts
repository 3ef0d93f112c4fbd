// A batch: keys in, rows out in input order, every key accounted for. What stops it leaves whole rows and, with --out, a journal.
import { createReadStream } from 'node:fs';
import { type FedKey, feedKeys, type PackRules, packKeys, type RawKey } from '../batch/key-feed.ts';
import { readKeys } from '../batch/key-table.ts';
import { summarySentence, Tally } from '../batch/tally.ts';
import { inOrder } from '../batch/window.ts';
import { LoanqError, PartialError, SignalError, TemporaryError, UsageError, WriteError } from '../core/errors.ts';
import { mainKey } from '../core/keys.ts';
import { errorSentence } from '../core/report.ts';
import { stdoutIsClosed } from '../sink/stdout.ts';
import type { Asker, Outcome } from './asker.ts';
import { type BatchOutput, openBatchOutput } from './batch-output.ts';
import { openErrorList, writeSummary } from './batch-report.ts';
import type { Connection } from './connect.ts';
import type { Context, Ending } from './context.ts';
import type { KeySource } from './key-source.ts';
import type { Invocation } from './options.ts';
import type { Presentation } from './presentation.ts';
import { startProgress } from './progress.ts';

type ManyKeys = Extract<KeySource, { kind: 'arguments' | 'stream' }>;

const shownErrors = 20;

/** Runs a batch to its end, or throws what stopped it after everything delivered has been flushed. */
export async function runBatch(
  context: Context,
  presentation: Presentation,
  connection: Connection,
  asker: Asker,
  source: ManyKeys,
  invocation: Invocation,
): Promise<Ending> {
  const { runtime, options, say } = context;
  if (options.output.out === undefined && (await stdoutIsClosed(runtime.platform))) throw new WriteError('standard output is closed');
  if (source.kind === 'stream' && source.from === '-' && runtime.stdin.isTTY) {
    throw new UsageError('keys come from standard input, but it is a terminal', { hint: 'pipe the keys in, or give --ids-from <file>' });
  }
  const output = await openBatchOutput(context, presentation, connection, source, invocation);
  const errors = await openErrorList(context, presentation.endpoint);
  const tally = new Tally(output.alreadyDelivered);
  const startedMs = runtime.monotonicMs();
  const progress = await startProgress(context, source, tally, connection);
  const told = (): string => {
    const { requests, retries } = asker.parts.retrier.stats;
    return summarySentence(tally.totals, (runtime.monotonicMs() - startedMs) / 1000, requests, retries);
  };
  let stopped: unknown;
  try {
    const keys = feedKeys(rawKeys(context, source, presentation), {
      endpoint: presentation.endpoint,
      shard: options.batch.shard,
      unique: options.batch.unique,
      expect: options.batch.expect,
      isDone: output.isDone,
    });
    const packs = packKeys(keys, presentation.endpoint, packRules(presentation, connection));
    const results = inOrder(packs, { width: connection.concurrency }, pack => askPack(asker, pack));
    for await (const outcomes of results) {
      for (const { outcome, given } of outcomes) {
        if (outcome.kind === 'delivered') tally.deliver(await output.deliver(outcome));
        else {
          if (outcome.kind === 'missing') tally.miss();
          else tally.fail(outcome.error.code);
          await output.fail(outcome);
          await errors.add(given, outcome.error);
          tellFailure(context, tally, errors.isOpen, outcome);
        }
        progress.update();
        if (tally.isHopeless) throw new TemporaryError('20 keys in a row failed temporarily: the run was stopped');
      }
    }
  } catch (error) {
    stopped = error;
  }
  progress.stop();
  const ending = stopped === undefined ? tally.ending(options.batch.failEmpty) : undefined;
  const failure = await settle(output, ending, stopped);
  await errors.close();
  await writeSummary(context, tally, asker.parts.retrier.stats, (runtime.monotonicMs() - startedMs) / 1000, failure ?? ending);
  if (ending === 'ok' && failure === undefined) say.note(told());
  else if (!isBrokenPipe(failure)) say.write(`${told()}\n`);
  if (failure !== undefined) throw failure;
  return finish(context, ending ?? 'internal', told());
}

/** Makes the output final, or gives it up; the failure that counts, if there is one. */
async function settle(output: BatchOutput, ending: Ending | undefined, stopped: unknown): Promise<unknown> {
  if (stopped !== undefined || ending === undefined) {
    await output.stop();
    return stopped;
  }
  try {
    await output.finish(ending);
    return undefined;
  } catch (error) {
    await output.stop();
    return error;
  }
}

/** With --error-format json, the last line is an object also where the keys alone tell the exit code. */
function finish(context: Context, ending: Ending, sentence: string): Ending {
  if (ending === 'ok' || context.options.talk.errorFormat !== 'json') return ending;
  throw ending === 'partial' ? new PartialError(sentence) : new LoanqError(ending, sentence);
}

function isBrokenPipe(failure: unknown): boolean {
  return failure instanceof SignalError && failure.code === 'broken-pipe';
}

async function askPack(asker: Asker, pack: readonly FedKey[]): Promise<{ outcome: Outcome; given: readonly string[] }[]> {
  const good = pack.filter(fed => fed.error === undefined);
  const answers = good.length === 0 ? [] : await asker.ask(good.map(fed => fed.key));
  const byOrdinal = new Map(answers.map(outcome => [outcome.key.ordinal, outcome]));
  return pack.map(({ key, given, error }) => {
    const outcome = byOrdinal.get(key.ordinal) ?? {
      kind: 'failed' as const,
      key,
      error: error ?? new LoanqError('internal', 'a key got no outcome'),
    };
    return { outcome, given: Object.keys(key.values).length > 0 ? Object.values(key.values) : given };
  });
}

async function* rawKeys(context: Context, source: ManyKeys, { endpoint }: Presentation): AsyncGenerator<RawKey> {
  if (source.kind === 'arguments') {
    for (const keys of source.keys) yield { given: Object.values(keys) };
    return;
  }
  const { from, fixed } = source;
  const parameters = Object.keys(endpoint.keys ?? {}).slice(fixed.length);
  const fileName = from === '-' ? 'standard input' : from;
  const bytes = from === '-' ? context.runtime.stdin : createReadStream(from);
  const { column } = context.options.batch;
  for await (const row of readKeys(bytes, { parameters, fileName, ...(column !== undefined && { column }) })) {
    // A line of an earlier --errors names all keys, the fixed ones too.
    yield { given: [...fixed, ...row.values], line: row.line, ...(row.problem !== undefined && { problem: row.problem }) };
  }
}

const defaultPackSize = 20;
const maxUrlCharacters = 4000;

function packRules({ endpoint }: Presentation, { profile }: Connection): PackRules | undefined {
  if (mainKey(endpoint)?.key.many !== 'packed') return undefined;
  const template = typeof endpoint.path === 'string' ? endpoint.path : '';
  const room = maxUrlCharacters - profile.baseUrl.length - template.length - reservedForQuery;
  return { size: Number(profile.settings.packSize ?? defaultPackSize), maxCharacters: room };
}

/** Room left for the credential in the query. */
const reservedForQuery = 300;

function tellFailure({ say }: Context, tally: Tally, listed: boolean, { error }: Exclude<Outcome, { kind: 'delivered' }>): void {
  if (listed) return;
  const { missing, failed } = tally.totals;
  if (missing + failed <= shownErrors) say.error(errorSentence(error));
  else if (missing + failed === shownErrors + 1) say.error('more keys failed; --errors <file> lists them all');
}
