// The audit trail on the disk: lines are with the system when a lookup is delivered, and on the disk when a batch says so.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openAudit } from '../../src/lookup/audit.ts';
import { startCrego } from '../batch/crego.ts';
import { takeSteps } from '../files/recording.ts';
import { temporaryDirectory } from '../runner/bundle.ts';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';

vi.mock('node:fs/promises', async importActual => (await import('../files/recording.ts')).recording(await importActual()));

const path = join(await temporaryDirectory(), 'audit.jsonl');
const entry = { profile: 'mine', provider: 'crego', endpoint: 'record', keys: { id: '1' }, outcome: 'delivered' };

test('a lookup is one write, and what is synced is on the disk', async () => {
  const now = () => new Date('2025-06-23T08:00:00Z');
  const audit = await openAudit(path, { user: 'op', uid: process.getuid?.(), now, clean: text => text.replaceAll('"1"', '"x"') });
  await audit.record([entry, { ...entry, outcome: 'missing' }]);
  expect(takeSteps()).toEqual(['appendFile audit.jsonl']);
  await audit.sync();
  expect(takeSteps()).toEqual(['datasync audit.jsonl']);
  await audit.close();
  const begin = '{"time":"2025-06-23T08:00:00.000Z","user":"op","profile":"mine","provider":"crego","endpoint":"record","keys":{"id":"x"}';
  expect(await readFile(path, 'utf8')).toBe(`${begin},"outcome":"delivered"}\n${begin},"outcome":"missing"}\n`);
});

test.each([['--json'], ['--raw']])('a lookup is in the trail on the disk before its file has its name (%s)', async form => {
  const home = await ownHome();
  const crego = await startCrego();
  const trail = join(home.cwd, 'trail');
  await home.configure({ ...configFor('crego', crego.origin), audit: trail });
  const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
  takeSteps();
  const ran = await runInProcess(['crego', 'record', id, form, '--out', join(home.cwd, 'out')], { home });
  expect(ran.code).toBe(0);
  expect(takeSteps().filter(step => /trail|rename/.test(step))).toEqual(['appendFile trail', 'datasync trail', 'rename out.partial out']);
});
