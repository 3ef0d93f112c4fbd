// `tz` of a profile takes what --tz takes, and --tz goes before it.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { lookUp } from '../runner/lookup.ts';
import { startServer } from '../runner/server.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const server = await startServer(() => ({ body: `{"id":"${id}","date":1733077724.629719}` }));
const shown = async (tz: string, args: readonly string[] = []) =>
  (await lookUp({ home, server, provider: 'crego', profile: { tz } }, ['record', id, '-q', '--no-header', '--fields', 'date', ...args]))
    .stdout;

test.each([
  ['+08:00', '2024-12-02 02:28:44.629719 +08:00\n'],
  ['-0330', '2024-12-01 14:58:44.629719 -03:30\n'],
  ['Asia/Kolkata', '2024-12-01 23:58:44.629719 +05:30\n'],
  ['Z', '2024-12-01 18:28:44.629719 +00:00\n'],
])('%s', async (tz, text) => {
  expect(await shown(tz)).toBe(text);
  expect(await shown('Asia/Tokyo', ['--tz', tz])).toBe(text);
});

test('CSV keeps to UTC', async () => {
  expect(await shown('+08:00', ['--csv'])).toBe('2024-12-01T18:28:44.629719Z\r\n');
});
