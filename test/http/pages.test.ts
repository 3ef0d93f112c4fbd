import { describe, expect, test } from 'vitest';
import type { Paging } from '../../src/core/endpoint.ts';
import { type Json, parseJson } from '../../src/core/json.ts';
import { inEnglish, type Words as Said } from '../../src/core/say.ts';
import { type PageRequest, readPages } from '../../src/http/pages.ts';

type Words = Readonly<Record<string, string>>;

interface Read {
  readonly rows: number[];
  readonly asked: Words[];
  readonly warnings: string[];
}

/** Reads to the end; `serve` makes the body of an answer of the words it is asked with. */
async function read(paging: Paging | undefined, serve: (words: Words) => object, more: Partial<PageRequest> = {}): Promise<Read> {
  const asked: Words[] = [];
  const warnings: string[] = [];
  const rows: number[] = [];
  const fetchPage: PageRequest['fetchPage'] = async words => {
    asked.push(words);
    if (asked.length > 50) throw new Error('does not end');
    const body = parseJson(JSON.stringify(serve(words)));
    const { rows: items } = body as { rows: { [key: string]: Json }[] };
    return { items, body };
  };
  const request = {
    paging,
    params: {},
    limit: Number.POSITIVE_INFINITY,
    fetchPage,
    warn: (text: Said) => void warnings.push(inEnglish(text)),
    stopped: () => undefined,
    ...more,
  };
  for await (const page of readPages(request)) rows.push(...page.map(row => Number(row.n)));
  return { rows, asked, warnings };
}

const upTo = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ n: from + at, at: 1000 + from + at }));
const numbers = (to: number) => upTo(0, to).map(({ n }) => n);

describe('numbered pages', () => {
  const paging: Paging = { kind: 'page', page: 'p', first: 1, size: 's', defaultSize: 10, maxSize: 50 };
  const serve = (total: number) => (words: Words) => {
    const [page, size] = [Number(words.p ?? 1), Number(words.s ?? 10)];
    return { rows: upTo((page - 1) * size, Math.min(page * size, total)) };
  };

  test('one page, unasked', async () => {
    expect(await read(paging, serve(35), { limit: undefined })).toEqual({ rows: numbers(10), asked: [{}], warnings: [] });
  });

  test('all, at the largest size', async () => {
    expect(await read(paging, serve(120))).toEqual({
      rows: numbers(120),
      asked: [
        { p: '1', s: '50' },
        { p: '2', s: '50' },
        { p: '3', s: '50' },
      ],
      warnings: [],
    });
  });

  test('no rows at all', async () => {
    expect(await read(paging, serve(0))).toEqual({ rows: [], asked: [{ p: '1', s: '50' }], warnings: [] });
  });

  test('a limit within a page, and on its edge', async () => {
    expect((await read(paging, serve(120), { limit: 55 })).rows).toEqual(numbers(55));
    expect((await read(paging, serve(120), { limit: 50 })).asked).toHaveLength(1);
    expect((await read(paging, serve(120), { limit: 3 })).asked).toEqual([{ p: '1', s: '3' }]);
  });

  test('a page the user names keeps its meaning: pages of the size given with it, or of the provider’s own', async () => {
    const alone = await read(paging, serve(25), { params: { p: '2' } });
    expect([alone.rows, alone.asked]).toEqual([numbers(25).slice(10), [{ p: '2' }, { p: '3' }]]);
    const sized = await read(paging, serve(25), { params: { p: '2', s: '5' } });
    expect([sized.rows, sized.asked[0]]).toEqual([numbers(25).slice(5), { p: '2', s: '5' }]);
  });

  test('a provider that cuts pages of its own size is still read to the end', async () => {
    const own = (words: Words) => serve(25)({ p: words.p ?? '1' });
    expect((await read(paging, own)).rows).toEqual(numbers(25));
  });

  test('pages may begin at 0', async () => {
    const zero: Paging = { kind: 'page', page: 'p', first: 0, size: 's', defaultSize: 10 };
    const { rows, asked } = await read(zero, words => serve(25)({ p: `${Number(words.p ?? 0) + 1}`, s: '10' }));
    expect([rows, asked]).toEqual([numbers(25), [{ p: '0' }, { p: '1' }, { p: '2' }]]);
  });

  test('the same page twice is an error, also when it is the last', async () => {
    await expect(read(paging, () => serve(50)({ s: '50' }))).rejects.toThrow('the provider sent the same page twice');
  });

  test('a word for more pages is believed', async () => {
    const more: Paging = { ...paging, more: 'next' };
    const pages = [
      { rows: upTo(0, 3), next: 'https://x/?p=2' },
      { rows: upTo(3, 5), next: null },
    ];
    expect((await read(more, words => pages[Number(words.p) - 1] ?? { rows: [] })).rows).toEqual(numbers(5));
    const flag = [
      { rows: upTo(0, 3), next: true },
      { rows: upTo(3, 5), next: false },
    ];
    expect((await read(more, words => flag[Number(words.p) - 1] ?? { rows: [] })).rows).toEqual(numbers(5));
  });

  test('a total, as a number or as text, ends it without an empty page', async () => {
    const counted: Paging = { ...paging, total: 'count', current: 'page', pageSize: 'size' };
    for (const count of [100, '100']) {
      const { asked } = await read(counted, words => ({ ...serve(100)(words), count, page: Number(words.p), size: 50 }));
      expect(asked).toHaveLength(2);
    }
  });

  test('pages larger than asked for end it as soon as all rows are there', async () => {
    const counted: Paging = { ...paging, total: 'count', maxSize: 10 };
    const { rows, asked } = await read(counted, () => ({ rows: upTo(0, 25), count: 25 }));
    expect([rows, asked]).toEqual([numbers(25), [{ p: '1', s: '10' }]]);
  });

  test('another page than the one asked for is an error', async () => {
    const counted: Paging = { ...paging, total: 'count', current: 'page' };
    await expect(read(counted, words => ({ ...serve(100)(words), count: 100, page: 1 }))).rejects.toThrow(
      'the provider answered page 1 when page 2 was asked for',
    );
  });

  test('rows the provider counts but does not send are told of, unless nobody wanted them', async () => {
    const counted: Paging = { ...paging, total: 'count' };
    const pages = [upTo(0, 48), upTo(50, 60)];
    const short = (words: Words) => ({ rows: pages[Number(words.p) - 1] ?? [], count: 60 });
    expect((await read(counted, short)).warnings).toEqual(['the provider counts 60 rows, but sent 58']);
    expect((await read(counted, short, { limit: 20 })).warnings).toEqual([]);
    expect((await read(counted, short, { params: { p: '2' } })).warnings).toEqual([]);
  });
});

describe('offsets', () => {
  const paging: Paging = { kind: 'offset', offset: 'start', size: 'count', defaultSize: 20, maxSize: 100 };
  const serve = (total: number) => (words: Words) => {
    const start = Number(words.start);
    return { total, rows: upTo(start, Math.min(start + Number(words.count), total)) };
  };

  test('the first page names its place, too', async () => {
    expect((await read(paging, serve(30), { limit: undefined })).asked).toEqual([{ start: '0', count: '100' }]);
  });

  test('all, with and without a total', async () => {
    expect((await read(paging, serve(250))).asked.map(({ start }) => start)).toEqual(['0', '100', '200']);
    const counted = await read({ ...paging, total: 'total' }, serve(200));
    expect([counted.rows, counted.asked.length]).toEqual([numbers(200), 2]);
  });

  test('the next place follows from what came, not from what was asked', async () => {
    const thrifty = (words: Words) => ({ total: 90, rows: upTo(Number(words.start), Math.min(Number(words.start) + 40, 90)) });
    const { rows, asked } = await read({ ...paging, total: 'total' }, thrifty);
    expect([rows, asked.map(({ start }) => start)]).toEqual([numbers(90), ['0', '40', '80']]);
  });
});

describe('cursors', () => {
  const paging: Paging = { kind: 'cursor', cursor: 'after', from: 'at', size: 'count', defaultSize: 10, maxSize: 10 };
  const serve = (total: number) => (words: Words) => ({
    rows: upTo(0, total)
      .filter(({ at }) => at > Number(words.after))
      .slice(0, 10),
  });

  test('begin after the highest value seen', async () => {
    const { rows, asked } = await read(paging, serve(25));
    expect(rows).toEqual(numbers(25));
    expect(asked.map(({ after }) => after)).toEqual(['0', '1009', '1019']);
  });

  test('may be texts of digits', async () => {
    const texts = (words: Words) => ({ rows: serve(25)(words).rows.map(row => ({ ...row, at: String(row.at) })) });
    expect((await read(paging, texts)).asked.map(({ after }) => after)).toEqual(['0', '1009', '1019']);
  });

  test('a cursor that does not move ends it', async () => {
    const stuck = () => ({ rows: upTo(0, 10).map(row => ({ ...row, at: 0, n: Math.random() })) });
    expect((await read(paging, stuck)).asked).toHaveLength(1);
  });
});

test('an endpoint without paging is read once, and cut to the limit', async () => {
  const serve = () => ({ rows: upTo(0, 7) });
  expect(await read(undefined, serve)).toEqual({ rows: numbers(7), asked: [{}], warnings: [] });
  expect((await read(undefined, serve, { limit: 3 })).rows).toEqual(numbers(3));
});
