// What is said of a part: how fast all parts are together, and what to write where they cannot share the limit.
import { expect, test } from 'vitest';
import { inEnglish } from '../../src/core/say.ts';
import { divisionOf } from '../../src/plan/shard-option.ts';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';
import { startServer } from '../runner/server.ts';

test.each<[string, number | undefined, number | undefined, string | undefined]>([
  [
    '3/16',
    5,
    5,
    'shard 3/16: on one machine all share 5 requests a second; on several, all 16 at once: --shard 3/16 --max-rate 0.3125 --no-shared-rate',
  ],
  [
    '2/3',
    5,
    20,
    'shard 2/3: on one machine all share 20 requests a second; on several, all 3 at once: --shard 2/3 --max-rate 6.6666 --no-shared-rate',
  ],
  ['1/501', 5, 5, 'shard 1/501: on one machine all share 5 requests a second'],
  [
    '1/500',
    5,
    5,
    'shard 1/500: on one machine all share 5 requests a second; on several, all 500 at once: --shard 1/500 --max-rate 0.01 --no-shared-rate',
  ],
  ['3/16', 0.3125, undefined, 'shard 3/16: all 16 at once make 5 requests a second'],
  ['3/10', 0.1, undefined, 'shard 3/10: all 10 at once make 1 requests a second'],
  ['1/1', 5, 5, undefined],
  ['3/16', undefined, undefined, undefined],
])('%s at %s of %s requests a second', (part, ratePerSecond, sharedRatePerSecond, said) => {
  const [index = 0, count = 0] = part.split('/').map(Number);
  const words = divisionOf({ index, count }, { ratePerSecond, sharedRatePerSecond });
  expect(words && inEnglish(words)).toBe(said);
});

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const other = '4ebd506f-8727-4d16-863d-0442e1b75858';
const division =
  /^shard 1\/2: on one machine all share 7 requests a second; on several, all 2 at once: --shard 1\/2 --max-rate 3.5 --no-shared-rate$/m;

test.each([
  ['a run says it', [], 1],
  ['a dry run says it', ['--dry-run'], 1],
  ['not with --quiet', ['--quiet'], 0],
  ['nor where nothing is limited', ['UNLIMITED'], 0],
])('%s', async (_, more, times) => {
  const server = await startServer(({ target }) => ({ body: `{"id":"${target.includes(id) ? id : other}"}` }));
  const home = await ownHome();
  await home.configure(configFor('crego', server.origin, more[0] === 'UNLIMITED' ? {} : { maxRate: 7 }));
  const given = ['--shard', '1/2', '--csv', '--fields', 'id', ...more.filter(word => word !== 'UNLIMITED')];
  const { stderr } = await runInProcess(['crego', 'record', ...ofPartOne(), ...given], { home });
  expect(stderr.match(new RegExp(division, 'gm')) ?? []).toHaveLength(times);
});

/** Keys of which at least one is in the first half. */
function ofPartOne(): string[] {
  return [id, other, ...Array.from({ length: 8 }, (_, n) => `${id.slice(0, -1)}${n}`)];
}
