// Two runs on one output, one of them in a container of its own: another world of process ids under the same host name.
import { EventEmitter, once } from 'node:events';
import { readdir, readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { hasOtherUser } from '../runner/other-user.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { runShell, start } from '../runner/run.ts';
import { csvOf, startCrego } from './crego.ts';
import { key } from './storm.ts';

const home = await sharedHome();
const books = ['--errors', 'errors.jsonl', '--summary', 'summary.json'];
const call = ['crego', 'record', '--ids-from', 'keys', '--csv', '--fields', 'id,amount', '--concurrency', '1', ...books, '--out'];

/** The same call in a container. */
const inContainer = (out: string, ...more: readonly string[]) =>
  runShell(`exec unshare --pid --fork --mount --mount-proc "$NODE" "$LAUNCHER" ${[...call, out, ...more].join(' ')}`, { home });

describe.runIf(hasOtherUser && hasPrograms({ unshare: 'util-linux' }))('a run that is stopped while another one wants its output', () => {
  it.each([true, false])('keeps it for a minute, and then ends with 29 and touches nothing (the other resumes: %s)', async resumes => {
    const held = new EventEmitter();
    const asked = once(held, 'asked');
    const crego = await startCrego(async (id, nth) => {
      if (id !== key(1) || nth > 1) return undefined;
      held.emit('asked');
      await once(held, 'answer');
      return undefined;
    });
    await home.configure(configFor('crego', crego.origin));
    await home.write('work/keys', `${key(0)}\n${key(1)}\n${key(2)}\n`);
    const out = `resumed-${resumes}.csv`;
    const path = join(home.cwd, out);
    const more = resumes ? ['--resume'] : [];

    const sleeper = start([...call, out], { home });
    await asked;
    await vi.waitUntil(async () => (await readFile(`${path}.journal`, 'utf8')).includes('"n":0,'), { timeout: 30_000 });
    sleeper.child.kill('SIGSTOP');

    const early = await inContainer(out, ...more);
    expect(early.stderr).toContain(`hint: if that run has ended, wait a minute: ${out}.lock is then taken over`);
    expect([early.code, crego.asked.length]).toEqual([29, 2]);

    const aMinuteAgo = new Date(Date.now() - 61_000);
    await utimes(`${path}.lock`, aMinuteAgo, aMinuteAgo);
    expect((await inContainer(out, ...more)).code).toBe(0);
    expect(crego.asked.slice(2)).toEqual(resumes ? [key(1), key(2)] : [key(0), key(1), key(2)]);
    const whole = await readFile(path, 'utf8');
    expect(whole).toBe(csvOf(key(0), key(1), key(2)));

    const summary = await readFile(join(home.cwd, 'summary.json'), 'utf8');
    expect(JSON.parse(summary)).toMatchObject({ code: 'ok', delivered: 3 });

    // Its answer never comes: it is its beat that ends it.
    sleeper.child.kill('SIGCONT');
    const late = await sleeper.ended;
    held.emit('answer');
    expect(late.stderr).toContain(`error: crego record: lost the lock of ${out}: ${out}.lock is gone\nhint: nothing was replaced`);
    expect(late.code).toBe(29);
    expect(await readFile(path, 'utf8')).toBe(whole);
    expect(await readFile(join(home.cwd, 'summary.json'), 'utf8')).toBe(summary);
    expect((await readdir(home.cwd)).sort()).toEqual(['errors.jsonl', 'keys', out, 'summary.json'].sort());
    await rm(path);
  });
});
