// Help fits an old terminal, offers what is taken, and begins with how it is called.
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/cli/fold.ts';
import { topics } from '../../src/cli/help-topics.ts';
import { commands, nameOf } from '../../src/commands/index.ts';
import { allProviders } from '../../src/providers/index.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const providers = await allProviders();
const helpOf = async (words: readonly string[]) => (await runInProcess(words, { home })).stdout;
const pages: readonly (readonly string[])[] = [
  ['--help'],
  ['help', 'completion'],
  ...providers.map(({ name }) => [name, '--help']),
  ...providers.flatMap(({ name, endpoints }) => endpoints.map(endpoint => [name, endpoint.name, '--help'])),
  ...commands.map(command => [nameOf(command), '--help']),
  ...Object.keys(topics).map(name => ['help', name]),
];

/** CJK characters are two columns wide. */
const cells = (line: string) => [...line].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);

test.each(pages.map(words => [words.join(' '), words] as const))('%s: no line is wider than 80 columns', async (_, words) => {
  const help = await helpOf(words);
  expect(help).not.toBe('');
  // An address or a path cannot be broken.
  expect(help.split('\n').filter(line => cells(line) > 80 && !/^\s*(?:https:|\/)\S+$/.test(line))).toEqual([]);
});

describe('folding', () => {
  test('goes on below the second column, or below the beginning of the line', () => {
    expect(fold('  -o <format>  table, record, json', 30)).toBe('  -o <format>  table, record,\n               json');
    expect(fold('  loanq crego record a b --json', 24)).toBe('  loanq crego record a \\\n    b --json');
    expect(fold('short', 3)).toBe('short');
    expect(fold('  customer-repayments <ids...>    Repayments of a customer', 50)).toBe(
      '  customer-repayments <ids...>    Repayments of a\n      customer',
    );
    expect(fold('合思 合思 合思', 10)).toBe('合思 合思\n合思');
  });
});

describe('an endpoint', () => {
  const options = (help: string) => [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name);

  test('shows only what it takes', async () => {
    const [list, record, hook, repayments] = await Promise.all([
      helpOf(['crego', 'settlements', '--help']),
      helpOf(['crego', 'record', '--help']),
      helpOf(['interlace', 'batch-hook', '--help']),
      helpOf(['finlend', 'customer-repayments', '--help']),
    ]);
    for (const name of ['limit', 'all', 'follow']) expect(options(list)).toContain(name);
    for (const name of ['ids-from', 'explode', 'watch']) expect(options(list)).not.toContain(name);
    for (const name of ['ids-from', 'explode', 'watch', 'until']) expect(options(record)).toContain(name);
    for (const name of ['limit', 'all']) expect(options(record)).not.toContain(name);
    expect(options(hook)).toContain('explode');
    expect(options(hook)).not.toContain('ids-from');
    for (const name of ['ids-from', 'limit', 'all']) expect(options(repayments)).toContain(name);
  });

  test('begins with examples; what a page lists for a read that needs none of it comes last', async () => {
    const help = await helpOf(['crego', 'record', '--help']);
    const at = (text: string) => help.indexOf(text);
    expect(help.split('\n').slice(0, 8).join('\n')).toBe(`Usage: loanq crego record <ids...> [options]

One record (repayment) by id

Examples:
  loanq crego record 229fe24c-d840-48dc-959a-e0ff1479df35 --sandbox
  loanq crego record 229fe24c-d840-48dc-959a-e0ff1479df35 --json
  loanq crego record --ids-from ids.txt --csv --out result.csv`);
    expect(at('--expand')).toBeLessThan(at('Rarely needed:'));
    expect(at('Rarely needed:')).toBeLessThan(at('--amount'));
  });
});
