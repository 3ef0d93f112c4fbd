// -o markdown: whatever a provider sends stays text, in a table and in a list, also to a reader of other people.
import { spawnSync } from 'node:child_process';
import naughty from 'big-list-of-naughty-strings';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/console/escape.ts';
import { defaultColumns } from '../../src/output/named-columns.ts';
import { recordsIn } from '../contract/documented-csv.ts';
import { factsOfEndpoints } from '../contract/facts.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { hasPrograms } from '../runner/programs.ts';
import { hostileTexts } from './hostile.ts';
import { loan, loans, row } from './samples.ts';
import { createWriter } from './writers.ts';

const home = await sharedHome();
const known = (await factsOfEndpoints()).filter(({ endpoint }) => !endpoint.open);
const hostile = [
  '| a | b |',
  '**bold** _it_ ~~no~~ `code` [x](javascript:1) ![i](http://x)',
  '<script>alert(1)</script> &lt;b&gt; &amp;',
  '# head\n- item\n1. one',
  '\\| \\\\ \\',
  '---',
  '=== $x$ ^y^ {z} @someone #12',
];

function write(rows: Parameters<ReturnType<typeof createWriter>['rows']>[0], fields = ['id', 'total', 'title']): string {
  const writer = createWriter('markdown', { provider: 'p', endpoint: loan, fields });
  return writer.begin() + rows.map(one => writer.rows([one])).join('') + writer.end();
}

test('several rows are a table, amounts to the right; one row is a list; none is said', () => {
  expect(write(loans)).toBe(`| Loan | Total | Title |
| --- | ---: | --- |
| ID\\_3HV7\\_Hq1zKw | 10\\.0 | 迭代测试\\-上传2 |
| ID\\_2 | 12345678901234567\\.89 | Office\\, \\"new\\" chairs |
`);
  expect(write(loans.slice(0, 1), ['id', 'state', 'title'])).toBe(`- **Loan:** ID\\_3HV7\\_Hq1zKw
- **State:** REPAID \\(awaiting repayment\\)
- **Title:** 迭代测试\\-上传2
`);
  expect(write([])).toBe('no rows\n');
});

test('ends with where it is from, and hides personal data', async () => {
  const invoke = (...more: string[]) =>
    runInProcess(
      [
        'finlend',
        'customer-repayments',
        '123e4567-e89b-12d3-a456-426614174000',
        '--sandbox',
        '-o',
        'markdown',
        '--fields',
        'id,email',
        ...more,
      ],
      {
        home,
        now: new Date('2026-01-15T02:17:11.203Z'),
      },
    );
  const last = async (...more: string[]) => (await invoke(...more)).stdout.trimEnd().split('\n').slice(-2);
  const asked =
    'loanq finlend customer\\-repayments 123e4567\\-e89b\\-12d3\\-a456\\-426614174000 · sandbox\\: made\\-up data · 2026\\-01\\-15T02\\:17\\:11\\.203Z';
  expect(await last()).toEqual(['', `${asked} · personal data masked`]);
  expect(await last('--show-personal')).toEqual(['', `${asked} · personal data whole`]);
  expect((await invoke()).stdout).not.toContain('adaeze');
});

describe.runIf(hasPrograms({ 'cmark-gfm': 'cmark-gfm' }))('cmark-gfm reads back what was sent', () => {
  const rendered = (markdown: string): string =>
    spawnSync('cmark-gfm', ['-e', 'table', '-e', 'strikethrough', '-e', 'autolink', '--unsafe'], { input: markdown, encoding: 'utf8' })
      .stdout;
  /** What a reader of the page sees; a tag that is neither ours nor a link to what it shows is told as one. */
  const textOf = (html: string): string =>
    html
      .replaceAll(/<a href="[^"]*">(.*?)<\/a>/g, '$1')
      .replace(/^<strong>(.*?)<\/strong>/, '$1')
      .replaceAll('<', 'TAG<')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  // A line break is shown as an escape, as everywhere people read.
  const shown = (text: string): string => text.replaceAll('\n', '\\n');

  /** Blanks at the ends are none to Markdown; a space that does not break is a sign like others. */
  const trimmed = (text: string): string => text.replace(/^ +| +$/g, '');

  test('the naughty strings that others collect, as cells and as items', () => {
    const titles = [...new Set([...naughty, ...hostileTexts(200)])].filter(text => /[^\s]/.test(visible(text)));
    expect(titles.length).toBeGreaterThan(600);
    const records = titles.map(title => row(JSON.stringify({ id: 'a', title })));
    const cells = [...rendered(write(records, ['title'])).matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => textOf(cell));
    expect(cells).toEqual(titles.map(title => trimmed(visible(title))));
    // A line each, and a reader started once: lists that a line without a mark keeps apart.
    const lists = records.map(one => write([one], ['title'])).join('\n<!-- -->\n\n');
    const items = [...rendered(lists).matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) => textOf(item));
    expect(items).toEqual(titles.map(title => `Title: ${visible(title).replace(/ +$/, '')}`));
  });

  test.each(known)('$name: its sample is a table or a list, and nothing else', async ({ provider, endpoint, keys }) => {
    const input = await home.write('work/sample.json', endpoint.example);
    const call = [provider.name, endpoint.name, ...keys, '--input', input, '-q', '--show-personal'];
    const { stdout, stderr, code } = await runInProcess([...call, '-o', 'markdown'], { home });
    expect([stderr, code]).toEqual(['', 0]);
    const html = rendered(stdout);
    const rows = recordsIn(endpoint).length;
    const columns = defaultColumns(endpoint);
    if (rows > 1) {
      expect([...html.matchAll(/<th[ >]/g)].length).toBe(columns.length);
      expect([...html.matchAll(/<td[ >]/g)].length).toBe(columns.length * rows);
    } else expect([...html.matchAll(/<li>/g)].length).toBe(columns.length);
    // Nothing is a paragraph, a rule, an image or code; what a link shows is what it was.
    expect(
      html.replaceAll(/<\/?(?:table|thead|tbody|tr|th|td|ul|li|strong|p)(?: align="right")?>|<a href="[^"]*">|<\/a>/g, ''),
    ).not.toContain('<');
    expect(html.match(/<p>/g)).toHaveLength(1);
  });

  test.each(hostile)('%j', title => {
    const records = [row(JSON.stringify({ id: 'a', title })), row(JSON.stringify({ id: 'b', title }))];
    const table = rendered(write(records, ['id', 'title']));
    const cells = [...table.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => textOf(cell));
    expect(cells).toEqual(['a', shown(title), 'b', shown(title)]);
    const items = [...rendered(write(records.slice(0, 1), ['id', 'title'])).matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) =>
      textOf(item),
    );
    expect(items).toEqual(['Loan: a', `Title: ${shown(title)}`]);
  });
});
