// What ends a run at once and what is the failure of one key, by the list of exit codes.
import { expect, test } from 'vitest';
import { type ExitName, exitCodes } from '../../src/core/exit-codes.ts';
import { stopsRun } from '../../src/lookup/stops-run.ts';

test('not found, refused, temporary failures and bad answers are one key’s; everything else stops the run', () => {
  const names = Object.keys(exitCodes) as ExitName[];
  expect(names.filter(code => !stopsRun({ code }))).toEqual(['not-found', 'refused', 'temporary', 'bad-response']);
});
