// The audit trail: one line per lookup, nothing of what was found, and no lookup without it.
import { chmod, chown, lchown, link, mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { hasOtherUser, otherUid } from '../runner/other-user.ts';
import { type Printed, run, runShell } from '../runner/run.ts';
import { type Answer, startServer, type TestServer } from '../runner/server.ts';
import { keyOf } from './desk.ts';
import { configOf, lookup, type Way, wayTo } from './ways.ts';

const crego = wayTo('crego-token');
const ekuaibao = wayTo('ekuaibao-token');

interface Stage {
  readonly home: Home;
  readonly server: TestServer;
  readonly trail: string;
  readonly look: (...args: string[]) => Promise<Printed>;
  /** The lines so far. */
  readonly lines: () => Promise<Readonly<Record<string, unknown>>[]>;
}

const answerOf = (way: Way, change: (key: string) => Answer | undefined) => (request: Parameters<typeof keyOf>[1]) => {
  const key = keyOf(way, request);
  return change(key) ?? { body: JSON.stringify(way.answer(key, 'canary-answer')) };
};

async function stage(way: Way = crego, change: (key: string) => Answer | undefined = () => undefined): Promise<Stage> {
  const server = await startServer(answerOf(way, change));
  const home = await ownHome();
  await home.configure({ ...configOf(way, server.origin), audit: 'log/audit.jsonl' });
  await mkdir(join(home.path, '.config/loanq/log'), { mode: 0o700 });
  const trail = join(home.path, '.config/loanq/log/audit.jsonl');
  const lines = async () =>
    (await readFile(trail, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  return { home, server, trail, look: (...args) => runInProcess(args, { home }), lines };
}

describe.concurrent('the audit trail', () => {
  it('says when who looked up what, and what became of it; in a private file', async () => {
    const { home, trail, lines } = await stage();
    expect((await run(lookup(crego), { home })).code).toBe(0);
    expect(await lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        user: userInfo().username,
        profile: 'mine',
        provider: 'crego',
        endpoint: 'record',
        keys: { id: crego.keys[0] },
        outcome: 'delivered',
      },
    ]);
    expect((await stat(trail)).mode & 0o777).toBe(0o600);
  });

  it('is not even opened by a dry run', async () => {
    const { look, trail } = await stage();
    expect((await look(...lookup(crego), '--dry-run')).code).toBe(0);
    await expect(stat(trail)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('has a line for every end of a lookup, and none for what sends nothing', async () => {
    const ends: Readonly<Record<string, Answer>> = {
      [crego.keys[1] ?? '']: { status: 404, body: '{"detail":"not found"}' },
      [crego.keys[2] ?? '']: { status: 500, body: '{}' },
      [crego.keys[3] ?? '']: { status: 302, headers: { location: 'https://evil.example.com' } },
      [crego.keys[4] ?? '']: { status: 401, body: '{}' },
      [crego.keys[5] ?? '']: { body: 'canary' },
    };
    const { look, lines, server } = await stage(crego, key => ends[key]);
    const codes = [];
    for (const at of [0, 1, 2, 3, 4, 5]) codes.push((await look(...lookup(crego, at))).code);
    expect(codes).toEqual([0, 21, 25, 60, 4, 27]);
    await look(...lookup(crego), '--dry-run');
    await look('crego', 'record', 'not-a-uuid');
    await look(...lookup(crego), '--sandbox');
    await look('crego', 'record', '--input', '/dev/null');
    expect((await lines()).map(({ keys, outcome }) => [Object(keys).id, outcome])).toEqual(
      ['delivered', 'not-found', 'temporary', 'trust', 'auth', 'bad-response'].map((outcome, at) => [
        crego.keys[at],
        outcome === 'not-found' ? 'missing' : outcome,
      ]),
    );
    expect(server.requests).toHaveLength(6);
  });

  it('has a line per key of a batch, and of two runs at once, none of them torn', async () => {
    const { home, lines } = await stage(ekuaibao);
    await home.write('work/keys', ekuaibao.keys.join('\n'));
    const batch = () => run([...ekuaibao.call, '--ids-from', join(home.cwd, 'keys'), '--concurrency', '8'], { home });
    expect((await Promise.all([batch(), batch()])).map(({ code }) => code)).toEqual([0, 0]);
    const asked = (await lines()).map(({ keys }) => Object(keys).ids).sort();
    expect(asked).toEqual([...ekuaibao.keys, ...ekuaibao.keys].sort());
  });

  it('holds no answer, no secret, and no token that was pasted as a key', async () => {
    const { trail, look, lines } = await stage(ekuaibao);
    const [token = ''] = ekuaibao.secrets;
    await look(...lookup(ekuaibao));
    await look(...ekuaibao.call, token);
    expect(await lines()).toHaveLength(2);
    expect(await readFile(trail, 'utf8')).not.toContain('canary');
  });
});

describe.concurrent('a trail that another user may have written is exit code 20: nothing is sent, and it stays as it was', () => {
  const own = (trail: string) => writeFile(trail, '{}\n', { mode: 0o600 });
  const cases: readonly (readonly [string, (trail: string) => Promise<unknown>, string])[] = [
    ['one that others can write', trail => chmod(trail, 0o606), 'other users can write it\nhint: run: chmod go-w '],
    ['one that the group can write', trail => chmod(trail, 0o660), 'other users can write it\nhint: run: chmod go-w '],
    ['one with a second link', trail => link(trail, `${trail}.2`), 'it has a second link\nhint: name a file of your own'],
    ['one of theirs', trail => chown(trail, otherUid, otherUid), 'it belongs to another user\nhint: name a file of your own'],
    [
      'one behind a link of theirs',
      async trail => {
        await rename(dirname(trail), `${dirname(trail)}.kept`);
        await symlink(`${dirname(trail)}.kept`, dirname(trail));
        await lchown(dirname(trail), otherUid, otherUid);
        await chmod(dirname(dirname(trail)), 0o1777);
      },
      'the symbolic link',
    ],
  ];
  it.each(cases.filter(([name]) => hasOtherUser || !name.includes('theirs')))('%s', async (_, spoil, sentence) => {
    const { home, trail, server } = await stage();
    const shared = join(home.path, 'shared');
    await mkdir(join(shared, 'log'), { recursive: true });
    const path = join(shared, 'log', basename(trail));
    await home.configure({ ...configOf(crego, server.origin), audit: path });
    await own(path);
    await spoil(path);
    const ran = await runInProcess(lookup(crego), { home });
    expect(ran.stderr).toContain(`cannot trust the audit file ${path}: ${sentence}`);
    expect([ran.code, ran.stdout, server.requests.length]).toEqual([20, '', 0]);
    expect(await readFile(path, 'utf8')).toBe('{}\n');
  });
});

describe.concurrent('a torn line', () => {
  it('of an earlier run, whose disk was full, is ended before the next one', async () => {
    const { trail, look } = await stage();
    await writeFile(trail, '{"time":"2025-06-23T00:00:00.000Z","user":"op', { mode: 0o600 });
    expect((await look(...lookup(crego))).code).toBe(0);
    const [torn, whole, ...rest] = (await readFile(trail, 'utf8')).split('\n');
    expect(torn).toBe('{"time":"2025-06-23T00:00:00.000Z","user":"op');
    expect(JSON.parse(whole ?? '')).toMatchObject({ endpoint: 'record', outcome: 'delivered' });
    expect(rest).toEqual(['']);
  });

  it('is left by a full disk, and found by the run after it', async () => {
    const { home, trail, look } = await stage();
    await writeFile(trail, `${'x'.repeat(999)}\n`, { mode: 0o600 });
    const full = await runShell(`ulimit -f 1; loanq ${lookup(crego).join(' ')}`, { home });
    expect([full.code, (await stat(trail)).size]).toEqual([23, 1024]);
    expect((await look(...lookup(crego))).code).toBe(0);
    const lines = (await readFile(trail, 'utf8')).split('\n');
    expect(lines.map(line => line.slice(0, 8))).toEqual(['xxxxxxxx', '{"time":', '{"time":', '']);
    expect(lines[1]).toHaveLength(24);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ outcome: 'delivered' });
  });
});

describe.concurrent('a lookup that cannot be audited is exit code 23 and sends nothing', () => {
  const cases: readonly (readonly [string, (trail: string) => Promise<unknown>, string])[] = [
    ['when the trail is a directory', trail => mkdir(trail), 'the audit file'],
    ['when it is a link', trail => symlink('/tmp/elsewhere', trail), 'the audit file'],
    ['when it is a device', async trail => symlink('/dev/null', trail), 'the audit file'],
  ];
  it.each(cases)('%s', async (_, spoil, sentence) => {
    const { trail, look, server } = await stage();
    await spoil(trail);
    for (const args of [
      lookup(crego),
      [...lookup(crego), '--json'],
      [...lookup(crego), ...crego.keys.slice(1, 4)],
      [...lookup(crego), '--raw'],
    ]) {
      const ran = await look(...args);
      expect([ran.code, ran.stdout]).toEqual([23, '']);
      expect(ran.stderr).toContain(sentence);
    }
    expect(server.requests).toHaveLength(0);
  });

  it('when its directory does not exist', async () => {
    const { home, server, look } = await stage();
    await home.configure({ ...configOf(crego, server.origin), audit: '/nonexistent/audit.jsonl' });
    const ran = await look(...lookup(crego));
    expect([ran.code, ran.stdout, server.requests.length]).toEqual([23, '', 0]);
  });

  it('and one whose line cannot be written after all delivers nothing', async () => {
    const { home, trail, server } = await stage();
    // Files of this run may not grow beyond 1 KiB, and the trail is that long already.
    await writeFile(trail, `${'x'.repeat(1023)}\n`, { mode: 0o600 });
    const ran = await runShell(`ulimit -f 1; loanq ${[...lookup(crego), ...crego.keys.slice(1, 20)].join(' ')} -o ndjson --concurrency 1`, {
      home,
    });
    expect(ran.code).toBe(23);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain('the audit file');
    expect(server.requests.length).toBeLessThan(3);
  });
});
