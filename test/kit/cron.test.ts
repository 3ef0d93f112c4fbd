// examples/crontab, with a real cron daemon where this machine lets us run one.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { example, idsIn, known, surroundings, type Workplace, workshop } from './workplace.ts';

const workplace = await workshop();

/** Whether a cron daemon can run that sees nothing of the machine's own tables. */
const canIsolate = spawnSync('unshare', ['--mount', 'sh', '-c', 'command -v cron && mount -t tmpfs none /run']).status === 0;

async function table({ dir, bin }: Workplace): Promise<string> {
  return (await example('crontab')).replaceAll('/srv/loanq', dir).replaceAll('/usr/local/bin', bin);
}

async function lineAt(hour: 2 | 6, place: Workplace): Promise<string> {
  return new RegExp(`^15 ${hour} \\* \\* \\* (.*)$`, 'm').exec(await table(place))?.[1] ?? '';
}

describe.each(surroundings)('examples/crontab $name', where => {
  it.skipIf(!canIsolate)('is run by cron, and a good run says nothing', async () => {
    const place = await workplace('cron', where);
    const file = join(place.dir, 'crontab');
    await writeFile(file, (await table(place)).replace('15 2 * * *', '@reboot'));
    const isolated = `mount -t tmpfs none /run && mount -t tmpfs none /var/spool/cron/crontabs &&
      install -m 600 '${file}' /var/spool/cron/crontabs/root && exec cron -f`;
    const done = new Promise<void>(resolve => {
      const watcher = watch(place.dir, () => {
        if (!existsSync(join(place.dir, 'records.csv')) || existsSync(join(place.dir, 'records.csv.lock'))) return;
        watcher.close();
        resolve();
      });
    });
    const cron = spawn('unshare', ['--mount', '--fork', '--kill-child', 'sh', '-c', isolated], { stdio: 'ignore' });
    await done;
    cron.kill('SIGKILL');
    expect(idsIn(await place.read('records.csv'))).toEqual(known);
    expect(await place.read('errors.jsonl')).toBe('');
    expect(await place.said()).toBe('');
  });

  it('has a second line that does nothing after a good run, and goes on after a bad one', async () => {
    const place = await workplace('cron-again', where);
    const line = await lineAt(6, place);
    expect(place.shell(line)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(existsSync(join(place.dir, 'records.csv'))).toBe(false);
    await writeFile(join(place.dir, 'records.csv.journal'), '');
    expect(place.shell(line)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(idsIn(await place.read('records.csv'))).toEqual(known);
    expect(await place.said()).toBe('');
  });

  it.runIf(process.platform === 'linux')('has a second line that repeats nothing when the first ends while it waits', async () => {
    const place = await workplace('cron-late', where);
    const journal = join(place.dir, 'records.csv.journal');
    await writeFile(journal, '');
    const first = place.start('flock', ['records.flock', 'sh', '-c', 'echo held; exec sleep 600']);
    await once(first.child.stdout, 'data');
    const second = place.start('/bin/sh', ['-c', await lineAt(6, place)]);
    // The list of locks shows who waits by an arrow.
    while (!/->.*FLOCK/.test(readFileSync('/proc/locks', 'latin1'))) await new Promise(setImmediate);
    await rm(journal);
    process.kill(-(first.child.pid ?? 0), 'SIGKILL');
    expect(await second.ended).toMatchObject({ code: 0 });
    expect(existsSync(join(place.dir, 'records.csv'))).toBe(false);
  });
});
