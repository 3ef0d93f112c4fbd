// `--follow` on the wire: one call for each thing that is named, and what becomes of a key whose thing is not there or cannot be had.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../../runner/home.ts';
import { runInProcess } from '../../runner/in-process.ts';
import { configFor, type ProviderWord } from '../../runner/profiles.ts';
import { type Answer, type Received, startServer } from '../../runner/server.ts';

const home = await sharedHome();
let answer: (request: Received) => Answer | undefined = () => ({});
const server = await startServer(request => answer(request));
const idAt = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

async function look(provider: ProviderWord, args: readonly string[], answering: typeof answer, more: { stdin?: string } = {}) {
  answer = answering;
  const before = server.requests.length;
  const config = await home.configure(configFor(provider, server.origin));
  const said = await runInProcess([provider, ...args, '--config', config, '--retries', '0'], { home, ...more });
  return { ...said, asked: server.requests.slice(before).map(({ target }) => target.replace(/\?.*/, '')) };
}

/** A server of Crego: settlements of these records, and these records. */
function crego(named: readonly (number | null)[], records: (number: number) => Answer | undefined): typeof answer {
  const results = named.map((number, at) => ({ id: idAt(100 + at), amount: 1.5, record: number === null ? null : idAt(number) }));
  return ({ target }) => {
    if (target.startsWith('/v1/lms/settlements/'))
      return { body: JSON.stringify({ count: results.length, current_page: 1, page_size: 15, results }) };
    return records(Number(/-(\d{12})\//.exec(target)?.[1]));
  };
}

const record = (number: number): Answer => ({ body: `{"id":"${idAt(number)}","ref_id":"REC${number}","amount":${number}.50}` });
const settlements = ['settlements', '--follow', 'record', '--fields', 'id,record.ref_id,record.amount', '--csv'];
const rows = (stdout: string) => stdout.split('\r\n').slice(1, -1);

describe('rows of a list', () => {
  test('one call for each distinct id, and every row has the columns of its own thing', async () => {
    const { code, stdout, asked } = await look('crego', settlements, crego([1, 2, 1, 1, 2], record));
    expect(stdout.split('\r\n')[0]).toBe('id,record.ref_id,record.amount');
    expect(rows(stdout)).toEqual([1, 2, 1, 1, 2].map((number, at) => `${idAt(100 + at)},REC${number},${number}.50`));
    expect([code, [...asked].sort()]).toEqual([0, [`/v1/lms/records/${idAt(1)}/`, `/v1/lms/records/${idAt(2)}/`, '/v1/lms/settlements/']]);
  });

  test('a row that names nothing has empty columns and asks for nothing', async () => {
    const { stdout, stderr, asked } = await look('crego', settlements, crego([null, 1], record));
    expect(rows(stdout)).toEqual([`${idAt(100)},,`, `${idAt(101)},REC1,1.50`]);
    expect(stderr).not.toContain('leads nowhere');
    expect(asked).toHaveLength(2);
  });

  test('one that is not there leaves its columns empty, and is counted; nobody asks for it again', async () => {
    const { code, stdout, stderr, asked } = await look(
      'crego',
      settlements,
      crego([1, 9, 9], number => (number === 9 ? { status: 404 } : record(number))),
    );
    expect(rows(stdout)).toEqual([`${idAt(100)},REC1,1.50`, `${idAt(101)},,`, `${idAt(102)},,`]);
    expect([code, stderr.split('\n')[0], asked.length]).toEqual([
      0,
      'record leads nowhere in 2 of 3 rows (no such record): its columns are empty there',
      3,
    ]);
  });

  test.each<[string, Answer | undefined, number, string]>([
    ['not available now', { status: 503 }, 25, 'HTTP 503'],
    ['cut off', undefined, 25, 'connection reset'],
    ['refused', { status: 403, body: '{"detail":"no"}' }, 22, 'HTTP 403'],
    ['another one', { body: `{"id":"${idAt(8)}"}` }, 27, ''],
  ])('one that is %s fails the lookup with its code and writes nothing', async (_, broken, code, said) => {
    const ran = await look(
      'crego',
      settlements,
      crego([1, 9], number => (number === 9 ? broken : record(number))),
    );
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(`error: crego settlements: record leads to record ${idAt(9)}: `);
    expect(ran.stderr).toContain(said);
  });

  test('what is no id is not asked for', async () => {
    const { code, stdout, stderr, asked } = await look('crego', settlements, ({ target }) =>
      target.startsWith('/v1/lms/settlements/')
        ? { body: `{"count":1,"results":[{"id":"${idAt(1)}","record":"../../users"}]}` }
        : record(1),
    );
    expect([code, stdout, asked]).toEqual([27, '', ['/v1/lms/settlements/']]);
    expect(stderr).toContain('record names no record: id "../../users" is not a UUID');
  });

  test('a thing that stands in the place of its id is known by the id in it', async () => {
    const { stdout } = await look('crego', settlements, ({ target }) =>
      target.startsWith('/v1/lms/settlements/')
        ? { body: `{"count":1,"results":[{"id":"${idAt(1)}","record":{"id":"${idAt(7)}"}}]}` }
        : record(7),
    );
    expect(rows(stdout)).toEqual([`${idAt(1)},REC7,7.50`]);
  });

  test('every page of --all shares the things', async () => {
    const page = (at: number) =>
      `{"count":4,"current_page":${at},"page_size":2,"results":[{"id":"${idAt(at)}0","record":"${idAt(1)}"},{"id":"${idAt(at)}1","record":"${idAt(at)}"}]}`;
    const { stdout, asked } = await look('crego', [...settlements, '--all'], ({ target }) =>
      target.startsWith('/v1/lms/settlements/')
        ? { body: page(target.includes('page=2') ? 2 : 1) }
        : record(Number(/-(\d{12})\//.exec(target)?.[1])),
    );
    expect(rows(stdout)).toHaveLength(4);
    expect(asked.filter(target => target.includes('/records/'))).toEqual([`/v1/lms/records/${idAt(1)}/`, `/v1/lms/records/${idAt(2)}/`]);
  });

  test('what is kept is bounded: behind 16 million characters the thing that was not wanted for longest is asked for again', async () => {
    const big = (number: number): Answer => ({
      body: `{"id":"${idAt(number)}","ref_id":"REC${number}","note":"${'x'.repeat(6_000_000)}"}`,
    });
    const page = (at: number) =>
      `{"count":5,"current_page":${at},"page_size":1,"results":[{"id":"${idAt(at + 50)}","record":"${idAt([1, 2, 1, 3, 2][at - 1] ?? 0)}"}]}`;
    const { code, asked } = await look('crego', [...settlements, '--all'], ({ target }) =>
      target.startsWith('/v1/lms/settlements/')
        ? { body: page(Number(/page=(\d+)/.exec(target)?.[1] ?? 1)) }
        : big(Number(/-(\d{12})\//.exec(target)?.[1])),
    );
    const numbers = asked.filter(target => target.includes('/records/')).map(target => Number(/-(\d{12})\//.exec(target)?.[1]));
    expect([code, numbers]).toEqual([0, [1, 2, 3, 2]]);
  });
});

describe('things that name things', () => {
  const parents: Readonly<Record<string, string>> = { [idAt(1)]: idAt(2), [idAt(2)]: idAt(1) };
  const accounts: typeof answer = ({ target }) => {
    const id = new URLSearchParams(target.split('?')[1]).get('accountId') ?? idAt(1);
    const list = parents[id] === undefined ? [] : [{ id, displayId: `D${id.slice(-1)}`, parentAccountId: parents[id] }];
    return { body: JSON.stringify({ code: '000000', message: 'OK', data: { total: list.length, list } }) };
  };

  test('a circle is followed as far as it is typed, with one call for each thing', async () => {
    const chain = ['parentAccountId', 'parentAccountId.parentAccountId', 'parentAccountId.parentAccountId.parentAccountId'];
    const { code, stdout, asked } = await look('interlace', ['accounts', '--json', '--follow', chain.join(',')], accounts);
    const [row] = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(chain.map(name => row._follow[name].displayId)).toEqual(['D2', 'D1', 'D2']);
    expect(asked).toHaveLength(3);
  });

  test('a list is no longer taken for the thing when it was not narrowed to it', async () => {
    const { code, stderr } = await look('interlace', ['accounts', '--json', '--follow', 'parentAccountId'], () => ({
      body: JSON.stringify({ code: '000000', message: 'OK', data: { total: 1, list: [{ id: idAt(1), parentAccountId: idAt(2) }] } }),
    }));
    expect([code, stderr]).toEqual([
      27,
      `error: interlace accounts: parentAccountId leads to accounts ${idAt(2)}: the list that was to have it alone has others\n`,
    ]);
  });

  test('what does not exist names nothing further', async () => {
    const { code, stdout, asked } = await look(
      'crego',
      ['settlements', '--follow', 'record', '--json'],
      crego([9], () => ({ status: 404 })),
    );
    expect([code, JSON.parse(stdout)[0]._follow, asked.length]).toEqual([0, { record: null }, 2]);
  });
});

describe('a batch', () => {
  const ids = (body: Buffer) => JSON.parse(String(body)).conditionIds as string[];
  const asked: string[] = [];
  const ekuaibao =
    (owners: Readonly<Record<string, string>>, staff: (wanted: readonly string[]) => Answer): typeof answer =>
    ({ target, body }) => {
      if (target.includes('getStaffIds')) {
        asked.push(ids(body).join('+'));
        return staff(ids(body));
      }
      const wanted = /\[([^\]]*)\]/.exec(decodeURIComponent(target))?.[1]?.split(',') ?? [];
      return { body: JSON.stringify({ items: wanted.flatMap(id => (owners[id] === undefined ? [] : [{ id, ownerId: owners[id] }])) }) };
    };
  const found = (wanted: readonly string[]): Answer => ({
    body: JSON.stringify({ items: wanted.map(id => ({ id, name: `N-${id}`, cellphone: '13512345678' })) }),
  });
  const args = ['repayment-records', '--follow', 'ownerId', '--fields', 'id,ownerId.name'];
  const owners = { ID_1: 'c:a', ID_2: 'c:b', ID_3: 'c:a', ID_4: 'c:gone' };

  test('what packs share a call for is asked for in one, too; counts are in the summary', async () => {
    asked.length = 0;
    const summary = join(home.cwd, 'follow.json');
    const said = await look(
      'ekuaibao',
      [...args, 'ID_1', 'ID_2', 'ID_3', 'ID_4', '--csv', '--summary', summary],
      ekuaibao(owners, wanted => found(wanted.filter(id => id !== 'c:gone'))),
    );
    expect(said.stdout).toBe('id,ownerId.name\r\nID_1,N-c:a\r\nID_2,N-c:b\r\nID_3,N-c:a\r\nID_4,\r\n');
    expect([said.code, asked]).toEqual([0, ['c:a+c:b+c:gone']]);
    expect(JSON.parse(await readFile(summary, 'utf8'))).toMatchObject({
      delivered: 4,
      requests: 2,
      followed: { ownerId: { found: 3, missing: 1, none: 0 } },
    });
    expect(said.stderr).toContain('ownerId leads nowhere in 1 of 4 rows (no such staff): its columns are empty there\n');
  });

  test('a key fails with the code of its thing, and is in --errors; the others are delivered', async () => {
    const errors = join(home.cwd, 'follow-errors');
    const config = ekuaibao(owners, wanted =>
      wanted.includes('c:b') ? { status: 400, body: '{"errorCode":400,"errorMessage":"bad one"}' } : found(wanted),
    );
    const said = await look('ekuaibao', [...args, '-', '--csv', '--errors', errors], config, { stdin: 'ID_1\nID_2\n' });
    const listed = (await readFile(errors, 'utf8'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(listed.map(({ key, code, exit, status }) => [key, code, exit, status])).toEqual([
      ['ID_1', 'refused', 22, 400],
      ['ID_2', 'refused', 22, 400],
    ]);
    expect(listed[0].message).toMatch(/^ownerId leads to staff /);
    expect([said.code, said.stdout]).toEqual([22, 'id,ownerId.name\r\n']);
  });

  test('what may be over later is asked for again by the next key that names it', async () => {
    answer = ekuaibao(owners, wanted => (asked.length === 1 ? { status: 503 } : found(wanted)));
    asked.length = 0;
    const config = await home.configure(configFor('ekuaibao', server.origin, { packSize: 1 }));
    const call = ['ekuaibao', ...args, 'ID_1', 'ID_3', 'ID_1', '--csv', '--config', config, '--retries', '0', '--concurrency', '1'];
    const { code, stdout, stderr } = await runInProcess(call, { home });
    expect([code, stdout, asked]).toEqual([24, 'id,ownerId.name\r\nID_3,N-c:a\r\nID_1,N-c:a\r\n', ['c:a', 'c:a']]);
    expect(stderr).toContain('error: ekuaibao repayment-records ID_1: ownerId leads to staff ');
  });

  test('one that is resumed must follow the same, and asks only for what is left', async () => {
    const [keys, out] = [join(home.cwd, 'keys'), join(home.cwd, 'rows.csv')];
    await writeFile(keys, 'ID_1\nID_2\n');
    const call = [...args, '--csv', '--ids-from', keys, '--out', out, '--resume'];
    let broken = true;
    const flaky = ekuaibao(owners, wanted =>
      broken ? { status: 401, body: '{"errorCode":401,"errorMessage":"accessToken"}' } : found(wanted),
    );
    expect((await look('ekuaibao', call, flaky)).code).toBe(4);
    const other = await look('ekuaibao', ['repayment-records', '--fields', 'id', ...call.slice(5)], flaky);
    expect(other.stderr).toContain('begun with another fields, follow');
    broken = false;
    expect((await look('ekuaibao', call, flaky)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe('id,ownerId.name\r\nID_1,N-c:a\r\nID_2,N-c:b\r\n');
  });

  test('personal data of the thing is masked as under its own endpoint, and words are in the language asked for', async () => {
    const shown = await look(
      'ekuaibao',
      ['repayment-records', 'ID_1', '--follow', 'ownerId', '-o', 'record', '--lang', 'zh'],
      ekuaibao(owners, found),
    );
    expect(shown.stdout).not.toContain('13512345678');
    expect(shown.stdout).toContain('手机号            ••••78');
    const csv = await look(
      'ekuaibao',
      ['repayment-records', 'ID_1', '--follow', 'ownerId', '--csv', '--fields', 'ownerId.cellphone'],
      ekuaibao(owners, found),
    );
    expect(csv.stdout).toBe('ownerId.cellphone\r\n13512345678\r\n');
  });
});

test('QI Tech: an invoice is asked for below the wallet of the entry, and a wallet by the key of the request', async () => {
  const [wallet, entry] = [idAt(1), idAt(2)];
  const { code, stdout, asked } = await look(
    'qitech',
    [
      'wallet-entry',
      wallet,
      entry,
      '--explode',
      'invoice_items',
      '--follow',
      'invoice_items.invoice_key,request.wallet_key',
      '--csv',
      '--fields',
      'invoice_items.invoice_key.total_amount,request.wallet_key.wallet_status',
    ],
    ({ target }) => {
      if (target.includes('/wallet_entry/'))
        return { body: `{"wallet_entry_key":"${entry}","invoice_items":[{"invoice_key":"${idAt(3)}"},{"invoice_key":"${idAt(4)}"}]}` };
      const invoice = /invoice\/(.*)$/.exec(target)?.[1];
      return {
        body:
          invoice === undefined
            ? `{"wallet_key":"${wallet}","wallet_status":"active"}`
            : `{"invoice_key":"${invoice}","total_amount":${invoice.slice(-1)}.0}`,
      };
    },
  );
  expect([code, rows(stdout)]).toEqual([0, ['3.0,active', '4.0,active']]);
  expect([...asked].sort()).toEqual([
    `/wallet/${wallet}`,
    `/wallet/${wallet}/invoice/${idAt(3)}`,
    `/wallet/${wallet}/invoice/${idAt(4)}`,
    `/wallet/${wallet}/wallet_entry/${entry}`,
  ]);
});
