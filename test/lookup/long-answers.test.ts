// Long answers are worked on in turns with what else waits: a signal or the deadline that comes on the way ends the run.
import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeadlineError, SignalError } from '../../src/core/errors.ts';
import { Deadline } from '../../src/http/clock.ts';
import { sharedHome } from '../runner/home.ts';
import { lookUp } from '../runner/lookup.ts';
import { startServer } from '../runner/server.ts';
import { afterTurns } from '../runner/turns.ts';

const home = await sharedHome();
let body = '';
const server = await startServer(() => ({ body }));
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const target = join(home.path, 'rows');

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

beforeEach(() => rm(target, { force: true }));

/** Looks up a record; `arrived` is called when its whole answer is there. */
function lookUpLong(args: readonly string[], signal: AbortSignal, arrived: () => void) {
  let isThere = false;
  const heard = (text: string): void => {
    if (isThere || !String(text).includes('< HTTP 200')) return;
    isThere = true;
    arrived();
  };
  return lookUp({ home, server, provider: 'crego' }, ['record', id, '-v', '--out', target, ...args], { signal, heard });
}

const long = 1024 * 1024;
const shapes: Readonly<Record<string, () => string>> = {
  'one text': () => `{"id":"${id}","remark":"${'12 a'.repeat(long / 4)}"}`,
  backslashes: () => `{"id":"${id}","remark":"${'\\\\'.repeat(long / 2)}"}`,
  'many members': () => `{"id":"${id}",${Array.from({ length: long / 16 }, (_, n) => `"k${n}":1`).join(',')}}`,
  'nested lists': () => `{"id":"${id}","x":[${`${'['.repeat(60)}${']'.repeat(60)},`.repeat(long / 200)}1]}`,
};

describe.each(['json', 'ndjson', 'csv', 'tsv', 'table', 'record'])('-o %s', format => {
  test.each(Object.keys(shapes))('a signal ends the decoding of %s, and leaves no file', async name => {
    body = shapes[name]?.() ?? '';
    for (const turns of [0, 2]) {
      const abort = new AbortController();
      const { code } = await lookUpLong(['-o', format], abort.signal, () =>
        afterTurns(turns, () => abort.abort(new SignalError('terminated'))),
      );
      expect({ turns, code, isThere: await exists(target) }).toEqual({ turns, code: 143, isThere: false });
    }
  });
});

/** What is done with an answer once it is decoded, and the portions that takes at least. */
const stages = [
  ['the search for secrets', ['-o', 'json'], 'one text', 4],
  ['the masks for people in a text', ['-o', 'ndjson', '--mask'], 'one text', 20],
  ['the masks for people in many members', ['-o', 'ndjson', '--mask'], 'many members', 4],
  ['the masks of a record for people', ['-o', 'record'], 'one text', 20],
] as const;

test.each(stages)('%s can be ended between its portions', async (_, args, name, portions) => {
  body = shapes[name]?.() ?? '';
  // Decoding takes four portions, and each two turns.
  for (const portion of [5, 4 + portions]) {
    const abort = new AbortController();
    const { code } = await lookUpLong(args, abort.signal, () =>
      afterTurns(2 * portion - 1, () => abort.abort(new SignalError('terminated'))),
    );
    expect({ portion, code, isThere: await exists(target) }).toEqual({ portion, code: 143, isThere: false });
  }
});

describe('the deadline', () => {
  afterEach(() => void vi.restoreAllMocks());

  test.each([
    ['is heard before the records of an answer are looked at', () => `{"id":"${'x'.repeat(long)}"}`],
    ['is heard while an answer is searched for secrets before a part of it is told', () => `{"id":1,"x":"${'x'.repeat(long)}`],
  ])('%s', async (_, make) => {
    const ended = new AbortController();
    vi.spyOn(Deadline.prototype, 'bind').mockImplementation(signal => ({
      signal: AbortSignal.any([signal, ended.signal]),
      release: () => {},
    }));
    body = make();
    const { code, stderr } = await lookUpLong([], new AbortController().signal, () => ended.abort(new DeadlineError('no time left')));
    expect(code).toBe(28);
    expect(stderr).toContain('no time left');
  });
});

test('a list may have more elements than a call has arguments', async () => {
  body = `{"id":"${id}","payouts":[${'{},'.repeat(199_999)}{}]}`;
  const args = [
    'record',
    id,
    id.toUpperCase(),
    '--unique',
    '--explode',
    'payouts',
    '--sort',
    'payouts.amount',
    '-o',
    'ndjson',
    '--out',
    target,
  ];
  const { code } = await lookUp({ home, server, provider: 'crego' }, args);
  expect(code).toBe(0);
  expect((await readFile(target, 'utf8')).split('\n').length).toBe(200_001);
});

test('a short answer is delivered whatever comes behind it', async () => {
  body = `{"id":"${id}"}`;
  const { code } = await lookUpLong([], new AbortController().signal, () => {});
  expect(code).toBe(0);
});
