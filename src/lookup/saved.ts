// --input: a saved answer in place of a call, from a file or stdin; keys given select among its records.
import { readFile } from 'node:fs/promises';
import { checkStdin } from '../console/stdin.ts';
import type { Endpoint } from '../core/endpoint.ts';
import { LoanqError, NotFoundError, ResponseError, UsageError } from '../core/errors.ts';
import { getPath, type JsonObject, textOrNumber } from '../core/json.ts';
import { checkKey, type KeyValues, mainKey, sameKey } from '../core/keys.ts';
import { say, type Words } from '../core/say.ts';
import { shellWord } from '../core/shell.ts';
import { shownKey } from '../core/shown-keys.ts';
import type { Drift } from '../decode/drift.ts';
import { readSaved } from '../decode/saved.ts';
import { endWith, readInput } from '../files/open-input.ts';
import { unreadable } from '../files/unreadable.ts';
import { membersRead } from '../output/members-read.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { allProviders } from '../providers/index.ts';
import type { Context } from './context.ts';

/** Records that are read together; more would only need more memory. */
const readBytes = 256 * 1024;
/** A larger file is not looked at again to find out whose answer it is. */
const mostRead = 16 * 1024 * 1024;

export interface SavedInput {
  /** Throws InputError when the input cannot be read, NotFoundError when none of the given keys is in it. */
  readonly records: AsyncIterable<readonly JsonObject[]>;
  /** Keys that the records do not repeat, for the rows. */
  readonly request: KeyValues;
  /** Keys asked for that no record has, as they may be shown; complete once the records are read. */
  missing(): readonly string[];
}

/** Opens a saved answer. Throws UsageError for keys that cannot select. */
export function openSaved(
  context: Context,
  { provider, endpoint, source, givenKeys, output }: RunPlan,
  drift: Drift,
  signal: AbortSignal,
): SavedInput {
  const { runtime } = context;
  const file = source.kind === 'saved' ? source.file : '-';
  const name = file === '-' ? 'standard input' : file;
  const { request, wanted, main } = readSelection(endpoint, givenKeys);
  const missing = new Set(wanted);
  const read = membersRead(output);
  const named = main?.key.field?.split('.')[0] ?? [];
  const members = read && new Set([...read, ...(wanted.length === 0 ? [] : [named].flat())]);
  const shown = (keys: readonly string[]): string[] => keys.map(key => shownKey(main?.key, key));
  async function* bytes(): AsyncGenerator<Uint8Array> {
    if (file !== '-') {
      yield* readInput(file, signal, readBytes);
      return;
    }
    await checkStdin(runtime.platform);
    endWith(runtime.stdin, signal);
    yield* runtime.stdin;
  }
  async function* records(): AsyncGenerator<readonly JsonObject[]> {
    const call = { provider: provider.name, endpoint: endpoint.name };
    try {
      for await (const read of readSaved({ provider, endpoint, bytes: unreadable(bytes(), name), name, drift, wanted: members })) {
        const chosen = wanted.length === 0 ? read : read.filter(record => select(record));
        if (chosen.length > 0) yield chosen;
      }
    } catch (error) {
      if (!(error instanceof LoanqError)) throw error;
      throw error.with({ ...call, ...(await originHint(error, file, [provider.name, endpoint.name], context.providers)) });
    }
    if (wanted.length > 0 && missing.size === wanted.length)
      throw new NotFoundError(say`not found in ${name}`, { ...call, keys: shown(wanted) });
  }
  const select = (record: JsonObject): boolean => {
    const named = textOrNumber(getPath(record, main?.key.field ?? '')) ?? '';
    const found = wanted.find(key => main !== undefined && sameKey(main.key, key, named));
    if (found !== undefined) missing.delete(found);
    return found !== undefined;
  };
  return { records: records(), request, missing: () => shown([...missing]) };
}

/** A file that can be read again is looked at: it may be the answer of another endpoint. */
async function originHint(
  error: LoanqError,
  file: string,
  asked: readonly string[],
  table: Context['providers'],
): Promise<{ hint?: Words }> {
  if (!(error instanceof ResponseError) || file === '-') return {};
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text === '' || text.length > mostRead) return {};
  const { savedOrigin } = await import('./saved-origin.ts');
  const origin = savedOrigin(text, await allProviders(table));
  if (origin === undefined || (origin.provider === asked[0] && origin.endpoint === asked[1])) return {};
  const command = ['loanq', origin.provider, origin.endpoint, '--input', shellWord(file)].join(' ');
  return { hint: say`this looks like an answer of ${origin.provider} ${origin.endpoint}: ${command}` };
}

interface Selection {
  readonly request: KeyValues;
  /** Keys by which records are chosen; none: all of them. */
  readonly wanted: readonly string[];
  readonly main: ReturnType<typeof mainKey>;
}

/** The last parameter selects; those before it, and a filter, are only repeated in the rows. */
function readSelection(endpoint: Endpoint, given: readonly string[]): Selection {
  const main = mainKey(endpoint);
  if (given.length === 0) return { request: {}, wanted: [], main };
  if (main === undefined) throw new UsageError(say`${endpoint.name} takes no keys`);
  const outer = Object.entries(endpoint.keys ?? {}).slice(0, -1);
  const fixed = given.length > outer.length ? outer : [];
  const request = Object.fromEntries(fixed.map(([parameter, key], at) => [parameter, checkKey(parameter, key, given[at] ?? '')]));
  const own = given.slice(fixed.length).map(key => checkKey(main.parameter, main.key, key));
  if (main.key.field !== undefined) return { request, wanted: own, main };
  if (own.length > 1) throw new UsageError(say`a saved answer is of one ${main.parameter}: its records do not repeat it`);
  return { request: { ...request, ...(own[0] !== undefined && { [main.parameter]: own[0] }) }, wanted: [], main };
}
