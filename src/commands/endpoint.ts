// The generic endpoint command: one literal and one invocation in, rows out. Everything a provider's subcommand does is here.
import type { Endpoint } from '../core/endpoint.ts';
import { LoanqError, NotFoundError, PartialError, ResponseError, SignalError, UsageError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import { isList, type KeyValues } from '../core/keys.ts';
import type { Provider } from '../core/provider.ts';
import { type Drift, describeDrift } from '../decode/shape.ts';
import { loadProvider } from '../providers/index.ts';
import type { Row } from '../view/rows.ts';
import type { Writer } from '../view/writer.ts';
import { Asker } from './asker.ts';
import { askerFor, type Connection, connect, preferencesOf } from './connect.ts';
import type { Context, Ending } from './context.ts';
import { warnDrift } from './drift.ts';
import { printDryRun } from './dry-run.ts';
import { type KeySource, keySource, refuseMisplaced } from './key-source.ts';
import type { Invocation } from './options.ts';
import { openOutput, writeResult } from './output.ts';
import { type Presentation, present } from './presentation.ts';
import { openInput } from './saved-input.ts';

const rowsPerWrite = 1000;

/** Runs one endpoint call. Throws what ends it with an error; what the exit code says otherwise is returned. */
export async function runEndpoint(context: Context, invocation: Invocation): Promise<Ending> {
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

async function runCall(context: Context, provider: Provider, endpoint: Endpoint, invocation: Invocation): Promise<Ending> {
  if (context.options.source.input !== undefined) return runSaved(context, await present(context, provider, endpoint), invocation);

  const source = keySource(endpoint, invocation);
  refuseMisplaced(source, invocation);
  await present(context, provider, endpoint);
  const connection = await connect(context, provider);
  try {
    const presentation = await present(context, provider, endpoint, preferencesOf(connection));
    const asker = new Asker(
      askerFor(context, connection, endpoint, invocation.params, source.kind === 'arguments' || source.kind === 'stream'),
    );
    if (context.options.call.dryRun) return await printDryRun(context, connection, asker, source);
    if (context.options.output.raw) return await runRaw(context, asker, source);
    for (const warning of await connection.authoriser.warnings()) context.say.warn(warning);
    return await run(context, presentation, connection, asker, source, invocation);
  } finally {
    await connection.close();
  }
}

async function run(
  context: Context,
  presentation: Presentation,
  connection: Connection,
  asker: Asker,
  source: KeySource,
  invocation: Invocation,
): Promise<Ending> {
  if (source.kind === 'arguments' || source.kind === 'stream') {
    const { runBatch } = await import('./batch.ts');
    return runBatch(context, presentation, connection, asker, source, invocation);
  }
  const keys = source.kind === 'one' ? source.keys : {};
  const { endpoint } = presentation;
  const pages = isList(endpoint) ? pagesOf(context, asker, keys, source) : askOne(asker, keys);
  const ending = await deliver(context, presentation, pages, { keys, byKey: !isList(endpoint), hold: true });
  warnDrift(context, presentation, asker.drift);
  return ending;
}

async function* askOne(asker: Asker, keys: KeyValues): AsyncGenerator<readonly JsonObject[]> {
  const [outcome] = await asker.ask([{ ordinal: 0, values: keys }]);
  if (outcome === undefined) throw new ResponseError('no outcome');
  if (outcome.kind !== 'delivered') throw outcome.error;
  yield outcome.records;
}

function pagesOf(context: Context, asker: Asker, keys: KeyValues, source: KeySource) {
  const { limit, all } = context.options.source;
  return asker.pages(source.kind === 'one' ? [keys] : [], all ? Number.POSITIVE_INFINITY : limit);
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
): Promise<Ending> {
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
    if (count === 0 && presentation.onTerminal) context.say.note('no rows');
    return 'ok';
  } catch (error) {
    return output.failed(error);
  }
}

async function runSaved(context: Context, presentation: Presentation, invocation: Invocation): Promise<Ending> {
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

async function runRaw(context: Context, asker: Asker, source: KeySource): Promise<Ending> {
  return writeResult(context, await asker.raw(source.kind === 'one' ? [source.keys] : []));
}
