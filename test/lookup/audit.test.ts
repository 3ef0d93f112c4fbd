// The audit trail on the disk: lines are with the system when a lookup is delivered, and on the disk when a batch says so.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openAudit } from '../../src/lookup/audit.ts';
import { takeSteps } from '../files/recording.ts';
import { temporaryDirectory } from '../runner/bundle.ts';

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
