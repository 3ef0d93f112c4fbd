// The journal may only claim what is there: rows are written and synced before the lines that claim them, and the mark that the
// output is final before the output takes its name.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { type JournaledFile, openJournaledFile } from '../../../src/batch/journal/file.ts';
import { checkTarget } from '../../../src/files/target.ts';
import { takeSteps } from '../../files/recording.ts';
import { temporaryDirectory } from '../../runner/bundle.ts';
import { frames } from '../small-batch.ts';

vi.mock('node:fs/promises', async importActual => (await import('../../files/recording.ts')).recording(await importActual()));

const root = await temporaryDirectory();
let count = 0;
let file = '';
let nowMs = 0;
beforeEach(async () => {
  count += 1;
  nowMs = 0;
  file = join(root, `directory-${count}`, 'out.csv');
  await mkdir(join(root, `directory-${count}`));
});

async function open(resume = false): Promise<JournaledFile> {
  const target = await checkTarget(file, { clobber: true, uid: process.getuid?.() });
  const output = await openJournaledFile(target, { fingerprint: {}, frame: frames.csv, resume, monotonicMs: () => nowMs });
  takeSteps();
  return output;
}

const rows = 'write out.csv.partial';
const claim = 'write out.csv.journal';

test('rows are with the system before the line that claims them, and every second on the disk in the same order', async () => {
  const output = await open();
  await output.deliver(0, ['0,0\r\n']);
  expect(takeSteps()).toEqual([rows, claim]);
  nowMs = 999;
  await output.deliver(1, ['1,0\r\n']);
  expect(takeSteps()).toEqual([rows, claim]);
  nowMs = 1_000;
  await output.deliver(2, ['2,0\r\n']);
  expect(takeSteps()).toEqual([rows, claim, 'datasync out.csv.partial', 'datasync out.csv.journal']);
  nowMs = 1_999;
  await output.deliver(3, ['3,0\r\n']);
  expect(takeSteps()).toEqual([rows, claim]);
  await output.stop();
});

test('a run that is stopped leaves both on the disk, the rows first', async () => {
  const output = await open();
  await output.add(0, ['0,0\r\n']);
  await output.stop();
  expect(takeSteps()).toEqual([rows, claim, 'datasync out.csv.partial', 'datasync out.csv.journal']);
});

test('the output is called final before it takes its name, and the journal goes when it has it', async () => {
  const output = await open();
  await output.deliver(0, ['0,0\r\n']);
  takeSteps();
  await output.seal();
  expect(takeSteps()).toEqual(['datasync out.csv.partial']);
  await output.publish();
  expect(takeSteps()).toEqual([
    claim,
    'datasync out.csv.journal',
    'sync out.csv.partial',
    'rename out.csv.partial out.csv',
    `sync directory-${count}`,
    'unlink out.csv.journal',
  ]);
});

test('rows that are put in order take the name first, then the journal goes, then the rows it spoke for', async () => {
  const first = await open();
  await first.fail(0, 'temporary');
  await first.deliver(1, ['1,0\r\n']);
  await first.stop();
  const output = await open(true);
  await output.deliver(0, ['0,0\r\n']);
  takeSteps();
  await output.seal();
  expect(takeSteps()).toEqual(['write out.csv.ordered', 'datasync out.csv.ordered']);
  await output.publish();
  expect(takeSteps()).toEqual([
    'sync out.csv.ordered',
    'rename out.csv.ordered out.csv',
    `sync directory-${count}`,
    'unlink out.csv.journal',
    'unlink out.csv.partial',
  ]);
});
