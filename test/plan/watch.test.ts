// What `--watch` and `--until` mean, and what they refuse, with nothing sent.
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import type { Json } from '../../src/core/json.ts';
import { parseJson } from '../../src/core/json.ts';
import { holds } from '../../src/lookup/watch/condition.ts';
import type { Options } from '../../src/plan/options.ts';
import { checkRequest, planRun, type RunPlan } from '../../src/plan/run-plan.ts';
import { readUntil } from '../../src/plan/until-option.ts';
import { allProviders } from '../../src/providers/index.ts';
import { pipe, terminal } from '../runner/streams.ts';

const providers = await allProviders();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const other = '4ebd506f-8727-4d16-863d-0442e1b75858';

function plan(options: Options, keys: readonly string[] = [id], call = 'crego record', isTerminal = false): RunPlan {
  const [name, of] = call.split(' ');
  const provider = providers.find(one => one.name === name);
  const endpoint = provider?.endpoints.find(one => one.name === of);
  if (provider === undefined || endpoint === undefined) throw new Error(`no ${call}`);
  const checked = checkRequest({ provider, endpoint, keys, params: {}, options }, isTerminal ? terminal : pipe);
  return planRun(checked, undefined);
}

function refusal(run: () => unknown): string {
  try {
    run();
    return 'nothing';
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}

test('every so many seconds, in the format that lasts', () => {
  const piped = plan({ watch: 30 });
  expect([piped.watch, piped.output.one.format.name, piped.action]).toEqual([{ everyMs: 30_000, until: undefined }, 'ndjson', 'lookup']);
  expect(plan({ watch: 5 }, [id], 'crego record', true).output.one.format.name).toBe('record');
  expect(plan({ watch: 5, csv: true }, [id], 'crego record', true).output.one.format.name).toBe('csv');
  expect(plan({}).watch).toBeUndefined();
});

test.each<[string, Options, string]>([
  ['--until alone', { until: { field: 'status', value: 'x' } }, '--until needs --watch'],
  ['a file', { watch: 5, out: 'x' }, '--watch cannot be combined with --out'],
  ['bytes', { watch: 5, raw: true }, '--watch cannot be combined with --raw'],
  ['a saved answer', { watch: 5, input: 'x' }, '--watch cannot be combined with --input'],
  ['all pages', { watch: 5, all: true }, '--watch cannot be combined with --all'],
  ['an order', { watch: 5, sort: 'id' }, '--watch cannot be combined with --sort'],
  ['other things', { watch: 5, explode: 'payouts' }, '--watch cannot be combined with --explode'],
  ['json', { watch: 5, json: true }, '--watch cannot write -o json, which is nothing before its end'],
  ['a table', { watch: 5, output: 'table' }, '--watch cannot write -o table, which is nothing before its end'],
])('is refused with %s', (_, options, says) => {
  expect(refusal(() => plan(options))).toBe(says);
});

test('is for one key of an endpoint that reads by it', () => {
  expect(refusal(() => plan({ watch: 5 }, [id, other]))).toBe('--watch is for one key');
  expect(refusal(() => plan({ watch: 5, idsFrom: 'x' }, []))).toBe('--watch is for one key');
  const list = '--watch is for a record that is read by its key; settlements is a list';
  expect(refusal(() => plan({ watch: 5 }, [], 'crego settlements'))).toBe(list);
  const filtered = '--watch is for a record that is read by its key; customer-repayments is a list';
  expect(refusal(() => plan({ watch: 5 }, [id], 'finlend customer-repayments'))).toBe(filtered);
  expect(plan({ watch: 5 }, [id, other], 'qitech wallet-entry').watch?.everyMs).toBe(5000);
});

describe('--until', () => {
  /** Whether the record, as a provider sent it, is what is waited for. */
  const isMet = (until: string, json: string, tz = 'UTC'): boolean => {
    const condition = plan({ watch: 5, until: readUntil(until), tz }).watch?.until;
    if (condition === undefined) throw new Error('no condition');
    const record: Json = parseJson(json);
    return holds(condition, [{ record: record as never, request: {} }]);
  };

  test.each<[boolean, string, string, string?]>([
    [true, 'status=processed', '{"status":"processed"}'],
    [false, 'status=processed', '{"status":"Processed"}'],
    [true, 'remaining_amount=0', '{"remaining_amount":0.0}'],
    [true, 'remaining_amount=0.00', '{"remaining_amount":"0"}'],
    [false, 'remaining_amount=0', '{"remaining_amount":0.000000000000000000001}'],
    [true, 'amount=9007199254740993', '{"amount":9007199254740993}'],
    [false, 'amount=9007199254740992', '{"amount":9007199254740993}'],
    [false, 'amount=1', '{"amount":"n/a"}'],
    [true, 'is_processed=true', '{"is_processed":true}'],
    [true, 'is_processed=No', '{"is_processed":false}'],
    [false, 'is_processed=yes', '{"is_processed":false}'],
    [true, 'collection_bank.ifsc=YESB0000104', '{"collection_bank":{"ifsc":"YESB0000104"}}'],
    [true, 'revert_date=', '{"revert_date":null}'],
    [true, 'revert_date=', '{}'],
    [false, 'revert_date=', '{"revert_date":1662402524}'],
    [true, 'date=2022-09-05T18:28:44.802948Z', '{"date":1662402524.802948}'],
    [true, 'date=2022-09-05T15:28:44.802948-03:00', '{"date":1662402524.802948}'],
    [false, 'date=2022-09-05T18:28:44Z', '{"date":1662402524.802948}'],
    [true, 'date=2022-09-05', '{"date":1662402524.802948}'],
    [true, 'date=2022-09-06', '{"date":1662402524.802948}', 'Asia/Shanghai'],
    [false, 'date=2022-09-05', '{"date":1662402524.802948}', 'Asia/Shanghai'],
    [true, 'date=2022-09-06 02:28:44', '{"date":1662402524}', 'Asia/Shanghai'],
    [true, 'utr=a=b', '{"utr":"a=b"}'],
  ])('%s: %s of %s', (expected, until, json, tz) => {
    expect(isMet(until, json, tz)).toBe(expected);
  });

  test.each([
    ['status', '--until "status" is no condition'],
    ['=x', '--until "=x" is no condition'],
    ['nope=1', 'unknown field: nope'],
    ['amount=ten', '--until amount: "ten" is no number'],
    ['amount=1,5', '--until amount: "1,5" is no number'],
    ['is_processed=maybe', '--until is_processed: "maybe" is neither true nor false'],
    ['collection_bank=x', '--until collection_bank: it is no single value'],
    ['payouts=1', '--until payouts: it is no single value'],
    ['date=tomorrow', '--until date "tomorrow" is no day or time'],
  ])('%s is refused', (until, says) => {
    expect(refusal(() => plan({ watch: 5, until: readUntil(until) })).startsWith(says)).toBe(true);
  });

  test('a code that a whole list does not have is refused', () => {
    const closed = providers.flatMap(provider => provider.endpoints.map(endpoint => ({ provider, endpoint })));
    const found = closed.flatMap(({ provider, endpoint }) =>
      Object.entries(endpoint.fields).flatMap(([name, field]) =>
        field.kind === 'enum' && !field.open && endpoint.keys !== undefined ? [{ provider, endpoint, name }] : [],
      ),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { provider, endpoint, name } of found) {
      const keys = Object.keys(endpoint.keys ?? {}).map(key => endpoint.exampleKeys?.[0]?.[key] ?? id);
      const given = { watch: 5, until: { field: name, value: 'no-such-code' } };
      const said = refusal(() => plan(given, keys, `${provider.name} ${endpoint.name}`));
      expect(said).toMatch(/is no code of it$|is a list$/);
    }
  });
});
