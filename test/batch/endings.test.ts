// How a batch ends: exit codes by what became of its keys, the files it leaves, the last line, and the run after it.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import recordEndpoint from '../../src/providers/crego/record.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor, profileFor } from '../runner/profiles.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { csvOf, type Special, startCrego } from './crego.ts';
import { key } from './storm.ts';

const home = await sharedHome();
let special: Special = () => undefined;
const crego = await startCrego((id, nth) => special(id, nth));
await home.configure({
  profiles: { test: profileFor('crego', crego.origin), other: profileFor('crego', crego.origin) },
  defaults: { crego: 'test' },
});
const path = (name: string) => join(home.cwd, name);
/** What the records of the small server lack. */
const others = Object.keys(recordEndpoint.fields).filter(name => name !== 'id' && name !== 'amount');
const csv = ['--csv', '--fields', 'id,amount', '--retries', '0'];

/** What the server answers, by the letter a test spells a key with. */
const answers: Readonly<Record<string, Answer | undefined>> = {
  '+': undefined,
  '4': { status: 404, body: '{"detail":"Not found."}' },
  '5': { status: 500, body: '{}' },
  g: { body: '<html></html>' },
  r: { status: 400, body: '{"message":"no"}' },
  w: { body: `{"id":"${key(999)}","amount":1}` },
  '1': { status: 401, body: '{}' },
  '3': { status: 403, body: '{}' },
  '>': { status: 302, headers: { location: 'https://example.com/' } },
};

/** Looks up one key for each letter; `!` is a bad key. */
async function lookUp(letters: string, more: readonly string[] = [], stdin = keysOf(letters)) {
  special = id => answers[letters[Number.parseInt(id.slice(-4), 16)] ?? '+'];
  const before = crego.asked.length;
  const said = await runInProcess(['crego', 'record', '-', ...csv, '--concurrency', '1', ...more], { home, stdin });
  return { ...said, asked: crego.asked.slice(before), last: said.stderr.trimEnd().split('\n').at(-1) };
}

function keysOf(letters: string): string {
  return [...letters].map((letter, n) => (letter === '!' ? 'x!\n' : `${key(n)}\n`)).join('');
}

describe('a batch that ran to its end', () => {
  it.each([
    ['++', 0],
    ['', 0],
    ['+4', 24],
    ['+5', 24],
    ['+g', 24],
    ['+!', 24],
    ['44', 21],
    ['4!', 2],
    ['r!4', 22],
    ['r5', 25],
    ['5g4', 27],
    ['gr', 27],
    ['w', 27],
    ['+3', 24],
  ])('%s ends with %i', async (letters, code) => {
    const ran = await lookUp(letters);
    const rows = [...letters].flatMap((letter, n) => (letter === '+' ? [key(n)] : []));
    expect(ran).toMatchObject({ code, stdout: csvOf(...rows) });
    const missing = [...letters].filter(letter => letter === '4').length;
    const failed = letters.length - rows.length - missing;
    const counts = `${letters.length} ${letters.length === 1 ? 'key' : 'keys'}: ${rows.length} delivered, ${missing} missing, ${failed} failed`;
    expect(ran.last).toMatch(new RegExp(`^${counts} in \\d+\\.\\d s \\(${ran.asked.length} requests, 0 retries\\)$`));
  });

  it('never prints an answer for another key', async () => {
    const ran = await lookUp('+w+');
    expect(ran.code).toBe(24);
    expect(ran.stdout + ran.stderr).not.toContain(key(999));
  });

  it('--fail-empty: without a row it ends with 21', async () => {
    const finlend = await startServer(({ target }) =>
      target.includes(key(3)) ? { status: 404, body: '{}' } : { body: '{"content":[],"data":[],"items":[]}' },
    );
    const own = await sharedHome();
    await own.configure(configFor('finlend', finlend.origin));
    const args = ['finlend', 'customer-repayments', '-', '-o', 'ndjson'];
    const customers = `${key(1)}\n${key(2)}\n`;
    const ran = await runInProcess(args, { home: own, stdin: customers });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toContain('2 keys: 2 delivered, 0 missing, 0 failed');
    expect(await runInProcess([...args, '--fail-empty'], { home: own, stdin: customers })).toMatchObject({ code: 21, stdout: '' });
    const oneMissing = `${customers}${key(3)}\n`;
    expect(await runInProcess(args, { home: own, stdin: oneMissing })).toMatchObject({ code: 24, stdout: '' });
    expect(await runInProcess([...args, '--fail-empty'], { home: own, stdin: oneMissing })).toMatchObject({ code: 21, stdout: '' });
    expect(await lookUp('', ['--fail-empty'])).toMatchObject({ code: 21 });
    expect(await lookUp('+4', ['--fail-empty'])).toMatchObject({ code: 24 });
  });
});

describe('a batch that was stopped', () => {
  it.each([
    ['++1+', 4, 2],
    ['3+', 4, 0],
    ['+>+', 60, 1],
  ])('%s ends with %i, and what was delivered stays', async (letters, code, delivered) => {
    const ran = await lookUp(letters);
    expect(ran).toMatchObject({ code, stdout: delivered === 0 ? '' : csvOf(...[...Array(delivered).keys()].map(key)) });
    expect(ran.stderr).toMatch(/^error: crego record /m);
    expect(ran.last).toMatch(new RegExp(`^${delivered} keys?: ${delivered} delivered`));
  });

  it('leaves a JSON array without its end', async () => {
    special = id => (id === key(2) ? answers['1'] : undefined);
    const ran = await runInProcess(['crego', 'record', '-', '--json', '--fields', 'id', '--concurrency', '1'], {
      home,
      stdin: keysOf('++1'),
    });
    expect(ran.code).toBe(4);
    expect(ran.stdout).toBe(`[\n  {\n    "id": "${key(0)}"\n  },\n  {\n    "id": "${key(1)}"\n  }`);
  });
});

describe('--quiet', () => {
  it('says nothing at all about a good run', async () => {
    expect(await lookUp('++', ['-q'])).toMatchObject({ code: 0, stdout: csvOf(key(0), key(1)), stderr: '' });
  });

  it('tells errors and the summary of a bad one', async () => {
    const { stderr } = await lookUp('+4', ['-q']);
    expect(stderr.split('\n').length).toBe(3);
    expect(stderr).toMatch(/^error: crego record .* not found .*\n2 keys: 1 delivered, 1 missing, 0 failed in .*\n$/);
    expect((await lookUp('+4', ['-q', '--errors', path('errors')])).stderr).toMatch(/^2 keys: 1 delivered.*\n$/);
  });
});

it('more than twenty failures are not all told', async () => {
  const { stderr } = await lookUp('4'.repeat(30));
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter(line => line.includes('not found')).length).toBe(20);
  expect(lines.filter(line => line === 'error: more keys failed; --errors <file> lists them all').length).toBe(1);
});

it('--error-format json ends stderr with one object, whatever the end', async () => {
  for (const [letters, exit] of [
    ['+4', 24],
    ['44', 21],
    ['+1', 4],
  ] as const) {
    const { code, last } = await lookUp(letters, ['--error-format', 'json']);
    expect([code, JSON.parse(last ?? '').error.exit]).toEqual([exit, exit]);
  }
});

describe('--errors and --summary', () => {
  it('list each key that was not delivered, and the run in figures', async () => {
    const files = ['--errors', path('errors'), '--summary', path('summary')];
    await lookUp('+4r!+', files);
    const listed = (await readFile(path('errors'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(listed).toEqual([
      { key: key(1), code: 'not-found', exit: 21, status: 404, message: 'not found (HTTP 404: Not found.)', attempts: 1 },
      { key: key(2), code: 'refused', exit: 22, status: 400, message: 'refused (HTTP 400: no)', attempts: 1 },
      { key: 'x!', code: 'usage', exit: 2, message: 'line 4: id "x!" is not a UUID', attempts: 0 },
    ]);
    expect(JSON.parse(await readFile(path('summary'), 'utf8'))).toEqual({
      code: 'partial',
      exit: 24,
      endpoint: 'crego record',
      ended: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      keys: 5,
      delivered: 2,
      missing: 1,
      failed: 2,
      earlier: 0,
      rows: 2,
      firstPagesOnly: 0,
      failures: { refused: 1, usage: 1 },
      quarantined: 0,
      drift: Object.fromEntries(others.map(name => [name, 2])),
      driftMore: 0,
      driftKinds: { missing: others },
      requests: 4,
      logins: 0,
      retries: 0,
      seconds: expect.any(Number),
    });
    // The list goes back in, and what is left of it comes out.
    special = id => (id === key(2) ? answers.r : undefined);
    const again = await runInProcess(['crego', 'record', '--ids-from', path('errors'), ...csv, '--errors', path('left')], { home });
    expect(again).toMatchObject({ code: 24, stdout: csvOf(key(1)) });
    expect((await readFile(path('left'), 'utf8')).split('\n').map(line => line.slice(0, 50))).toEqual([
      expect.stringContaining(key(2)),
      expect.stringContaining('x!'),
      '',
    ]);
  });

  it('of a run without failures: an empty list', async () => {
    await lookUp('+', ['--errors', path('errors')]);
    expect(await readFile(path('errors'), 'utf8')).toBe('');
  });

  it('may replace the key file when the run has ended, but not when it was stopped', async () => {
    const args = ['crego', 'record', '--ids-from', path('todo'), ...csv, '--concurrency', '1', '--errors', path('todo')];
    await writeFile(path('todo'), keysOf('5+1+'));
    special = id => answers['5+1+'[Number.parseInt(id.slice(-4), 16)] ?? '+'];
    expect(await runInProcess(args, { home })).toMatchObject({ code: 4 });
    expect(await readFile(path('todo'), 'utf8')).toBe(keysOf('5+1+'));
    special = id => answers['5+++'[Number.parseInt(id.slice(-4), 16)] ?? '+'];
    expect(await runInProcess(args, { home })).toMatchObject({ code: 24 });
    expect(
      (await readFile(path('todo'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).key),
    ).toEqual([key(0)]);
  });

  it.each([
    ['--out', 'same', '--errors', 'same'],
    ['--errors', 'same', '--summary', './same'],
    ['--out', 'ids', '--ids-from', 'ids'],
    ['--summary', 'ids', '--ids-from', 'ids'],
  ])('%s %s %s %s are refused before anything is sent', async (one, first, other, second) => {
    await writeFile(path('ids'), keysOf('+'));
    const keys = other === '--ids-from' ? [] : ['--ids-from', path('ids')];
    const before = crego.asked.length;
    const ran = await runInProcess(['crego', 'record', ...csv, one, path(first), other, path(second), ...keys], { home });
    expect(ran).toMatchObject({ code: 2, stderr: `error: crego record: ${one} and ${other} name the same file\n` });
    expect(crego.asked.length).toBe(before);
  });

  it.each([
    ['--errors', 'e'],
    ['--summary', 's'],
  ])('%s does not take the place of the export that --against compares with', async (option, name) => {
    const files = ['--out', path('o'), '--errors', path('e'), '--summary', path('s'), '--ids-from', path('ids')];
    await writeFile(path('ids'), keysOf('+'));
    await writeFile(path(name), csvOf(key(0)));
    const before = crego.asked.length;
    const ran = await runInProcess(['crego', 'record', ...csv, ...files, '--against', path(name)], { home });
    expect(ran).toMatchObject({ code: 2, stderr: `error: crego record: ${option} and --against name the same file\n` });
    expect(await readFile(path(name), 'utf8')).toBe(csvOf(key(0)));
    expect(crego.asked.length).toBe(before);
  });

  it('the keys may come from the export that --against compares with', async () => {
    special = () => undefined;
    await writeFile(path('old'), csvOf(key(0)));
    const files = ['--out', path('o'), '--errors', path('e'), '--ids-from', path('old'), '--column', 'id', '--against', path('old')];
    const ran = await runInProcess(['crego', 'record', '--csv', '--fields', 'id,amount', ...files, '-q'], { home });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
  });

  it.each([
    ['--ids-from', 'o.partial', '--out', 'o'],
    ['--ids-from', 'o.ordered', '--out', './o'],
    ['--errors', 'o.journal', '--out', 'o'],
    ['--summary', 'linked/o.lock', '--out', 'o'],
    ['--ids-from', 'e.partial', '--errors', 'e'],
    ['--ids-from', 's.partial', '--summary', 's'],
    ['--against', 'o.partial', '--out', 'o', '--errors', 'e'],
  ])('%s %s is refused with %s %s, beside which it would be written, and stays as it is', async (one, first, other, second, ...more) => {
    await symlink(home.cwd, path('linked')).catch(() => undefined);
    await writeFile(path('ids'), keysOf('+'));
    await writeFile(path(first), keysOf('++'));
    const keys = one === '--ids-from' ? [] : ['--ids-from', path('ids')];
    const before = crego.asked.length;
    const errors = more.map(word => (word.startsWith('-') ? word : path(word)));
    const ran = await runInProcess(['crego', 'record', ...csv, one, path(first), other, path(second), ...keys, ...errors], { home });
    const name = first.replace('linked/', '');
    expect(ran).toMatchObject({ code: 2, stderr: `error: crego record: ${one} names ${name}, a file that the run makes for ${other}\n` });
    expect(await readFile(path(first), 'utf8')).toBe(keysOf('++'));
    expect(crego.asked.length).toBe(before);
    await rm(path(first));
  });

  it.each(['--out', '--errors', '--summary'])('%s that cannot be written is 23 before anything is sent', async option => {
    await mkdir(path('directory'), { recursive: true });
    for (const target of [path('directory'), path('nowhere/file'), ...(option === '--out' ? ['/dev/null'] : [])]) {
      const ran = await lookUp('+', [option, target]);
      expect(ran).toMatchObject({ code: 23, asked: [], stdout: '' });
    }
    expect(readdirSync(home.cwd).filter(name => /partial|lock|journal/.test(name))).toEqual([]);
  });
});

describe('--resume', () => {
  const args = ['crego', 'record', '--ids-from', path('list'), '--out', path('o.csv'), '--concurrency', '1', '--retries', '0'];
  const same = [...args, '--csv', '--fields', 'id,amount'];

  it.each([
    ['fields', [...args, '--csv', '--fields', 'id'], 'fields'],
    ['format', [...args, '-o', 'ndjson', '--fields', 'id,amount'], 'format'],
    ['profile', [...same, '-p', 'other'], 'profile'],
    ['shard', [...same, '--shard', '1/2'], 'shard'],
    ['provider parameters', [...same, '--expand', 'loans'], 'parameters'],
    ['--unique', [...same, '--unique'], 'keys'],
    ['header', [...same, '--no-header'], 'output options'],
  ])('with another %s is refused, and nothing is lost', async (_, changed, named) => {
    await writeFile(path('list'), keysOf('++1'));
    special = id => (id === key(2) ? answers['1'] : undefined);
    expect((await runInProcess(same, { home })).code).toBe(4);
    const refused = await runInProcess([...changed, '--resume'], { home });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain(`it was begun with another ${named}`);
    special = () => undefined;
    const before = crego.asked.length;
    expect(await runInProcess([...same, '--resume', '--max-rate', '900', '--timeout', '5'], { home })).toMatchObject({ code: 0 });
    expect(crego.asked.slice(before)).toEqual([key(2)]);
    expect(await readFile(path('o.csv'), 'utf8')).toBe(csvOf(key(0), key(1), key(2)));
  });

  it('with another key file is refused', async () => {
    await writeFile(path('list'), keysOf('+1'));
    special = id => (id === key(1) ? answers['1'] : undefined);
    expect((await runInProcess(same, { home })).code).toBe(4);
    await writeFile(path('list'), keysOf('+++'));
    const refused = await runInProcess([...same, '--resume'], { home });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('another key file');
  });

  it('of a part is refused where an earlier version split the keys in another way', async () => {
    await writeFile(path('list'), keysOf('++1'));
    special = id => (id === key(2) ? answers['1'] : undefined);
    const part = [...same, '--shard', '1/1'];
    expect((await runInProcess(part, { home })).code).toBe(4);
    const journal = await readFile(path('o.csv.journal'), 'utf8');
    await writeFile(path('o.csv.journal'), journal.replace('"shard":"1/1 v2"', '"shard":"1/1"'));
    const before = crego.asked.length;
    const refused = await runInProcess([...part, '--resume'], { home });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('it was begun with another shard');
    expect(crego.asked.length).toBe(before);
  });

  it('goes on with --sandbox, whose address is another one in every run', async () => {
    await writeFile(path('bad'), 'x!\n');
    const sandboxed = ['crego', 'record', '--ids-from', path('bad'), '--csv', '--out', path('s.csv'), '--sandbox'];
    expect(await runInProcess(sandboxed, { home })).toMatchObject({ code: 2 });
    expect(existsSync(path('s.csv.journal'))).toBe(true);
    const resumed = await runInProcess([...sandboxed, '--resume'], { home });
    expect(resumed.stderr).toMatch(/^error: crego record: line 1: id "x!" is not a UUID\n1 key: 0 delivered, 0 missing, 1 failed in .*\n$/);
    const elsewhere = await runInProcess([...sandboxed.slice(0, -1), '--resume'], { home });
    expect(elsewhere.stderr).toContain('it was begun with another profile');
  });

  it('tries failed keys again, delivered ones not, and puts late rows in their place', async () => {
    await writeFile(path('list'), keysOf('4+5+1'));
    special = id => answers['4+5+1'[Number.parseInt(id.slice(-4), 16)] ?? '+'];
    expect((await runInProcess(same, { home })).code).toBe(4);
    special = () => undefined;
    const before = crego.asked.length;
    const ran = await runInProcess([...same, '--resume', '--summary', path('summary')], { home });
    expect(ran.stderr).toContain('5 keys: 5 delivered, 0 missing, 0 failed');
    expect(crego.asked.slice(before)).toEqual([key(0), key(2), key(4)]);
    expect(await readFile(path('o.csv'), 'utf8')).toBe(csvOf(...[0, 1, 2, 3, 4].map(key)));
    expect(JSON.parse(await readFile(path('summary'), 'utf8'))).toMatchObject({ keys: 5, delivered: 5, earlier: 2, rows: 3, requests: 3 });
    expect(existsSync(path('o.csv.journal'))).toBe(false);
  });
});

describe('two nights with the same list', () => {
  const nights = ['crego', 'record', '--ids-from', path('long'), '--out', path('n.csv'), ...csv, '--concurrency', '1', '--resume'];

  async function night(letters: string) {
    await writeFile(path('long'), keysOf(letters));
    special = id => answers[letters[Number.parseInt(id.slice(-4), 16)] ?? '+'];
    const before = crego.asked.length;
    const ran = await runInProcess([...nights, '--errors', path('n.errors'), '--summary', path('n.summary')], { home });
    return { ...ran, asked: crego.asked.slice(before) };
  }
  afterEach(async () => {
    for (const name of readdirSync(home.cwd)) if (name.startsWith('n.')) await rm(path(name));
  });
  const failed = async () => (await readFile(path('n.errors'), 'utf8')).match(/(?<="key":")[^"]*/g);

  it.each([
    ['twenty', 20, '!'],
    ['a hundred', 100, ''],
  ])(
    '%s keys in a row that always fail: the run ends with 25, then goes on behind them and delivers each good key once',
    async (_, count, more) => {
      const letters = `++${more}${'5'.repeat(count)}++`;
      const ends: number[] = [];
      const asked: string[] = [];
      do {
        const ran = await night(letters);
        ends.push(ran.code);
        asked.push(...ran.asked);
      } while (ends.at(-1) === 25 && ends.length < 9);
      expect(ends).toEqual([...Array(count / 20).fill(25), 24]);
      const good = [...letters].flatMap((letter, n) => (letter === '+' ? [key(n)] : []));
      expect(await readFile(path('n.csv'), 'utf8')).toBe(csvOf(...good));
      // Those behind the row may have been under way when the run gave up.
      expect(asked.filter(id => good.slice(0, 2).includes(id))).toEqual(good.slice(0, 2));
      expect((await failed())?.length).toBe(count + more.length);
      expect(
        readdirSync(home.cwd)
          .filter(name => name.startsWith('n.'))
          .sort(),
      ).toEqual(['n.csv', 'n.errors', 'n.summary']);
    },
  );

  it('a provider that is down ends each of them with 25: no night asks more than twenty keys beyond what failed before', async () => {
    const counts: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const ran = await night('5'.repeat(1000));
      expect(ran.code).toBe(25);
      expect(ran.stderr).toContain('20 calls in a row failed temporarily: the run was stopped');
      expect(ran.stderr).toContain(`${20 * (n + 1)} keys: 0 delivered, 0 missing, ${20 * (n + 1)} failed`);
      counts.push(ran.asked.length);
    }
    // Up to sixteen more may be under way while the last is counted.
    for (const [n, count] of counts.entries()) {
      expect(count).toBeGreaterThanOrEqual(20 * (n + 1));
      expect(count).toBeLessThanOrEqual(20 * (n + 1) + 16);
    }
    const up = await night('+'.repeat(1000));
    expect(up.code).toBe(0);
    expect(up.asked.length).toBe(1000);
  });

  it('keys that were never asked count neither for nor against a provider', async () => {
    const ran = await night('5!'.repeat(100));
    expect(ran.code).toBe(25);
    expect(ran.stderr).toContain('39 keys: 0 delivered, 0 missing, 39 failed');
  });
});
