// What has to work although the config file is broken.
import { expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { run } from '../runner/run.ts';

const home = await sharedHome();
await home.configure('{"profiles": ');
const key = '229fe24c-d840-48dc-959a-e0ff1479df35';
const saved = await home.write('saved.json', `{"id":"${key}","amount":13442.0}`);

it.each([
  [['--help'], 'Usage: loanq'],
  [['help', 'exit-codes'], 'Exit codes'],
  [['--version'], '.'],
  [['config', 'path'], 'config.json'],
  [['endpoints'], 'GET /v1/lms/records/{id}/'],
  [['explain', 'WRITEOFF'], 'WRITEOFF'],
  [['crego', 'record', key, '--sandbox', '--json'], '"amount": 13442.0'],
  [['crego', 'record', '--input', saved, '--json'], '"amount": 13442.0'],
])('%j works with a broken config', async (args, text) => {
  const ran = await run(args, { home });
  expect({ code: ran.code, holds: ran.stdout.includes(text) }).toEqual({ code: 0, holds: true });
});

it('a lookup is refused with 20', async () => {
  expect(await run(['crego', 'record', key], { home })).toMatchObject({ code: 20, stdout: '' });
});
