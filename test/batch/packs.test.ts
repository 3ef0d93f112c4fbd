// Ekuaibao's bracket lists: many keys in one call, each with an outcome of its own.
import { readFile, writeFile } from 'node:fs/promises';
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
  const said = await runInProcess(args, { home, stdin: `${keys.join('\n')}\n`, random: () => 0, ...(signal && { signal }) });
  const listed = (await readFile(errors, 'utf8'))
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
  const last = said.stderr.trimEnd().split('\n').at(-1);
  return { ...said, last, rows: said.stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).id])), listed };
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
      { key: 'ID_2', code: 'not-found', exit: 21, message: 'not found: Ekuaibao (合思) has no record of it', attempts: 1 },
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
});

/** A provider that cannot answer for some ids, alone or in company. */
const breaksAt =
  (...bad: readonly string[]) =>
  (list: readonly string[]): Answer =>
    list.some(id => bad.includes(id)) ? { status: 500, body: '{}' } : items(list);

const oneByOne = ['--retries', '0', '--concurrency', '1'];

describe('a call that fails temporarily to its last try', () => {
  it('is made again in halves until the one id that breaks it stands alone; the others are delivered', async () => {
    const ran = await lookUp(ids(25), breaksAt('ID_7'), oneByOne);
    expect(ran).toMatchObject({ code: 24, rows: ids(25).filter(id => id !== 'ID_7') });
    expect(ran.listed).toEqual([
      { key: 'ID_7', code: 'temporary', exit: 25, status: 500, message: 'the provider is not available now (HTTP 500)', attempts: 1 },
    ]);
    const asPacks = asked.map(list => [list[0], list.length]);
    expect(asPacks).toEqual([
      ['ID_0', 20],
      ['ID_0', 10],
      ['ID_10', 10],
      ['ID_0', 5],
      ['ID_5', 5],
      ['ID_5', 3],
      ['ID_8', 2],
      ['ID_5', 2],
      ['ID_7', 1],
      ['ID_20', 5],
    ]);
  });

  it('is made again in halves only after its retries, which all calls of the run pay for together', async () => {
    const bad = ['ID_0', 'ID_6', 'ID_13', 'ID_19'];
    const ran = await lookUp(ids(20), breaksAt(...bad), ['--concurrency', '1']);
    expect(ran).toMatchObject({ code: 24, rows: ids(20).filter(id => !bad.includes(id)) });
    expect(asked.slice(0, 4).map(list => list.length)).toEqual([20, 20, 20, 10]);
    // 27 calls, of which 17 fail and 10 are answered at once: 110 units buy 22 retries.
    expect(ran.last).toMatch(/ \(49 requests, 22 retries\)$/);
  });

  it('is found out in every fourth id as well', async () => {
    const bad = ids(40).filter((_, n) => n % 4 === 1);
    const ran = await lookUp(ids(40), breaksAt(...bad), oneByOne);
    expect(ran).toMatchObject({ code: 24, rows: ids(40).filter(id => !bad.includes(id)) });
    expect(ran.listed.map(({ key }) => key)).toEqual(bad);
  });

  it('is not halved when the provider only wants to be asked less often', async () => {
    const ran = await lookUp(ids(20), () => ({ status: 429, body: '' }), oneByOne);
    expect(ran).toMatchObject({ code: 25, rows: [] });
    expect(asked.length).toBe(1);
  });

  it('is one of the twenty in a row after which a provider counts as down: 19 halves are the price', async () => {
    const ran = await lookUp(ids(2000), () => ({ status: 503, body: '' }), oneByOne);
    expect(ran).toMatchObject({ code: 25, rows: [] });
    expect(ran.stderr).toContain('20 calls in a row failed temporarily: the run was stopped');
    // Up to two more may be under way while the last is counted.
    expect(ran.last).toMatch(/^400 keys: 0 delivered, 0 missing, 400 failed in .* s \((39|40|41) requests, 0 retries\)$/);
    expect(asked.slice(0, 8).map(list => list.length)).toEqual([20, 10, 10, 5, 5, 5, 5, 3]);
    expect(asked.slice(20, 39).map(list => list.length)).toEqual(Array(19).fill(20));
  });

  it('is worth halves again as soon as one call has been answered', async () => {
    const down = ids(100);
    const ran = await lookUp(ids(160), breaksAt(...down, 'ID_130'), oneByOne);
    expect(ran).toMatchObject({
      code: 24,
      rows: ids(160)
        .slice(100)
        .filter(id => id !== 'ID_130'),
    });
    expect(ran.listed.map(({ key }) => key)).toEqual([...down, 'ID_130']);
  });
});

describe('two nights with ids that never work', () => {
  const good = [...ids(10, 'A'), ...ids(10, 'B')];
  const bad = ids(40, 'bad-');
  const list = [...good.slice(0, 10), ...bad, ...good.slice(10)];
  const path = (name: string) => join(home.cwd, name);
  const args = ['ekuaibao', 'repayment-records', '--ids-from', path('list'), '-o', 'ndjson', '--fields', 'id', '--out', path('o')];
  const inPairs = { ...configFor('ekuaibao', server.origin, { packSize: 2 }) };

  async function night(answering: typeof answer) {
    asked.length = 0;
    answer = answering;
    await writeFile(path('list'), `${list.join('\n')}\n`);
    await writeFile(path('pairs.json'), JSON.stringify(inPairs), { mode: 0o600 });
    return runInProcess([...args, ...oneByOne, '--config', path('pairs.json'), '--resume', '--errors', path('e')], { home });
  }

  it('the first ends with 25, the second goes on behind them and delivers every good id once', async () => {
    const first = await night(breaksAt(...bad));
    expect(first.code).toBe(25);
    // Five good pairs and twenty bad ones, with halves until twenty calls in a row have failed; up to eight more may be under way.
    expect(first.stderr).toContain('50 keys: 10 delivered, 0 missing, 40 failed');
    expect(asked.length).toBeGreaterThanOrEqual(38);
    expect(asked.length).toBeLessThanOrEqual(46);
    const second = await night(breaksAt(...bad));
    expect(second.stderr).toContain('60 keys: 20 delivered, 0 missing, 40 failed');
    expect(second.code).toBe(24);
    expect(await readFile(path('o'), 'utf8')).toBe(good.map(id => `{"id":"${id}"}\n`).join(''));
    expect((await readFile(path('e'), 'utf8')).match(/"key":"[^"]*"/g)).toEqual(bad.map(id => `"key":"${id}"`));
    expect(asked.flat().filter(id => good.includes(id))).toEqual(good.slice(10));
  });
});
