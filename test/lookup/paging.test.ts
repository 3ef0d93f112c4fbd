// Lists page after page, against servers that keep or break the rules of their providers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, type ProviderWord } from '../runner/profiles.ts';
import { type Answer, type Received, startServer } from '../runner/server.ts';

const home = await sharedHome();
const user = '123e4567-e89b-12d3-a456-426614174000';
let handler: (query: URLSearchParams, request: Received) => Answer = () => ({});
const server = await startServer(request => handler(new URL(request.target, 'http://localhost').searchParams, request));

async function list(provider: ProviderWord, args: readonly string[]) {
  const before = server.requests.length;
  const config = await home.configure(configFor(provider, server.origin));
  const said = await runInProcess([provider, ...args, '--config', config, '--retries', '0'], { home });
  return { ...said, targets: server.requests.slice(before).map(({ target }) => target.replace(/^[^?]*\??/, '')) };
}

const idAt = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const numbers = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** Ids of a CSV with one column. */
const column = (stdout: string) => stdout.split('\r\n').slice(1, -1);

describe('crego settlements: numbered pages, a count, page size of the server', () => {
  const total = 37;
  const pageOf = (page: number, size = 15): Answer => {
    const results = numbers((page - 1) * size, Math.min(page * size, total)).map(number => ({ id: idAt(number), amount: 1.5 }));
    return { body: JSON.stringify({ count: total, current_page: page, page_size: size, results }) };
  };
  const args = ['settlements', '--csv', '--fields', 'id'];

  test('without a word, one page as the server cuts it, and no made-up parameter', async () => {
    handler = query => pageOf(Number(query.get('page') ?? 1));
    const { stdout, targets, code } = await list('crego', args);
    expect([code, targets]).toEqual([0, ['']]);
    expect(column(stdout)).toEqual(numbers(0, 15).map(idAt));
  });

  test('--all reads until the count is reached, each row once and in order', async () => {
    handler = query => pageOf(Number(query.get('page') ?? 1));
    const { stdout, targets, code } = await list('crego', [...args, '--all', '--demand', idAt(1)]);
    expect(code).toBe(0);
    expect(targets).toEqual([`demand=${idAt(1)}`, `demand=${idAt(1)}&page=2`, `demand=${idAt(1)}&page=3`]);
    expect(column(stdout)).toEqual(numbers(0, 37).map(idAt));
  });

  test('--limit stops in the middle of a page and asks for no page more', async () => {
    handler = query => pageOf(Number(query.get('page') ?? 1));
    const { stdout, targets } = await list('crego', [...args, '--limit', '16']);
    expect(targets).toEqual(['', 'page=2']);
    expect(column(stdout)).toEqual(numbers(0, 16).map(idAt));
    expect((await list('crego', [...args, '--limit', '15'])).targets).toEqual(['']);
  });

  test('a server that ignores the page parameter is found out: nothing is counted twice', async () => {
    handler = () => pageOf(1);
    const { stdout, stderr, targets, code } = await list('crego', [...args, '--all']);
    expect([code, stdout, targets.length]).toEqual([27, '', 2]);
    expect(stderr).toBe('error: crego settlements: the provider answered page 1 when page 2 was asked for\n');
  });

  test('the same rows under another page number are found out, too', async () => {
    handler = query => {
      const page = Number(query.get('page') ?? 1);
      const body = JSON.parse(String(pageOf(1).body));
      return { body: JSON.stringify({ ...body, current_page: page }) };
    };
    const { stderr, code } = await list('crego', [...args, '--all']);
    expect([code, stderr]).toEqual([27, 'error: crego settlements: the provider sent the same page twice\n']);
  });

  test('a second page of another size still ends at the count', async () => {
    handler = query => {
      const page = Number(query.get('page') ?? 1);
      if (page === 1) return pageOf(1);
      const rest = numbers(15, 37).map(number => ({ id: idAt(number), amount: 1.5 }));
      return { body: JSON.stringify({ count: total, current_page: page, page_size: 22, results: page === 2 ? rest : [] }) };
    };
    const { stdout, targets, code } = await list('crego', [...args, '--all']);
    expect([code, targets]).toEqual([0, ['', 'page=2']]);
    expect(column(stdout)).toEqual(numbers(0, 37).map(idAt));
  });

  test('rows that the provider counts but does not send are said', async () => {
    handler = query => {
      const page = Number(query.get('page') ?? 1);
      const rows = [numbers(0, 15), numbers(15, 20), numbers(30, 37)][page - 1] ?? [];
      return {
        body: JSON.stringify({ count: total, current_page: page, page_size: 15, results: rows.map(number => ({ id: idAt(number) })) }),
      };
    };
    const { stdout, stderr, code } = await list('crego', [...args, '--all']);
    expect(code).toBe(0);
    expect(column(stdout)).toEqual([...numbers(0, 20), ...numbers(30, 37)].map(idAt));
    expect(stderr).toContain('warning: crego settlements: the provider counts 37 rows, but sent 27\n');
  });

  test('an empty page is the end, whatever the count says', async () => {
    handler = query =>
      Number(query.get('page') ?? 1) === 1 ? pageOf(1) : { body: `{"count":37,"current_page":2,"page_size":15,"results":[]}` };
    const { stdout, code } = await list('crego', [...args, '--all']);
    expect(code).toBe(0);
    expect(column(stdout)).toHaveLength(15);
  });

  test('a failure on a later page leaves stdout empty', async () => {
    handler = query => (query.get('page') === '3' ? { status: 500 } : pageOf(Number(query.get('page') ?? 1)));
    const { stdout, code } = await list('crego', [...args, '--all']);
    expect([code, stdout]).toEqual([25, '']);
  });

  test('rows of all pages are one JSON array, sorted as one', async () => {
    handler = query => {
      const page = Number(query.get('page') ?? 1);
      const amounts = ['9007199254740993.10', '-5.00', '9007199254740993.2'];
      return { body: `{"count":3,"current_page":${page},"page_size":1,"results":[{"id":"${idAt(page)}","amount":${amounts[page - 1]}}]}` };
    };
    const { stdout } = await list('crego', ['settlements', '--all', '--json', '--fields', 'amount', '--sort', 'amount:desc']);
    expect(stdout.replace(/\s+/g, '')).toBe('[{"amount":9007199254740993.2},{"amount":9007199254740993.10},{"amount":-5.00}]');
  });
});

describe('finlend pending-repayments: no total, the first page that is not full is the last', () => {
  const args = ['pending-repayments', user, '--csv', '--fields', 'installmentNumber'];
  const serve = (total: number) => (query: URLSearchParams) => {
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('size') ?? 10);
    const data = numbers((page - 1) * size, Math.min(page * size, total)).map(installmentNumber => ({ installmentNumber, amountDue: 1.0 }));
    return { body: JSON.stringify({ status: 'SUCCESS', data }) };
  };

  test('without a word, the provider’s own first page', async () => {
    handler = serve(25);
    const { stdout, targets } = await list('finlend', args);
    expect(targets).toEqual(['']);
    expect(column(stdout)).toHaveLength(10);
  });

  test('--all asks for the recommended 50, page after page; the short one ends it', async () => {
    handler = serve(125);
    const { stdout, targets, code } = await list('finlend', [...args, '--all']);
    expect(code).toBe(0);
    expect(targets).toEqual(['page=1&size=50', 'page=2&size=50', 'page=3&size=50']);
    expect(column(stdout)).toEqual(numbers(0, 125).map(String));
  });

  test('a provider that ignores the size and cuts pages of its own is read whole', async () => {
    handler = query => serve(25)(new URLSearchParams({ page: query.get('page') ?? '1' }));
    const { stdout, targets, code } = await list('finlend', [...args, '--all']);
    expect([code, targets.length]).toEqual([0, 3]);
    expect(column(stdout)).toEqual(numbers(0, 25).map(String));
  });

  test('a full last page costs one empty page more', async () => {
    handler = serve(20);
    const { stdout, targets } = await list('finlend', [...args, '--all', '--size', '5']);
    expect(targets).toEqual(['size=5&page=1', 'size=5&page=2', 'size=5&page=3', 'size=5&page=4', 'size=5&page=5']);
    expect(column(stdout)).toEqual(numbers(0, 20).map(String));
  });

  test('--limit asks for pages of that size, at most the recommended 50', async () => {
    handler = serve(200);
    const few = await list('finlend', [...args, '--limit', '7']);
    expect([few.targets, column(few.stdout).length]).toEqual([['page=1&size=7'], 7]);
    const many = await list('finlend', [...args, '--limit', '60']);
    expect([many.targets, column(many.stdout).length]).toEqual([['page=1&size=50', 'page=2&size=50'], 60]);
  });

  test('a given page is read alone, and is where --all begins', async () => {
    handler = serve(25);
    expect((await list('finlend', [...args, '--page', '2'])).targets).toEqual(['page=2']);
    const rest = await list('finlend', [...args, '--page', '2', '--all']);
    expect(rest.targets).toEqual(['page=2', 'page=3']);
    expect(column(rest.stdout)).toEqual(numbers(10, 25).map(String));
  });

  test('a server that repeats its page is found out', async () => {
    handler = () => serve(10)(new URLSearchParams('page=1'));
    const { stdout, stderr, targets, code } = await list('finlend', [...args, '--all']);
    expect([code, stdout, targets.length]).toEqual([27, '', 2]);
    expect(stderr).toBe(`error: finlend pending-repayments ${user}: the provider sent the same page twice\n`);
  });
});

describe('interlace lists: a total as text, limit and page', () => {
  const args = ['account-repayment', '--csv', '--fields', 'displayId'];
  const serve = (total: number) => (query: URLSearchParams) => {
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('limit') ?? 10);
    const rows = numbers((page - 1) * size, Math.min(page * size, total)).map(number => ({ displayId: `${number}`, type: '0' }));
    return { body: JSON.stringify({ code: '000000', message: 'success', data: { list: rows, total: `${total}` } }) };
  };

  test('--all ends at the total without an empty page', async () => {
    handler = serve(200);
    const { stdout, targets, code } = await list('interlace', [...args, '--all']);
    expect(code).toBe(0);
    expect(targets).toEqual(['limit=100', 'limit=100&page=2']);
    expect(column(stdout)).toEqual(numbers(0, 200).map(String));
  });

  test('--limit asks for what is wanted, at most 100 a page', async () => {
    handler = serve(250);
    const { stdout, targets } = await list('interlace', [...args, '--limit', '150']);
    expect(targets).toEqual(['limit=100', 'limit=100&page=2']);
    expect(column(stdout)).toEqual(numbers(0, 150).map(String));
  });

  test('a single object has no further page', async () => {
    handler = () => ({ body: '{"code":"000000","data":{"displayId":"7","accountId":"a","type":"1"}}' });
    const { stdout, targets } = await list('interlace', [...args, '--all']);
    expect([column(stdout), targets]).toEqual([['7'], ['limit=100']]);
  });
});

test('--all and --limit exclude each other, and belong to lists', async () => {
  handler = () => ({ status: 500 });
  const both = await list('crego', ['settlements', '--all', '--limit', '3']);
  expect([both.code, both.targets]).toEqual([2, []]);
  const batch = await list('crego', ['record', idAt(1), idAt(2), '--all']);
  expect([batch.code, batch.targets]).toEqual([2, []]);
});

describe('what is not whole says so', () => {
  const settlements = (total: number | undefined) => (query: URLSearchParams) => {
    const page = Number(query.get('page') ?? 1);
    const results = numbers((page - 1) * 15, Math.min(page * 15, total ?? 99)).map(number => ({ id: idAt(number), amount: 1.5 }));
    return { body: JSON.stringify({ ...(total !== undefined && { count: total }), current_page: page, page_size: 15, results }) };
  };
  const said = async (total: number | undefined, args: readonly string[]) => {
    handler = settlements(total);
    const { code, stderr } = await list('crego', ['settlements', '--csv', '--fields', 'id', ...args]);
    return [code, stderr.split('\n').filter(line => line !== '' && !line.startsWith('warning: '))];
  };

  test.each<[what: string, total: number | undefined, args: readonly string[], lines: readonly string[]]>([
    ['the first page of a counted list', 37, [], ['15 of 37 settlements · all: --all']],
    ['also into a file', 37, ['--out', join(home.cwd, 'part.csv')], ['15 of 37 settlements · all: --all']],
    ['a limit inside a page', 37, ['--limit', '3'], ['3 of 37 settlements · all: --all']],
    ['a limit at the end of a page', 37, ['--limit', '15'], ['15 of 37 settlements · all: --all']],
    ['a limit behind the first page', 37, ['--limit', '16'], ['16 of 37 settlements · all: --all']],
    ['a list that nobody counts', undefined, [], ['15 settlements, more pages follow · all: --all']],
    ['not with --quiet', 37, ['--quiet'], []],
    ['not when the first page is all', 15, [], []],
    ['not when the limit is the end', 16, ['--limit', '16'], []],
    ['not with --all', 37, ['--all'], []],
  ])('%s', async (_what, total, args, lines) => {
    expect(await said(total, args)).toEqual([0, lines]);
  });

  test('in a batch, of each key', async () => {
    handler = () => {
      const data = numbers(0, 10).map(installmentNumber => ({ installmentNumber, amountDue: 1 }));
      return { body: JSON.stringify({ status: 'SUCCESS', data }) };
    };
    const summary = await home.write('summary.json', '');
    const { code, stderr } = await list('finlend', ['pending-repayments', user, idAt(2), '--json', '--summary', summary]);
    expect([code, stderr.includes('first page only for 2 keys with more')]).toEqual([0, true]);
    expect(JSON.parse(await readFile(summary, 'utf8'))).toMatchObject({ delivered: 2, firstPagesOnly: 2 });
  });
});
