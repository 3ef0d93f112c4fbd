// Ekuaibao's bracket lists: many keys in one call, each with an outcome of its own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SignalError } from '../../src/core/errors.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { type Answer, startServer } from '../runner/server.ts';

const home = await sharedHome();
const asked: string[][] = [];
let answer: (ids: readonly string[]) => Answer | Promise<Answer> = ids => items(ids);
const server = await startServer(({ target }) => {
  const list = /repaymentRecord\/\[([^\]]*)\]/.exec(decodeURIComponent(target))?.[1] ?? '';
  urlLengths.push(server.origin.length + target.length);
  asked.push(list.split(','));
  return answer(list.split(','));
});
const urlLengths: number[] = [];
await home.configure(configFor('ekuaibao', server.origin));

function items(ids: readonly string[]): Answer {
  return { body: JSON.stringify({ items: ids.map(id => ({ id, amount: 1 })) }) };
}

const ids = (count: number, prefix = 'ID_') => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

/** Turns of the event loop: time enough for whatever is ready to be sent. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

async function lookUp(keys: readonly string[], answering: typeof answer, more: readonly string[] = [], signal?: AbortSignal) {
  asked.length = 0;
  urlLengths.length = 0;
  answer = answering;
  const errors = join(home.cwd, 'errors');
  const args = ['ekuaibao', 'repayment-records', '-', '-o', 'ndjson', '--fields', 'id', '--errors', errors, ...more];
  const said = await runInProcess(args, { home, stdin: `${keys.join('\n')}\n`, ...(signal && { signal }) });
  const listed = (await readFile(errors, 'utf8'))
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
  return { ...said, rows: said.stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).id])), listed };
}

describe('packed keys', () => {
  it('share calls of at most twenty, and rows leave in the order of the keys whatever the order of the answer', async () => {
    const ran = await lookUp(ids(45), list => items([...list].reverse()));
    expect(ran).toMatchObject({ code: 0, rows: ids(45), listed: [] });
    expect(asked.map(list => list.length)).toEqual([20, 20, 5]);
  });

  it('make no URL longer than 4,000 characters', async () => {
    const long = ids(40, `ID_${'x'.repeat(240)}`);
    expect(await lookUp(long, items)).toMatchObject({ code: 0, rows: long });
    expect(Math.max(...urlLengths)).toBeLessThanOrEqual(4000);
    expect(asked.length).toBeLessThan(5);
  });

  it('that the answer leaves out are missing, the others delivered', async () => {
    const ran = await lookUp(ids(5), list => items(list.filter(id => id !== 'ID_2')));
    expect(ran).toMatchObject({ code: 24, rows: ['ID_0', 'ID_1', 'ID_3', 'ID_4'] });
    expect(ran.listed).toEqual([
      { key: 'ID_2', code: 'not-found', exit: 21, message: 'not found (the provider answered without it)', attempts: 1 },
    ]);
    expect(await lookUp(ids(5), () => items([]))).toMatchObject({ code: 21, rows: [] });
  });

  it('all fail with 27, and nothing is printed, when the answer names a key that nobody asked for', async () => {
    const ran = await lookUp(ids(25), list => items(list.includes('ID_3') ? [...list.slice(1), 'ID_999'] : list));
    expect(ran).toMatchObject({ code: 24, rows: ids(25).slice(20) });
    expect(ran.stdout).not.toContain('ID_999');
    expect(ran.listed.map(({ key, exit }) => [key, exit])).toEqual(ids(20).map(id => [id, 27]));
  });

  it('all fail with 27 when the answer has one of them twice', async () => {
    expect(await lookUp(ids(3), list => items([...list, 'ID_1']))).toMatchObject({ code: 27, rows: [] });
  });

  it('fail together with their call, each under its own name', async () => {
    const refused = { status: 400, body: '{"errorCode":412,"errorMessage":"no"}' };
    const ran = await lookUp(ids(25), list => (list.includes('ID_24') ? refused : items(list)));
    expect(ran).toMatchObject({ code: 24, rows: ids(20) });
    expect(ran.listed.map(({ key, exit, status, attempts }) => [key, exit, status, attempts])).toEqual(
      ids(25)
        .slice(20)
        .map(id => [id, 22, 400, 1]),
    );
    const shown = await runInProcess(['ekuaibao', 'repayment-records', 'ID_24', 'ID_25', '-o', 'ndjson'], { home });
    expect(shown.stderr).toMatch(/^error: ekuaibao repayment-records ID_24: refused .*\nerror: ekuaibao repayment-records ID_25: refused /);
  });

  it('run no further ahead of a call without an answer than two calls a worker', async () => {
    const never = new Promise<Answer>(() => undefined);
    const abort = new AbortController();
    const answering = (list: readonly string[]) => {
      if (asked.length === 4) void turns(100).then(() => abort.abort(new SignalError('interrupted')));
      return list.includes('ID_0') ? never : items(list);
    };
    const ran = await lookUp(ids(600), answering, ['--concurrency', '2'], abort.signal);
    expect(ran).toMatchObject({ code: 130, rows: [] });
    expect(asked.length).toBe(4);
  });

  it('that are bad stay out of the call', async () => {
    const ran = await lookUp(['ID_1', 'a,b', 'a]/x', 'ID_2'], items);
    expect(ran).toMatchObject({ code: 24, rows: ['ID_1', 'ID_2'] });
    expect(asked).toEqual([['ID_1', 'ID_2']]);
    expect(ran.listed.map(({ key, exit }) => [key, exit])).toEqual([
      ['a,b', 2],
      ['a]/x', 2],
    ]);
  });

  it('that repeat go into a call of their own, however the provider answers a repeated one', async () => {
    const ran = await lookUp(['ID_1', 'ID_2', 'ID_1', 'ID_3'], items);
    expect(ran).toMatchObject({ code: 0, rows: ['ID_1', 'ID_2', 'ID_1', 'ID_3'] });
    expect(asked).toEqual([
      ['ID_1', 'ID_2'],
      ['ID_1', 'ID_3'],
    ]);
  });

  it('that fail temporarily twenty times in a row end the run with 25', async () => {
    const ran = await lookUp(ids(60), () => ({ status: 503, body: '' }), ['--retries', '0', '--concurrency', '1']);
    expect(ran).toMatchObject({ code: 25, rows: [] });
    expect(ran.stderr).toContain('20 keys in a row failed temporarily: the run was stopped');
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^20 keys: 0 delivered, 0 missing, 20 failed in .* s \([12] requests, 0 retries\)$/,
    );
  });
});
