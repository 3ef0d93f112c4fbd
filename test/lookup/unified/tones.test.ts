import { expect, test } from 'vitest';
import { lookupEndpoint } from '../../../src/lookup/unified/endpoint.ts';
import { withTones } from '../../../src/lookup/unified/tones.ts';
import { allProviders } from '../../../src/providers/index.ts';
import { sharedHome } from '../../runner/home.ts';
import { hasPrograms } from '../../runner/programs.ts';
import { startPty } from '../../runner/pty.ts';

const home = await sharedHome();

test('statuses have the tone on which those who know the code agree', async () => {
  const { status } = withTones(lookupEndpoint, await allProviders()).fields;
  const tones = status?.kind === 'enum' ? status.tones : undefined;
  expect(tones).toMatchObject({
    OVERDUE: 'bad',
    PENDING: 'waiting',
    VERIFIED: 'good',
    processed: 'good',
    concluded: 'good',
    REPAID: 'waiting',
  });
  expect(Object.keys(tones ?? {})).not.toContain('DISBURSED');
  expect(Object.keys(tones ?? {})).not.toContain('draft');
});

test.runIf(hasPrograms({ script: 'bsdutils' }))('among the rows of a lookup what is late is red', async () => {
  const { screen } = await startPty(['lookup', '123e4567-e89b-12d3-a456-426614174000', '--sandbox'], { home }).ended;
  expect(screen).toContain('\u001b[31mOVERDUE\u001b[39m');
});
