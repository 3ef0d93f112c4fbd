import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loginRows } from '../../src/commands/auth/login.ts';
import { initRows } from '../../src/commands/config/init.ts';
import { pathRows } from '../../src/commands/config/run.ts';
import { endpointListing } from '../../src/commands/endpoints/listing.ts';
import { explanations, topics } from '../../src/commands/explain/run.ts';
import { profileList, profileStates } from '../../src/commands/profiles/listing.ts';
import { changesEndpoint } from '../../src/diff/changes.ts';
import { type Lang, loadCatalog, loadTranslations } from '../../src/lang/index.ts';
import { everySystem, lookupEndpoint } from '../../src/lookup/unified/endpoint.ts';
import { allProviders } from '../../src/providers/index.ts';
import { fieldPaths } from '../providers/field-paths.ts';

/** Commands with rows of their own. Two may share a name, and then the words of their fields. */
const own = [
  lookupEndpoint,
  changesEndpoint,
  endpointListing,
  explanations,
  topics,
  initRows,
  loginRows,
  pathRows,
  profileList,
  profileStates,
];
const loaded = [...(await allProviders()), { ...everySystem, endpoints: own }];

test('no command has rows of its own that are not here', async () => {
  const sources = fileURLToPath(new URL('../../src', import.meta.url));
  const paths = (await readdir(sources, { recursive: true })).filter(path => path.endsWith('.ts') && !path.startsWith('core/'));
  const texts = await Promise.all(paths.map(path => readFile(`${sources}/${path}`, 'utf8')));
  expect(texts.flatMap(text => text.match(/= ownEndpoint\(/g) ?? []).length).toBe(own.length);
});

/** Every phrase a view may ask for: provider, endpoint, name within the endpoint. */
const asked = loaded.flatMap(provider =>
  provider.endpoints.flatMap(endpoint => {
    const fields = fieldPaths(endpoint.fields).flatMap(({ path, field }) => [
      path,
      ...(field.kind === 'enum' ? Object.keys(field.values).map(code => `${path}=${code}`) : []),
      ...(field.kind === 'instant' && field.none ? [`${path}=none`] : []),
    ]);
    const keys = Object.entries(endpoint.keys ?? {}).flatMap(([name, key]) => (key.field === undefined ? [`request.${name}`] : []));
    return [...fields, ...keys].map(name => ({ provider: provider.name, endpoint: endpoint.name, name }));
  }),
);

describe.each<{ lang: Lang }>([{ lang: 'zh' }, { lang: 'pt' }])('$lang', async ({ lang }) => {
  const catalog = await loadCatalog(lang);
  const lookup = (provider: string, name: string) => catalog[provider]?.[name];

  test('has a label for every field and a gloss for every code', () => {
    const missing = asked.filter(
      ({ provider, endpoint, name }) => !(lookup(provider, `${endpoint}.${name}`) ?? lookup(provider, `*.${name}`)),
    );
    expect(missing.map(({ provider, endpoint, name }) => `${provider}.${endpoint}.${name}`)).toEqual([]);
  });

  test('has no phrase nobody asks for', () => {
    const used = new Set(asked.map(({ provider, endpoint, name }) => `${provider} ${endpoint}.${name}`));
    const shared = new Set(
      asked.flatMap(({ provider, endpoint, name }) => (lookup(provider, `${endpoint}.${name}`) ? [] : [`${provider} *.${name}`])),
    );
    const orphans = Object.entries(catalog).flatMap(([provider, dictionary]) =>
      Object.keys(dictionary).filter(name => !used.has(`${provider} ${name}`) && !shared.has(`${provider} ${name}`)),
    );
    expect(orphans).toEqual([]);
  });

  test('says nothing twice: an endpoint’s own phrase differs from the shared one', () => {
    const repeated = Object.values(catalog).flatMap(dictionary =>
      Object.entries(dictionary).filter(([name, phrase]) => !name.startsWith('*') && dictionary[name.replace(/^[^.]+/, '*')] === phrase),
    );
    expect(repeated).toEqual([]);
  });

  test('phrases are whole: no blanks around them, no line breaks', () => {
    const phrases = Object.values(catalog).flatMap(dictionary => Object.values(dictionary));
    expect(phrases.filter(phrase => phrase === '' || phrase !== phrase.trim() || /[\r\n\t]/.test(phrase))).toEqual([]);
  });

  test('tells the plain fields of an endpoint apart', () => {
    for (const provider of loaded) {
      for (const endpoint of provider.endpoints) {
        const labels = Object.keys(endpoint.fields).map(
          name => lookup(provider.name, `${endpoint.name}.${name}`) ?? lookup(provider.name, `*.${name}`),
        );
        expect(labels).toEqual([...new Set(labels)]);
      }
    }
  });
});

test('the provider’s own Chinese terms', async () => {
  const zh = await loadTranslations('zh');
  expect(zh.lang).toBe('zh');
  expect(zh.label('ekuaibao', 'repayment-records', 'loanInfoId', 'Loan package')).toBe('借款包ID');
  expect(zh.gloss('ekuaibao', 'repayment-records', 'repaymentType', 'WRITEOFF', 'repayment by write-off')).toBe('核销还款');
  expect(zh.gloss('ekuaibao', 'loan', 'state', 'REPAID', 'awaiting repayment (open)')).toBe('待还款');
  expect(zh.none('ekuaibao', 'loan', 'repaymentDate', 'no due date')).toBe('不限还款日期');
  expect(zh.label('interlace', 'batch-hook', 'batchNo', 'Batch')).toBe('批次号');
  // A debt is a debt, and what INSS pays is a benefit (福利金), not a pension.
  expect(zh.gloss('qitech', 'wallet-entry', 'wallet_entry_type', 'payroll_overdue', '')).toBe(
    '工资逾期：未付账单产生的欠款，每月从 INSS 福利金中扣除',
  );
});

test('Portuguese by endpoint, then shared, then English', async () => {
  const pt = await loadTranslations('pt');
  expect(pt.label('qitech', 'wallet-entry', 'wallet_entry_type', 'Type')).toBe('Tipo da entrada');
  expect(pt.label('qitech', 'wallet-entry', 'invoice_items.used_limit', 'Limit used')).toBe('Limite utilizado');
  expect(pt.label('qitech', 'wallet-entry', 'constructor', 'Constructor')).toBe('Constructor');
  expect(pt.gloss('qitech', 'invoice', 'invoice_status', 'frozen', 'frozen')).toBe('frozen');
  expect(pt.label('nobody', 'nothing', 'none', 'None')).toBe('None');
});

test('English stands in the literals', async () => {
  const en = await loadTranslations('en');
  expect(en.label('crego', 'record', 'utr', 'UTR')).toBe('UTR');
  expect(en.gloss('crego', 'record', 'status', 'processed', 'processed')).toBe('processed');
});

test.each<[Lang, string, string]>([
  ['en', '1 item', '2 items'],
  ['zh', '1 项', '2 项'],
  ['pt', '1 item', '2 itens'],
])('counts in %s', async (lang, one, two) => {
  const phrases = await loadTranslations(lang);
  expect([phrases.items(1), phrases.items(2)]).toEqual([one, two]);
});
