// A batch in a directory that another user of the machine can write: what they have put there is neither followed nor gone on with.
import { spawn } from 'node:child_process';
import { chmod, chown, link, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeSelf } from '../../src/files/lock-holder.ts';
import { sharedHome } from '../runner/home.ts';
import { asOtherUser, hasOtherUser, otherUid } from '../runner/other-user.ts';
import { configFor } from '../runner/profiles.ts';
import { run } from '../runner/run.ts';
import { csvOf, startCrego } from './crego.ts';
import { key } from './storm.ts';

const home = await sharedHome();
let revoked = false;
const crego = await startCrego(id => (revoked && id === key(1) ? { status: 401, body: '{}' } : undefined));
await home.configure(configFor('crego', crego.origin));
const keys = await home.write('keys', `${key(0)}\n${key(1)}\n`);
const victim = await home.write('.bashrc', 'alias ll=ls\n');
await chmod(home.path, 0o711);
let count = 0;
let shared = '';
let out = '';
beforeEach(async () => {
  count += 1;
  shared = join(home.path, `shared-${count}`);
  out = join(shared, 'out.csv');
  await mkdir(shared);
  await chmod(shared, 0o1777);
});

async function lookUp(...more: readonly string[]) {
  const before = crego.asked.length;
  const ran = await run(['crego', 'record', '--ids-from', keys, '--csv', '--fields', 'id,amount', ...more], { home });
  return { ...ran, asked: crego.asked.length - before };
}

describe.runIf(hasOtherUser)('a link of another user', () => {
  it.each(['--out', '--errors', '--summary'])('is not followed by %s', async option => {
    asOtherUser('ln -s "$2" "$1"', out, victim);
    const ran = await lookUp(option, out);
    expect(ran.stderr).toContain(`cannot write ${out}: the symbolic link ${out} belongs to another user`);
    expect([ran.code, ran.asked, ran.stdout]).toEqual([23, 0, '']);
    expect(await readFile(victim, 'utf8')).toBe('alias ll=ls\n');
  });

  it.each(['--out', '--errors', '--summary'])('is not followed by %s on the way, either', async option => {
    asOtherUser('ln -s "$2" "$1"', join(shared, 'exports'), home.path);
    const ran = await lookUp(option, join(shared, 'exports/.bashrc'));
    expect(ran.stderr).toContain(`the symbolic link ${shared}/exports belongs to another user`);
    expect([ran.code, ran.asked, ran.stdout]).toEqual([23, 0, '']);
    expect(await readFile(victim, 'utf8')).toBe('alias ll=ls\n');
  });

  it('is not followed by one lookup, either', async () => {
    asOtherUser('ln -s "$2" "$1"', out, victim);
    const ran = await run(['crego', 'record', key(0), '--out', out], { home });
    expect([ran.code, await readFile(victim, 'utf8')]).toEqual([23, 'alias ll=ls\n']);
  });

  it('in the place of the lock does not have the lock written into what it leads to', async () => {
    asOtherUser('ln -s "$2" "$1.lock"', out, victim);
    expect((await lookUp('--out', out)).code).toBe(23);
    expect(await readFile(victim, 'utf8')).toBe('alias ll=ls\n');
  });
});

describe.runIf(hasOtherUser)('a pipe of another user', () => {
  it.each(['--errors', '--summary'])('is not written by %s, nor behind a link of theirs', async option => {
    asOtherUser('mkfifo -m 622 "$1/pipe"; ln -s /dev/null "$1/null"', shared);
    const reader = spawn('cat', [join(shared, 'pipe')]);
    const told = text(reader.stdout);
    const gift = await lookUp(option, join(shared, 'pipe'));
    expect(gift.stderr).toContain(`cannot write ${shared}/pipe: it belongs to another user`);
    const linked = await lookUp(option, join(shared, 'null'));
    expect(linked.stderr).toContain(`cannot write ${shared}/null: the symbolic link ${shared}/null belongs to another user`);
    expect([gift.code, gift.asked, linked.code, linked.asked]).toEqual([23, 0, 23, 0]);
    reader.kill();
    expect(await told).toBe('');
  });
});

describe.runIf(hasOtherUser)('a lock of another user', () => {
  /** As a run of theirs leaves it that was killed. */
  async function leaveLock(pid: number): Promise<void> {
    const holder = await describeSelf({ pid: process.pid, isAlive: () => true });
    asOtherUser('printf %s "$2" > "$1.lock"', out, JSON.stringify({ ...holder, pid }));
  }

  it('that lives is one that lives', async () => {
    await leaveLock(process.pid);
    const ran = await lookUp('--out', out);
    expect(ran.stderr).toContain(`another run writes ${out} (process ${process.pid})`);
    expect([ran.code, ran.asked]).toEqual([29, 0]);
  });

  it('that is dead is not taken over', async () => {
    await leaveLock(2 ** 22 + 1);
    const ran = await lookUp('--out', out);
    expect(ran.stderr).toContain(
      `cannot take over ${out}.lock: it belongs to another user\nhint: remove it if no run of theirs writes ${out}\n`,
    );
    expect([ran.code, ran.asked, await readdir(shared)]).toEqual([2, 0, ['out.csv.lock']]);
  });
});

describe.runIf(hasOtherUser)('--resume', () => {
  /** A run that was stopped behind its first key. */
  async function stopped(): Promise<void> {
    revoked = true;
    expect((await lookUp('--out', out, '--concurrency', '1')).code).toBe(4);
    revoked = false;
  }

  it.each(['journal', 'partial'])('does not go on with a %s of another user', async name => {
    await stopped();
    // Theirs, with our header: it is no secret.
    await chown(`${out}.${name}`, otherUid, otherUid);
    const ran = await lookUp('--out', out, '--resume');
    expect(ran.stderr).toContain(`cannot continue ${out}.${name}: it belongs to another user\nhint: leave out --resume to start over\n`);
    expect([ran.code, ran.asked, await readdir(shared)]).toEqual([2, 0, ['out.csv.journal', 'out.csv.partial']]);
  });

  it('does not write its rows where a second link shows them', async () => {
    await stopped();
    await link(`${out}.partial`, join(shared, 'rows'));
    const ran = await lookUp('--out', out, '--resume');
    expect(ran.stderr).toContain(`cannot continue ${out}.partial: it has a second link`);
    expect([ran.code, ran.asked]).toEqual([2, 0]);
  });

  it('goes on with its own, beside whatever others have put there', async () => {
    await stopped();
    asOtherUser('echo hello > "$1/notes"', shared);
    const ran = await lookUp('--out', out, '--resume');
    expect([ran.code, ran.asked, await readFile(out, 'utf8')]).toEqual([0, 1, csvOf(key(0), key(1))]);
  });
});

describe.runIf(hasOtherUser)('an output of another user', () => {
  it('is replaced by one that only the caller can read', async () => {
    await chmod(shared, 0o777);
    asOtherUser('echo old > "$1"; chmod 666 "$1"; exec 3<>"$1"', out);
    expect((await lookUp('--out', out)).code).toBe(0);
    const { mode, uid } = await stat(out);
    expect([mode & 0o777, uid, await readFile(out, 'utf8')]).toEqual([0o600, 0, csvOf(key(0), key(1))]);
  });
});
