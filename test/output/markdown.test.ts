// -o markdown: whatever a provider sends stays text, in a table and in a list, also to a reader of other people.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { hasPrograms } from '../runner/programs.ts';
import { loan, loans, row } from './samples.ts';
import { createWriter } from './writers.ts';

const home = await sharedHome();
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
  const textOf = (html: string): string =>
    html
      .replaceAll(/<a href="[^"]*">(.*?)<\/a>/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  // A line break is shown as an escape, as everywhere people read.
  const shown = (text: string): string => text.replaceAll('\n', '\\n');

  test.each(hostile)('%j', title => {
    const records = [row(JSON.stringify({ id: 'a', title })), row(JSON.stringify({ id: 'b', title }))];
    const table = rendered(write(records, ['id', 'title']));
    const cells = [...table.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => textOf(cell));
    expect(cells).toEqual(['a', shown(title), 'b', shown(title)]);
    const items = [...rendered(write(records.slice(0, 1), ['id', 'title'])).matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) =>
      textOf(item),
    );
    expect(items).toEqual(['<strong>Loan:</strong> a', `<strong>Title:</strong> ${shown(title)}`]);
  });
});
