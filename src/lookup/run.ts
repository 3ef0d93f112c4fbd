// The generic endpoint command: one literal and one invocation in, rows out. Everything a provider's subcommand does is here.
import type { Endpoint } from '../core/endpoint.ts';
import { LoanqError, NotFoundError, PartialError, ResponseError, SignalError, UsageError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { JsonObject } from '../core/json.ts';
import { isList, type KeyValues } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { type Drift, describeDrift } from '../decode/shape.ts';
import { openOutput, writeResult } from '../output/destination.ts';
import { type Presentation, present } from '../output/presentation.ts';
import type { Row } from '../output/rows.ts';
import type { Writer } from '../output/writer.ts';
import { type KeySource, keySource, refuseMisplaced } from '../plan/key-source.ts';
import type { Invocation } from '../plan/options.ts';
import { loadProvider } from '../providers/index.ts';
import type { Context } from './context.ts';
import { warnDrift } from './drift.ts';
import { printDryRun } from './dry-run.ts';
import { Fetcher } from './fetcher.ts';
import { openInput } from './saved.ts';
import { type Connection, connect, fetcherParts, preferencesOf } from './session.ts';

const rowsPerWrite = 1000;

/** Runs one endpoint call. Throws what ends it with an error; what the exit code says otherwise is returned. */
export async function runEndpoint(context: Context, invocation: Invocation): Promise<ExitName> {
  const provider = await loadProvider(invocation.provider, context.providers);
  const endpoint = provider.endpoints.find(candidate => candidate.name === invocation.endpoint);
  if (endpoint === undefined) throw new UsageError(`${provider.name} has no endpoint ${invocation.endpoint}`);
  try {
    return await runCall(context, provider, endpoint, invocation);
  } catch (error) {
    const nameable = error instanceof LoanqError && !(error instanceof SignalError);
    throw nameable ? error.with({ provider: provider.name, endpoint: endpoint.name }) : error;
  }
}

async function runCall(context: Context, provider: Provider, endpoint: Endpoint, invocation: Invocation): Promise<ExitName> {
  if (context.options.source.input !== undefined) return runSaved(context, await present(context, provider, endpoint), invocation);

  const source = keySource(endpoint, invocation);
  refuseMisplaced(source, invocation);
  await present(context, provider, endpoint);
  const connection = await connect(context, provider);
  try {
    const presentation = await present(context, provider, endpoint, preferencesOf(connection));
    const fetcher = new Fetcher(
      fetcherParts(context, connection, endpoint, invocation.params, source.kind === 'arguments' || source.kind === 'stream'),
    );
    if (context.options.call.dryRun) return await printDryRun(context, connection, fetcher, source);
    if (context.options.output.raw) return await runRaw(context, fetcher, source);
    for (const warning of await connection.authenticator.warnings()) context.messages.warn(warning);
    return await run(context, presentation, connection, fetcher, source, invocation);
  } finally {
    await connection.close();
  }
}

async function run(
  context: Context,
  presentation: Presentation,
  connection: Connection,
  fetcher: Fetcher,
  source: KeySource,
  invocation: Invocation,
): Promise<ExitName> {
  if (source.kind === 'arguments' || source.kind === 'stream') {
    const { runBatch } = await import('../batch/run.ts');
    return runBatch(context, presentation, connection, fetcher, source, invocation);
  }
  const keys = source.kind === 'one' ? source.keys : {};
  const { endpoint } = presentation;
  const pages = isList(endpoint) ? pagesOf(context, fetcher, keys, source) : askOne(fetcher, keys);
  const ending = await deliver(context, presentation, pages, { keys, byKey: !isList(endpoint), hold: true });
  warnDrift(context, presentation, fetcher.drift);
  return ending;
}

async function* askOne(fetcher: Fetcher, keys: KeyValues): AsyncGenerator<readonly JsonObject[]> {
  const [outcome] = await fetcher.ask([{ ordinal: 0, values: keys }]);
  if (outcome === undefined) throw new ResponseError('no outcome');
  if (outcome.kind !== 'delivered') throw outcome.error;
  yield outcome.records;
}

function pagesOf(context: Context, fetcher: Fetcher, keys: KeyValues, source: KeySource) {
  const { limit, all } = context.options.source;
  return fetcher.pages(source.kind === 'one' ? [keys] : [], all ? Number.POSITIVE_INFINITY : limit);
}

interface Delivery {
  readonly keys: KeyValues;
  /** One record may be shown as a list of its fields. */
  readonly byKey: boolean;
  /** Nothing is written before everything is there: a lookup that fails leaves 0 bytes on stdout. */
  readonly hold: boolean;
  /** Called before rows are written; may throw. */
  readonly check?: () => void;
}

/** Delivers the rows of one lookup. With --out, a missing record still leaves a whole, empty file. */
async function deliver(
  context: Context,
  presentation: Presentation,
  pages: AsyncIterable<readonly JsonObject[]>,
  { keys, byKey, hold, check }: Delivery,
): Promise<ExitName> {
  const output = await openOutput(context);
  let writer: Writer | undefined;
  let waiting: Row[] = [];
  let count = 0;
  // A record may be several rows.
  let left = context.options.source.limit ?? Number.POSITIVE_INFINITY;
  const flush = async (one: boolean): Promise<void> => {
    check?.();
    const rows = presentation.sort(waiting);
    waiting = [];
    if (writer === undefined) {
      writer = await presentation.writer(presentation.format(one));
      await output.sink.write(writer.begin());
    }
    for (let at = 0; at < rows.length; at += rowsPerWrite) await output.sink.write(writer.rows(rows.slice(at, at + rowsPerWrite)));
  };
  try {
    let missing: NotFoundError | undefined;
    try {
      for await (const page of pages) {
        const rows = page.flatMap(record => presentation.explode({ record, request: keys })).slice(0, left);
        for (const row of rows) waiting.push(row);
        left -= rows.length;
        count += page.length;
        if (!(hold && !output.isFile) && presentation.order === undefined && waiting.length > 1) await flush(false);
        if (left === 0) break;
      }
    } catch (error) {
      if (!(error instanceof NotFoundError) || !output.isFile) throw error;
      missing = error;
    }
    await flush(byKey && writer === undefined && waiting.length === 1);
    await output.sink.write(writer?.end() ?? '');
    await output.commit();
    if (missing) throw missing;
    if (count === 0 && context.options.batch.failEmpty) throw new NotFoundError('no rows');
    if (count === 0 && presentation.onTerminal) context.messages.note('no rows');
    return 'ok';
  } catch (error) {
    return output.failed(error);
  }
}

async function runSaved(context: Context, presentation: Presentation, invocation: Invocation): Promise<ExitName> {
  const { provider, endpoint } = presentation;
  const drift: Drift = new Map();
  const input = openInput(context, { provider, endpoint, keys: invocation.keys, drift });
  const check = () => {
    if (context.options.call.strict && drift.size > 0)
      throw new ResponseError(describeDrift(drift) ?? '', { provider: provider.name, endpoint: endpoint.name });
  };
  const ending = await deliver(context, presentation, limited(input.records, context.options.source.limit), {
    keys: input.request,
    byKey: true,
    hold: false,
    check,
  });
  warnDrift(context, presentation, drift);
  const missing = context.options.source.limit === undefined ? input.missing() : [];
  if (missing.length === 0) return ending;
  throw new PartialError('not in the saved answer', { provider: provider.name, endpoint: endpoint.name, keys: missing });
}

async function* limited(pages: AsyncIterable<readonly JsonObject[]>, limit: number | undefined): AsyncGenerator<readonly JsonObject[]> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const page of pages) {
    yield page.slice(0, left);
    left -= page.length;
    if (left <= 0) return;
  }
}

async function runRaw(context: Context, fetcher: Fetcher, source: KeySource): Promise<ExitName> {
  return writeResult(context, await fetcher.raw(source.kind === 'one' ? [source.keys] : []));
}
