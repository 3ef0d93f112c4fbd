// examples/loanq-records.service and .timer: systemd's own checker, the call they hold, and what they make of each exit code.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { example, idsIn, known, surroundings, workshop } from './workplace.ts';

const workplace = await workshop();
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.each(surroundings)('examples/loanq-records.service $name', where => {
  it.skipIf(!hasSystemd)('is accepted by systemd-analyze verify, as is its timer', async () => {
    const { dir, bin } = await workplace('systemd', where);
    const units = ['loanq-records.service', 'loanq-records.timer'].map(name => join(dir, name));
    for (const unit of units) {
      const text = (await example(unit.slice(dir.length + 1))).replaceAll('/usr/local/bin', bin).replaceAll('/srv/loanq', dir);
      await writeFile(unit, text.replaceAll('User=loanq', 'User=root'));
    }
    const checked = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' });
    expect(checked.stderr.split('\n').filter(line => line.includes('loanq'))).toEqual([]);
    expect(checked.status).toBe(0);
  });

  it('holds a call that works', async () => {
    const place = await workplace('systemd-call', where);
    const [, call = ''] = /^ExecStart=((?:.*\\\n)*.*)$/m.exec(await example('loanq-records.service')) ?? [];
    const line = call.replaceAll('/usr/local/bin', place.bin).replaceAll('\\\n', ' ');
    expect(place.shell(line)).toMatchObject({ status: 0, stdout: '' });
    expect(idsIn(await place.read('records.csv'))).toEqual(known);
  });
});

it('examples/loanq-records.service starts again after what may pass, and after nothing else', async () => {
  const unit = await example('loanq-records.service');
  const listed = (name: string) => (new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '').split(' ').map(Number);
  const left = [...listed('SuccessExitStatus'), ...listed('RestartPreventExitStatus'), 0];
  const again = Object.values(exitCodes).flatMap(({ exit }) => (left.includes(exit) ? [] : [exit]));
  expect(again).toEqual([25, 28, 129, 130, 141, 143]);
});
