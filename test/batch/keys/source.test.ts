// Keys on their way in: every form they may have, the grammar, and what cannot be read.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openKeys } from '../../../src/batch/keys/source.ts';
import { InputError, SignalError } from '../../../src/core/errors.ts';
import record from '../../../src/providers/crego/record.ts';
import { ownHome, sharedHome } from '../../runner/home.ts';
import { runInProcess } from '../../runner/in-process.ts';
import { configFor } from '../../runner/profiles.ts';
import { run, runShell } from '../../runner/run.ts';
import { startServer } from '../../runner/server.ts';
import { csvOf, startCrego } from '../crego.ts';
import { startOpen } from '../open-run.ts';
import { key, keyFile } from '../storm.ts';

const home = await sharedHome();
const crego = await startCrego();
await home.configure(configFor('crego', crego.origin));
const fields = ['--fields', 'id,amount', '--csv'];
const [a, b, c] = [key(10), key(11), key(12)];

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(home.cwd, name);
  await writeFile(path, content);
  return path;
}

async function lookUp(args: readonly string[], stdin?: string) {
  const before = crego.asked.length;
  const said = await runInProcess(['crego', 'record', ...fields, ...args], { home, ...(stdin !== undefined && { stdin }) });
  return { ...said, asked: crego.asked.slice(before) };
}

describe('keys', () => {
  it.each([
    ['one a line', `${a}\n${b}\n${c}\n`],
    ['with BOM, CRLF, blank lines, comments and no final line end', `\ufeff# list\r\n${a}\r\n\r\n  ${b}  \r\n#${a}\r\n"${c}",`],
    ['JSON lines of an earlier --errors', [a, b, c].map(key => `${JSON.stringify({ key, code: 'temporary', exit: 25 })}\n`).join('')],
    ['CSV with a column of the documented name', `name;id\n#1;${a}\n"y;z";${b}\n\n;${c}\n`],
  ])('%s give the same rows from a file and from stdin', async (_, content) => {
    const fromFile = await lookUp(['--ids-from', await file('keys', content)]);
    const fromStdin = await lookUp(['-'], content);
    // Several are asked at once: in which order they arrive is not certain.
    for (const { asked, ...ran } of [fromFile, fromStdin]) {
      expect(ran).toMatchObject({ code: 0, stdout: csvOf(a, b, c) });
      expect([...asked].sort()).toEqual([a, b, c]);
    }
  });

  it('come from another column with --column, rows in the order of the keys', async () => {
    const keys = await file('keys.csv', `Loan No,record\n1,${c}\n2,"${a}"\n`);
    expect(await lookUp(['--ids-from', keys, '--column', 'record'])).toMatchObject({ code: 0, stdout: csvOf(c, a) });
    const none = await lookUp(['--ids-from', keys, '--column', 'nothing']);
    expect(none).toMatchObject({ code: 2, asked: [] });
    expect(none.stderr).toContain('no column "nothing"');
  });

  it('may repeat; --unique asks once, however a UUID is written', async () => {
    const keys = await file('keys', `${key(0xab)}\n${key(0xab).toUpperCase()}\n${a}\n${key(0xab)}\n`);
    expect((await lookUp(['--ids-from', keys])).asked.length).toBe(4);
    expect(await lookUp(['--ids-from', keys, '--unique'])).toMatchObject({ code: 0, asked: [key(0xab), a] });
  });

  it('are split by --shard: each key in one part, whoever asks', async () => {
    const all = Array.from({ length: 60 }, (_, n) => key(n));
    const keys = await file('keys', all.map(id => `${id}\n`).join(''));
    const parts = [];
    for (const part of ['1/3', '2/3', '3/3']) parts.push((await lookUp(['--ids-from', keys, '--shard', part])).asked);
    for (const part of parts) expect(part.length).toBeGreaterThan(5);
    expect(parts.flat().sort()).toEqual(all);
  });

  it('are split by --shard whatever their spelling, so that --unique holds over the parts', async () => {
    const all = Array.from({ length: 60 }, (_, n) => key(0xabc000 + n));
    const keys = await file('keys', all.map(id => `${id}\n${id.toUpperCase()}\n`).join(''));
    const parts = [];
    for (const part of ['1/3', '2/3', '3/3']) parts.push((await lookUp(['--ids-from', keys, '--shard', part, '--unique'])).asked);
    expect(parts.flat().sort()).toEqual(all);
    const given = [];
    for (const part of ['1/3', '2/3', '3/3'])
      given.push((await lookUp([...all, ...all.map(id => id.toUpperCase()), '--shard', part])).asked);
    expect(given.map(part => part.map(id => id.toLowerCase()).sort())).toEqual(parts.map(part => [...part, ...part].sort()));
  });

  it('may come through a named pipe or <(command), which is read once', async () => {
    const ran = await runShell(
      `loanq crego record --ids-from <(printf '${a}\\n${b}\\n') ${fields.join(' ')} --out fifo.csv && cat fifo.csv
       loanq crego record --ids-from <(printf '${a}\\n') --csv --out fifo2.csv --resume; echo "Z=$?"`,
      { home },
    );
    expect(ran.stdout).toBe(`${csvOf(a, b)}Z=2\n`);
    expect(ran.stderr).toContain('--resume needs a key file that can be read again, not a pipe');
  });

  it('are read as they come: the first row leaves while the second key is not there yet', async () => {
    const running = startOpen(['crego', 'record', '-', ...fields, '--no-header'], home);
    for (const id of [a, b]) {
      running.child.stdin.write(`${id}\n`);
      expect(await running.nextOutput()).toBe(`${id},10.0\r\n`);
    }
    running.child.stdin.end();
    expect((await running.ended).code).toBe(0);
  });
});

describe('a bad key fails alone', () => {
  const hostile = [
    '.',
    '..',
    '%2e%2e',
    '../admin',
    'a/b',
    'a?x=1',
    'a#f',
    'a&accessToken=z',
    'REC0XAM2',
    '-x',
    'a\u202eb',
    'a\u2028b',
    'a\rb',
    'a\u0000b',
    'x'.repeat(300),
  ];

  it.each(hostile)('%j', async bad => {
    const errors = join(home.cwd, 'errors');
    const keys = await file('keys', `${a}\n${bad}\n${b}\n`);
    const ran = await lookUp(['--ids-from', keys, '--errors', errors]);
    expect(ran).toMatchObject({ code: 24, stdout: csvOf(a, b), asked: [a, b] });
    const [listed, ...others] = (await readFile(errors, 'utf8')).trimEnd().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(listed ?? '')).toMatchObject({
      key: bad,
      code: 'usage',
      exit: 2,
      attempts: 0,
      message: expect.stringMatching(/^line 2: /),
    });
  });

  it('stderr names the call and the line', async () => {
    const { stderr } = await lookUp(['-'], `${a}\nnot-a-key\n`);
    expect(stderr.split('\n')[0]).toBe('error: crego record: line 2: id "not-a-key" is not a UUID');
  });

  it('and, when all are bad, the run ends with 2 and no request', async () => {
    expect(await lookUp(['-'], '..\na/b\n')).toMatchObject({ code: 2, asked: [], stdout: 'id,amount\r\n' });
  });

  it('given as an argument stops the call before anything is sent; -- allows a leading dash', async () => {
    expect(await lookUp([a, '..'])).toMatchObject({ code: 2, stdout: '', asked: [] });
    expect(await lookUp(['-x'])).toMatchObject({ code: 2, stdout: '', asked: [] });
    expect((await lookUp(['--', '-x'])).stderr).toContain('"-x" is not a UUID');
  });
});

describe('a file that cannot be used stops the run with 26 and names the line', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['not UTF-8', Buffer.from(`${a}\n${b}\nab\xe9\n${c}\n`, 'latin1'), 'line 3 of'],
    ['UTF-16', Buffer.from(`\ufeff${a}\n`, 'utf16le'), 'it looks like UTF-16'],
    ['one endless line', Buffer.from(`${a}\n${'x'.repeat(70_000)}`), 'line 2 of'],
    ['a quote that does not close', Buffer.from(`id,n\n${a},1\n"${b},2\n`), 'a quote is not closed'],
  ];

  it.each(cases)('%s: nothing is sent', async (_, content, words) => {
    const ran = await lookUp(['--ids-from', await file('keys', content)]);
    expect(ran).toMatchObject({ code: 26, stdout: '', asked: [] });
    expect(ran.stderr).toContain(words);
  });

  it('from stdin, what came before the line is delivered', async () => {
    const ran = await run(['crego', 'record', '-', ...fields], { home, stdin: Buffer.from(`${a}\n${b}\nab\xe9\n`, 'latin1') });
    expect(ran).toMatchObject({ code: 26, stdout: csvOf(a, b) });
    expect(ran.stderr).toContain('line 3 of standard input is not UTF-8');
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toMatch(/^2 keys: 2 delivered/);
  });

  it.each([
    ['missing', 'there is no such file'],
    ['.', 'it is a directory'],
  ])('%s', async (name, words) => {
    const ran = await lookUp(['--ids-from', join(home.cwd, name)]);
    expect(ran).toMatchObject({ code: 26, stdout: '' });
    expect(ran.stderr).toContain(words);
  });

  it('unless a signal comes first: a long file is not read to its end', async () => {
    const content = Buffer.concat([Buffer.from(`${a}\n`.repeat(10_000)), Buffer.from('ab\xe9\n', 'latin1')]);
    const args = ['crego', 'record', '--ids-from', await file('keys', content), ...fields, '--out', join(home.cwd, 'long.csv')];
    const before = crego.asked.length;
    const ran = await runInProcess(args, { home, signal: AbortSignal.abort(new SignalError('terminated')) });
    expect(ran).toMatchObject({ code: 143, stderr: 'error: ended by SIGTERM\n' });
    expect(crego.asked.length).toBe(before);
    expect((await readdir(home.cwd)).filter(name => name.startsWith('long.csv'))).toEqual([]);
  });

  it.each([
    ['cut short', ''],
    ['overwritten by another list of the same length', keyFile(20_000).replaceAll('-4000-', '-4fff-')],
  ])('%s while it is read', async (_, content) => {
    const keys = await file('changing', keyFile(20_000));
    const changing = await startCrego((_id, nth) => {
      if (changing.asked.length === 1 && nth === 1) writeFileSync(keys, content);
      return undefined;
    });
    const own = await ownHome();
    await own.configure(configFor('crego', changing.origin));
    const args = ['crego', 'record', '--ids-from', keys, ...fields, '--shard', '1/50', '--out', join(own.cwd, 'o.csv')];
    const ran = await runInProcess(args, { home: own });
    expect(ran.code).toBe(26);
    expect(ran.stderr).toContain(`error: crego record: ${keys} was changed while it was read\nhint: leave out --resume to start over\n`);
    expect((await readdir(own.cwd)).sort()).toEqual(['o.csv.journal', 'o.csv.partial']);
  });

  it('gone when it is read again, and said so wherever it is read from', async () => {
    const path = await file('vanishing', `${a}\n`);
    const source = { kind: 'stream', from: path, fixed: [], column: undefined } as const;
    const keys = await openKeys({ runtime: { stdin: Readable.from([]) } }, record, { keys: source, shard: undefined, expect: undefined });
    expect(await keys.survey(new AbortController().signal)).toBe(1);
    await rm(path);
    const reading = keys.read();
    // As long as it takes to find out, while nobody reads yet.
    for (let turn = 0; turn < 20; turn += 1) await stat(path).catch(() => undefined);
    await expect(reading[Symbol.asyncIterator]().next()).rejects.toEqual(new InputError(`cannot read ${path}: there is no such file`));
  });

  it('closed standard input is not an empty list', async () => {
    const ran = await runShell(`loanq crego record - --csv <&-; echo "Z=$?"; loanq crego record - -o ndjson </dev/null; echo "Z=$?"`, {
      home,
    });
    expect(ran.stdout).toBe('Z=26\nZ=0\n');
  });

  it('neither is a directory in its place', async () => {
    const ran = await runShell(`loanq crego record - --csv <. ; echo "Z=$?"; loanq crego record --input - --csv <. ; echo "Z=$?"`, {
      home,
    });
    expect(ran.stdout).toBe('Z=26\nZ=26\n');
    expect(ran.stderr).toBe('error: crego record: cannot read standard input: it is a directory\n'.repeat(2));
  });

  it('fewer keys than --expect: a file is refused before anything is sent, a pipe at its end', async () => {
    const keys = await file('keys', `${a}\n${b}\n`);
    const ran = await lookUp(['--ids-from', keys, '--expect', '3']);
    expect(ran).toMatchObject({ code: 26, stdout: '', asked: [] });
    expect(ran.stderr).toContain('2 keys where at least 3 were expected');
    expect(await lookUp(['--ids-from', keys, '--expect', '2', '--shard', '1/2'])).toMatchObject({ code: 0 });
    expect(await lookUp(['-', '--expect', '3'], `${a}\n${b}\n`)).toMatchObject({ code: 26, stdout: csvOf(a, b), asked: [a, b] });
  });

  it('a million keys in one line need no memory', async () => {
    const keys = await file('keys', randomBytes(40_000_000).toString('hex'));
    const ran = await run(['crego', 'record', '--ids-from', keys, '--csv'], { home, env: { NODE_OPTIONS: '--max-old-space-size=64' } });
    expect(ran).toMatchObject({ code: 26, stdout: '' });
  });
});

describe('endpoints with two keys', async () => {
  const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
  const asked: string[] = [];
  const qitech = await startServer(({ target }) => {
    const [, wallet_key = '', wallet_entry_key = ''] = /\/wallet\/([^/]+)\/wallet_entry\/([^/?]+)/.exec(target) ?? [];
    asked.push(`${wallet_key} ${wallet_entry_key}`);
    return { body: JSON.stringify({ wallet_entry_key, amount: 1 }) };
  });
  const own = await sharedHome();
  await own.configure(configFor('qitech', qitech.origin));
  const lookUpEntries = async (args: readonly string[], content: string) => {
    asked.length = 0;
    const keys = await file('pairs', content);
    const args_ = ['qitech', 'wallet-entry', ...args, '--ids-from', keys, '--csv', '--fields', 'wallet_entry_key'];
    return { ...(await runInProcess(args_, { home: own })), asked: [...asked] };
  };
  const both = [`${wallet} ${a}`, `${wallet} ${b}`];

  it('take two words a line, CSV columns, or lines of --errors', async () => {
    for (const content of [
      `${both[0]}\n${both[1]}\n`,
      `wallet_entry_key,x,wallet_key\n${a},1,${wallet}\n${b},2,${wallet}\n`,
      [a, b].map(entry => `${JSON.stringify({ key: [wallet, entry] })}\n`).join(''),
    ]) {
      expect(await lookUpEntries([], content)).toMatchObject({ code: 0, asked: both });
    }
  });

  it('or the first one as an argument, for a list of the second or for lines of --errors', async () => {
    expect(await lookUpEntries([wallet], `${a}\n${b}\n`)).toMatchObject({ code: 0, asked: both });
    const again = [a, b].map(entry => `${JSON.stringify({ key: [wallet, entry] })}\n`).join('');
    expect(await lookUpEntries([wallet], again)).toMatchObject({ code: 0, asked: both });
    const other = await lookUpEntries([key(1)], again);
    expect(other).toMatchObject({ code: 2, asked: [] });
    expect(other.stderr).toContain(`the line is for ${wallet}, not for ${key(1)}`);
  });

  it('a line with too few or too many fails alone', async () => {
    expect(await lookUpEntries([], `${wallet}\n${both[0]}\n${both[1]} x\n`)).toMatchObject({ code: 24, asked: [both[0]] });
  });
});
