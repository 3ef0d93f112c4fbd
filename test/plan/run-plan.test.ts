// The plan of a run as a table: what options, profile, endpoint and streams decide, with nothing sent and nothing opened.
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../src/config/profile.ts';
import type { Streams } from '../../src/console/streams.ts';
import { UsageError } from '../../src/core/errors.ts';
import type { Options } from '../../src/plan/options.ts';
import { optionNames } from '../../src/plan/options.ts';
import { readOptions } from '../../src/plan/read-options.ts';
import { checkRequest, endpointReads, planRun, type RunPlan } from '../../src/plan/run-plan.ts';
import crego from '../../src/providers/crego/index.ts';
import ekuaibao from '../../src/providers/ekuaibao/index.ts';
import { pipe, terminal } from '../runner/streams.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const other = '4ebd506f-8727-4d16-863d-0442e1b75858';

const profile: Profile = {
  name: 'crego',
  provider: 'crego',
  baseUrl: 'https://preprod.api.crego.io',
  settings: {},
  paths: {},
  credentials: {},
  keys: {},
  source: 'config.json',
};
const here: Profile = { ...profile, baseUrl: 'http://127.0.0.1:8080' };

interface Given {
  readonly options?: Options;
  readonly profile?: Profile | undefined;
  readonly streams?: Streams;
  readonly keys?: readonly string[];
  readonly endpoint?: 'record' | 'settlements';
}

function plan({ options = {}, streams = pipe, keys = [id], endpoint = 'record', ...given }: Given): RunPlan {
  const literal = crego.endpoints.find(({ name }) => name === endpoint);
  if (literal === undefined) throw new Error(`no endpoint ${endpoint}`);
  const request = { provider: crego, endpoint: literal, keys: endpoint === 'record' ? keys : [], params: {}, options };
  return planRun(checkRequest(request, streams), 'profile' in given ? given.profile : profile);
}

function fail(): never {
  throw new Error('no endpoint');
}

function refusal(given: Given): string {
  try {
    plan(given);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('limits', () => {
  const usual = {
    attemptMs: 60_000,
    retries: 2,
    ratePerSecond: 5,
    sharedRatePerSecond: 5,
    concurrency: 4,
    deadlineMs: undefined,
    longestRetryAfterMs: 60_000,
  };
  const noRate = { ratePerSecond: undefined, sharedRatePerSecond: undefined };
  const preferred: Profile = { ...profile, timeoutMs: 700, retries: 0, maxRate: 20, concurrency: 9 };

  test.each<[what: string, given: Given, limits: Partial<Record<keyof typeof usual, number | undefined>>]>([
    ['a real host has a rate', {}, {}],
    ['this machine has none', { profile: here }, noRate],
    ['a name below localhost is this machine', { profile: { ...profile, baseUrl: 'http://x.localhost:1' } }, noRate],
    ['a rate asked for holds here, too', { profile: here, options: { maxRate: 7 } }, { ratePerSecond: 7, sharedRatePerSecond: 7 }],
    ['one that is slower than the limit slows nobody else', { options: { maxRate: 2 } }, { ratePerSecond: 2 }],
    ['one that is faster is so with all others together', { options: { maxRate: 50 } }, { ratePerSecond: 50, sharedRatePerSecond: 50 }],
    [
      'a run may keep to its rate alone',
      { options: { maxRate: 50, noSharedRate: true } },
      { ratePerSecond: 50, sharedRatePerSecond: undefined },
    ],
    ['the sandbox is of one run', { profile: { ...profile, source: 'sandbox' } }, { sharedRatePerSecond: undefined }],
    [
      'the profile decides',
      { profile: preferred },
      { attemptMs: 700, retries: 0, ratePerSecond: 20, sharedRatePerSecond: 20, concurrency: 9 },
    ],
    [
      'options win over the profile',
      { profile: preferred, options: { timeout: 0.2, retries: 5, maxRate: 1, concurrency: 2 } },
      { attemptMs: 200, retries: 5, ratePerSecond: 1, sharedRatePerSecond: 20, concurrency: 2 },
    ],
    ['a deadline is for the run', { options: { deadline: 1.5 } }, { deadlineMs: 1500 }],
    ['a batch waits longer when it is asked to', { keys: [id, other] }, { longestRetryAfterMs: 300_000 }],
  ])('%s', (_what, given, limits) => {
    expect(plan(given).limits).toEqual({ ...usual, ...limits });
  });
});

describe('format', () => {
  test.each<[what: string, given: Given, one: string, many: string]>([
    ['a pipe gets a table', {}, 'table', 'table'],
    ['a terminal gets one record as a list', { streams: terminal }, 'record', 'table'],
    ['a file gets a table', { streams: terminal, options: { out: 'x' } }, 'table', 'table'],
    ['a preference holds on a terminal', { streams: terminal, profile: { ...profile, output: 'json' } }, 'json', 'json'],
    ['a preference never reaches a pipe', { profile: { ...profile, output: 'json' } }, 'table', 'table'],
    ['nor a file', { streams: terminal, profile: { ...profile, output: 'json' }, options: { out: 'x' } }, 'table', 'table'],
    ['what is asked for wins', { streams: terminal, profile: { ...profile, output: 'json' }, options: { csv: true } }, 'csv', 'csv'],
    ['a page goes into a file', { streams: terminal, options: { output: 'html', out: 'x' } }, 'html', 'html'],
    ['or into a pipe', { options: { output: 'html' } }, 'html', 'html'],
    ['both flags may say the same', { options: { csv: true, output: 'csv' } }, 'csv', 'csv'],
  ])('%s', (_what, given, one, many) => {
    const { output } = plan(given);
    expect([output.one.format.name, output.many.format.name]).toEqual([one, many]);
  });

  test.each<[options: Options, said: string]>([
    [{ csv: true, json: true }, 'two output formats: json and csv'],
    [{ delimiter: ';' }, '--delimiter needs -o csv'],
    [{ output: 'tsv', delimiter: ';' }, '--delimiter needs -o csv'],
    [{ output: 'json', bom: true }, '--bom needs -o csv or -o tsv'],
    [{ output: 'json', decimal: ',' }, '--decimal needs -o csv or -o tsv'],
    [{ decimal: '.' }, '--decimal needs -o csv or -o tsv'],
    [{ csv: true, numbers: 'text' }, '--numbers needs -o json or -o ndjson'],
    [{ numbers: 'source' }, '--numbers needs -o json or -o ndjson'],
    [{ fields: ['nope'] }, 'unknown field: nope (did you mean type?)'],
    [{ explode: 'nope' }, 'unknown list field: nope'],
    [{ sort: 'nope' }, 'cannot sort by nope'],
  ])('%j is refused', (options, said) => {
    expect(refusal({ options })).toBe(said);
  });
});

test('a page is not for a terminal: nothing is asked, and the way to a file is told', () => {
  expect(refusal({ streams: terminal, options: { output: 'html' } })).toBe('-o html is not for a terminal');
});

test.each<[options: Options, decimal: string, numbers: string]>([
  [{ csv: true }, '.', 'source'],
  [{ csv: true, decimal: ',' }, ',', 'source'],
  [{ output: 'tsv', decimal: '.' }, '.', 'source'],
  [{ output: 'ndjson', numbers: 'text' }, '.', 'text'],
  [{ json: true, numbers: 'source' }, '.', 'source'],
])('numbers are written with %j', (options, decimal, numbers) => {
  const { text } = plan({ options }).output;
  expect([text.decimal, text.numbers]).toEqual([decimal, numbers]);
});

test.each<[options: Options, strict: boolean, quarantine: boolean]>([
  [{}, false, false],
  [{ onDrift: 'warn' }, false, false],
  [{ strict: true }, true, false],
  [{ onDrift: 'fail' }, true, false],
  [{ strict: true, onDrift: 'fail' }, true, false],
  [{ onDrift: 'quarantine', errors: 'x', idsFrom: 'y' }, false, true],
])('drift with %j', (options, strict, quarantine) => {
  const made = plan({ options, keys: options.idsFrom === undefined ? [id] : [] });
  expect([made.strict, made.quarantine]).toEqual([strict, quarantine]);
});

describe('totals', () => {
  test('are of the columns asked for, with the column of their currency where there is one', () => {
    const sums = plan({ options: { sum: ['amount', 'index'] } }).output.sums;
    expect(sums.map(({ column, currency }) => [column.name, currency?.name])).toEqual([
      ['amount', undefined],
      ['index', undefined],
    ]);
    expect(plan({}).output.sums).toEqual([]);
  });

  test.each<[given: Given, said: string]>([
    [{ options: { sum: ['id'] } }, '--sum id: it is neither an amount nor a number'],
    [{ options: { sum: ['nope'] } }, 'unknown field: nope (did you mean type?)'],
    [{ options: { sum: ['amount'], explode: 'payouts' } }, '--sum amount: with --explode payouts a record would count once per element'],
    [
      { options: { sum: ['amount'], resume: true, out: 'x', idsFrom: 'y', csv: true, fields: ['id'] }, keys: [] },
      '--sum with --resume needs amount among the --fields: rows of an earlier run are read back',
    ],
  ])('%j is refused', (given, said) => {
    expect(refusal(given)).toBe(said);
  });
});

describe('what changed since an earlier export', () => {
  const against: Options = { against: 'old.csv', out: 'new.csv', errors: 'errors', csv: true, idsFrom: 'keys' };

  test('is told as a table for people, whatever the export is', () => {
    const planned = plan({ options: against, keys: [], streams: terminal }).batch?.against;
    const { old, out, errors, mayBeMissing, output } = planned ?? {};
    expect([old, out, errors, mayBeMissing]).toEqual(['old.csv', 'new.csv', 'errors', false]);
    expect([output?.many.format.name, output?.many.masked, output?.destination.kind]).toEqual(['table', true, 'stdout']);
    expect(plan({ options: { ...against, against: 'new.csv' }, keys: [] }).batch?.against?.mayBeMissing).toBe(true);
    expect(plan({ options: { ...against, showPersonal: true }, keys: [] }).batch?.against?.output.many.masked).toBe(false);
    expect(plan({ options: { idsFrom: 'keys' }, keys: [] }).batch?.against).toBeUndefined();
  });

  test.each<[given: Given, said: string]>([
    [
      { options: { against: 'a', errors: 'c', csv: true, idsFrom: 'keys' }, keys: [] },
      '--against needs --out: the new export is compared when it is there',
    ],
    [
      { options: { against: 'a', out: 'b', csv: true, idsFrom: 'keys' }, keys: [] },
      '--against needs --errors: a key that failed is told apart from one that is gone',
    ],
    [{ options: { ...against, labels: true }, keys: [] }, '--against reads the new export back'],
    [{ options: { ...against, noHeader: true }, keys: [] }, '--against reads the new export back'],
    [{ options: { against: 'a', out: 'b', errors: 'c', idsFrom: 'keys' }, keys: [] }, '--against reads the new export back'],
    [{ options: { against: 'a', out: 'b', csv: true } }, '--against is for a batch: more than one key, or keys from - or --ids-from'],
  ])('%j is refused', (given, said) => {
    expect(refusal(given)).toBe(said);
  });
});

describe('personal data', () => {
  const shown: Profile = { ...profile, showPersonal: true };

  test.each<[output: Options['output'], options: Options, profile: Profile, masked: boolean]>([
    ['table', {}, profile, true],
    ['record', {}, profile, true],
    ['json', {}, profile, false],
    ['ndjson', {}, profile, false],
    ['csv', {}, profile, false],
    ['tsv', {}, profile, false],
    ['table', { showPersonal: true }, profile, false],
    ['record', {}, shown, false],
    ['table', { mask: true }, shown, true],
    ['json', { mask: true }, profile, true],
    ['csv', { mask: true }, shown, true],
  ])('%s with %j', (output, options, chosen, masked) => {
    const { one, many } = plan({ options: { ...options, ...(output && { output }) }, profile: chosen }).output;
    expect([one.masked, many.masked]).toEqual([masked, masked]);
  });
});

describe('zone and language', () => {
  const local: Profile = { ...profile, tz: 'Asia/Shanghai', lang: 'zh' };

  test.each<[what: string, given: Given, zone: string | undefined, language: string]>([
    ['the system and the locale', { streams: { ...pipe, language: 'pt' } }, undefined, 'pt'],
    ['the profile', { profile: local }, 'Asia/Shanghai', 'zh'],
    ['options', { profile: local, options: { tz: 'UTC', lang: 'en' } }, 'UTC', 'en'],
    ['files for programs are in UTC', { profile: local, options: { csv: true } }, 'UTC', 'zh'],
    ['unless another zone is asked for', { options: { csv: true, tz: '+08:00' } }, '+08:00', 'en'],
  ])('%s', (_what, given, zone, language) => {
    const { output } = plan(given);
    expect([output.many.zone, output.language]).toEqual([zone, language]);
  });
});

describe('the terminal', () => {
  test.each<[what: string, given: Given, expected: RunPlan['output']['terminal']]>([
    ['is told by its width and colours', { streams: terminal }, { columns: 100, colorLevel: 1, isAscii: false }],
    [
      'has no colour when that is asked for',
      { streams: terminal, options: { noColor: true } },
      { columns: 100, colorLevel: 0, isAscii: false },
    ],
    ['is none in a pipe', {}, undefined],
    ['is none for a file', { streams: terminal, options: { out: 'x' } }, undefined],
  ])('%s', (_what, given, expected) => {
    expect(plan(given).output.terminal).toEqual(expected);
  });
});

describe('a batch', () => {
  const keys = [id, other];

  test.each<[what: string, given: Given, progress: string, rowsOnScreen: string]>([
    ['in a pipe', {}, 'lines', 'never'],
    ['quiet', { options: { quiet: true } }, 'none', 'never'],
    ['to a file', { streams: terminal, options: { out: 'x' } }, 'bar', 'never'],
    ['to a file, without colour', { streams: terminal, options: { out: 'x', noColor: true } }, 'plain-bar', 'never'],
    ['on a terminal', { streams: terminal }, 'bar', 'many'],
    ['on a terminal, rows as they come', { streams: terminal, options: { json: true } }, 'bar', 'always'],
    ['on a terminal, rows at the end', { streams: terminal, options: { json: true, sort: 'id' } }, 'bar', 'never'],
    ['on a dumb terminal', { streams: { ...terminal, isDumb: true }, options: { out: 'x' } }, 'lines', 'never'],
    ['with a trace', { streams: terminal, options: { out: 'x', verbose: true } }, 'lines', 'never'],
  ])('tells how far it is: %s', (_what, given, progress, rowsOnScreen) => {
    const { batch } = plan({ ...given, keys });
    expect([batch?.progress, batch?.rowsOnScreen]).toEqual([progress, rowsOnScreen]);
  });

  test.each<[options: Options, canJournal: boolean]>([
    [{ out: 'x', csv: true }, true],
    [{ out: 'x', json: true }, true],
    [{ out: 'x', output: 'ndjson' }, true],
    [{ out: 'x', output: 'tsv' }, true],
    [{ out: 'x' }, false],
    [{ out: 'x', output: 'record' }, false],
    [{ out: 'x', csv: true, sort: 'id' }, false],
    [{ csv: true }, false],
  ])('can be resumed: %j', (options, canJournal) => {
    expect(plan({ options, keys }).batch?.canJournal).toBe(canJournal);
  });

  test('is known again by what changes its bytes, and by nothing else', () => {
    const fingerprint = (options: Options, chosen = profile) =>
      JSON.stringify(plan({ options: { out: 'x', csv: true, idsFrom: 'keys', ...options }, keys: [], profile: chosen }).batch?.fingerprint);
    const same: readonly Options[] = [
      { retries: 0 },
      { maxRate: 1 },
      { noSharedRate: true },
      { concurrency: 1 },
      { timeout: 1 },
      { deadline: 1 },
      { quiet: true },
      { errors: 'e' },
      { out: 'y' },
    ];
    const different: readonly Options[] = [
      { fields: ['id'] },
      { explode: 'payouts' },
      { noHeader: true },
      { labels: true },
      { bom: true },
      { delimiter: ';' },
      { csvGuard: 'off' },
      { mask: true },
      { tz: 'Asia/Shanghai' },
      { decimal: ',' },
      { unique: true },
      { column: 'id' },
      { shard: { index: 1, count: 2 } },
    ];
    for (const options of same) expect([options, fingerprint(options)]).toEqual([options, fingerprint({})]);
    for (const options of different) expect([options, fingerprint(options) === fingerprint({})]).toEqual([options, false]);
    const asNdjson = (options: Options) => plan({ options: { out: 'x', output: 'ndjson', idsFrom: 'keys', ...options }, keys: [] }).batch;
    expect(asNdjson({ numbers: 'text' })?.fingerprint).not.toEqual(asNdjson({})?.fingerprint);
    expect(fingerprint({}, here)).not.toBe(fingerprint({}));
    expect(fingerprint({}, { ...profile, name: 'another' })).not.toBe(fingerprint({}));
    expect(fingerprint({ csv: true, labels: true, lang: 'zh' })).not.toBe(fingerprint({ csv: true, labels: true }));
  });

  test('is known again by the columns of its table, which another version of loanq may have others of', () => {
    const literal = crego.endpoints.find(({ name }) => name === 'record') ?? fail();
    const { remark: _, ...fewer } = literal.fields;
    const fingerprints = (options: Options) =>
      [literal, { ...literal, fields: fewer }].map(endpoint => {
        const request = { provider: crego, endpoint, keys: [], params: {}, options: { out: 'x', idsFrom: 'keys', ...options } };
        return JSON.stringify(planRun(checkRequest(request, pipe), profile).batch?.fingerprint);
      });
    const calls: readonly (readonly [Options, boolean])[] = [
      [{ csv: true }, false],
      [{ output: 'tsv' }, false],
      [{ csv: true, fields: ['id'] }, true],
      [{ output: 'ndjson' }, true],
      [{ output: 'json' }, true],
    ];
    for (const [options, isSame] of calls) {
      const [one, other] = fingerprints(options);
      expect([options, one === other]).toEqual([options, isSame]);
    }
  });

  test('shares calls where the provider takes several keys in one', () => {
    const [records] = ekuaibao.endpoints;
    if (records === undefined) throw new Error('no endpoint');
    const packsOf = (settings: Profile['settings']) => {
      const request = { provider: ekuaibao, endpoint: records, keys: ['ID_1', 'ID_2'], params: {}, options: {} };
      return planRun(checkRequest(request, pipe), { ...profile, baseUrl: 'https://app.ekuaibao.com', settings }).batch?.packs;
    };
    expect(packsOf({})).toEqual({ size: 20, maxCharacters: 3632 });
    expect(packsOf({ packSize: '7' })).toEqual({ size: 7, maxCharacters: 3632 });
    expect(plan({ keys }).batch?.packs).toBeUndefined();
  });

  test.each<[options: Options, keys: readonly string[], said: string]>([
    [{ unique: true }, [id], '--unique is for a batch: more than one key, or keys from - or --ids-from'],
    [{ resume: true }, [id], '--resume is for a batch: more than one key, or keys from - or --ids-from'],
    [{ limit: 3 }, [id, other], '--all and --limit are for one lookup'],
    [{ raw: true }, [id, other], '--raw is for one key only'],
    [{ idsFrom: 'x' }, ['-'], 'keys from - and from --ids-from exclude each other'],
    [{}, ['-', id], 'use - instead of keys, not among them'],
    [{}, [], 'missing ids: record ids'],
  ])('%j with %j is refused', (options, given, said) => {
    expect(refusal({ options, keys: given })).toBe(said);
  });

  test('does not take its keys from a terminal', () => {
    expect(refusal({ keys: ['-'], streams: terminal })).toBe('keys come from standard input, but it is a terminal');
  });
});

test('the old file is replaced at the end of a run that answered, and at no other', () => {
  expect([...plan({}).replacesFile]).toEqual(['ok', 'not-found', 'partial']);
});

test.each<[options: Options, rowLimit: number | undefined]>([
  [{}, undefined],
  [{ limit: 3 }, 3],
  [{ all: true }, Number.POSITIVE_INFINITY],
])('rows of a list with %j', (options, rowLimit) => {
  expect(plan({ endpoint: 'settlements', options }).rowLimit).toBe(rowLimit);
});

test('a saved answer needs no profile, and its keys select', () => {
  const { action, source, keys, givenKeys } = plan({ options: { input: 'saved.json' }, keys: [id, other], profile: undefined });
  expect({ action, source, keys, givenKeys }).toEqual({
    action: 'saved',
    source: { kind: 'saved', file: 'saved.json' },
    keys: { kind: 'none' },
    givenKeys: [id, other],
  });
});

test.each<[what: string, streams: Streams, options: Options, mayPrompt: boolean]>([
  ['a person at a terminal', terminal, {}, true],
  ['--no-input', terminal, { noInput: true }, false],
  ['CI', { ...terminal, isUnattended: true }, {}, false],
  ['stderr elsewhere', { ...terminal, stderr: { isTerminal: false } }, {}, false],
  ['stdin elsewhere', { ...terminal, stdin: { isTerminal: false } }, {}, false],
  ['stdout elsewhere is no hindrance', { ...terminal, stdout: { isTerminal: false, columns: 80, rows: undefined } }, {}, true],
])('questions: %s', (_what, streams, options, mayPrompt) => {
  expect(plan({ streams, options }).talk.mayPrompt()).toBe(mayPrompt);
});

test('a plan cannot be changed', () => {
  const made = plan({ keys: [id, other], streams: terminal });
  const parts = [
    made,
    made.limits,
    made.output,
    made.output.one,
    made.output.text,
    made.output.destination,
    made.output.terminal,
    made.batch,
  ];
  expect(parts.map(part => Object.isFrozen(part))).toEqual(parts.map(() => true));
});

test('endpoint calls read every option there is', () => {
  expect(optionNames.filter(name => !endpointReads.includes(name))).toEqual([]);
});

test.each<[given: Options, said: string]>([
  [{ limit: 1, all: true }, '--limit and --all exclude each other'],
  [{ verbose: true, quiet: true }, '--verbose and --quiet exclude each other'],
  [{ sandbox: true, profile: 'x' }, '--sandbox needs no --profile'],
  [{ sandbox: true, input: 'x' }, '--sandbox and --input exclude each other'],
  [{ input: 'x', raw: true }, '--raw prints what a provider answers, not what --input holds'],
  [{ input: 'x', dryRun: true }, '--input sends nothing, so there is no request for --dry-run'],
  [{ input: 'x', idsFrom: 'y' }, '--input takes keys as arguments only, not from --ids-from'],
  [{ sort: 'id', resume: true, out: 'x', idsFrom: 'y' }, '--sort holds the rows in memory, so it cannot go with --resume'],
  [{ raw: true, json: true }, '--raw cannot be combined with -o, --fields or --sort'],
  [{ raw: true, all: true }, '--raw cannot be combined with --limit, --all or --explode'],
  [{ raw: true, mask: true }, '--raw cannot be combined with --mask or --with-request'],
  [{ strict: true, onDrift: 'warn' }, '--strict is --on-drift fail, not warn'],
  [{ onDrift: 'quarantine' }, '--on-drift quarantine needs --errors: rows that are kept back go there'],
  [{ onDrift: 'quarantine', errors: 'x', input: 'y' }, '--on-drift quarantine is for a batch, not for --input'],
  [{ raw: true, sum: ['amount'] }, '--raw cannot be combined with --sum'],
  [{ resume: true, out: 'x', idsFrom: '-' }, '--resume needs --out and --ids-from with a file'],
  [{ column: 'id' }, '--column needs --ids-from'],
  [{ noClobber: true }, '--no-clobber needs --out'],
  [{ showPersonal: true, mask: true }, '--show-personal and --mask exclude each other'],
])('%j cannot be meant', (given, said) => {
  const values = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, /^no[A-Z]/.test(name) ? false : value]));
  expect(() => readOptions(values)).toThrow(new UsageError(said));
});
