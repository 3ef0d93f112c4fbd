// The snippets of docs/cron.md, docs/scale.md and docs/exports.md, taken from the pages and run as they are printed.
import { readdirSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../runner/app.ts';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { hardest, idsIn, known, type Surroundings, surroundings, unknown, type Workplace, workshop } from './workplace.ts';

const workplace = await workshop();
const keys = [...known, ...unknown];
const hasJq = hasPrograms({ jq: 'jq' });

/** The fenced and the indented blocks of a page, without their indentation. */
async function snippetsOf(page: string): Promise<readonly string[]> {
  const text = await readFile(join(projectRoot, 'docs', page), 'utf8');
  const found: string[] = [];
  const withoutFenced = text.replaceAll(/^( *)```\w+\n(.*?)^ *```$/gms, (_, indent: string, body: string) => {
    found.push(body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
    return '';
  });
  for (const [, body = ''] of withoutFenced.matchAll(/^\n((?: {4}\S.*\n)+)/gm)) found.push(body.replaceAll(/^ {4}/gm, ''));
  return found;
}

/** The only snippet of a page that begins so. */
async function snippet(page: string, begin: string): Promise<string> {
  const fitting = (await snippetsOf(page)).filter(text => text.startsWith(begin));
  expect(fitting.length).toBe(1);
  return fitting[0] ?? '';
}

const onCron = {
  changes: '45 5 * * *',
  call: 'loanq crego record --ids-from ids.txt',
  again: 'loanq crego record --ids-from errors.jsonl',
  select: "jq -c 'select",
  summary: '{\n  "code": "partial"',
  alarms: 'find /srv/loanq',
  byHand: 'nohup loanq',
};
const onExports = {
  ticket: 'loanq crego record 229fe24c',
  page: 'loanq crego settlements --all --sum amount -o html',
  book: 'loanq crego settlements --all -o xlsx',
  drift: 'loanq drift summaries',
  diff: 'loanq diff yesterday.csv',

  sum: 'sum of amount',
  load: 'loanq crego record --ids-from ids.txt --unique',
  sqlite: 'loanq schema crego record -o postgres | sed',
};
const onScale = { division: 'shard 3/16: ', airflow: 'export = BashOperator', sums: 'jq -s', sql: 'sqlite3 -header' };

it.each([
  ['cron.md', onCron],
  ['scale.md', onScale],
  ['exports.md', onExports],
])('every snippet of docs/%s is run below', async (page, begins) => {
  const unread = (await snippetsOf(page)).filter(text => !Object.values(begins).some(begin => text.startsWith(begin)));
  expect(unread).toEqual([]);
});

it.runIf(hasPrograms({ sqlite3: 'sqlite3' }))(
  'docs/exports.md: an export in sqlite3, with the exact sum that the page of --sum shows',
  async () => {
    const place = await workplace('page-exports', hardest, known);
    const [call = ''] = (await snippet('exports.md', onExports.load)).split('\n');
    expect(place.shell(`${call} --sum amount --lang en`)).toMatchObject({ status: 0, stdout: '' });
    expect((await place.said()).split('\n')).toContain((await snippet('exports.md', onExports.sum)).trimEnd());
    expect(place.shell(await snippet('exports.md', onExports.sqlite))).toMatchObject({ status: 0, stdout: '26884.0\n', stderr: '' });
  },
);

it('docs/exports.md: a record for a ticket', async () => {
  const place = await workplace('page-ticket', hardest);
  const { status, stdout } = place.shell(await snippet('exports.md', onExports.ticket));
  expect([status, stdout.split('\n')[0]]).toEqual([
    0,
    expect.stringMatching(/^- \*\*\w+:\*\* 229fe24c\\-d840\\-48dc\\-959a\\-e0ff1479df35$/),
  ]);
});

it('docs/exports.md: a page to attach', async () => {
  const place = await workplace('page-html', hardest);
  const { status, stdout } = place.shell(await snippet('exports.md', onExports.page));
  expect([status, stdout]).toEqual([0, '']);
  const page = place.shell('head -c 15 page.html && grep -c "<td" page.html');
  expect([page.status, page.stdout]).toEqual([0, expect.stringMatching(/^<!doctype html>\d+\n$/)]);
});

it('docs/exports.md: a workbook', async () => {
  const place = await workplace('page-xlsx', hardest);
  const { status, stdout } = place.shell(await snippet('exports.md', onExports.book));
  expect([status, stdout]).toEqual([0, '']);
  expect(place.shell('head -c 2 settlements.xlsx').stdout).toBe('PK');
});

it('docs/exports.md: drift over many nights', async () => {
  const place = await workplace('page-drift', hardest);
  const call = 'mkdir summaries && loanq crego record --ids-from ids.txt --csv --summary summaries/one.json >/dev/null';
  expect(place.shell(call)).toMatchObject({ status: 0 });
  const { status, stdout } = place.shell(await snippet('exports.md', onExports.drift));
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^crego record: 1 run, .*: as documented\n$/)]);
});

it('docs/exports.md: what changed between two nights', async () => {
  const place = await workplace('page-diff', hardest, [...known, unknown[0] ?? '']);
  const night = (out: string) => place.shell(`loanq crego record --ids-from ids.txt --csv --out ${out} --errors errors.jsonl`);
  expect([night('yesterday.csv').status, night('today.csv').status]).toEqual([24, 24]);
  const changed = (await place.read('today.csv')).replace(',processed,', ',reverted,').split('\r\n');
  await writeFile(join(place.dir, 'today.csv'), changed.filter(line => !line.startsWith(known[1] ?? '')).join('\r\n'));
  const { status, stdout } = place.shell(`${(await snippet('exports.md', onExports.diff)).trimEnd()} -o tsv`);
  expect([status, stdout.split('\n').slice(1)]).toEqual([
    0,
    [`changed\t${known[0]}\t\tstatus\tprocessed\treverted\t`, `unknown\t${known[1]}\t\t\t\t\tabsent`, ''],
  ]);
});

describe.each(surroundings)('docs/cron.md $name', where => {
  it('the cron line that mails what changed, and nothing else', async () => {
    const place = await workplace('page-changes', where, [...known, unknown[0] ?? '']);
    const line = (await snippet('cron.md', onCron.changes)).replace('45 5 * * * ', '');
    const night = () => place.shell(line.replaceAll('/srv/loanq', place.dir).replaceAll('/usr/local/bin', place.bin));
    expect(night()).toMatchObject({ status: 24, stdout: '' });
    expect(night()).toMatchObject({ status: 24, stdout: '' });
    const records = join(place.dir, 'records.csv');
    const earlier = (await place.read('records.csv')).replace(',processed,', ',pending,').replaceAll(known[1] ?? '', unknown[0] ?? '');
    await writeFile(records, earlier);
    const { stdout } = night();
    expect(stdout.split('\n').map(row => row.split(/ +/).slice(0, 3).join(' '))).toEqual([
      'Change Key Row',
      `changed ${known[0]} status`,
      `added ${known[1]}`,
      `gone ${unknown[0]} not-found`,
      '',
    ]);
  });

  it('one call, and what failed again', async () => {
    const place = await workplace('page-call', where, keys);
    expect(place.shell(await snippet('cron.md', onCron.call))).toMatchObject({ status: 24, stdout: '' });
    expect(idsIn(await place.read('records.csv'))).toEqual(known);
    expect(place.shell(await snippet('cron.md', onCron.again))).toMatchObject({ status: 21, stdout: '' });
    const keysIn = async (name: string) =>
      (await place.read(name))
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).key);
    expect(await keysIn('errors.jsonl')).toEqual(unknown);
    expect(await keysIn('left.jsonl')).toEqual(unknown);
    expect(idsIn(await place.read('late.csv'))).toEqual([]);
  });

  it.runIf(hasPrograms({ nohup: 'coreutils' }))('by hand', async () => {
    const place = await workplace('page-nohup', where);
    expect(place.shell(`${(await snippet('cron.md', onCron.byHand)).trimEnd()}\nwait $!`)).toMatchObject({ status: 0, stdout: '' });
    expect(idsIn(await place.read('records.csv'))).toEqual(known);
  });

  it.runIf(hasJq)('what is worth another try, chosen by jq', async () => {
    const place = await workplace('page-jq', where);
    const lines = ['temporary', 'not-found', 'bad-response', 'refused'].map((code, at) => `{"key":"k${at}","code":"${code}"}`);
    await writeFile(join(place.dir, 'errors.jsonl'), lines.map(line => `${line}\n`).join(''));
    expect(place.shell(await snippet('cron.md', onCron.select))).toMatchObject({ status: 0, stderr: '' });
    expect(await place.read('again.jsonl')).toBe(`${lines[0]}\n${lines[2]}\n`);
  });

  it.runIf(hasJq)('alarms', async () => {
    const place = await workplace('page-alarms', where, keys);
    const [stale = '', failed = '', drifted = '', ...others] = (await snippet('cron.md', onCron.alarms)).trimEnd().split('\n');
    expect(others).toEqual([]);
    expect(
      place.shell('loanq crego record --ids-from ids.txt -o ndjson --summary summary.json --errors errors.jsonl -q >rows').status,
    ).toBe(24);
    const find = stale.replace('/srv/loanq', `'${place.dir}'`);
    expect(place.shell(find)).toMatchObject({ status: 0, stdout: '' });
    await utimes(join(place.dir, 'summary.json'), 1, 1);
    expect(place.shell(find)).toMatchObject({ status: 0, stdout: `${place.dir}/summary.json\n` });
    for (const line of [failed, drifted]) expect(place.shell(line)).toMatchObject({ status: 0, stdout: 'true\n' });
    await writeFile(join(place.dir, 'summary.json'), '{"keys":100,"failed":2,"drift":{"amount":3}}');
    for (const line of [failed, drifted]) expect(place.shell(line)).toMatchObject({ status: 1, stdout: 'false\n' });
  });
});

it('docs/cron.md shows a summary with the fields that a summary has', async () => {
  const place = await workplace('page-summary', hardest, keys);
  place.shell('loanq crego record --ids-from ids.txt -o ndjson --summary summary.json -q >rows');
  const shown = JSON.parse(await snippet('cron.md', onCron.summary));
  expect(Object.keys(shown)).toEqual(Object.keys(JSON.parse(await place.read('summary.json'))));
  expect(shown.delivered + shown.missing + shown.failed).toBe(shown.keys);
});

describe.each(surroundings)('docs/scale.md $name', where => {
  /** Eight keys in two parts. */
  async function parts(name: string, where: Surroundings): Promise<Workplace> {
    const place = await workplace(name, where, keys);
    for (const part of [1, 2]) {
      const call = `loanq crego record --ids-from ids.txt --shard ${part}/2 --csv --out part-${part}.csv`;
      expect([21, 24]).toContain(place.shell(`${call} --errors errors-${part}.jsonl --summary summary-${part}.json`).status);
    }
    return place;
  }

  it.runIf(hasJq)('the books of all parts', async () => {
    const place = await parts('page-sums', where);
    const summed = place.shell(await snippet('scale.md', onScale.sums));
    expect(summed).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(summed.stdout)).toEqual({ keys: 8, delivered: 2, missing: 6, failed: 0 });
  });

  it.runIf(hasPrograms({ sqlite3: 'sqlite3' }))('all parts in one table: nothing is lost, unasked or there twice', async () => {
    const place = await parts('page-sql', where);
    const counted = async () => {
      const { status, stdout, stderr } = place.shell(await snippet('scale.md', onScale.sql));
      expect([status, stderr]).toEqual([0, '']);
      return stdout.split(/\r?\n/);
    };
    const head = ['rows,keys,total', '2,2,26884.0', 'given,found,lost,unasked,twice'];
    expect(await counted()).toEqual([...head, '8,8,0,0,0', 'code,keys', 'not-found,6', '']);
    const [header, ...rows] = (await Promise.all([1, 2].map(part => place.read(`part-${part}.csv`)))).flatMap((text, at) =>
      text.split('\r\n').slice(at, -1),
    );
    // sqlite3 quotes more than needs it, and these rows hold nothing that needs it.
    expect((await place.read('all.csv')).replaceAll('"', '').split('\r\n').sort()).toEqual([header, ...rows, ''].sort());
    // A key that was never asked for, one that is lost, and one that is there twice are seen.
    const errors = await place.read('errors-1.jsonl');
    const [first = ''] = errors.split('\n');
    await writeFile(
      join(place.dir, 'errors-1.jsonl'),
      `${first}\n{"key":"another","code":"usage"}\n${errors.slice(first.length + 1)}${first}\n`,
    );
    await writeFile(join(place.dir, 'ids.txt'), `# of tonight\n${await place.read('ids.txt')}lost\n`);
    expect((await counted())[3]).toBe('9,10,1,1,1');
  });

  it.runIf(hasPrograms({ bash: 'bash' })).each([
    [0, 0],
    [21, 0],
    [24, 0],
    [25, 25],
    [29, 29],
    [4, 4],
  ])('a task of Airflow whose part ends with %i ends with %i', async (code, told) => {
    const place = await workplace('page-airflow', where);
    const text = await snippet('scale.md', onScale.airflow);
    const [, literals = ''] = /bash_command=((?:\s*"[^"\\]*")+)/.exec(text) ?? [];
    const command = [...literals.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('');
    await writeFile(join(place.bin, 'loanq'), `#!/bin/sh\necho "$@"\nexit ${code}\n`);
    const ran = place.start('bash', ['-c', command], { PART: '7' });
    expect(await ran.ended).toEqual({
      code: told,
      stdout:
        'crego record --ids-from ids.txt --shard 7/16 -o csv --out part-7.csv --errors errors-7.jsonl --summary summary-7.json' +
        ' --max-rate 0.625 --no-shared-rate --resume --quiet\n',
    });
    expect(text).toContain('skip_on_exit_code=29');
  });
});

it('docs/scale.md: the line that divides the limit is the one that a run prints, and it can be given back', async () => {
  const home = await ownHome();
  await home.configure(configFor('crego', 'https://preprod.api.crego.io'));
  const keys = Array.from({ length: 100 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
  const dryRun = (line: string) => runInProcess(['crego', 'record', ...keys, '--dry-run', ...line.split(' ')], { home });
  const printed = (await snippet('scale.md', onScale.division)).trim();
  const { code, stderr } = await dryRun('--shard 3/16');
  expect([code, stderr.split('\n')]).toEqual([0, expect.arrayContaining([printed])]);
  const again = await dryRun(printed.replace(/^.*: /, ''));
  expect([again.code, again.stderr.split('\n')]).toEqual([
    0,
    expect.arrayContaining(['shard 3/16: all 16 at once make 5 requests a second']),
  ]);
});

it('the pages name no example that is not there', async () => {
  const there = readdirSync(join(projectRoot, 'examples'));
  for (const page of ['cron.md', 'scale.md']) {
    const text = await readFile(join(projectRoot, 'docs', page), 'utf8');
    for (const [, name = ''] of text.matchAll(/\(\.\.\/examples\/([^)]+)\)/g)) expect(there).toContain(name);
  }
});
