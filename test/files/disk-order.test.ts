// What outlives a power cut depends on the order in which things reach the disk: rows before the name that promises them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { openFile } from '../../src/files/atomic-file.ts';
import { checkTarget } from '../../src/files/target.ts';
import { temporaryDirectory } from '../runner/bundle.ts';
import { takeSteps } from './recording.ts';

vi.mock('node:fs/promises', async importActual => (await import('./recording.ts')).recording(await importActual()));

const root = await temporaryDirectory();
let count = 0;
let file = '';
beforeEach(async () => {
  count += 1;
  await mkdir(join(root, `directory-${count}`));
  file = join(root, `directory-${count}`, 'out.csv');
});

const open = async () => openFile(await checkTarget(file, { clobber: true, uid: process.getuid?.() }));

test('a file is on the disk before it takes its name, and its name is before the run goes on', async () => {
  const sink = await open();
  await sink.write('row\n');
  await sink.commit();
  expect(takeSteps()).toEqual([
    'write out.csv.partial',
    'sync out.csv.partial',
    'rename out.csv.partial out.csv',
    `sync directory-${count}`,
  ]);
});

test('its mode is, too', async () => {
  await writeFile(file, 'old');
  const sink = await open();
  await sink.commit();
  expect(takeSteps()).toEqual([
    'chmod out.csv.partial',
    'sync out.csv.partial',
    'rename out.csv.partial out.csv',
    `sync directory-${count}`,
  ]);
});

test('a file that is kept for --resume is on the disk, one that is given up goes', async () => {
  const kept = await open();
  await kept.write('row\n');
  await kept.abandon({ keepPartial: true });
  expect(takeSteps()).toEqual(['write out.csv.partial', 'datasync out.csv.partial']);
  const given = await open();
  await given.abandon();
  expect(takeSteps()).toEqual(['unlink out.csv.partial', 'unlink out.csv.partial']);
});
