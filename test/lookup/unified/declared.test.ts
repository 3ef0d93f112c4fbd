// What the literals declare for rows among those of other systems: only documented fields, and the documented samples as such rows.
import { describe, expect, test } from 'vitest';
import { lookup } from '../../../src/commands/lookup/command.ts';
import { type Endpoint, envelopesOf } from '../../../src/core/endpoint.ts';
import { getPath, isObject, type Json, type JsonObject, parseJson, writeJson } from '../../../src/core/json.ts';
import { type UnifiedSource, unifiedColumns } from '../../../src/core/unified.ts';
import { fieldAt, unifiedRow } from '../../../src/lookup/unified/row.ts';
import { allProviders } from '../../../src/providers/index.ts';

const declared = (await allProviders()).flatMap(provider =>
  provider.endpoints.flatMap(endpoint =>
    endpoint.unified === undefined ? [] : [{ name: `${provider.name} ${endpoint.name}`, provider, endpoint }],
  ),
);

function pathsOf(source: UnifiedSource): readonly string[] {
  if (typeof source === 'string') return [source];
  const [path] = Object.values(source);
  return typeof path === 'string' ? [path] : path;
}

/** The first record of the documented sample. */
function sampleOf(endpoint: Endpoint): JsonObject {
  const body = parseJson(endpoint.example);
  for (const envelope of envelopesOf(endpoint)) {
    const found: Json | undefined = getPath(body, 'items' in envelope ? envelope.items : envelope.item);
    const record = Array.isArray(found) ? found[0] : found;
    if (isObject(record) && Object.keys(endpoint.fields).some(name => Object.hasOwn(record, name))) return record;
  }
  throw new Error(`no record in the sample of ${endpoint.name}`);
}

test.each(declared)('$name names documented fields and keys only', ({ endpoint }) => {
  for (const column of unifiedColumns) {
    const source = endpoint.unified?.[column];
    for (const path of source === undefined ? [] : pathsOf(source)) {
      const steps = path.split('.');
      const isThere =
        steps[0] === 'request' ? Object.hasOwn(endpoint.keys ?? {}, steps[1] ?? '') : fieldAt(endpoint.fields, steps) !== undefined;
      expect([path, isThere]).toEqual([path, true]);
    }
  }
});

test('an amount comes from money, a time from a time', () => {
  for (const { name, endpoint } of declared) {
    const kinds = (['amount', 'outstanding', 'date', 'due'] as const).flatMap(column => {
      const source = endpoint.unified?.[column];
      const wanted = column === 'amount' || column === 'outstanding' ? ['money'] : ['instant', 'day', 'date-text'];
      return (source === undefined ? [] : pathsOf(source)).map(path =>
        wanted.includes(fieldAt(endpoint.fields, path.split('.'))?.kind ?? ''),
      );
    });
    expect([name, kinds.every(Boolean)]).toEqual([name, true]);
  }
});

test('every option that a leading key names is one of the command', () => {
  const options = (lookup.options ?? []).map(([flags]) => /^--([a-z-]+)/.exec(flags)?.[1]);
  const named = declared.flatMap(({ endpoint }) =>
    Object.values(endpoint.keys ?? {})
      .slice(0, -1)
      .flatMap(({ of }) => of ?? []),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(name => !options.includes(name))).toEqual([]);
});

describe('the documented samples', () => {
  test.each<{ name: string; row: string }>([
    {
      name: 'ekuaibao repayment-records',
      row: '"repayment","ID_3HV7_Hq1zKw","OBTAIN",null,10.0,null,null,"2022-06-07T06:30:39.075Z",null,"bwa3wajigF0WH0:ID_3lokDfb1p5w","ID_3HV7_Hq1yKw","迭代测试-不传2",null',
    },
    {
      name: 'ekuaibao loan',
      row: '"loan","ID_3HV7_Hq1yKw",null,"REPAID","10.0","CNY",0.0,"2022-03-16T16:00:00.000Z",null,"bwa3wajigF0WH0:ID_3lokDfb1p5w","ID_3HV7_Hq1yKw","迭代测试-不传2",null',
    },
    {
      name: 'finlend pending-repayments',
      row: '"instalment","9a7d2c60-3a55-4f0e-b8f1-6f1c2b3d4e5f#3",null,"OVERDUE",18250.75,null,18250.75,null,"2024-04-15","K","9a7d2c60-3a55-4f0e-b8f1-6f1c2b3d4e5f",null,["id"]',
    },
    {
      name: 'crego record',
      row: '"repayment","229fe24c-d840-48dc-959a-e0ff1479df35","repayment","processed",13442.0,null,null,"2022-09-05T18:28:44.802948Z",null,"1941d57d-8ce1-4581-aa5f-6c54e18130cf",null,"REC0XAM2",null',
    },
    {
      name: 'qitech invoice',
      row: '"invoice","8cb70dea-9fb0-4a68-9572-99a72849c8d6",null,"opened",350.00,null,350.00,"2024-01-31","2024-02-15","K",null,null,["outstanding"]',
    },
    {
      name: 'interlace account-repayment',
      row: '"repayment","2e3cbb16-a420-4080-9094-e19f45371fee#1711785600000",null,null,170.50,"USD",0.00,"2024-03-30T08:00:00.000Z",null,"2000001",null,null,["id","amount","outstanding"]',
    },
    {
      name: 'interlace account-negative',
      row: '"balance","2e3cbb16-a420-4080-9094-e19f45371fee#1711785600000",null,null,170.50,"USD",170.50,"2024-03-30T08:00:00.000Z",null,"2000001",null,"示例测试账户",["id","amount","outstanding"]',
    },
    { name: 'interlace batch-hook', row: '"batch","BATCH_20260330163600#1",null,null,null,null,null,null,null,null,null,null,["id"]' },
  ])('$name', ({ name, row }) => {
    const { endpoint, provider } = declared.find(one => one.name === name) ?? {};
    if (endpoint === undefined || provider === undefined) throw new Error(`no ${name}`);
    const request = Object.fromEntries(Object.keys(endpoint.keys ?? {}).map(parameter => [parameter, 'K']));
    const at = { key: 'K', provider: provider.name, profile: 'p', host: 'h', endpoint, request };
    const { key, provider: by, profile, host, endpoint: asked, ...rest } = unifiedRow(sampleOf(endpoint), at, false);
    expect([key, by, profile, host, asked]).toEqual(['K', provider.name, 'p', 'h', endpoint.name]);
    expect(
      Object.values(rest)
        .map(value => writeJson(value))
        .join(','),
    ).toBe(row);
  });
});
