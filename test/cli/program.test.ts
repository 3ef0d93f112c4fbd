// The command tree is built for what stands on the command line: that must not be seen in what comes of it.
import { describe, expect, test } from 'vitest';
import { buildProgram, type Handlers, neededOptions } from '../../src/cli/program.ts';
import { type OptionSpec, optionTable } from '../../src/plan/option-table.ts';
import { optionNames } from '../../src/plan/options.ts';
import { providers } from '../../src/providers/index.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';

/** What a command line comes to in a tree that was built for `built`. */
async function outcome(argv: readonly string[], built: readonly string[] | 'all'): Promise<unknown> {
  const seen: unknown[] = [];
  const handlers: Handlers = {
    endpoint: async ({ provider, endpoint, keys, params, options }) =>
      void seen.push([provider.name, endpoint.name, keys, params, JSON.stringify(options)]),
    command: async (command, { args, own, options }) => void seen.push([command.usage, args, own, options]),
    completion: async (_, asked, options) => void seen.push([asked, options]),
    fields: async (_, options) => void seen.push(options),
    topic: words => void seen.push(words),
    help: text => void seen.push(text),
    columns: 80,
  };
  try {
    await (await buildProgram(built, providers, handlers)).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    seen.push(error instanceof Error ? [Reflect.get(error, 'code'), error.message] : error);
  }
  return seen;
}

const values: Readonly<Record<string, string>> = { delimiter: ';', tz: 'UTC', shard: '1/2', until: 'status=paid', select: 'id' };

const spelled = Object.entries<OptionSpec>(optionTable).flatMap(([name, { flags, choices }]) => {
  const takes = flags.includes('<');
  const value = choices?.[0] ?? values[name] ?? '5';
  return flags
    .split(/[ ,]+/)
    .filter(flag => flag.startsWith('-'))
    .flatMap(flag => {
      if (!takes) return [[flag]];
      return [[flag, value], [flag.startsWith('--') ? `${flag}=${value}` : `${flag}${value}`], [flag]];
    });
});

describe('what is not on the command line and so is not built is not missed', () => {
  test.each([
    ...spelled.map(words => ['crego', 'record', id, ...words]),
    ...spelled.map(words => [...words, 'crego', 'record', id]),
    ['crego', 'record', id, '--jsn'],
    ['crego', 'record', id, '-qv'],
    ['crego', 'record', id, '-ojson'],
    ['crego', 'record', id, '--expand', 'payouts', '--json'],
    ['crego', 'record', '--out', '--json', id],
    ['crego', 'record', '--', '--json', id],
    ['crego', 'record', '-'],
    ['crego', 'record', '--help'],
    ['crego', 'record', id, '--json', '--help'],
    ['crego', '--help', '-q'],
    ['--help'],
    ['-h', '--json'],
    ['help', 'crego', 'record'],
    ['explain', '21', '--json'],
    ['config', 'check', '-o', 'json'],
    ['config', 'check', '--lang', 'xx'],
    ['crego', 'nothing', '--json'],
    ['nothing', '--json'],
    ['--version', '--json'],
    ['completion', 'bash', '--json'],
    ['lookup', id, '--profiles', 'a,b', '--json'],
  ])('%s %s %s %s %s', async (...argv) => {
    const words = argv.filter(word => word !== undefined);
    expect(await outcome(words, words)).toEqual(await outcome(words, 'all'));
  });
});

test('options are built where they stand on the command line, and all of them for a word that is none', () => {
  expect(neededOptions(['crego', 'record', id])).toEqual([]);
  expect(neededOptions(['crego', 'record', id, '--json', '-q', '--fields=id', '--', '--csv'])).toEqual(['json', 'fields', 'quiet']);
  expect(neededOptions(['crego', 'record', id, '--jsn'])).toEqual(optionNames);
  expect(neededOptions(['crego', 'record', id, '-qv'])).toEqual(optionNames);
  expect(neededOptions(['--help', '-V'])).toEqual([]);
  expect(neededOptions('all')).toEqual(optionNames);
});
